// I0 to I3: looks through the folders of exports and copies what has settled into the ledger.

import Leavers
import Ledger
import Profiles

extension IntakeStation {
  func lookThrough(_ school: School) async throws -> Pass {
    var pass = Pass()
    let listing: FolderListing
    do throws(FileProblem) {
      listing = try files.list(school.exports)
    } catch {
      note(school.exports, error.description, school, .folderUnavailable(error.description), .folderBack)
      return pass
    }
    note(school.exports, nil, school, .folderBack, .folderBack)
    noteUnreadableNames(listing, school)
    var present: Set<String> = []
    for name in listing.names where !PassedOverFile.isPassedOver(name) {
      let path = school.exports + "/" + name
      let look: FileLook
      do throws(FileProblem) {
        look = try files.look(path)
      } catch {
        if error.kind != .missing {
          present.insert(path)
          note(path, error.description, school, .fileUnavailable(error.description), .fileBack)
        }
        continue
      }
      guard look.kind == .regular else { continue }
      present.insert(path)
      if known[path] == look || refused[path] == look { continue }
      if try await ledger.exports.isKnown(look.observation(path: path), school: school.id) {
        known[path] = look
        continue
      }
      switch settling.observe(path, look, at: timekeeper.monotonic()) {
      case .wait(let instant): pass.isDue(instant)
      case .settled:
        try step("I0")
        switch try await takeIn(path, look, school) {
        case .taken: pass.didWork = true
        case .changed: pass.isDue(timekeeper.monotonic() + configuration.settle)
        case .notNow: break
        }
      }
    }
    settling.keep(only: present, in: school.exports)
    let prefix = school.exports + "/"
    known = known.filter { !$0.key.hasPrefix(prefix) || present.contains($0.key) }
    refused = refused.filter { !$0.key.hasPrefix(prefix) || present.contains($0.key) }
    conditions.keep { !$0.hasPrefix(prefix) || present.contains($0) }
    return pass
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
  func takeIn(_ path: String, _ look: FileLook, _ school: School) async throws -> Taking {
    if look.size > sizeLimit {
      try await refuse(path, look, school)
      return .notNow
    }
    let copied: (object: PendingObject, same: Bool)
    do {
      copied = try await copy(path, look)
    } catch let problem as FileProblem {
      // It stays settled: the next pass tries again, whatever brings it about.
      if problem.kind != .missing {
        note(path, problem.description, school, .fileUnavailable(problem.description), .fileBack)
      }
      return .notNow
    }
    note(path, nil, school, .fileBack, .fileBack)
    guard copied.same else {
      settling.forget(path)
      tell(.changedWhileRead, school)
      return .changed
    }
    try step("I2")
    let outcome = try await ledger.exports.recordStored(
      copied.object, observation: look.observation(path: path), school: school.id, mis: school.mis,
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

  /// Tells of a file that is too large, once, in the log and on the desk. It is not kept.
  func refuse(_ path: String, _ look: FileLook, _ school: School) async throws {
    refused[path] = look
    tell(.tooLarge(look.size), school)
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let refusal = Examination(
      refusing: Remark(.tooLarge, "it has \(look.size) bytes, and at most \(sizeLimit) are taken in"))
    do {
      let desk = try DeskWriter(folder: school.deskOut)
      for file in refusal.deskFiles(named: name, export: []) { try await put(file, 0, desk, nil, school, "I6") }
    } catch let problem as FileProblem {
      note(school.deskOut, problem.description, school, .deskUnavailable(problem.description), .deskBack)
    }
  }

  /// Copies a file into a sealed object. `same` says whether it is, by descriptor and by name, still what was looked at.
  func copy(_ path: String, _ look: FileLook) async throws -> (object: PendingObject, same: Bool) {
    let file = try files.open(path)
    var writer = try await ledger.objects.writer(kind: .export)
    do {
      var size: Int64 = 0
      while true {
        let chunk = try file.read()
        if chunk.isEmpty { break }
        size += Int64(chunk.count)
        // A file that grows while it is read is not the one that was looked at; no need to read on.
        if size > look.size { break }
        try await writer.append(chunk)
      }
      try step("I1")
      let same = try size == look.size && file.look() == look && files.look(path) == look
      let object = try await writer.finish()
      return (object, same)
    } catch {
      await writer.discard()
      throw error
    }
  }

  /// Tells of files whose names are not UTF-8, once for each change of them: they are asked for by no other way.
  func noteUnreadableNames(_ listing: FolderListing, _ school: School) {
    let names = listing.unreadable.filter { !PassedOverFile.isPassedOver(String(decoding: $0, as: UTF8.self)) }
    // What is remembered is never told: only how many there are.
    note(
      "names of school \(school.id)", names.isEmpty ? nil : "\(names)", school, .namesNotText(names.count),
      .namesMended)
  }
}
