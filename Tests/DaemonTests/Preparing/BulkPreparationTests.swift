import Foundation
import Intake
import Leavers
import Profiles
import Returns
import Tabular
import Testing

@testable import Daemon

/// The hot path of `prepare` writes what the rules, one row at a time, would write: byte for byte, in every file.
@Suite("Large exports")
struct BulkPreparationTests {
  private static let day = CalendarDate(iso: "2026-06-10") ?? .first
  private static let taken = "10 June 2026 by a test"

  private static func configuration(_ path: String) throws -> Configuration {
    let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    return try ConfigurationLoader(environment: [:]) { _ in .notAKey }
      .load("\(root)/\(path)", requiring: .forPreparing).configuration
  }

  /// All files of a folder by name.
  private func files(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let path = "\(folder)/\(name)"
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else { continue }
      files[name] = try Data(contentsOf: URL(fileURLWithPath: path))
    }
    return files
  }

  /// What the general path writes and says.
  private func general(_ bytes: [UInt8], _ school: School, _ configuration: Configuration) throws
    -> (files: [String: Data], report: PreparationReport)
  {
    let examination = examine(
      bytes, named: "leavers.csv", school: school, configuration: configuration, day: Self.day)
    #expect(examination.fatal == nil)
    let prepared = try Preparation.prepare(
      rows: examination.rows.map {
        LeaverRow(
          rowNumber: $0.rowNumber, cohort: $0.cohort, record: $0.record, verdict: $0.verdict, undecided: $0.undecided)
      }, school: school, configuration: configuration, day: Self.day, scratch: NSTemporaryDirectory())
    #expect(prepared.refused.isEmpty)
    var files: [String: Data] = [:]
    for file in examination.deskFiles(
      named: "leavers.csv", export: bytes, school: school, configuration: configuration, taken: Self.taken,
      decisions: prepared.decisions)
    {
      files[file.name] = Data(file.bytes)
    }
    for file in prepared.files { files["\(file.authority.rawValue)/\(file.fileName)"] = Data(file.bytes) }
    return (
      files,
      PreparationReport(
        summary: examination.summary, lines: prepared.lines,
        files: prepared.files.map {
          .init(authority: $0.authority, name: $0.fileName, pupils: $0.pupils, lines: $0.lines)
        }, unrouted: prepared.unrouted, deskFiles: [])
    )
  }

  /// Whether the hot path took the file; where it did, it wrote the same.
  private func isTaken(
    _ text: String, _ school: School, _ configuration: Configuration, workers: Int = 2, batchBytes: Int = 3_000
  ) throws -> Bool {
    let folder = NSTemporaryDirectory() + "bulk-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let bytes = Array(text.utf8)
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/leavers.csv"))
    let report = try BulkPreparation.run(
      export: "\(folder)/leavers.csv", out: "\(folder)/out", school: school, configuration: configuration,
      day: Self.day, taken: Self.taken, scratch: folder, workers: workers, batchBytes: batchBytes)
    guard let report else {
      let left = (try? files("\(folder)/out")) ?? [:]
      #expect(left.isEmpty, "nothing may stay of what was begun")
      return false
    }
    let meant = try general(bytes, school, configuration)
    let written = try files("\(folder)/out")
    #expect(Set(written.keys) == Set(meant.files.keys))
    for (name, bytes) in meant.files where written[name] != bytes {
      Issue.record("\(name) differs: \(Self.difference(written[name] ?? Data(), bytes))")
    }
    #expect(report.lines == meant.report.lines)
    #expect(report.files == meant.report.files)
    #expect(report.unrouted == meant.report.unrouted)
    #expect(report.written == Set(written.keys))
    #expect(report.summary.rowsRead == meant.report.summary.rowsRead)
    #expect(report.summary.errors == meant.report.summary.errors)
    #expect(report.summary.warnings == meant.report.summary.warnings)
    #expect(report.summary.notes == meant.report.summary.notes)
    return true
  }

  /// Whether the hot path took the file, or left anything of what it began.
  private func isBegun(_ text: String, _ school: School, _ configuration: Configuration) throws -> Bool {
    let folder = NSTemporaryDirectory() + "bulk-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/leavers.csv"))
    let report = try BulkPreparation.run(
      export: "\(folder)/leavers.csv", out: "\(folder)/out", school: school, configuration: configuration,
      day: Self.day, taken: Self.taken, scratch: folder)
    return try report != nil
      || FileManager.default.fileExists(atPath: "\(folder)/out") && !files("\(folder)/out").isEmpty
  }

  private static func difference(_ left: Data, _ right: Data) -> String {
    let (a, b) = (String(decoding: left, as: UTF8.self), String(decoding: right, as: UTF8.self))
    let pairs = zip(a.split(separator: "\n"), b.split(separator: "\n"))
    guard let first = pairs.first(where: { $0 != $1 }) else { return "\(left.count) and \(right.count) bytes" }
    return "\(first.0) | \(first.1)"
  }

  // MARK: Made-up exports

  @Test(arguments: 0..<12)
  func itWritesWhatTheRulesWouldWrite(_ seed: Int) throws {
    let configuration = try Self.configuration("Benchmarks/config/leaverlink.yaml")
    let school = try #require(configuration.schools.first)
    let repeats: MadeUpExport.Repeats = seed % 4 > 0 ? .none : seed % 8 == 0 ? .withUPN : .withoutUPN
    let export = MadeUpExport(seed: UInt64(seed), oddness: seed % 4, repeats: repeats)
    let isTaken = try isTaken(export.text(rows: 300), school, configuration, workers: 1 + seed % 3)
    #expect(isTaken, "the hot path did not take a file of the usual form")
  }

  /// The shipped authorities: several kinds and cohorts, tiers, maps of their own.
  @Test(arguments: 0..<8)
  func itWritesWhatTheShippedAuthoritiesWant(_ seed: Int) throws {
    let configuration = try Self.configuration("config/leaverlink.yaml")
    let school = try #require(configuration.schools.last)
    #expect(school.mis == "arbor")
    let export = MadeUpExport(seed: UInt64(1_000 + seed), oddness: seed % 4, repeats: .none)
    #expect(try isTaken(export.text(rows: 200), school, configuration))
  }

  /// Each authority its own format: what is more than lines is rendered of them, as the general path renders it.
  @Test(arguments: 0..<6)
  func itWritesSixFormats(_ seed: Int) throws {
    var configuration = try Self.configuration("Benchmarks/config/leaverlink.yaml")
    let school = try #require(configuration.schools.first)
    let formats: [ReturnFormat] = [
      .csv(CSVForm(dialect: CSVDialect(delimiter: .semicolon, quoting: .always, encoding: .windows1252))),
      .csv(
        CSVForm(
          dialect: CSVDialect(delimiter: .tab, encoding: .utf16LittleEndian, byteOrderMark: true),
          head: [[try LineText("LEAVERS"), try LineText("{laestab}")]],
          tail: [[try LineText("END"), try LineText("{rows}"), try LineText("{sum:ULN}")]])),
      .workbook(WorkbookForm(sheet: "Leavers")), .workbook(WorkbookForm(sheet: "Plans", offersLists: false)),
      .xml(XMLForm(root: "Return", row: "Leavers/Leaver")), .csv(CSVForm()),
    ]
    for (index, format) in formats.enumerated() {
      configuration.authorities[index].returns[0].format = format
      for column in configuration.authorities[index].returns[0].columns.indices {
        configuration.authorities[index].returns[0].columns[column].element =
          configuration.authorities[index].returns[0].columns[column].name.replacing(" ", with: "")
      }
    }
    configuration.authorities[5].returns[0].sort = ["Surname", "DOB"]
    let export = MadeUpExport(seed: UInt64(2_000 + seed), oddness: seed % 4, repeats: .none)
    #expect(try isTaken(export.text(rows: 300), school, configuration, workers: 1 + seed % 3))
  }

  /// A file that cannot be rendered of its lines is the general path's, and nothing of the others is left.
  @Test func aFormatThatRefusesARowIsLeftToTheGeneralPath() throws {
    var configuration = try Self.configuration("Benchmarks/config/leaverlink.yaml")
    let school = try #require(configuration.schools.first)
    let schema = """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="Return"><xs:complexType><xs:sequence>
      <xs:element name="Leaver" maxOccurs="2"><xs:complexType><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded"
      processContents="skip"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>
      """
    for column in configuration.authorities[0].returns[0].columns.indices {
      configuration.authorities[0].returns[0].columns[column].element =
        configuration.authorities[0].returns[0].columns[column].name.replacing(" ", with: "")
    }
    let text = MadeUpExport(seed: 4, oddness: 0, repeats: .none).text(rows: 60)
    configuration.authorities[0].returns[0].format = .xml(XMLForm(root: "Return", row: "Leaver"))
    #expect(try isBegun(text, school, configuration), "without the schema it is the hot path's")
    configuration.authorities[0].returns[0].format = .xml(
      XMLForm(root: "Return", row: "Leaver", schema: Array(schema.utf8)))
    #expect(try !isBegun(text, school, configuration))
  }

  @Test func titlesAboveAndAnotherDelimiter() throws {
    let configuration = try Self.configuration("Benchmarks/config/leaverlink.yaml")
    let school = try #require(configuration.schools.first)
    let text = MadeUpExport(seed: 7, oddness: 1, repeats: .none).text(rows: 60)
    #expect(
      try isTaken(
        "Leavers of 2026,printed today,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y\r\n" + text, school,
        configuration))
    #expect(try isTaken("\u{FEFF}" + text, school, configuration))
    #expect(try isTaken(String(text.dropLast(1)), school, configuration))
    let lines = MadeUpExport(seed: 8, oddness: 0, repeats: .none).text(rows: 60).split(separator: "\r\n")
    var semicolons = ""
    for line in lines {
      // Commas inside quotation marks stay.
      for (place, part) in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
        semicolons += place == 0 ? "" : "\""
        semicolons += place % 2 == 0 ? String(part.map { $0 == "," ? ";" : $0 }) : String(part)
      }
      semicolons += "\n"
    }
    #expect(try isTaken(semicolons, school, configuration))
  }

  /// Two ways to write an accent, a mark that names may have, and preferred names: each row by its own bytes.
  @Test func eachRowHasItsOwnBytes() throws {
    let configuration = try Self.configuration("config/leaverlink.yaml")
    let school = try #require(configuration.schools.last)
    var lines = MadeUpExport(seed: 5, oddness: 0, repeats: .none).text(rows: 60)
      .split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    lines[0] = lines[0].replacing("Town", with: "Preferred Forename").replacing("Level", with: "Middle Names")
    let names = ["Zo\u{EB}", "Zoe\u{308}", "Smi^th", "Sm1th", "\u{212A}im", "Kim"]
    for index in lines.indices.dropFirst().dropLast() {
      lines[index] = lines[index].replacing(",Liverpool,", with: ",\(names[index % 6]),")
        .replacing(",Name", with: ",\(names[index % 6])Name")
    }
    for workers in 1...2 {
      #expect(try isTaken(lines.joined(separator: "\r\n"), school, configuration, workers: workers))
    }
  }

  /// Two returns that would have one name: neither is lost in silence.
  @Test func twoReturnsOfOneName() throws {
    var configuration = try Self.configuration("Benchmarks/config/leaverlink.yaml")
    let school = try #require(configuration.schools.first)
    for index in configuration.authorities.indices {
      configuration.authorities[index].returns[0].cohorts = [.y11, .y12]
      configuration.authorities[index].returns[0].fileName = try FileNamePattern("X-{laestab}-{sequence}.csv")
    }
    let lines = MadeUpExport(seed: 6, oddness: 0, repeats: .none).text(rows: 60).split(separator: "\r\n")
    let text =
      lines.enumerated().map { index, line in
        index % 2 == 0 ? String(line) : String(line).replacing(",11,", with: ",12,")
      }.joined(separator: "\r\n") + "\r\n"
    #expect(try !isBegun(text, school, configuration))
    #expect(throws: ReturnsError.self) { try general(Array(text.utf8), school, configuration) }
  }

  /// What cannot be written is said, and nothing is left of what was begun.
  @Test func aFolderThatCannotBeWrittenTo() throws {
    let configuration = try Self.configuration("Benchmarks/config/leaverlink.yaml")
    let school = try #require(configuration.schools.first)
    let folder = NSTemporaryDirectory() + "bulk-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: "\(folder)/out", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = MadeUpExport(seed: 6, oddness: 0, repeats: .none).text(rows: 60)
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/leavers.csv"))
    // A file where the folder of an authority would be.
    try Data().write(to: URL(fileURLWithPath: "\(folder)/out/sefton"))
    #expect(throws: (any Error).self) {
      try BulkPreparation.run(
        export: "\(folder)/leavers.csv", out: "\(folder)/out", school: school, configuration: configuration,
        day: Self.day, taken: Self.taken, scratch: folder)
    }
    #expect(try Set(files("\(folder)/out").keys) == ["sefton"])
  }

  /// What is not of the usual form, or needs other rows to be decided, is left to the general path, and leaves nothing.
  @Test func whatItLeavesAlone() throws {
    let configuration = try Self.configuration("Benchmarks/config/leaverlink.yaml")
    let school = try #require(configuration.schools.first)
    var lines = MadeUpExport(seed: 3, oddness: 0, repeats: .none).text(rows: 40).split(
      separator: "\r\n", omittingEmptySubsequences: false
    )
    .map(String.init)
    lines.removeLast()
    #expect(try isTaken(lines.joined(separator: "\r\n") + "\r\n", school, configuration))
    func leaves(_ change: (inout [String]) -> Void) throws -> Bool {
      var changed = lines
      change(&changed)
      return try !isTaken(changed.joined(separator: "\r\n") + "\r\n", school, configuration)
    }
    #expect(try leaves { $0.insert("", at: 20) }, "a blank line")
    #expect(try leaves { $0.append("Total,40" + String(repeating: ",", count: 23)) }, "a total")
    #expect(try leaves { $0.insert($0[0], at: 20) }, "headings once more")
    #expect(try leaves { $0[20] += ",more" }, "a cell too many")
    #expect(try leaves { $0[20] = $0[5] }, "the same pupil twice")
    #expect(try leaves { $0[20].insert("\"", at: $0[20].startIndex) }, "an open quotation mark")
    #expect(try leaves { $0[0] = $0[0].replacing("Level", with: "Phone").replacing("Town", with: "Mobile Number") })
    #expect(try leaves { $0.insert(String(repeating: ",", count: 24), at: 20) }, "a blank row")
    #expect(
      try leaves { $0[20] = $0[20].replacing("Sample Street", with: String(repeating: "a", count: 40_000)) },
      "a cell too long")
    #expect(
      try leaves { lines in
        lines[0] = lines[0].replacing("Town", with: "Preferred Surname").replacing("Level", with: "Preferred Forename")
        var cells = lines[20].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        // Another cell may hold a comma in quotation marks: this line has none.
        cells =
          [cells[0], cells[1], "Smith", "Ann", "01/02/2010", "F", "11", "L1 1AB", "1 Street", "Ann", "WBRI", "N", "0"]
          + ["0", "YES", "341", "26/06/2026", "110", "111", "10003955", "City of Liverpool College", "Art", "Smith"]
          + ["07/09/2026", "a@example.org"]
        lines[20] = cells.joined(separator: ",")
      }, "preferred names the other way round")
    // Dates that only the whole column explains: month first.
    #expect(
      try leaves { lines in
        for index in lines.indices.dropFirst() {
          lines[index] = lines[index].replacing("07/09/2026", with: "09/27/2026")
        }
      })
    // A word that a person must decide.
    #expect(
      try leaves { lines in
        for code in ["111", "121", "211", "311", "321", "611"] {
          lines[20] = lines[20].replacing(",\(code),", with: ",sixth form here maybe,")
        }
      })
  }
}

