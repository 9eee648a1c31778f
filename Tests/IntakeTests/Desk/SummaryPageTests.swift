// The summary of an export: what a data manager must know stands in it, nobody's name does, and nothing gets out of it.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Summary page") struct SummaryPageTests {
  private static let sefton = AuthorityID(unchecked: "sefton")
  private static let wirral = AuthorityID(unchecked: "wirral")

  private func page(
    _ bytes: [UInt8], named name: String = "a.csv", mis: String = "sims", corrects: Correction? = nil,
    decisions: ExportDecisions? = nil
  ) -> String {
    var school = Fixture.school()
    var configuration = Fixture.configuration(schools: [school])
    configuration.headerMaps[mis] = HeaderMap(
      id: mis, name: mis == "sims" ? "SIMS" : mis, columns: Fixture.headings, values: [:])
    school.mis = mis
    let examination = examine(bytes, named: name, school: school, configuration: configuration, day: Fixture.day)
    return SummaryPage(
      of: examination, named: name, checked: "a.checked.csv", school: school, configuration: configuration,
      taken: "10 Jun 2026 13:00 as E1", corrects: corrects, decisions: decisions
    ).page.text
  }

  @Test func whatArrivedAndWhatIsWrong() {
    let rows =
      (0..<3).map { Fixture.row($0) } + [
        Fixture.row(3, ["UPN": ""]), Fixture.row(4, ["UPN": "", "Date of Birth": "x"]),
      ]
    let text = page(Fixture.export(rows, title: ["Leavers", ""]))
    #expect(text.contains("<h1>a.csv</h1>") && text.contains("taken in 10 Jun 2026 13:00 as E1"))
    #expect(text.contains("<strong>5 rows with a pupil.</strong> 1 row waits until something is corrected or decided."))
    #expect(text.contains("1 row more should be looked at."))
    #expect(text.contains("Text in utf-8, divided by commas."))
    #expect(
      text.contains("there is no date of birth that can be read</th><td>held for all authorities</td>\n<td>row 8</td>")
        || text.contains(
          "there is no date of birth that can be read</th><td>held for all authorities</td><td>row 8</td>")
    )
    #expect(
      text.contains(
        "<td class=\"number\">2</td><th scope=\"row\">There is no UPN.</th><td>&quot;UPN&quot;, rows 7 and 8</td>"))
    #expect(text.contains("how to mend them in SIMS"))
    #expect(text.contains("In SIMS: Focus &gt; Pupil &gt; Pupil Details, panel Registration."))
    #expect(!text.contains("Arbor"))
    #expect(text.contains("into the folder <strong>exports</strong>"))
    for name in ["Zzsurname", "Qqforename", "L20 3DL"] { #expect(!text.contains(name)) }
  }

  @Test func anotherSystemsWords() {
    let bytes = Fixture.export([Fixture.row(0, ["UPN": ""])])
    #expect(page(bytes, mis: "arbor").contains("In Arbor: the student&#39;s profile, Identifiers."))
    let general = page(bytes, mis: "other")
    #expect(
      general.contains("how to mend them in other") && !general.contains("In SIMS") && !general.contains("In Arbor"))
  }

  @Test func whatWasDecided() {
    let decisions = ExportDecisions(
      lines: [
        .init(
          authority: Self.sefton, kind: .intendedDestinations, cohort: Cohort("Y11-2026"),
          counts: [.sent: 5, .held: 2, .unchanged: 3, .superseded: 1], floor: 2),
        .init(authority: Self.wirral, kind: .intendedDestinations, cohort: nil, counts: [.notRouted: 9], floor: 0),
      ],
      kept: [
        .init(row: 2, authority: Self.sefton, kind: .intendedDestinations, why: .held(.uncertainRoute)),
        .init(row: 3, authority: Self.sefton, kind: .intendedDestinations, why: .held(.uncertainRoute)),
        .init(row: 3, authority: Self.wirral, kind: .intendedDestinations, why: .withheld(.noAgreement)),
      ], unrouted: [4])
    let text = page(Fixture.export((0..<4).map { Fixture.row($0) }), decisions: decisions)
    #expect(
      text.contains(
        "<td>intended destinations; 1 replaced by a newer file</td><td>Y11-2026</td><td class=\"number\">3</td>"
          + "<td class=\"number\">2</td><td class=\"number\">3</td><td class=\"number\">2</td><td class=\"number\">–</td>"
      ))
    #expect(text.contains("Of no pupil in this file hears: wirral."))
    #expect(text.contains("it is not certain where the pupil lives</th><td>held for sefton</td>"))
    #expect(text.contains("<td>rows 2 and 3</td>") && text.contains("<td>withheld from wirral</td>"))
    #expect(!text.contains("all authorities"))
    #expect(text.contains("No authority gets row 5.") == false && text.contains("No authority gets row 4."))
    #expect(text.contains("2 rows wait until something is corrected or decided."))
  }

  @Test func aCleanFile() {
    let text = page(
      Fixture.export([Fixture.row(0)]), decisions: ExportDecisions(lines: [], kept: [], unrouted: []))
    #expect(text.contains("class=\"lead done\"") && text.contains("<li>Nothing needs to be corrected.</li>"))
    #expect(text.contains("No authority is set up for this school."))
    #expect(!text.contains("commonest mistakes") && !text.contains("What is held"))
  }

  @Test func aFileThatIsNotTakenIn() {
    let text = page(Array("nonsense\n".utf8))
    #expect(text.contains("class=\"lead stop\"") && text.contains("Nothing of this file was taken in."))
    #expect(!text.contains("What would go where"))
  }

  @Test func theSheetThatWasTakenAndWhy() {
    let bytes = HandmadeWorkbook([
      .init(name: "Notes", rows: [["x"]]), .init(name: "Leavers", rows: HandmadeWorkbook.rows(pupils: 1)),
    ]).bytes
    let text = page(bytes, named: "a.xlsx")
    #expect(text.contains("sheet 2 &quot;Leavers&quot; was read."))
    #expect(text.contains("it alone has headings of leavers"))
    #expect(page(HandmadeWorkbook(pupils: 1).bytes, named: "a.xlsx").contains("its only sheet was read"))
  }

  @Test func aCorrectedFile() {
    let text = page(
      Fixture.export([Fixture.row(0)]), corrects: Correction(export: ExportID(rawValue: 7), known: .reference))
    #expect(
      text.contains("It is the checked file of E7 come back (known by the mark that the checked workbook carries)"))
  }

  @Test func whatIsCutSaysSo() {
    let headings = (1...9).map { "Odd\($0)" }
    let rows = (0..<30).map { number in
      Fixture.row(
        0,
        [
          "UPN": "", "ULN": "1", "Postcode": "x", "Email": "x", "Telephone": "1", "Activity": "x", "Start Date": "x",
          "Provider UKPRN": "1", "Intended Destination": "9", "YSSA": "", "Home LA": "x", "Leaving Date": "y",
          "Legal Surname": "Zz\(number)", "Former UPN": "z",
        ])
    }
    var bytes = Fixture.export(rows)
    let text = String(decoding: bytes, as: UTF8.self).replacing(
      "UPN,ULN", with: (headings + ["UPN", "ULN"]).joined(separator: ","), maxReplacements: 1)
    bytes = Array(text.utf8)
    let page = page(bytes)
    #expect(page.contains("Left off here: "))
    #expect(page.contains("and 3 more."), "columns that are not kept")
  }

  @Test func nothingGetsOutOfItsPlace() {
    let evil = "<script>alert('x')</script> & \"a\".csv"
    var rows = [Fixture.row(0, ["UPN": ""])]
    rows[0]["<img src=x>"] = "1"
    let text = page(
      Fixture.export(rows, columns: Fixture.columns + ["<img src=x>"]), named: evil)
    #expect(!text.contains("<script") && !text.contains("<img"))
    #expect(text.contains("<h1>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;a&quot;.csv</h1>"))
    #expect(text.contains("&lt;img src=x&gt;"))
    for foreign in ["http:", "https:", "@import", "url("] { #expect(!text.contains(foreign)) }
  }

  @Test func sameInputSameBytes() {
    let decisions = ExportDecisions(
      lines: [],
      kept: (2..<40).flatMap { row in
        HoldReason.allCases.map {
          ExportDecisions.Kept(row: row, authority: Self.sefton, kind: .intendedDestinations, why: .held($0))
        }
      }, unrouted: [])
    let rows = (0..<7).map { Fixture.row($0, ["UPN": "", "ULN": "1", "Postcode": "x", "YSSA": ""]) }
    let first = page(Fixture.export(rows), decisions: decisions)
    for _ in 0..<5 { #expect(page(Fixture.export(rows), decisions: decisions) == first) }
    // Every column and every row of a table is told apart by its heading.
    #expect(first.split(separator: "<tr>").count == first.split(separator: "</tr>").count)
    #expect(
      first.contains("<html lang=\"en-GB\">") && first.contains("scope=\"row\"") && first.contains("scope=\"col\""))
  }

  /// What validation holds in one cohort hides nothing of another.
  @Test func anAuthorityHearsOfACohortThatIsHeldForAnotherReason() {
    let rows = [
      Fixture.row(0, ["Date of Birth": "x"]), Fixture.row(1, ["Date of Birth": "x"]),
      Fixture.row(2, ["Year Group": "13", "Date of Birth": "01/03/2008"]),
    ]
    func line(_ cohort: String, _ counts: [FateKind: Int]) -> ExportDecisions.Line {
      .init(
        authority: Self.sefton, kind: .intendedDestinations, cohort: Cohort(cohort), counts: counts, floor: 0)
    }
    let text = page(
      Fixture.export(rows),
      decisions: ExportDecisions(
        lines: [line("Y11-2026", [.held: 2]), line("Y13-2026", [.held: 1])],
        kept: [.init(row: 4, authority: Self.sefton, kind: .intendedDestinations, why: .held(.uncertainRoute))],
        unrouted: []))
    #expect(!text.contains("Of no pupil in this file hears"))
    #expect(text.contains("<td>Y13-2026</td>") && !text.contains("<td>Y11-2026</td>"))
  }
}
