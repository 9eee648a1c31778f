// A trust of two schools, its authorities, and what the ledger knows of them: what the reports are made of. All made up.

import Leavers
import Profiles
import Tabular

@testable import Ledger
@testable import leaverlink

enum Standing {
  static let high = school("Example High School", "3414787")
  static let academy = school("Example Academy", "3434001")
  static let liverpool = AuthorityID(unchecked: "liverpool")
  static let portal = RecipientID(unchecked: "portal")

  private static func school(_ name: String, _ laestab: String) -> School {
    guard let laestab = try? LAESTAB(laestab) else { preconditionFailure("not a school") }
    return School(
      name: name, controller: ControllerID(unchecked: "example-trust"), laestab: laestab, urn: nil, ukprn: nil,
      desk: "/nonexistent", exports: "/nonexistent", mis: "sims", unlistedSharing: .hold)
  }

  /// Intentions are due on 30 September; a results day is near it.
  static let calendar = ReturnCalendar(
    rules: [
      .init(
        kind: .intendedDestinations, extent: .all, authority: nil, opens: CalendarDay("-10-01"),
        due: CalendarDay("09-30"), closes: CalendarDay("+01-31"))
    ],
    events: [.init(name: "Reference date", extent: .stage(.y11), day: .yearly(month: 10, day: 5, years: 0))])

  static func configuration(_ calendar: ReturnCalendar = calendar) -> Configuration {
    let key = SecretSource(kind: .file("/nonexistent"), path: "/nonexistent")
    guard let code = try? LACode("341") else { preconditionFailure("not a code") }
    let profile = ReturnProfile(
      kind: .intendedDestinations, cohorts: [.y11], routedBy: .educated, send: .onRelease,
      fileName: FileNamePattern(pieces: [.placeholder(.laestab)], source: "{laestab}"), dialect: .standard,
      columns: [], digest: "")
    return Configuration(
      file: "leaverlink.yaml", schools: [high, academy],
      authorities: [
        AuthorityProfile(
          id: liverpool, name: "Liverpool City Council", laCode: code, gss: "E08000012", recipient: portal,
          evidence: .illustrative, agreements: [], acknowledges: .never, sendTo: "", collectFrom: "",
          returns: [profile], replies: [], contact: nil, file: "liverpool.yaml")
      ],
      recipients: [
        Recipient(
          id: portal, name: "The portal", endpoint: .handover(by: "portal"), collectEvery: .seconds(300),
          afterCollect: .leave, readBack: .none, removesFiles: false, sandbox: nil, file: "portal.yaml")
      ], state: "/nonexistent", masterKey: key, settle: .seconds(2), rescan: .seconds(60), codes: CodeTables(),
      headerMaps: [:], postcodes: nil, calendar: calendar)
  }

  static func coverage(
    _ school: School = high, leavers: Int = 190, without: Int = 14, held: Int = 3,
    delivered: CohortCoverage.Delivered = .nothing
  ) -> CohortCoverage {
    CohortCoverage(
      school: school.id, authority: liverpool, kind: .intendedDestinations,
      cohort: Cohort(stage: .y11, leavingYear: 2027), leavers: leavers, without: without, held: held,
      delivered: delivered)
  }

  /// Noon in London, a day in September.
  static let then = LondonTime.timestamp(on: CalendarDate(iso: "2027-09-03") ?? .first, hour: 12)

  static func report(
    on day: String, _ configuration: Configuration = configuration(), coverage: [CohortCoverage] = [coverage()],
    recipient: RecipientState? = nil, todo: Int = 0
  ) -> StatusReport {
    StatusReport(
      configuration: configuration, day: CalendarDate(iso: day) ?? .first,
      schools: [
        SchoolOverview(
          school: high.id, name: high.name, controller: high.controller, pupils: 193, exports: 2,
          newest: export(2, .decided)),
        SchoolOverview(
          school: academy.id, name: academy.name, controller: academy.controller, pupils: 0, exports: 0, newest: nil),
      ],
      authorities: [
        AuthorityOverview(
          authority: liverpool, returns: ["waiting": 1, "delivered": 2, "sent": 1], rows: [.sent: 190, .held: 3],
          lastDelivered: then, lastReply: nil, openCases: 4)
      ],
      recipients: recipient.map { [$0] } ?? [],
      away: [AwayPlace(school: high.id, role: .desk, since: then, why: "it is not mounted")],
      unfinished: [export(3, .read)], coverage: coverage, todo: todo)
  }

  static func export(_ number: Int64, _ state: ExportState) -> ExportSummary {
    ExportSummary(
      id: ExportID(rawValue: number), school: high.id, state: state, object: ObjectName(digest: []), sha256: "",
      size: 1, observedAt: then, generation: 1, rowsRead: 193, rowsCarried: 0, blankRows: 0, mis: "sims",
      extent: .full, unreadable: nil, handedBackAt: nil, fatesHandedBackAt: nil, corrects: nil)
  }
}