/// Exports of the shape of the speed comparison, with every kind of oddness that the hot path takes.
private struct MadeUpExport {
  private var random: Generator
  private let oddness: Int
  private let repeats: Repeats

  /// Which rows have the name and date of birth of others.
  enum Repeats: CaseIterable {
    case none, withUPN, withoutUPN
  }

  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      return (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    }
  }

  /// - Parameter oddness: of twelve cells so many may be odd.
  init(seed: UInt64, oddness: Int, repeats: Repeats) {
    random = Generator(state: seed)
    self.oddness = oddness
    self.repeats = repeats
  }

  static let headings =
    "UPN,ULN,Legal Surname,Legal Forename,Date of Birth,Sex,Year Group,Postcode,Address Line 1,Town,Ethnicity,SEN Status,"
    + "FSM,Looked After,YSSA,Home LA,Leaving Date,Guarantee Status,Intended Destination,Provider UKPRN,Provider Name,Course,"
    + "Level,Start Date,Email"

  func text(rows: Int) -> String {
    var copy = self
    return ([Self.headings] + (0..<rows).map { copy.row($0) }).joined(separator: "\r\n") + "\r\n"
  }

  private mutating func pick(_ usual: [String], _ odd: [String]) -> String {
    let isOdd = oddness > 0 && Int.random(in: 0..<12, using: &random) < oddness
    return (isOdd ? odd + usual : usual).randomElement(using: &random) ?? ""
  }

  private mutating func row(_ index: Int) -> String {
    let body = "341\(4000 + index % 7)22" + String(String(1000 + index).suffix(3))
    let right = "\(UPN.checkLetter(for: body) ?? "A")\(body)"
    // In files without oddness every pupil has a UPN; in the others some have none, or a wrong one.
    let upn =
      repeats == .withoutUPN ? "" : pick([right], ["", "Q\(body)", right.lowercased(), "UN3", "\(right) "])
    let uln = uln(index)
    let surname = pick(
      repeats == .none
        ? ["Name" + letters(index)]
        : index % 3 > 0 ? ["Ng", "NG"] : ["O'Brien", "Smith-Jones", "Ng", "Kowalski", "Van der Berg"],
      [
        "", "Zo\u{EB}\(letters(index))", "smith\(letters(index))", "Test", "-", "Sm1th\(letters(index))",
        "\"Mac, Donald\(letters(index))\"", " Ahmed\(letters(index)) ", "M\u{FC}ller\(letters(index))",
      ])
    let forename = pick(
      // Many of one name: not all can be named to each.
      repeats != .none && index % 3 > 0 ? ["Ty"] : ["Zofia", "Rhys", "Aoife", "\"Grace, \(index)\"", "Ty"],
      ["", "Ty\u{2019}", "J.", "\"Jo \"\"JJ\"\" B\"", "Ann", "#N/A"])
    let birth = pick(
      ["01/02/2010", "12/03/2010", "30/11/2009", "2010-04-05", "05/06/2010"],
      ["", "31/02/2010", "01/02/1950", "5 May 2010", "01/02/2007", "not known", "09/09/2010", "15/08/2008"])
    let cells = [
      upn, uln, surname, forename, birth, pick(["F", "M"], ["", "X", "female", "?"]),
      pick(["11", "11", "11", "Year 11"], ["", "12", "13", "9", "99"]),
      pick(["L1 \(index % 9)AB", "L20 3DL", "CH41 1AA"], ["", "l1 1ab", "L11AB", "ZZ99 9ZZ", "nowhere"]),
      pick(["\"\(index) Sample Street, Flat 1\"", "\(index) Sample Street"], ["", "n/a", "=1+1", "1  Two Spaces"]),
      pick(["Liverpool", "Bootle"], ["", "-", "St. Helens"]), pick(["WBRI", "AIND"], ["", "ZZZZ", "REFU"]),
      pick(["N", "K", "E"], ["", "SEN Support", "Q"]), pick(["0", "1"], ["", "yes", "maybe"]),
      pick(["0", "1", "N"], ["", "perhaps"]), pick(["YES", "YES", "NO", "SNR", "UNS"], ["", "refused?", "y"]),
      pick(["341", "343", "342", "344", "876", "340"], ["", "Sefton", "359", "Nowhere", "999"]),
      pick(["26/06/2026"], ["", "25/06/2026", "05/01/2026", "31/07/2027"]), pick(["110", "120", "151"], ["", "999"]),
      pick(["111", "121", "211", "311", "321", "611"], ["", "999"]), pick(["10003955", ""], ["10000000"]),
      pick(["City of Liverpool College"], ["", "Nowhere College"]),
      pick(["Health & Social Care"], ["", "\"Art, Design\"", "none"]), pick(["3", "2"], ["", "entry"]),
      pick(["07/09/2026"], ["", "01/01/2020", "1 Sept 2026"]),
      pick(["pupil\(index)@example.org"], ["", "not an address", "a@b", "P.Q@example.ORG"]),
    ]
    return cells.joined(separator: ",")
  }

  /// Letters that no other row has.
  private func letters(_ index: Int) -> String {
    String(
      String(index, radix: 8).map { Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8($0.wholeNumberValue ?? 0))) })
  }

  private mutating func uln(_ index: Int) -> String {
    var number = 100_000_000 + index * 7
    while true {
      let body = String(number)
      if let check = ULN.checkDigit(for: body) { return pick(["\(body)\(check)"], ["", "9999999999", "\(body)"]) }
      number += 1
    }
  }
}
