// Header maps proposed from exports.

import Leavers
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Learning a header map") struct LearnerTests {
  private let configuration = Recipes.configuration([
    Recipes.authority("sefton", "Sefton Council", 343, required: [.legalSurname], asked: [.intendedDestination])
  ])

  private func learn(_ rows: [[String]], _ configuration: Configuration? = nil) throws -> HeaderMapProposal {
    let bytes = try CSVWriter.bytes(of: rows)
    return try HeaderMapLearner(configuration: configuration ?? self.configuration, day: Fixture.day)
      .learn(LooseTable.tables(of: bytes))
  }

  private func message(_ rows: [[String]]) throws -> String? {
    let bytes = try CSVWriter.bytes(of: rows)
    let tables = try LooseTable.tables(of: bytes)
    do {
      _ = try HeaderMapLearner(configuration: configuration, day: Fixture.day).learn(tables)
      return nil
    } catch {
      return error.message
    }
  }

  /// Columns of made-up pupils: heading → cell of row n.
  private func table(_ columns: [(heading: String, cell: (Int) -> String)], rows: Int = 6) -> [[String]] {
    [columns.map(\.heading)] + (0..<rows).map { row in columns.map { $0.cell(row) } }
  }

  private let upn: (Int) -> String = { Fixture.upns[$0 % Fixture.upns.count] }
  private let surname: (Int) -> String = { "Zzsurname\(["a", "b", "c", "d", "e", "f"][$0 % 6])" }
  private let born: (Int) -> String = { "0\($0 % 9 + 1)/03/2010" }

  @Test func knownAndMisspelledHeadings() throws {
    let proposal = try learn(
      table([
        ("UPN", upn), ("Legal Surnane", surname), ("First Name", surname), ("D.O.B.", born), ("Shoe Size", { "\($0)" }),
        ("Email", { "qq\($0)@example.org" }),
      ]))
    #expect(proposal.rows == 6 && proposal.sheet == nil)
    #expect(
      proposal.columns.map(\.field) == [.upn, .legalSurname, .legalForename, .dateOfBirth, nil, .email])
    #expect(proposal.columns.map(\.confidence) == [.certain, .likely, .likely, .likely, .none, .certain])
    #expect(proposal.columns.map(\.number) == [1, 2, 3, 4, 5, 6])
    #expect(
      proposal.columns[0].evidence == ["the heading is known in the map SIMS", "6 of 6 are valid UPNs"])
    #expect(proposal.columns[0].fitting == 6 && proposal.columns[0].filled == 6)
    #expect(proposal.columns[1].evidence == ["the heading is one letter away from \"Legal Surname\" in the map SIMS"])
    #expect(proposal.columns[3].evidence.last == "6 of 6 are dates on which a leaver can have been born")
    #expect(proposal.missing.contains(.sharing) && proposal.missing.contains(.yearGroup))
    #expect(!proposal.missing.contains(.legalSurname))
  }

  @Test func valuesSpeakWhereTheHeadingDoesNot() throws {
    let proposal = try learn(
      table([
        ("Key", upn), ("Blob", { Fixture.ulns[$0 % 4] }), ("When", born), ("Where", { _ in "L20 3DL" }),
        ("Est", { _ in Fixture.laestab }), ("Legal Surname", surname),
      ]))
    #expect(
      proposal.columns.map(\.field) == [.upn, .uln, .dateOfBirth, .postcode, .laestab, .legalSurname])
    #expect(proposal.columns.map(\.confidence) == [.likely, .likely, .likely, .possible, .likely, .certain])
    #expect(proposal.columns[4].evidence.first == "all 6 are the DfE number of one configured school")
    // A possible line is a comment, and what it stands for is still missing.
    #expect(proposal.yaml(id: "new").contains("\n  # \"Where\": postcode  # possible; 6 of 6 are postcodes"))
  }

  @Test func valuesThatContradictTheHeading() throws {
    let proposal = try learn(
      table([("UPN", { "12\($0)" }), ("Legal Surname", surname), ("Legal Forename", surname), ("Nummer", upn)]))
    #expect(proposal.columns[0].field == .upn && proposal.columns[0].confidence == .possible)
    #expect(proposal.columns[0].evidence.suffix(2) == ["0 of 6 are valid UPNs", "most values speak against it"])
    #expect(proposal.columns[3].field == .upn && proposal.columns[3].isProposed)
  }

  @Test func twoColumnsForOneField() throws {
    let proposal = try learn(
      table([("Key", upn), ("UPN", upn), ("Legal Surname", surname), ("Legal Surnam", surname), ("Ident", upn)]))
    #expect(proposal.columns.map(\.confidence) == [.possible, .certain, .certain, .possible, .possible])
    #expect(proposal.columns[0].evidence.last == "column 2 stands for it already")
  }

  @Test func aHeadingThatStandsTwiceIsNamedOnce() throws {
    let proposal = try learn(
      table([("UPN", upn), ("Telephone", { "0770090012\($0)" }), ("TELEPHONE", { "0770090012\($0)" })]))
    #expect(proposal.columns.map(\.confidence) == [.certain, .certain, .certain])
    let lines = proposal.yaml(id: "new").split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("  \"Telephone\": phone") })
    #expect(lines.contains { $0.hasPrefix("  # \"TELEPHONE\": phone") })
  }

  @Test func theYAMLIsAHeaderMap() throws {
    let proposal = try learn(
      table([("UPN", upn), ("Sur\"name\\ #1: \u{e9}", surname), ("Legal Forename", surname), ("Born", born)]))
    let yaml = proposal.yaml(id: "bromcom")
    #expect(yaml.contains("\nmis: {id: bromcom, name: \"bromcom\"}\n"))
    #expect(yaml.contains("\n  \"UPN\": upn  # certain; the heading is known in the map SIMS; 6 of 6 are valid UPNs"))
    #expect(yaml.contains("  # \"Sur\\\"name\\\\ #1: \u{e9}\": nothing is known of it"))
    #expect(yaml.contains("# Needed, and in no column: legalSurname, "))
    #expect(yaml.hasSuffix("\n") && !yaml.contains("\t"))
  }

  // MARK: Never a cell

  @Test func noCellIsEverPrinted() throws {
    let canary = "Zzcanary"
    let rows = table([
      ("UPN", upn), ("Legal Surname", { _ in canary }), ("Notes", { "\(canary) \($0)" }), ("Born", born),
      ("Sex", { _ in canary }), ("YSSA", { _ in canary }),
    ])
    let proposal = try learn(rows)
    var dumped = ""
    dump(proposal, to: &dumped)
    for text in [proposal.yaml(id: "new"), dumped] {
      #expect(!text.contains(canary))
      for cell in rows.dropFirst().joined() where cell.count > 2 { #expect(!text.contains(cell)) }
    }
  }

  @Test func aFileWithoutHeadingsGivesNothing() throws {
    let pupils = Array(
      table([("UPN", upn), ("Legal Surname", surname), ("Legal Forename", surname), ("Born", born)])
        .dropFirst())
    #expect(try message(pupils)?.hasPrefix("no row with column headings was found among the first 10") == true)
    // Nor where the first pupil has no UPN and no date of birth.
    var poor = pupils
    poor[0] = ["", "Zzname", "Qqname", ""]
    #expect(try message(poor) != nil)
    poor[0] = ["none", "Zzname", "Qqname", "01/03/2010"]
    #expect(try message(poor) != nil)
    // Nor where the first pupil's cells say that nothing is known, or look like a heading.
    var vague = Array(
      table([("UPN", upn), ("Legal Surname", surname), ("Born", born), ("Where", { _ in "L20 3DL" })]).dropFirst())
    vague[0] = ["missing", "Zzname", "unknown", "not given"]
    #expect(try message(vague) != nil)
    vague[0] = ["missing", "Town", "01/03/2010", "not given"]
    #expect(try message(vague) != nil)
    vague[0] = ["Key", "Town", "When", "Where"]
    #expect(try message(vague) == nil)
    #expect(try message([["a", "b"], ["c", "d"]]) != nil)
    #expect(try message([]) != nil)
  }

  @Test func aHeadingThatCouldBeSomebodysDataIsNotPrinted() throws {
    let proposal = try learn(
      table([("UPN", upn), ("Legal Surname", surname), ("Ref 07700900123", surname), ("Leavers 2026", surname)]))
    #expect(proposal.columns.map(\.heading) == ["UPN", "Legal Surname", nil, nil])
    #expect(!proposal.yaml(id: "new").contains("0770"))
  }

  // MARK: Where the headings are

  @Test func titlesAboveAndSheetsOfAWorkbook() throws {
    let rows =
      [["Leavers of this summer"], ["Example High School", "Summer"]]
      + table([("UPN", upn), ("Legal Surname", surname), ("Date of Birth", born)])
    #expect(try learn(rows).rows == 6)
    func sheet(_ name: String, _ rows: [[String]], hidden: Bool = false) -> SheetDraft {
      let width = rows.map(\.count).max() ?? 1
      return SheetDraft(
        name: name, columns: (0..<width).map { ColumnDraft($0 < rows[0].count ? rows[0][$0] : "") },
        rows: rows.dropFirst().map { $0.map { .text($0) } }, isHidden: hidden)
    }
    let draft = WorkbookDraft(sheets: [
      sheet("Old", table([("UPN", upn), ("Legal Surname", surname), ("ULN", { Fixture.ulns[$0 % 4] })]), hidden: true),
      sheet("Cover", [["Leavers"], ["of the summer"]]), sheet("Pupils", rows),
    ])
    let folder = try TemporaryFolder()
    let bytes = try WorkbookWriter(temporaryFilesIn: folder.path).bytes(of: draft, created: 1)
    let proposal = try HeaderMapLearner(configuration: configuration, day: Fixture.day).learn(
      LooseTable.tables(of: bytes))
    #expect(proposal.sheet == 3)
    #expect(proposal.columns.map(\.field) == [.upn, .legalSurname, .dateOfBirth])
  }

  @Test func filesThatAreNoTable() {
    for bytes in [[0x50, 0x4B, 0x03, 0x04, 0x00], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]] as [[UInt8]] {
      #expect(throws: LooseTable.Failure.self) { try LooseTable.tables(of: bytes) }
    }
    let error = #expect(throws: LooseTable.Failure.self) { try LooseTable.tables(of: Array("a,\"b\nc".utf8)) }
    #expect(error.map { "\($0)" }?.isEmpty == false)
  }

  // MARK: Kinds of value

  @Test(arguments: [
    (Field.upn, "B123456789012", false), (.upn, Fixture.upns[0], true), (.uln, "1000000043", true),
    (.uln, "1000000042", false), (.dateOfBirth, "01/09/2009", true), (.dateOfBirth, "01/09/1969", false),
    (.startDate, "01/09/1969", true), (.postcode, "l20 3dl", true), (.postcode, "L20", false),
    (.email, "a@example.org", true), (.email, "a at example", false), (.phone, "07700 900123", true),
    (.laestab, "341/4787", true), (.providerUKPRN, "10012345", true), (.yearGroup, "Year 11", true),
    (.yearGroup, "11XY", false), (.sharing, "SNR", true), (.sharing, "maybe", false), (.homeAuthority, "343", true),
    (.homeAuthority, "Bootle", false), (.lookedAfter, "Y", true), (.lookedAfter, "perhaps", false),
    (.intendedDestination, "121", true), (.intendedDestination, "999", false), (.senProvision, "N - No SEN", true),
    (.sex, "female", true), (.guaranteeStatus, "110", true), (.activity, "230", true),
  ])
  func values(field: Field, text: String, fits: Bool) throws {
    let test = ValueTest(
      codes: Fixture.codes, authorities: AuthorityNames(configuration: Fixture.configuration()), day: Fixture.day,
      words: [.sex: ["female"]])
    #expect(test.isKind(try #require(ValueKind(field)), text, field: field) == fits)
  }

  @Test func namesAndFreeTextHaveNoKind() {
    for field in [Field.legalSurname, .course, .providerName, .addressLine1] { #expect(ValueKind(field) == nil) }
  }
}
