// A checked file that comes back is known again: by what the workbook carries, else by its columns and pupils.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Corrected files that come back") struct CorrectionTests {
  private func corrects(_ yard: Yard) async throws -> [ExportID?] { try await yard.exports().map(\.corrects) }

  private func summary(_ yard: Yard, _ name: String) -> String { String(decoding: yard.outBytes(name), as: UTF8.self) }

  @Test func aWorkbookByItsReference() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.xlsx", HandmadeWorkbook(pupils: 3).bytes)
    try await yard.run(station)
    // A newer export of the same pupils, by which the workbook could be taken for that one's.
    try yard.drop("b.csv", Fixture.export((0..<3).map { Fixture.row($0, ["Gender": "M"]) }))
    try await yard.run(station)
    let checked = yard.outBytes("a.checked.xlsx")
    let corrected = try WorkbookEditor.edit(checked, sheet: 1, SheetEdits(rows: [2: .init(texts: [3: "Zzother"])]))
      .bytes
    // Under any name.
    try yard.drop("mended.xlsx", corrected)
    try await yard.run(station)
    #expect(try await corrects(yard) == [nil, nil, ExportID(rawValue: 1)])
    #expect(
      summary(yard, "mended.xlsx.summary.html").contains("It is the checked file of E1 come back (known by the mark"))
    // What comes of it carries its own.
    let reader = try WorkbookReader(yard.outBytes("mended.checked.xlsx"))
    #expect(
      try reader.constant(named: CheckedWorkbook.referenceName)
        == (try await yard.ledger().exports.reference(of: ExportID(rawValue: 3))))
  }

  @Test func aTextByItsColumnsAndPupils() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.csv", Fixture.export((0..<3).map { Fixture.row($0) }))
    try await yard.run(station)
    try yard.drop("other.csv", Fixture.export([Fixture.row(5)]))
    try await yard.run(station)
    let text = String(decoding: yard.outBytes("a.checked.csv"), as: UTF8.self)
    try yard.drop("mine.csv", Array(text.replacing("Zzsurnameb", with: "Zzsurnamez").utf8))
    try await yard.run(station)
    #expect(try await corrects(yard) == [nil, nil, ExportID(rawValue: 1)])
    #expect(summary(yard, "mine.summary.html").contains("known by its result columns and its pupils"))
    #expect(!summary(yard, "mine.summary.html").contains("Not known, and not kept"), "result columns are not spoken of")
  }

  @Test func anExportThatIsNoneIsNone() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.csv", Fixture.export((0..<3).map { Fixture.row($0) }))
    try await yard.run(station)
    try yard.drop("a.csv", Fixture.export((0..<3).map { Fixture.row($0, ["Gender": "M"]) }))
    try await yard.run(station)
    // Result columns of who knows what.
    try yard.drop(
      "b.csv",
      Array(
        String(decoding: Fixture.export([Fixture.row(6)]), as: UTF8.self)
          .replacing("SEN Status\r\n", with: "SEN Status,Validation results,Errors\r\n").utf8))
    try await yard.run(station)
    #expect(try await corrects(yard) == [nil, nil, nil])
  }

  /// A mark that somebody made up, or of another school, is none.
  @Test func aForgedReferenceIsNone() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.csv", Fixture.export([Fixture.row(0)]))
    try await yard.run(station)
    let ledger = try await yard.ledger()
    let first = ExportID(rawValue: 1)
    let true1 = try await ledger.exports.reference(of: first)
    #expect(try await ledger.exports.export(of: true1, school: yard.school.id, before: ExportID(rawValue: 2)) == first)
    #expect(try await ledger.exports.export(of: true1, school: yard.school.id, before: first) == nil)
    for forged in ["", "E1", "E1-", "E1-000000000000000000000000", "E9-\(true1.dropFirst(3))", "x-y-z"] {
      #expect(try await ledger.exports.export(of: forged, school: yard.school.id, before: ExportID(rawValue: 2)) == nil)
    }
    let other = SchoolID(rawValue: "3434000")
    #expect(try await ledger.exports.export(of: true1, school: other, before: ExportID(rawValue: 2)) == nil)
    let bytes = HandmadeWorkbook(pupils: 1).bytes
    let forged = try WorkbookEditor.edit(
      bytes, sheet: 1, SheetEdits(), constant: (CheckedWorkbook.referenceName, "E1-<&\"")
    ).bytes
    try yard.drop("b.xlsx", forged)
    try await yard.run(station)
    #expect(try await corrects(yard) == [nil, nil])
  }
}
