// What the tests of intake share: a configuration with the shipped code tables, and exports made of rows.

import Glibc
import Leavers
import Profiles
import Tabular

@testable import Intake

/// A school, a configuration and a day. All pupils are made up.
enum Fixture {
  static let laestab = "3414787"
  static let day = CalendarDate(iso: "2026-06-10") ?? .first
  /// UPNs from the published test vectors.
  static let upns = [
    "D341499924001", "N340499924002", "V342499923017", "J343499922105", "X344499921999", "N876499920000",
    "B801200005001",
  ]
  static let ulns = ["1000000043", "1234567899", "6000000013", "7001234566"]

  /// The checkout, from this file's own place.
  static let root: String = {
    let parts = #filePath.split(separator: "/").dropLast(4)
    return "/" + parts.joined(separator: "/")
  }()

  static let headings: [(header: String, field: Field)] = [
    ("UPN", .upn), ("Former UPN", .formerUPN), ("ULN", .uln), ("Legal Surname", .legalSurname),
    ("Legal Forename", .legalForename), ("Middle Names", .middleNames), ("Date of Birth", .dateOfBirth),
    ("Gender", .sex), ("Year Group", .yearGroup), ("Address Line 1", .addressLine1), ("Postcode", .postcode),
    ("Home LA", .homeAuthority), ("Telephone", .phone), ("Email", .email), ("School DfE No", .laestab),
    ("YSSA", .sharing),
    ("SEN Status", .senProvision), ("Protected Address", .protectedAddress), ("Placed By", .placedByAuthority),
    ("Intended Destination", .intendedDestination), ("Guarantee Status", .guaranteeStatus), ("Activity", .activity),
    ("Leaving Date", .leavingDate), ("Entry Date", .entryDate), ("Start Date", .startDate),
    ("Provider UKPRN", .providerUKPRN), ("Provider DfE No", .providerLAESTAB), ("Provider", .providerName),
    ("Course", .course), ("Looked After", .lookedAfter), ("Characteristics", .characteristics),
    ("Expected End", .expectedEnd), ("Level of Need", .levelOfNeed), ("Preferred Surname", .preferredSurname),
    ("Preferred Forename", .preferredForename),
  ]

  static let map = HeaderMap(
    id: "sims", name: "SIMS", columns: headings,
    values: [.senProvision: ["n - no sen": "N"], .sex: ["female": "F", "male": "M", "not given": ""]])

  static func school(folder: String = "/nowhere", laestab: String = laestab, name: String = "Example High School")
    -> School
  {
    School(
      name: name, controller: ControllerID(unchecked: "example-trust"),
      laestab: (try? LAESTAB(laestab)) ?? must("LAESTAB"), urn: nil, ukprn: nil, desk: folder + "/desk",
      exports: folder + "/exports", mis: "sims", unlistedSharing: .hold, exportsAre: .full)
  }

  static func configuration(schools: [School] = [school()], authorities: [AuthorityProfile] = []) -> Configuration {
    Configuration(
      file: "test", schools: schools, authorities: authorities, recipients: [], state: "/nowhere",
      masterKey: SecretSource(kind: .file("key"), path: "/nowhere/key"), settle: .seconds(2), rescan: .seconds(60),
      codes: codes, headerMaps: ["sims": map], postcodes: nil)
  }

  /// Made-up places: a college, the fixture's school, two of one name, a closed one.
  static let providers: ProviderRegister = {
    func provider(_ name: String, _ kind: ProviderKind, ukprn: String? = nil, closed: Bool = false, number: Int)
      -> Provider
    {
      Provider(
        id: ProviderID(unchecked: "zz-\(number)"), name: name, ukprn: ukprn.flatMap { try? UKPRN($0) },
        laestab: kind == .school ? try? LAESTAB(laestab) : nil, kind: kind, isClosed: closed)
    }
    return ProviderRegister([
      [
        provider("Zz Example College", .feCollege, ukprn: "10000009", number: 1),
        provider("Example High School", .school, number: 2), provider("Zz Twin Centre", .trainingProvider, number: 3),
        provider("Zz Twin Centre", .employer, number: 4),
        provider("Zz Closed College", .feCollege, closed: true, number: 5),
      ]
    ])
  }()

