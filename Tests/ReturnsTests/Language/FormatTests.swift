// What cannot be written in a format is said, and what a file should not say is found.

import Leavers
import Profiles
import Tabular
import Testing

@testable import Returns

struct FormatTests {
  private func message(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch let error as ReturnsError {
      return error.message
    } catch {
      return "\(error)"
    }
  }

  // MARK: XML

  @Test func aDocumentThatItsSchemaDoesNotAllowIsNotMade() throws {
    let renderer = ReturnRenderer(profile: try OfficeTests.xml())
    func said(_ cells: [String]) -> String? { message { _ = try renderer.bytes(of: [OfficeTests.row(cells)]) } }
    #expect(said(["P207000016049", "Example", "2010-03-02", "230", ""]) == nil)
    let pattern = try #require(said(["P207000016049", "Secret", "2010-03-02", "23", ""]))
    #expect(pattern.contains("element Activity") && pattern.contains("not of the form"))
    #expect(try #require(said(["P2070000160490000", "Secret", "2010-03-02", "", ""])).contains("too long"))
    #expect(try #require(said(["P207000016049", "Secret", "02/03/2010", "", ""])).contains("element Born"))
    #expect(try #require(said(["P207000016049", "", "2010-03-02", "", ""])).contains("missing"))
    #expect(!pattern.contains("Secret") && !pattern.contains("P207"))
  }

  @Test func whatIsNotAsMeantInADocumentIsFound() throws {
    let profile = try OfficeTests.xml()
    let rows = [OfficeTests.row(["P207000016049", "Example", "2010-03-02", "230", "7"])]
    let record = LeaverRecord([
      .upn: "P207000016049", .legalSurname: "Example", .dateOfBirth: "2010-03-02", .activity: "230",
      .admissionNumber: "7",
    ])
    let bytes = try ReturnRenderer(profile: profile).bytes(of: rows)
    let check = SelfCheck(profile: profile, agreement: Synthetic.agreement(), codes: Synthetic.codes)
    func problems(_ change: (String) -> String) -> [SelfCheck.Problem.Code] {
      check.check(Array(change(String(decoding: bytes, as: UTF8.self)).utf8), rows: rows, records: [2: record])
        .problems.map(\.code)
    }
    #expect(problems { $0 } == [])
    #expect(problems { $0.replacing(">230<", with: ">210<") } == [.wrongCell])
    #expect(problems { $0.replacing("number=\"7\"", with: "number=\"8\"") } == [.wrongCell])
    #expect(problems { $0.replacing("<Rows>1<", with: "<Rows>2<") } == [.wrongSurroundings])
    #expect(problems { $0.replacing("</Identity>", with: "<Phone>0151</Phone></Identity>") } == [.wrongSurroundings])
    #expect(problems { $0.replacing("urn:example:leavers", with: "urn:other") } == [.wrongSurroundings])
    #expect(problems { $0.replacing("</Return>", with: "") } == [.unreadable])
  }

  @Test func oneRowThatASchemaDoesNotAllowHoldsOnlyItself() throws {
    var profile = try OfficeTests.xml()
    profile.cohorts = [.y11]
    let authority = Synthetic.authority(
      agreements: [Synthetic.agreement([.confirmedDestinations])], returns: [profile])
    let plan = Synthetic.planner(authority).plan([
      Synthetic.row(2), Synthetic.row(3, [.upn: "X" + String(repeating: "1", count: 20)]),
    ])
    #expect(plan.outcomes.map(\.outcome).last == .held(.notInForm, column: nil))
    #expect(plan.ready.first?.rows.map(\.rowNumber) == [2])
  }

