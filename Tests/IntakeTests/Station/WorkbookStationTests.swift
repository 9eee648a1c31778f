// Workbooks through the station: from the folder to the desk, and what was corrected back again.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Intake station and workbooks") struct WorkbookStationTests {
  private static func fixture(_ name: String) -> [UInt8] { Fixture.bytes(of: "\(WorkbookScanTests.folder)/\(name)") }

  @Test func fromFolderToDeskAndTheCorrectionBack() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    let saved = Self.fixture("Students (14).xlsx")
    try yard.drop("Students (14).xlsx", saved)
    try await yard.run(station)
    let ledger = try await yard.ledger()
    let first = try #require(try await yard.exports().first)
    #expect(first.state == .read)
    #expect(first.rowsRead == 12)
    #expect(try await ledger.objects.read(first.object) == saved)
    #expect(
      yard.out() == [
        "Students (14).checked.xlsx", "Students (14).xlsx.findings.csv", "Students (14).xlsx.summary.html",
      ])
    let checked = yard.outBytes("Students (14).checked.xlsx")
    #expect(
      try await ledger.exports.deskFile(school: yard.school.id, name: "Students (14).checked.xlsx")?.sha256
        == ContentDigest.sha256(checked))
    #expect(try CheckedWorkbookTests.rows(checked, sheet: 2)[10]?[13].text == "1 error found")

    // The data manager fills in the missing date and puts the checked workbook into the folder.
    let corrected = try WorkbookEditor.edit(
      checked, sheet: 2, SheetEdits(rows: [10: .init(texts: [5: "14/06/2010"])])
    ).bytes
    try yard.drop("Students (14).checked.xlsx", corrected)
    try await yard.run(station)
    let second = try #require(try await yard.exports().last)
    #expect(second.id != first.id)
    #expect(second.rowsRead == 12)
    // What comes of it takes the place of the first check: nobody touched that.
    #expect(yard.out().count == 3)
    let again = yard.outBytes("Students (14).checked.xlsx")
    #expect(try CheckedWorkbookTests.rows(again, sheet: 2)[10]?[13].text == "passed")
    // The folder of exports is never changed.
    #expect(yard.folder.bytes("\(Fixture.laestab)/exports/Students (14).xlsx") == saved)
    for event in yard.told { #expect(!"\(event)".contains("Zz")) }
  }

  @Test func aCheckedWorkbookThatAPersonChangedIsKept() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.xlsx", Self.fixture("Students (14).xlsx"))
    try await yard.run(station)
    try yard.folder.write("\(Fixture.laestab)/desk/out/a.checked.xlsx", "a person's work")
    try yard.drop("a.xlsx", HandmadeWorkbook(pupils: 2).bytes)
    try await yard.run(station)
    #expect(yard.outBytes("a.checked.xlsx") == Array("a person's work".utf8))
    #expect(yard.out().contains("a.checked (2).xlsx"))
  }

  @Test func whatIsNotReadSaysWhy() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    for name in ["encrypted.xlsx", "libreoffice.xls", "libreoffice.ods"] { try yard.drop(name, Self.fixture(name)) }
    try await yard.run(station)
    #expect(
      try await yard.exports().compactMap(\.unreadable?.code.rawValue).sorted() == ["L040", "L041", "L043"])
    let text = String(decoding: yard.outBytes("encrypted.xlsx.findings.csv"), as: UTF8.self)
    #expect(text.contains("can be read by nobody but the person who knows it"))
    #expect(yard.out().allSatisfy { $0.hasSuffix(".findings.csv") || $0.hasSuffix(".summary.html") })
  }

  @Test func theNameOfASheetStaysOutOfTheLedger() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop(
      "a.xlsx",
      HandmadeWorkbook([
        .init(name: "Zzsurname", rows: HandmadeWorkbook.rows(pupils: 2)),
        .init(name: "Qqother", rows: HandmadeWorkbook.rows(pupils: 1, from: 3)),
      ]).bytes)
    try await yard.run(station)
    let export = try #require(try await yard.exports().first)
    let findings = try await yard.ledger().exports.findings(of: export.id)
    #expect(findings.map(\.code.rawValue).prefix(2) == ["L086", "L087"])
    #expect(!"\(findings) \(yard.told)".contains("Zz"))
    #expect(String(decoding: yard.outBytes("a.xlsx.findings.csv"), as: UTF8.self).contains("Qqother"))
  }
}
