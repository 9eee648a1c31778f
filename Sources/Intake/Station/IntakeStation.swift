// The first station: looks through the schools' folders of exports, takes in what has settled, reads it, hands it back.

package import Leavers
package import Ledger
package import Profiles
import Tabular

/// Takes exports in. Driven from outside: each `pass` does all that is due, without sleeping, and says when to come again.
///
/// The folder of exports is read and never changed; its subfolders are passed over. One bad file, school or folder does
/// not stop the others.
package actor IntakeStation {
  /// Called after each step of the protocol; throwing there is how tests crash it.
  package typealias Step = @Sendable (_ step: String) throws -> Void

  let queue = IntakeQueue()
  package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

  var configuration: Configuration
  let ledger: Ledger
  let timekeeper: any Timekeeper
  let files: any IntakeFiles
  let step: Step
  let journal: @Sendable (IntakeEvent) -> Void
  let sizeLimit: Int64

  var settling: Settling
  var conditions = Conditions()
  /// Files that are in the ledger as they are, so that it need not be asked about each at every pass.
  var known: [String: FileLook] = [:]
  /// What the sheets on the desks were made of, so that they are made anew only where something changed.
  var sheetStamps: [String: String] = [:]
  /// The sheets that are kept on each desk as things stand; nil until they were looked at.
  var keptSheets: [SchoolID: Set<String>] = [:]
  /// Files that were refused for their size as they are.
  var refused: [String: Refused] = [:]
  /// What each desk's page was last written from.
  var deskViews: [SchoolID: DeskView] = [:]
  /// The SHA-256 of files on desks, by path, as long as they look the same.
  var deskDigests: [String: (look: FileLook, sha256: String)] = [:]

  /// Where the folders of the schools were when they were last there, under which path.
  var places: [PlaceKey: (path: String, place: KnownPlace)] = [:]
  var hasRememberedPlaces = false
  var notedUnmarked: [SchoolID: Unmarked] = [:]
  /// The files that were noted as lying in each folder.
  var notedLying: [String: Set<String>] = [:]
  /// When each desk was last gone through for files whose time has come, on the monotonic clock.
  var lastExpiry: [SchoolID: Duration] = [:]

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
    forgetPlaces()
    self.configuration = configuration
    settling.settle = configuration.settle
    // Codes, providers and words may be others now.
    sheetStamps = [:]
    deskViews = [:]
    let folders = Set(configuration.schools.flatMap { [$0.exports, $0.deskIn, $0.deskOut] })
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
      try await attempt("words of school \(school.id)", school, nil) {
        // What people decided about words reaches the rows that stand, without anybody exporting again.
        if let export = try await self.ledger.words.takeAgain(school: school.id) {
          self.tell(.wordsDecided, school, export)
          pass.didWork = true
        }
        return true
      }
      if try await readStored(school) { pass.didWork = true }
    }
    for export in try await ledger.exports.notHandedBack() where export.state != .stored {
      try Task.checkCancellation()
      guard let school = configuration.school(export.school) else { continue }
      try await attempt("export \(export.id)", school, export.id) {
        // A share can go at any moment: looked at before each.
        guard try await self.place(.desk, of: school) != nil else { return false }
        let done = try await self.handBack(export, school)
        if done { pass.didWork = true }
        return done
      }
    }
    for sheet in try await ledger.sheets.inState(.stored) {
      try Task.checkCancellation()
      guard let school = configuration.school(sheet.school) else { continue }
      try await attempt("sheet \(sheet.id)", school, nil) {
        try await self.apply(sheet, school)
        pass.didWork = true
        return true
      }
    }
    for sheet in try await ledger.sheets.notHandedBack() {
      try Task.checkCancellation()
      guard let school = configuration.school(sheet.school) else { continue }
      try await attempt("sheet \(sheet.id)", school, nil) {
        let done = try await self.handBack(sheet, school)
        if done { pass.didWork = true }
        return done
      }
    }
    for school in configuration.schools {
      try Task.checkCancellation()
      try await attempt("sheets of school \(school.id)", school, nil) {
        do { return try await self.keepSheets(school) } catch let error as LedgerError where error.code == .notFound {
          // A school that the ledger does not know is told of where its exports are taken in.
          return false
        }
      }
    }
    try await writeDeskPages()
    pass.isDue(timekeeper.monotonic() + configuration.rescan)
    return pass
  }

  // MARK: What is told

  /// Works on one school or export. What the ledger cannot do for it now is told once and tried again; what threatens
  /// the ledger as a whole ends the pass.
  func attempt(
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
    } catch let error as WorkbookWritingError {
      if conditions.note(place, error.message) { tell(.postponed(error.message), school, export) }
    }
  }

  func tell(_ kind: IntakeEvent.Kind, _ school: School, _ export: ExportID? = nil) {
    journal(IntakeEvent(kind, school: school.id, export: export))
  }

  /// Tells of a place's trouble where it is news, and of its end.
  func note(
    _ place: String, _ problem: String?, _ school: School, _ begins: IntakeEvent.Kind, _ ends: IntakeEvent.Kind
  ) {
    guard conditions.note(place, problem) else { return }
    tell(problem == nil ? ends : begins, school)
  }
}