  @Test func anotherLayoutIsAnotherRow() throws {
    let row = OfficeTests.row(["P207000016049", "Example", "2010-03-02", "230", "7"])
    var profile = try OfficeTests.xml()
    let before = try ReturnRenderer(profile: profile).identity(of: row)
    profile.columns[0].element = "Identity/Number"
    #expect(try ReturnRenderer(profile: profile).identity(of: row) != before)
    // A plain file's identity is that of earlier versions: nothing is sent again for an upgrade.
    let plain = Synthetic.profile(columns: profile.columns)
    #expect(
      try ReturnRenderer(profile: plain).identity(of: row)
        == CSVWriter.bytes(of: [plain.columns.map(\.name), row.cells], in: .standard))
  }

  @Test func aRowThatSaysNothingIsNotMissed() throws {
    var profile = Synthetic.profile(columns: [
      ReturnColumn(name: "UPN", source: .field(.upn)), ReturnColumn(name: "Plan", source: .field(.intendedDestination)),
    ])
    profile.format = .workbook(WorkbookForm(sheet: "Leavers"))
    let rows = [
      OfficeTests.row(["01", "121"], 2),
      MappedRow(rowNumber: 3, pupil: nil, disclosure: .floor, route: .educatedHere, cells: ["", ""]),
    ]
    let bytes = try ReturnRenderer(profile: profile).bytes(of: rows)
    let check = SelfCheck(profile: profile, agreement: Synthetic.agreement(), codes: Synthetic.codes)
    #expect(
      check.check(
        bytes, rows: rows,
        records: [2: LeaverRecord([.upn: "01", .intendedDestination: "121"]), 3: LeaverRecord([.upn: "02"])]
      ).problems == [])
  }

  // MARK: Workbooks

  @Test func whatIsNotAsMeantInAWorkbookIsFound() throws {
    let names = ["UPN", "Born"]
    let columns = [
      ReturnColumn(name: names[0], source: .field(.upn)),
      ReturnColumn(name: names[1], source: .field(.dateOfBirth), date: try DatePattern("dd/MM/yyyy")),
    ]
    var profile = Synthetic.profile(columns: columns)
    profile.format = .workbook(WorkbookForm(sheet: "Leavers"))
    let meant = [OfficeTests.row(["01", "02/03/2010"])]
    let record = LeaverRecord([.upn: "01", .dateOfBirth: "2010-03-02"])
    let check = SelfCheck(profile: profile, agreement: Synthetic.agreement(), codes: Synthetic.codes)
    func problems(_ cells: [[CellDraft]], _ headings: [String] = names, sheet: String = "Leavers") throws
      -> [SelfCheck.Problem.Code]
    {
      let draft = WorkbookDraft(sheets: [
        SheetDraft(name: sheet, columns: headings.map { ColumnDraft($0) }, rows: cells)
      ])
      let bytes = try WorkbookWriter(temporaryFilesIn: "/tmp").bytes(of: draft, created: 1)
      return check.check(bytes, rows: meant, records: [2: record]).problems.map(\.code)
    }
    let born = CellDraft.date(year: 2010, month: 3, day: 2)
    #expect(try problems([[.text("01"), born]]) == [])
    // A number has lost its zero, a text is no date.
    #expect(try problems([[.number(1), born]]) == [.wrongCell])
    #expect(try problems([[.text("01"), .text("02/03/2010")]]) == [.wrongCell])
    #expect(try problems([[.text("01"), .date(year: 2010, month: 2, day: 3)]]) == [.wrongCell])
    #expect(try problems([[.text("01"), born], [.text("02")]]) == [.wrongRowCount])
    #expect(try problems([[.text("01"), born]], ["UPN", "DOB"]) == [.wrongHeader])
    #expect(try problems([[.text("01"), born]], sheet: "Other") == [.unreadable])
  }

  @Test func aTemplateThatHasNoRoomIsNotWrittenOver() throws {
    let draft = WorkbookDraft(sheets: [
      SheetDraft(
        name: "Data", columns: ["A", "B"].map { ColumnDraft($0) },
        rows: [[.text("SAMPLE"), .text("SAMPLE")], [], [.blank, .text("Total")]])
    ])
    let workbook = try WorkbookWriter(temporaryFilesIn: "/tmp").bytes(of: draft, created: 1)
    func said(_ count: Int, sample: Bool = true, sheet: String = "Data") -> String? {
      var profile = Synthetic.profile(columns: ["A", "B"].map { ReturnColumn(name: $0, source: .constant("x")) })
      profile.format = .template(
        TemplateForm(workbook: workbook, file: "t.xlsx", first: .init(sheet: sheet, cell: "A2"), replacesSample: sample)
      )
      return message {
        _ = try ReturnRenderer(profile: profile).bytes(of: (0..<count).map { OfficeTests.row(["v", "w"], $0 + 2) })
      }
    }
    #expect(said(2) == nil)
    #expect(said(3)?.contains("cell B4 holds something") == true)
    #expect(said(1, sample: false)?.contains("sample-row: true") == true)
    #expect(said(1, sheet: "Nowhere")?.contains("no sheet \"Nowhere\"") == true)
  }

  // MARK: Text

  @Test func linesAboveAndBelowAreWrittenAndChecked() throws {
    var profile = Synthetic.profile(columns: [
      ReturnColumn(name: "ULN", source: .field(.uln)), ReturnColumn(name: "Plan", source: .field(.intendedDestination)),
    ])
    func line(_ texts: String...) throws -> [LineText] { try texts.map { try LineText($0) } }
    profile.format = .csv(
      CSVForm(
        hasColumnNames: false, head: [try line("{laestab}", "{date:dd/MM/yyyy}", "{cohort} {cycle} {sequence}")],
        tail: [try line("T", "{rows}", "{pupils}", "{sum:ULN}", "{count:Plan}")]))
    let rows = [OfficeTests.row(["1000000043", "121"], 2), OfficeTests.row(["7001234566", ""], 3)]
    let text = String(decoding: try ReturnRenderer(profile: profile).bytes(of: rows), as: UTF8.self)
    #expect(
      text == "3414787,26/06/2026,Y11-2026 2025/26 7\r\n1000000043,121\r\n7001234566,\r\nT,2,2,8001234609,1\r\n")
    let records = [
      2: LeaverRecord([.uln: "1000000043", .intendedDestination: "121"]), 3: LeaverRecord([.uln: "7001234566"]),
    ]
    let check = SelfCheck(profile: profile, agreement: Synthetic.agreement(), codes: Synthetic.codes)
    func problems(_ text: String) -> [SelfCheck.Problem.Code] {
      check.check(Array(text.utf8), rows: rows, records: records).problems.map(\.code)
    }
    #expect(problems(text) == [])
    #expect(problems(text.replacing("T,2,2", with: "T,3,2")) == [.wrongSurroundings])
    #expect(problems(text.replacing("26/06", with: "27/06")) == [.wrongSurroundings])
    #expect(problems("3414787\r\n") == [.wrongSurroundings])
  }

  @Test func rowsAreSortedByTheTextsThatAreSent() throws {
    var profile = Synthetic.profile(columns: [ReturnColumn(name: "S", source: .field(.legalSurname))])
    profile.sort = ["S"]
    let rows = ["b", "Éa", "B", "a", ""].enumerated().map { OfficeTests.row([$1], $0 + 2) }
    let text = String(decoding: try ReturnRenderer(profile: profile).bytes(of: rows), as: UTF8.self)
    #expect(text == "S\r\n\"\"\r\na\r\nB\r\nb\r\nÉa\r\n")
  }
}
