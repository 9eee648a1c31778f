// I0 to I3: looks through the folders of exports and copies what has settled into the ledger.

import Leavers
import Ledger
import Profiles

extension IntakeStation {
  func lookThrough(_ school: School) async throws -> Pass {
    var pass = Pass()
    let desk = try await place(.desk, of: school)
    if let desk {
      try await expire(school)
      // What people put back lies on the desk, wherever the system's exports lie.
      if school.exports != school.deskIn { pass = try await lookThroughDesk(school, on: desk.kind) }
    }
    // A folder of exports on the desk is away with it, which is told of the desk.
    let isOnDesk = school.exports.hasPrefix(school.desk + "/")
    guard !isOnDesk || desk != nil, let place = try await place(.exports, of: school) else {
      if wasOnShare(.exports, of: school) || wasOnShare(.desk, of: school) {
        pass.isDue(timekeeper.monotonic() + configuration.poll)
      }
      return pass
    }
    if place.kind.isShare { pass.isDue(timekeeper.monotonic() + configuration.poll) }
    let listing: FolderListing
    do throws(FileProblem) {
      listing = try files.list(school.exports)
    } catch {
      try await noteAway(.exports, school, error.description)
      return pass
    }
    try await noteAway(.exports, school, nil)
    let looked = try await lookThrough(listing, in: school.exports, of: school, on: place.kind)
    if looked.didWork { pass.didWork = true }
    pass.isDue(looked.next)
    return pass
  }

  /// Looks through the desk's `in` of a school whose system exports elsewhere.
  private func lookThroughDesk(_ school: School, on kind: FileSystemKind) async throws -> Pass {
    let listing: FolderListing
    do throws(FileProblem) {
      listing = try files.list(school.deskIn)
    } catch {
      // It is made with the desk; nobody needs it before.
      if error.kind != .missing {
        note(school.deskIn, error.description, school, .folderUnavailable(error.description), .folderBack)
      }
      return Pass()
    }
    note(school.deskIn, nil, school, .folderBack, .folderBack)
    var pass = try await lookThrough(listing, in: school.deskIn, of: school, on: kind)
    if kind.isShare { pass.isDue(timekeeper.monotonic() + configuration.poll) }
    return pass
  }

  private func lookThrough(
    _ listing: FolderListing, in folder: String, of school: School, on kind: FileSystemKind
  ) async throws -> Pass {
    var pass = Pass()
    let files: any IntakeFiles = kind.isShare ? ShareFiles(files: files, kind: kind) : files
    noteUnreadableNames(listing, in: folder, school)
    // What people put on the desk has no marker.
    let completeWhen = folder == school.exports ? school.completeWhen : nil
    var present: Set<String> = []
    var unmarked: [String] = []
    var isSettling = false
    for name in listing.names where isExport(name, marked: completeWhen) {
      let path = folder + "/" + name
      var look: FileLook
      do throws(FileProblem) {
        look = try files.look(path)
        guard look.kind == .regular else { continue }
        present.insert(path)
        if known[path] == look || refused[path]?.isSaid(of: look) == true { continue }
        look = try files.freshLook(path)
      } catch {
        if error.kind == .busy {
          // Somebody writes it: no trouble.
          settling.forget(path)
        } else if error.kind != .missing {
          present.insert(path)
          note(path, error.description, school, .fileUnavailable(error.description), .fileBack)
        }
        continue
      }
      if try await isInLedger(look.observation(path: path), school) {
        known[path] = look
        continue
      }
      let least = kind.isShare ? configuration.shareSettle : .zero
      switch settling.observe(path, look, at: timekeeper.monotonic(), least: least) {
      case .wait(let instant):
        isSettling = true
        pass.isDue(instant)
      case .settled:
        if let marker = completeWhen, !isMarked(name, look, marker, listing, school, files) {
          unmarked.append(path)
          continue
        }
        // What a file is compared with is the newest of its kind: whether the one before is a list, a sheet or an export is
        // known once it is read.
        if try await readStored(school) { pass.didWork = true }
        try step("I0")
        switch try await takeIn(path, look, school, files) {
        case .taken: pass.didWork = true
        case .changed: pass.isDue(timekeeper.monotonic() + max(configuration.settle, least))
        case .notNow: break
        }
      }
    }
    if folder == school.exports { try await noteUnmarked(unmarked, isSettling: isSettling, school) }
    try await forget(besides: present, in: folder, of: school)
    return pass
  }

  private func isExport(_ name: String, marked marker: CompletionMarker?) -> Bool {
    !PassedOverFile.isPassedOver(name) && marker?.isMarker(name) != true
  }

  /// Forgets what is known of files that are gone, and keeps which of those that were taken in lie there still. That one
  /// is gone says nothing of the pupils in it.
  private func forget(besides present: Set<String>, in folder: String, of school: School) async throws {
    func isKept(_ path: String) -> Bool { !path.isDirectly(in: folder) || present.contains(path) }
    settling.keep(only: present, in: folder)
    known = known.filter { isKept($0.key) }
    refused = refused.filter { isKept($0.key) }
    conditions.keep(isKept)
    let lying = Set(known.keys.filter { $0.isDirectly(in: folder) })
    guard notedLying[folder] != lying else { return }
    // Of the school's other folder nothing is known before it was looked through.
    try await ledger.exports.noteLying(
      lying, school: school.id, besides: Set([school.exports, school.deskIn]).subtracting([folder]))
    notedLying[folder] = lying
  }

  /// Whether the ledger has a file as it is, as an export or as a sheet of answers.
  private func isInLedger(_ observation: SourceObservation, _ school: School) async throws -> Bool {
    if try await ledger.exports.isKnown(observation, school: school.id) { return true }
    return try await ledger.sheets.isKnown(observation, school: school.id)
  }

