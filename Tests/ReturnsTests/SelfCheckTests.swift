// The self-check: every way in which a file can say other than it should.

import Leavers
import Profiles
import Tabular
import Testing

@testable import Returns

struct SelfCheckTests {
  private struct Case {
    var profile = Synthetic.profile()
    var agreement = Synthetic.agreement()
    var rows: [MappedRow] = []
    var records: [Int: LeaverRecord] = [:]
    var bytes: [UInt8] = []

    init(
      _ inputs: [LeaverRow], profile: ReturnProfile = Synthetic.profile(), agreement: Agreement = Synthetic.agreement()
    ) throws {
      self.profile = profile
      self.agreement = agreement
      let authority = Synthetic.authority(agreements: [agreement], returns: [profile])
      rows = Synthetic.planner(authority).plan(inputs).ready.flatMap(\.rows)
      records = Dictionary(uniqueKeysWithValues: inputs.map { ($0.rowNumber, $0.record) })
      bytes = try ReturnRenderer(profile: profile).bytes(of: rows)
    }

    func check() -> SelfCheck.Result {
      SelfCheck(profile: profile, agreement: agreement, codes: Synthetic.codes)
        .check(bytes, rows: rows, records: records)
    }

    /// The rows with one cell written otherwise, in model and bytes alike: a fault of the mapping.
    mutating func spoil(row: Int, column: Int, _ text: String) throws {
      rows = rows.map { old in
        guard old.rowNumber == row else { return old }
        var cells = old.cells
        cells[column] = text
        return MappedRow(
          rowNumber: old.rowNumber, pupil: old.pupil, disclosure: old.disclosure, route: old.route, cells: cells)
      }
      bytes = try ReturnRenderer(profile: profile).bytes(of: rows)
    }
  }

  /// What the register keeps back is not in the record: if it stood in the file, it would have come by another way.
  @Test func aValueThatTheRecordDoesNotHaveIsFound() throws {
    var test = try Case([Synthetic.row(2), Synthetic.row(3, [.phone: nil])])
    #expect(test.check().problems == [])
    #expect(test.check().tellsContact == [2])
    try test.spoil(row: 3, column: 8, "01514960103")
    #expect(test.check().problems.map(\.code) == [.disclosesTooMuch])
    #expect(test.check().problems.map(\.row) == [3])
  }

  private let inputs = [Synthetic.row(2), Synthetic.row(3, [.sharing: "NO"])]

  @Test(arguments: [
    CSVDialect.standard, CSVDialect(delimiter: .semicolon, quoting: .always, newline: .lf, encoding: .windows1252),
    CSVDialect(delimiter: .tab, byteOrderMark: true),
    CSVDialect(delimiter: .bar, encoding: .utf16LittleEndian, byteOrderMark: true),
    CSVDialect(formulas: .neutralised),
  ])
  func aGoodFilePasses(_ dialect: CSVDialect) throws {
    let inputs = inputs + [Synthetic.row(4, [.legalSurname: "O’Brien; \"the\tthird|\",\nof", .addressLine1: "=1+1"])]
    let result = try Case(inputs, profile: Synthetic.profile(dialect: dialect)).check()
    #expect(result.problems == [])
  }

  @Test func itSaysWhatTheBytesDisclose() throws {
    let disclosed = try Case(inputs).check().disclosed
    func rows(_ field: Field, full: Bool) -> Int? {
      disclosed.first { $0.field == field && $0.full == full }?.rows
    }
    #expect(rows(.upn, full: true) == 1)
    #expect(rows(.upn, full: false) == nil)
    #expect(rows(.legalSurname, full: true) == 1)
    #expect(rows(.legalSurname, full: false) == 1)
    #expect(disclosed.allSatisfy { $0.tier != .special })
    #expect(disclosed.filter { !$0.full }.allSatisfy { $0.tier == .floor })
  }

  @Test func itSeesAByteThatChanged() throws {
    var spoiled = try Case(inputs)
    let index = try #require(spoiled.bytes.firstIndex(of: UInt8(ascii: "P")).map { _ in spoiled.bytes.count - 5 })
    spoiled.bytes[index] ^= 1
    #expect(!spoiled.check().isClean)
  }

  @Test func itSeesAWrongHeader() throws {
    var spoiled = try Case(inputs)
    spoiled.bytes[0] = UInt8(ascii: "V")
    #expect(spoiled.check().problems.map(\.code) == [.wrongHeader])
  }

  @Test func itSeesARowLostAndARowTooMany() throws {
    var lost = try Case(inputs)
    lost.bytes = try ReturnRenderer(profile: lost.profile).bytes(of: [lost.rows[0]])
    #expect(lost.check().problems.map(\.code) == [.wrongRowCount])
    var added = try Case(inputs)
    added.bytes += added.bytes.suffix(20)
    #expect(added.check().problems.map(\.code).contains(.wrongRowCount))
  }

