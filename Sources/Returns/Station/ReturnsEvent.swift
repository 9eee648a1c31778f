// What the station tells the journal: identifiers and counts, nothing of a pupil. Values.

package import Leavers
package import Ledger

/// Something that the station did or could not do.
package enum ReturnsEvent: Sendable, Hashable {
  /// A return is rendered, checked and queued or waiting.
  case ready(
    ReturnID, school: SchoolID, authority: AuthorityID, kind: ReturnKind, cohort: Cohort, rows: Int, floorRows: Int,
    next: ReturnEvent.Start, brake: [BrakeReason] = [])
  /// The authority already has, or will have, exactly these rows.
  case unchanged(
    export: ExportID, school: SchoolID, authority: AuthorityID, kind: ReturnKind, cohort: Cohort, since: ReturnID)
  /// A return that waited was taken back, because by the newest export no pupil in it goes there any more: held back,
  /// another authority's or not of this kind.
  case takenBack(ReturnID, authority: AuthorityID, kind: ReturnKind, cohort: Cohort)
  /// A return of changes that waited is replaced, because somebody in it may not go so any more, and what it said of others
  /// whom the newest export does not name goes nowhere.
  case changeLost(
    ReturnID, school: SchoolID, authority: AuthorityID, kind: ReturnKind, cohort: Cohort, pupils: [PupilID])
  /// Nobody of a cohort that went to the authority the last time goes by an export: nothing is sent.
  case cohortGone(export: ExportID, school: SchoolID, ScopeEntry, GoneCohort)
  /// Leavers of the full export before are not in an export that is said to hold all.
  case leaversMissing(MissingLeavers, school: SchoolID)
  /// The rows of an export are gone through again, because the register changed.
  case renewed(RegisterRenewal)
  /// Every row of an export has its fate for every authority and kind.
  case decided(export: ExportID, school: SchoolID, rows: Int)
  /// The stored bytes of a return do not say what was meant, or disclose too much. It does not go.
  case selfCheckFailed(
    export: ExportID, school: SchoolID, authority: AuthorityID, kind: ReturnKind, cohort: Cohort, problems: [String])
  /// The authority's profile has nothing for a code of ours: these pupils wait. A sensitive code is not named.
  case codeUnknown(
    export: ExportID, school: SchoolID, authority: AuthorityID, kind: ReturnKind, column: String, code: String?,
    pupils: [PupilID])
  /// Something could not be done; it is tried again.
  case failed(export: ExportID, school: SchoolID, authority: AuthorityID?, kind: ReturnKind?, why: String)
  /// Rows and fates do not add up: nothing more of this export is decided.
  case conservationBroken(export: ExportID, school: SchoolID, why: String)

  /// Whether a person must look at it now.
  package var isAlarm: Bool {
    switch self {
    case .selfCheckFailed, .conservationBroken, .cohortGone, .changeLost: true
    case .ready, .unchanged, .takenBack, .leaversMissing, .renewed, .decided, .codeUnknown, .failed: false
    }
  }

  /// What happened, in words, without personal data.
  package var text: String {
    switch self {
    case .ready(let id, let school, let authority, let kind, let cohort, let rows, let floorRows, let next, let brake):
      "return \(id): \(kind.rawValue) of \(cohort) of school \(school) for \(authority), \(rows) rows, "
        + "\(floorRows) of them name, address and date of birth only; \(Self.words(next))"
        + (brake.isEmpty ? "" : ": \(brake.map(\.words).joined(separator: "; "))")
    case .unchanged(_, let school, let authority, let kind, let cohort, let since):
      "\(kind.rawValue) of \(cohort) of school \(school) for \(authority): nothing has changed since return \(since)"
    case .takenBack(let id, let authority, let kind, let cohort):
      "return \(id) (\(kind.rawValue) of \(cohort) for \(authority)) was taken back: "
        + "by the newest export no pupil in it goes there any more (held back, another authority's or not of this kind)"
    case .changeLost(let id, let school, let authority, let kind, let cohort, let pupils):
      "return \(id) (\(kind.rawValue) of \(cohort) of school \(school) for \(authority)) is replaced, since somebody in it may "
        + "not go so any more; what it said of \(pupils.count == 1 ? "a pupil" : "\(pupils.count) pupils") whom the newest export does "
        + "not name goes nowhere: \(pupils.prefix(10).map(\.description).joined(separator: ", "))"
        + (pupils.count > 10 ? " and more" : "") + ". Tell \(authority) of them, or export with them"
    case .cohortGone(let export, let school, let entry, let gone):
      "export \(export) of school \(school): \(gone.words(entry))"
    case .leaversMissing(let missing, let school):
      "school \(school): \(missing.words)"
    case .renewed(let renewal):
      "the rows of export \(renewal.renews) of school \(renewal.school) are gone through again as export \(renewal.export), "
        + "because the register of persons' decisions changed"
    case .decided(let export, let school, let rows):
      "export \(export) of school \(school) is decided for every authority: \(rows) rows"
    case .selfCheckFailed(let export, let school, let authority, let kind, let cohort, let problems):
      "the return \(kind.rawValue) of \(cohort) of school \(school) for \(authority), from export \(export), failed its "
        + "own check and does not go: \(problems.prefix(5).joined(separator: "; "))"
        + (problems.count > 5 ? "; and \(problems.count - 5) more" : "") + ". Report this: it is a fault of the service"
    case .codeUnknown(let export, let school, let authority, let kind, let column, let code, let pupils):
      "export \(export) of school \(school), \(kind.rawValue) for \(authority): column \(column) has nothing for "
        + (code.map { "code \($0)" } ?? "a sensitive code")
        + ", so that \(pupils.count == 1 ? "a pupil waits" : "\(pupils.count) pupils wait"): "
        + pupils.prefix(10).map(\.description).joined(separator: ", ")
        + (pupils.count > 10 ? " and more" : "") + ". Ask the authority what it wants for it, and add it to the map"
    case .failed(let export, let school, let authority, let kind, let why):
      "export \(export) of school \(school)"
        + (authority.map { ", \(kind?.rawValue ?? "returns") for \($0)" } ?? "")
        + ": not decided yet and tried again: \(why)"
    case .conservationBroken(let export, let school, let why):
      "export \(export) of school \(school): \(why). Nothing more of it is decided. Run leaverlink audit"
    }
  }

  private static func words(_ next: ReturnEvent.Start) -> String {
    switch next {
    case .queued: "queued"
    case .waiting(.release): "waits for its release"
    case .waiting(.brake): "waits until a person has looked at its numbers"
    case .waiting(.date(let day)): "waits for \(LondonTime.text(day))"
    case .waiting(let reason): "waits (\(reason.text))"
    }
  }
}