  enum Taking {
    /// The ledger has it now.
    case taken
    /// It is being written again, and settles anew.
    case changed
    /// It cannot be read, or is refused: tried again when something happens, or with the next look at everything.
    case notNow
  }

  /// I1 to I3 for one file.
  func takeIn(
    _ path: String, _ look: FileLook, _ school: School, _ files: any IntakeFiles
  ) async throws -> Taking {
    if look.size > sizeLimit {
      try await refuse(path, look, school)
      return .notNow
    }
    let copied: Copy
    do {
      copied = try await copy(path, look, school, files)
    } catch let problem as FileProblem {
      if problem.kind == .busy {
        settling.forget(path)
        return .changed
      }
      // It stays settled: the next pass tries again, whatever brings it about.
      if problem.kind != .missing {
        note(path, problem.description, school, .fileUnavailable(problem.description), .fileBack)
      }
      return .notNow
    }
    if copied.endsInZeros {
      note(path, "it ends in zeros", school, .unfinished, .fileBack)
      settling.forget(path)
      return .notNow
    }
    note(path, nil, school, .fileBack, .fileBack)
    guard let object = copied.object else {
      settling.forget(path)
      tell(.changedWhileRead, school)
      return .changed
    }
    try step("I2")
    if let kind = AnswerTable(copied.beginning)?.kind {
      try await takeIn(object, of: kind, path, look, school, files)
      return .taken
    }
    let outcome = try await ledger.exports.recordStored(
      object, observation: look.observation(path: path, ownerName: files.ownerName(look)),
      school: school.id, mis: school.mis,
      observedAt: timekeeper.now())
    settling.forget(path)
    known[path] = look
    switch outcome {
    case .new(let export): tell(.stored, school, export)
    case .repeat(let export): tell(.repeated, school, export)
    case .outdated(let export): tell(.outdated, school, export)
    }
    try step("I3")
    return .taken
  }

  /// A file that was refused for its size.
  struct Refused {
    let look: FileLook
    /// Whether the desk says so.
    var isOnDesk = false

    func isSaid(of look: FileLook) -> Bool { isOnDesk && self.look == look }
  }

  /// Tells of a file that is too large, once, in the log and on the desk. It is not kept.
  func refuse(_ path: String, _ look: FileLook, _ school: School) async throws {
    if refused[path]?.look != look {
      tell(.tooLarge(look.size), school)
      refused[path] = Refused(look: look)
    }
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let refusal = Examination(
      refusing: Remark(.tooLarge, "it has \(look.size) bytes, and at most \(sizeLimit) are taken in"))
    guard try await place(.desk, of: school) != nil else { return }
    do {
      let desk = try DeskWriter(of: school)
      for file in refusal.deskFiles(named: name, export: []) { try await put(file, 0, desk, nil, school, "I6") }
    } catch let problem as FileProblem {
      note(school.deskOut, problem.description, school, .deskUnavailable(problem.description), .deskBack)
      return
    }
    // A desk that was away is told when it is there again.
    refused[path] = Refused(look: look, isOnDesk: true)
  }

  /// A file as it was copied.
  struct Copy {
    /// The file as a sealed object; nil where it is not, by descriptor and by name, still what was looked at, or where it
    /// is not whole.
    let object: PendingObject?
    /// The bytes of a file that may be a sheet of answers; empty of a larger one.
    let beginning: [UInt8]
    /// Whether its last bytes are zeros alone. Windows gives a file its length before it copies into it, so that size and
    /// times may stand still for a while; no table ends so.
    let endsInZeros: Bool
  }

  private static let tail = 512

  /// Copies a file into a sealed object.
  func copy(
    _ path: String, _ look: FileLook, _ school: School, _ files: any IntakeFiles
  ) async throws -> Copy {
    let file = try files.open(path)
    var writer = try await ledger.objects.writer(kind: .export)
    do {
      var size: Int64 = 0
      var beginning: [UInt8] = []
      var zeros = 0
      while true {
        let chunk = try file.read()
        if chunk.isEmpty { break }
        size += Int64(chunk.count)
        let last = chunk.reversed().prefix { $0 == 0 }.count
        zeros = last == chunk.count ? zeros + last : last
        // A file that grows while it is read is not the one that was looked at; no need to read on.
        if size > look.size { break }
        if look.size <= Int64(AnswerTable.sizeLimit) { beginning += chunk }
        try await writer.append(chunk)
      }
      try step("I1")
      let same =
        try size == look.size && file.look() == look && files.look(path) == look
        // What is beyond a link in the place of the desk's folder is somebody else's.
        && (!path.isDirectly(in: school.deskIn) || linkedFolder(of: school) == nil)
      let endsInZeros = same && zeros >= Self.tail
      guard same, !endsInZeros else {
        await writer.discard()
        return Copy(object: nil, beginning: [], endsInZeros: endsInZeros)
      }
      return Copy(object: try await writer.finish(), beginning: beginning, endsInZeros: false)
    } catch {
      await writer.discard()
      throw error
    }
  }

  /// Tells of files whose names are not UTF-8, once for each change of them: they are asked for by no other way.
  func noteUnreadableNames(_ listing: FolderListing, in folder: String, _ school: School) {
    let names = listing.unreadable.filter { !PassedOverFile.isPassedOver(String(decoding: $0, as: UTF8.self)) }
    // What is remembered is never told: only how many there are.
    note(
      "names in \(folder == school.exports ? "exports" : "in") of school \(school.id)",
      names.isEmpty ? nil : "\(names)", school, .namesNotText(names.count),
      .namesMended)
  }
}