  @Test func itSeesACellLost() throws {
    var spoiled = try Case([Synthetic.row(2)])
    let comma = try #require(spoiled.bytes.lastIndex(of: UInt8(ascii: ",")))
    spoiled.bytes.remove(at: comma)
    #expect(spoiled.check().problems.map(\.code) == [.wrongCellCount])
  }

  @Test func itSeesRowsExchanged() throws {
    var spoiled = try Case(inputs)
    let exchanged = [
      MappedRow(rowNumber: 2, pupil: nil, disclosure: .floor, route: .educatedHere, cells: spoiled.rows[1].cells),
      MappedRow(rowNumber: 3, pupil: nil, disclosure: .full, route: .educatedHere, cells: spoiled.rows[0].cells),
    ]
    spoiled.bytes = try ReturnRenderer(profile: spoiled.profile).bytes(of: exchanged)
    let problems = spoiled.check().problems
    #expect(problems.contains { $0.code == .disclosesTooMuch && $0.row == 3 && $0.column == "UPN" })
    #expect(problems.contains { $0.code == .wrongCell && $0.row == 2 })
  }

  @Test func itSeesAFloorRowThatSaysMore() throws {
    var spoiled = try Case(inputs)
    try spoiled.spoil(row: 3, column: 0, Synthetic.upn(3))
    #expect(
      spoiled.check().problems == [.init(.disclosesTooMuch, row: 3, column: "UPN", detail: "possession")])
  }

  @Test func itSeesASpecialValueThatTheMappingLetThrough() throws {
    let columns = Synthetic.columns + [ReturnColumn(name: "Activity", source: .field(.activity))]
    var spoiled = try Case([Synthetic.row(2, [.activity: "230"])], profile: Synthetic.profile(columns: columns))
    try spoiled.spoil(row: 2, column: columns.count - 1, "650")
    #expect(
      spoiled.check().problems == [.init(.disclosesTooMuch, row: 2, column: "Activity", detail: "special")])
  }

  @Test func itSeesASpecialValueInTheAuthoritysOwnCodes() throws {
    let columns = [ReturnColumn(name: "Activity", source: .field(.activity), map: ["230": "C", "650": "X"])]
    var spoiled = try Case([Synthetic.row(2)], profile: Synthetic.profile(columns: columns))
    #expect(spoiled.check().isClean)
    try spoiled.spoil(row: 2, column: 0, "X")
    #expect(spoiled.check().problems.map(\.code) == [.disclosesTooMuch])
    // The same cell because the record says so.
    spoiled.records[2]?[.activity] = "650"
    #expect(spoiled.check().problems.map(\.code) == [.disclosesTooMuch])
  }

  @Test func anAuthoritysOwnCodeThatLooksLikeOneOfOursIsNotTakenForIt() throws {
    let columns = [ReturnColumn(name: "Activity", source: .field(.activity), map: ["230": "650"])]
    #expect(try Case([Synthetic.row(2)], profile: Synthetic.profile(columns: columns)).check().isClean)
  }

  @Test func itSeesARowThatIsNoRecords() throws {
    var spoiled = try Case(inputs)
    spoiled.records[3] = nil
    #expect(spoiled.check().problems == [.init(.unknownRow, row: 3)])
  }

  @Test func itSeesWhatIsNoTableInItsEncoding() throws {
    var broken = try Case(inputs)
    broken.bytes[broken.bytes.count - 4] = 0xFF
    #expect(broken.check().problems.map(\.code) == [.unreadable])
    var marked = try Case(inputs)
    marked.bytes = [0xEF, 0xBB, 0xBF] + marked.bytes
    #expect(marked.check().problems.map(\.code) == [.unreadable])
    var quoted = try Case(inputs)
    quoted.bytes += Array("\"open".utf8)
    #expect(quoted.check().problems.map(\.code) == [.unreadable])
    var empty = try Case(inputs)
    empty.bytes = []
    #expect(empty.check().problems.map(\.code) == [.wrongHeader])
  }

  @Test func twoWaysToWriteAnAccentAreNotTheSame() throws {
    var spoiled = try Case([Synthetic.row(2, [.legalForename: "Ren\u{E9}"])])
    let composed = spoiled.rows
    try spoiled.spoil(row: 2, column: 2, "Rene\u{301}")
    spoiled.rows = composed
    #expect(spoiled.check().problems == [.init(.wrongCell, row: 2, column: "Forename")])
  }

  @Test func aProblemNamesNoValue() throws {
    var spoiled = try Case(inputs)
    try spoiled.spoil(row: 3, column: 0, Synthetic.upn(3))
    let text = spoiled.check().problems.map(\.description).joined()
    #expect(text.contains("export row 3"))
    #expect(!text.contains(Synthetic.upn(3)))
  }
}
