// Synthetic leavers, schools and profiles for the tests of the station. Nobody real.

import Leavers
import Ledger
import Profiles
import Tabular

@testable import Returns

/// SplitMix64: the same seed, the same pupils.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

enum Synthetic {
  static let day = CalendarDate(uncheckedISO: "2026-06-26")
  static let y11 = Cohort(stage: .y11, leavingYear: 2026)
  static let y13 = Cohort(stage: .y13, leavingYear: 2026)

  static func code(_ text: String) -> LACode {
    guard let code = try? LACode(text) else { preconditionFailure("not a code") }
    return code
  }

  static func upn(_ number: Int) -> String {
    let digits = String(number)
    let body = "34147872" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    guard let letter = UPN.checkLetter(for: body) else { preconditionFailure("not a body of a UPN") }
    return "\(letter)\(body)"
  }

  static func school(
    laestab: String = "3414787", unlisted: UnlistedSharing = .hold, desk: String = "/nonexistent/desk"
  ) -> School {
    guard let laestab = try? LAESTAB(laestab), let urn = try? URN("104693"), let ukprn = try? UKPRN("10012345") else {
      preconditionFailure("not a school")
    }
    return School(
      name: "Example High School", controller: ControllerID(unchecked: "example-trust"), laestab: laestab, urn: urn,
      ukprn: ukprn, desk: desk, exports: desk + "/in", mis: "sims", unlistedSharing: unlisted)
  }

  /// A whole record, all of whose fields may go in full.
  static func record(_ number: Int, _ changes: [Field: String?] = [:]) -> LeaverRecord {
    var record = LeaverRecord([
      .upn: upn(number), .legalSurname: "Example-\(number)", .legalForename: "Pat\(number)",
      .dateOfBirth: "2010-03-0\(number % 9 + 1)",
      .sex: "F", .ethnicity: "WBRI", .addressLine1: "\(number) Sample Street", .town: "Sampleton",
      .postcode: "L1 1AA", .homeAuthority: "341", .phone: "01514960\(100 + number % 900)",
      .email: "pupil\(number)@example.org", .sharing: "YES", .intendedDestination: "121", .guaranteeStatus: "110",
      .activity: "230", .activityStart: "2026-09-07", .providerName: "Sample College", .yearGroup: "11",
      .parentName: "Parent \(number)", .parentAddress: "\(number) Sample Street", .senProvision: "N",
    ])
    for (field, value) in changes { record[field] = value }
    return record
  }

  static func row(
    _ number: Int, _ changes: [Field: String?] = [:], cohort: Cohort? = y11, verdict: RowVerdict = .clear,
    pupil: Int64? = nil, undecided: Set<Field> = []
  ) -> LeaverRow {
    LeaverRow(
      rowNumber: number, pupil: pupil.map { PupilID(rawValue: $0) }, cohort: cohort, record: record(number, changes),
      verdict: verdict, undecided: undecided)
  }

  static func agreement(
    _ kinds: [ReturnKind] = ReturnKind.allCases, basis: Basis = .esa2008s72, reference: String = "DSA-2026-017",
    special: Bool = false, parent: Bool = false, from: String = "2026-03-01", until: String = "2027-08-31"
  ) -> Agreement {
    Agreement(
      kinds: kinds, basis: basis, reference: reference, from: CalendarDate(uncheckedISO: from),
      until: CalendarDate(uncheckedISO: until), coversSpecial: special, parentInFloor: parent)
  }

  static let pattern = FileNamePattern(
    pieces: [
      .placeholder(.laestab), .text("_"), .placeholder(.authority), .text("_"), .placeholder(.kind), .text("_"),
      .placeholder(.cohort), .text("_"), .placeholder(.sequence), .text(".csv"),
    ], source: "{laestab}_{authority}_{kind}_{cohort}_{sequence}.csv")

  static let columns: [ReturnColumn] = [
    ReturnColumn(name: "UPN", source: .field(.upn)),
    ReturnColumn(name: "Surname", source: .field(.legalSurname), letterCase: .upper, max: 35, required: true),
    ReturnColumn(name: "Forename", source: .field(.legalForename)),
    ReturnColumn(name: "DOB", source: .field(.dateOfBirth), date: try? DatePattern("dd/MM/yyyy"), required: true),
    ReturnColumn(name: "Address", source: .field(.addressLine1)),
    ReturnColumn(name: "Postcode", source: .field(.postcode)),
    ReturnColumn(name: "School", source: .school(.laestab)),
    ReturnColumn(name: "IntDest", source: .field(.intendedDestination), codes: "nccis-intended"),
    ReturnColumn(name: "Phone", source: .field(.phone)),
  ]

