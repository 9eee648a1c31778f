// The first station: looks through the schools' folders of exports, takes in what has settled, reads it, hands it back.

package import Leavers
package import Ledger
package import Profiles

/// Takes exports in. Driven from outside: each `pass` does all that is due, without sleeping, and says when to come again.
///
/// The folder of exports is read and never changed; its subfolders are passed over. One bad file, school or folder does
/// not stop the others.
package actor IntakeStation {
  /// Called after each step of the protocol; throwing there is how tests crash it.
  package typealias Step = @Sendable (_ step: String) throws -> Void

  private let queue = IntakeQueue()
  package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

  private var configuration: Configuration
  private let ledger: Ledger
  private let timekeeper: any Timekeeper
  private let files: any IntakeFiles
  private let step: Step
  private let journal: @Sendable (IntakeEvent) -> Void
  private let sizeLimit: Int64

  private var settling: Settling
  private var conditions = Conditions()
  /// Files that are in the ledger as they are, so that it need not be asked about each at every pass.
  private var known: [String: FileLook] = [:]
  /// Files that were refused for their size as they are.
  private var refused: [String: FileLook] = [:]

  /// No export of a school's leavers comes near so many bytes.
  package static let usualSizeLimit: Int64 = 64 << 20

  package init(
    configuration: Configuration, ledger: Ledger, timekeeper: any Timekeeper, faults: @escaping FaultHook = { _ in },
    journal: @escaping @Sendable (IntakeEvent) -> Void
  ) {
    self.init(
      configuration: configuration, ledger: ledger, timekeeper: timekeeper, files: SystemFiles(), step: { faults($0) },
      journal: journal)
  }

  package init(
    configuration: Configuration, ledger: Ledger, timekeeper: any Timekeeper, files: any IntakeFiles,
    sizeLimit: Int64 = IntakeStation.usualSizeLimit, step: @escaping Step,
    journal: @escaping @Sendable (IntakeEvent) -> Void
  ) {
    self.configuration = configuration
    self.ledger = ledger
    self.timekeeper = timekeeper
    self.files = files
    self.sizeLimit = sizeLimit
    self.step = step
    self.journal = journal
    settling = Settling(settle: configuration.settle)
  }

  /// Puts a new configuration in force from the next pass on.
  package func replace(configuration: Configuration) {
    self.configuration = configuration
    settling.settle = configuration.settle
    let folders = Set(configuration.schools.flatMap { [$0.exports, $0.deskOut] })
    conditions.keep { place in
      !place.hasPrefix("/") || folders.contains { place == $0 || place.hasPrefix($0 + "/") }
    }
  }

  /// Does all that is due and says when to come again. Throws only what no school can help: the ledger itself fails.
  package func pass() async throws -> Pass {
    let configuration = configuration
    var pass = Pass()
    for school in configuration.schools {
      try Task.checkCancellation()
      try await attempt("school \(school.id)", school, nil) {
        let looked = try await self.lookThrough(school)
        pass.isDue(looked.next)
        if looked.didWork { pass.didWork = true }
        return true
      }
    }
    for school in configuration.schools {
      for export in try await ledger.exports.inState(.stored, school: school.id) {
        try Task.checkCancellation()
        try await attempt("export \(export.id)", school, export.id) {
          let done = try await self.read(export, school)
          if done { pass.didWork = true }
          return done
        }
      }
    }
    for export in try await ledger.exports.notHandedBack() where export.state != .stored {
      try Task.checkCancellation()
      guard let school = configuration.school(export.school) else { continue }
      try await attempt("export \(export.id)", school, export.id) {
        let done = try await self.handBack(export, school)
        if done { pass.didWork = true }
        return done
      }
    }
    pass.isDue(timekeeper.monotonic() + configuration.rescan)
    return pass
  }

  // MARK: I0–I3

  private func lookThrough(_ school: School) async throws -> Pass {
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

  private enum Taking {
    /// The ledger has it now.
    case taken
    /// It is being written again, and settles anew.
    case changed
    /// It cannot be read, or is refused: tried again when something happens, or with the next look at everything.
    case notNow
  }

  /// I1 to I3 for one file.
  private func takeIn(_ path: String, _ look: FileLook, _ school: School) async throws -> Taking {
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
  private func refuse(_ path: String, _ look: FileLook, _ school: School) async throws {
    refused[path] = look
    tell(.tooLarge(look.size), school)
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let refusal = Examination(
      refusing: Remark(.tooLarge, "it has \(look.size) bytes, and at most \(sizeLimit) are taken in"))
    do {
      let desk = try DeskWriter(folder: school.deskOut)
      for file in refusal.deskFiles(named: name, export: []) { try await put(file, 0, desk, nil, school) }
    } catch let problem as FileProblem {
      note(school.deskOut, problem.description, school, .deskUnavailable(problem.description), .deskBack)
    }
  }

  /// Copies a file into a sealed object. `same` says whether it is, by descriptor and by name, still what was looked at.
  private func copy(_ path: String, _ look: FileLook) async throws -> (object: PendingObject, same: Bool) {
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

  // MARK: I4–I5

  private func read(_ export: ExportSummary, _ school: School) async throws -> Bool {
    let examination = try await examination(of: export, school).examination
    if let fatal = examination.fatal {
      try await ledger.exports.markUnreadable(export.id, code: fatal.code, message: "\(fatal.what) \(fatal.remedy)")
      tell(.unreadable(fatal.code), school, export.id)
      try step("I5")
      return true
    }
    let generation = try await ledger.exports.beginReading(export.id)
    try step("I4 begun")
    let drafts = examination.drafts
    var next = 0
    while next < drafts.count {
      let end = min(next + Self.batch, drafts.count)
      try await ledger.exports.append(rows: Array(drafts[next..<end]), export: export.id, generation: generation)
      next = end
      try step("I4")
    }
    let summary = examination.summary
    try await ledger.exports.finishReading(
      export.id, generation: generation,
      summary: ReadingSummary(
        rowsRead: drafts.count, blankRows: summary.blankRows, columns: summary.columns, encoding: summary.encoding,
        delimiter: summary.delimiter, errors: summary.errors, warnings: summary.warnings, notes: summary.notes),
      findings: examination.listed.map { finding in
        FindingNote(
          code: finding.code, severity: finding.severity, row: finding.row, columnNumber: finding.columnNumber,
          field: finding.field, authority: nil)
      })
    tell(
      .read(rows: summary.rowsRead, held: summary.held, errors: summary.errors, warnings: summary.warnings), school,
      export.id)
    try step("I5")
    return true
  }

  /// Rows in one transaction.
  private static let batch = 500

  /// The examination of the stored bytes: the same after each start, since nothing but the object, the configuration
  /// and the day of the observation goes into it.
  private func examination(
    of export: ExportSummary, _ school: School
  ) async throws -> (examination: Examination, bytes: [UInt8], name: String) {
    let path = try await ledger.exports.source(of: export.id)
    let name = path.split(separator: "/").last.map(String.init) ?? "export.csv"
    guard PassedOverFile.isReadable(name) else {
      return (
        Examination(refusing: Remark(.unreadKind, "its name is that of neither a workbook nor a CSV file")), [], name
      )
    }
    let bytes: [UInt8]
    do throws(LedgerError) {
      bytes = try await ledger.objects.read(export.object)
    } catch {
      // A file that is only missing may come back with its disk; a destroyed key never does.
      guard error.code == .objectDestroyed else { throw error }
      return (Examination(refusing: Remark(.bytesMissing)), [], name)
    }
    let day = LondonTime.day(of: export.observedAt)
    let roll = Roll(try await ledger.exports.roll(of: school.id, before: export.id))
    let examination = examine(bytes, named: name, school: school, configuration: configuration, day: day, roll: roll)
    return (examination, bytes, name)
  }

  // MARK: I6

  private func handBack(_ export: ExportSummary, _ school: School) async throws -> Bool {
    let (examination, bytes, name) = try await examination(of: export, school)
    let desk: DeskWriter
    do throws(FileProblem) {
      desk = try DeskWriter(folder: school.deskOut)
    } catch {
      note(school.deskOut, error.description, school, .deskUnavailable(error.description), .deskBack)
      return false
    }
    let written = examination.deskFiles(named: name, export: bytes)
    do {
      for (number, file) in written.enumerated() {
        try await put(file, number, desk, export.id, school)
      }
    } catch let problem as FileProblem {
      note(school.deskOut, problem.description, school, .deskUnavailable(problem.description), .deskBack)
      return false
    }
    note(school.deskOut, nil, school, .deskBack, .deskBack)
    try await ledger.exports.handedBack(export.id)
    tell(.handedBack(files: written.count), school, export.id)
    try step("I6")
    return true
  }

  private func put(
    _ file: (name: String, bytes: [UInt8]), _ number: Int, _ desk: DeskWriter, _ export: ExportID?,
    _ school: School
  ) async throws {
    let temporary = ".leaverlink-\(export?.description ?? "refused")-\(number).tmp"
    var attempt = 1
    while true {
      let name = DeskNames.alternative(file.name, attempt)
      let ours = try await ledger.exports.deskFile(school: school.id, name: name)?.sha256
      let outcome = try desk.write(
        file.bytes, as: name, temporary: temporary, ours: ours, step: step)
      if outcome == .written {
        try await ledger.exports.recordDeskFile(
          school: school.id, name: name, sha256: ContentDigest.sha256(file.bytes), export: export)
        if attempt > 1 { tell(.keptBeside, school, export) }
        try step("I6 recorded")
        return
      }
      attempt += 1
    }
  }

  // MARK: What is told

  /// Works on one school or export. What the ledger cannot do for it now is told once and tried again; what threatens
  /// the ledger as a whole ends the pass.
  private func attempt(
    _ place: String, _ school: School, _ export: ExportID?, _ work: () async throws -> Bool
  ) async throws {
    do {
      if try await work() { _ = conditions.note(place, nil) }
    } catch let error as LedgerError {
      switch error.code {
      case .notFound, .conflict, .conservation, .illegalTransition, .objectMissing, .objectDestroyed, .corrupt:
        if conditions.note(place, error.message) { tell(.postponed(error.message), school, export) }
      default: throw error
      }
    }
  }

  /// Tells of files whose names are not UTF-8, once for each change of them: they are asked for by no other way.
  private func noteUnreadableNames(_ listing: FolderListing, _ school: School) {
    let names = listing.unreadable.filter { !PassedOverFile.isPassedOver(String(decoding: $0, as: UTF8.self)) }
    // What is remembered is never told: only how many there are.
    note(
      "names of school \(school.id)", names.isEmpty ? nil : "\(names)", school, .namesNotText(names.count),
      .namesMended)
  }

  private func tell(_ kind: IntakeEvent.Kind, _ school: School, _ export: ExportID? = nil) {
    journal(IntakeEvent(kind, school: school.id, export: export))
  }

  /// Tells of a place's trouble where it is news, and of its end.
  private func note(
    _ place: String, _ problem: String?, _ school: School, _ begins: IntakeEvent.Kind, _ ends: IntakeEvent.Kind
  ) {
    guard conditions.note(place, problem) else { return }
    tell(problem == nil ? ends : begins, school)
  }
}
