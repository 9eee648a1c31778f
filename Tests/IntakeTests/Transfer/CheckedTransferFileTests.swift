// What goes back to the desk for a Common Transfer File, and what comes of it when it is put back.

import Leavers
import Ledger
import Tabular
import Testing

@testable import Intake

@Suite("Checked table of a Common Transfer File") struct CheckedTransferFileTests {
  private static let name = "3414787_CTF_XXXXXXX_001.xml"
  private static let bytes = TransferFixture.bytes([
    TransferFixture.pupil(0, more: "<Email>zz@</Email>"),
    TransferFixture.pupil(1, replacing: ["<DOB>2010-03-02</DOB>": ""]),
  ])

  private func table(_ bytes: [UInt8]) throws -> [[String]] {
    let table = try TableFile(bytes)
    return [table.header] + table.rows.map(\.cells)
  }

  @Test func aTableOfWhatWasRead() throws {
    let examination = Fixture.examine(Self.bytes, named: Self.name)
    #expect(examination.codes(row: nil).contains("L623"))
    let files = examination.deskFiles(named: Self.name, export: Self.bytes)
    #expect(files.map(\.name) == ["\(Self.name).findings.csv", "\(Self.name).checked.csv"])
    let table = try table(files[1].bytes)
    #expect(table.count == 3)
    #expect(
      table[0] == [
        "Number in CTF", "UPN", "ULN", "Legal Surname", "Legal Forename", "Date of Birth", "Gender", "Year Group",
        "enrolment status", "School DfE No", "school name", "Email", "Validation results", "Errors",
      ])
    #expect(table[1].prefix(3) == ["1", Fixture.upns[0], Fixture.ulns[0]])
    #expect(table[1][12] == "passed with 1 warning")
    #expect(table[1][13].hasPrefix("Pupil/Email: "))
    #expect(table[2][5] == "" && table[2][12] == "1 error found")
  }

  /// The data manager fills in what is missing and puts the table back.
  @Test func theCorrectedTableIsAnExport() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop(Self.name, Self.bytes)
    try await yard.run(station)
    let first = try #require(try await yard.exports().first)
    #expect(first.state == .read && first.rowsRead == 2)
    let checked = String(decoding: yard.outBytes("\(Self.name).checked.csv"), as: UTF8.self)
    let corrected = checked.replacing("Zzsurnameb,Qqforenameb,,", with: "Zzsurnameb,Qqforenameb,2010-03-02,")
    #expect(corrected != checked)
    try yard.drop("corrected.csv", Array(corrected.utf8))
    try await yard.run(station)
    let second = try #require(try await yard.exports().last)
    #expect(second.state == .read && second.rowsRead == 2)
    let findings = try await yard.ledger().exports.findings(of: second.id)
    #expect(!findings.contains { $0.code == .noDateOfBirth })
    // Our own three columns, and two that this school's header map does not know.
    #expect(findings.count { $0.code == .unknownColumn } == 2)
    for event in yard.told { #expect(!"\(event)".contains("Zz")) }
  }

  @Test func whatIsRefusedSaysWhyOnTheDesk() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.xml", Array("<?xml version=\"1.0\"?><Message/>".utf8))
    try await yard.run(station)
    #expect(try await yard.exports().map(\.unreadable?.code) == [.otherXML])
    #expect(yard.out() == ["a.xml.findings.csv", "a.xml.summary.html"])
  }
}