  static let codes: CodeTables = {
    let names = [
      "nccis-activity", "nccis-intended", "nccis-guarantee", "nccis-ethnicity", "nccis-characteristics",
      "nccis-level-of-need", "census-gender", "census-sen-provision", "lcr-authorities", "yssa",
    ]
    return CodeTables(names.map(codeSet))
  }()

  private static func codeSet(_ name: String) -> CodeSet {
    do {
      let table = try TableFile(bytes(of: "\(root)/config/codes/\(name).csv"))
      return try CodeSet(
        id: name, header: table.header, rows: table.rows.map { CodeTableRow(line: $0.line, cells: $0.cells) })
    } catch {
      return must("config/codes/\(name).csv: \(error)")
    }
  }

  /// Tests cannot go on without their own fixtures.
  static func must<Value>(_ what: String) -> Value { preconditionFailure("fixture: \(what)") }

  static func bytes(of path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 { return all }
      all += buffer[..<count]
    }
  }

  static func context(
    _ survey: ColumnSurvey = ColumnSurvey(), day: CalendarDate = day, school: School = school()
  ) -> RuleContext {
    RuleContext(school: school, configuration: configuration(schools: [school]), day: day, survey: survey)
  }

  static func check(_ text: String, _ field: Field, _ context: RuleContext = context()) -> CellOutcome {
    Rules.check(text, field: field, in: context)
  }

  /// A good row with changes: heading → cell.
  static func row(_ number: Int = 0, _ changes: [String: String] = [:]) -> [String: String] {
    var row = [
      "UPN": upns[number % upns.count], "ULN": ulns.indices.contains(number) ? ulns[number] : "",
      "Legal Surname": "Zzsurname\(letters(number))", "Legal Forename": "Qqforename\(letters(number))",
      "Date of Birth": "0\(number % 9 + 1)/03/2010", "Gender": "F", "Year Group": "11", "Postcode": "L20 3DL",
      "Home LA": "343", "YSSA": "Yes", "Intended Destination": "121", "SEN Status": "N",
    ]
    for (key, value) in changes { row[key] = value }
    return row
  }

  private static func letters(_ number: Int) -> String {
    String(Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(number % 26))))
  }

  static let columns = [
    "UPN", "ULN", "Legal Surname", "Legal Forename", "Date of Birth", "Gender", "Year Group", "Postcode", "Home LA",
    "YSSA", "Intended Destination", "SEN Status",
  ]

  /// The bytes of an export of rows, in the columns given, else in the usual ones and those that a row names besides.
  static func export(
    _ rows: [[String: String]], columns given: [String]? = nil, _ dialect: CSVDialect = .standard, title: [String] = []
  ) -> [UInt8] {
    var columns = given ?? columns
    for name in headings.map(\.header)
    where given == nil && !columns.contains(name) && rows.contains(where: { $0[name] != nil }) {
      columns.append(name)
    }
    do {
      var table = title.map { [$0] }
      table.append(columns)
      table += rows.map { row in columns.map { row[$0] ?? "" } }
      return try CSVWriter.bytes(of: table, in: dialect)
    } catch {
      return must("\(error)")
    }
  }

  static func examine(
    _ bytes: [UInt8], named name: String? = nil, school: School = school(), day: CalendarDate = day
  ) -> Examination {
    Intake.examine(bytes, named: name, school: school, configuration: configuration(schools: [school]), day: day)
  }

  static func examine(_ rows: [[String: String]]) -> Examination { examine(export(rows)) }
}

extension Examination {
  func codes(row: Int?) -> [String] { details.filter { $0.row == row }.map(\.code.rawValue) }
  func row(_ number: Int) -> ExaminedRow? { rows.first { $0.rowNumber == number } }
}

extension CellOutcome {
  var codes: [String] { remarks.map(\.code.rawValue) }
}