  static func profile(
    _ kind: ReturnKind = .intendedDestinations, cohorts: [Cohort.Stage] = [.y11], routedBy: RoutingRule = .educated,
    send: SendDecision = .onRelease, dialect: CSVDialect = .standard, columns: [ReturnColumn] = columns
  ) -> ReturnProfile {
    ReturnProfile(
      kind: kind, cohorts: cohorts, routedBy: routedBy, send: send, fileName: pattern, dialect: dialect,
      columns: columns, digest: "d1")
  }

  static func authority(
    _ id: String = "liverpool", code: String = "341", recipient: String? = nil,
    evidence: Evidence = .agreed(with: "the tracking team", on: CalendarDate(uncheckedISO: "2026-05-01")),
    agreements: [Agreement] = [agreement()], returns: [ReturnProfile] = [profile()], sendTo: String = "inbound"
  ) -> AuthorityProfile {
    AuthorityProfile(
      id: AuthorityID(unchecked: id), name: id, laCode: self.code(code), gss: "E08000012",
      recipient: RecipientID(unchecked: recipient ?? id), evidence: evidence, agreements: agreements,
      acknowledges: .never, sendTo: sendTo, collectFrom: "outbound", returns: returns, replies: [], contact: nil,
      file: "\(id).yaml")
  }

  static func recipient(_ id: String, _ endpoint: EndpointPlace? = nil) -> Recipient {
    let sftp = SFTPEndpoint(
      host: "sftp.example.org", port: 22, user: "school",
      key: SecretSource(kind: .file("/nonexistent/key"), path: "/nonexistent/key"),
      hostKey: .pin("SHA256:0000000000000000000000000000000000000000000"))
    return Recipient(
      id: RecipientID(unchecked: id), name: id, endpoint: endpoint ?? .sftp(sftp), collectEvery: .seconds(300),
      afterCollect: .leave, readBack: .content, removesFiles: false, sandbox: nil, file: "\(id).yaml")
  }

  static let codes: CodeTables = {
    func set(_ id: String, _ entries: [CodeEntry]) -> CodeSet {
      do { return try CodeSet(id: id, entries: entries) } catch { preconditionFailure("\(error)") }
    }
    let intended = ["111", "121", "211", "311", "321", "411", "511", "611"].map { CodeEntry(code: $0, label: $0) }
    let legacy = ["110", "410", "510"].map { CodeEntry(code: $0, label: $0, attributes: ["status": "legacy"]) }
    let activity = ["210", "230", "310", "619", "810"].map { CodeEntry(code: $0, label: $0) }
    let special = ["640", "650", "660", "710"].map {
      CodeEntry(code: $0, label: $0, attributes: ["tier": "special"])
    }
    return CodeTables([
      set("nccis-intended", intended + legacy), set("nccis-activity", activity + special),
      set(
        "nccis-guarantee",
        [
          CodeEntry(code: "110", label: "110"),
          CodeEntry(code: "122", label: "122", attributes: ["tier": "special"]),
          CodeEntry(code: "159", label: "159", from: CalendarDate(uncheckedISO: "2027-01-01")),
        ]),
    ])
  }()

  static func configuration(
    schools: [School] = [school()], authorities: [AuthorityProfile] = [authority()], recipients: [Recipient]? = nil,
    postcodes: PostcodeTable? = nil
  ) -> Configuration {
    let ids = Set(authorities.map(\.recipient.rawValue)).sorted()
    return Configuration(
      file: "leaverlink.yaml", schools: schools, authorities: authorities,
      recipients: recipients ?? ids.map { recipient($0) }, state: "/nonexistent/state",
      masterKey: SecretSource(kind: .file("/nonexistent/master"), path: "/nonexistent/master"), settle: .seconds(2),
      rescan: .seconds(60), codes: codes, headerMaps: [:], postcodes: postcodes)
  }

  static func planner(
    _ authority: AuthorityProfile = authority(), _ profile: ReturnProfile? = nil, school: School = school(),
    postcodes: PostcodeTable? = nil, day: CalendarDate = day, gate: DisclosureRule.Gate = .open
  ) -> ScopePlanner {
    ScopePlanner(
      authority: authority, profile: profile ?? authority.returns[0], school: school,
      configuration: configuration(schools: [school], authorities: [authority], postcodes: postcodes), day: day,
      gate: gate)
  }
}

extension CalendarDate {
  /// For dates written in tests.
  init(uncheckedISO text: String) {
    guard let date = CalendarDate(iso: text) else { preconditionFailure("not a date: \(text)") }
    self = date
  }
}
