// Numbers and their formats: digits, zeros at the front, dates.

import MutationSupport
import Testing

@testable import Tabular

@Suite struct NumberTests {
  private func texts(_ values: [String], format: String? = nil, workbook: String = "") throws -> [SheetCell] {
    let cells = values.map { "<c s=\"\(format == nil ? 0 : 1)\"><v>\($0)</v></c>" }.joined()
    return try WorkbookBuilder(
      rows: "<row>\(cells)</row>", styles: format.map { [$0] } ?? [], workbook: workbook
    ).cells()
  }

  @Test(arguments: [
    ("1234567890", "1234567890"), ("0", "0"), ("-0", "0"), ("-12", "-12"), ("007", "7"), ("1.5", "1.5"),
    ("1.50", "1.5"),
    ("-0.25", "-0.25"), (".5", "0.5"), ("5.", "5"), ("+5", "5"), ("1E3", "1000"), ("1.23456789E+9", "1234567890"),
    ("1.0000000000000000E-2", "0.01"), ("0.30000000000000004", "0.3"), ("3.1400000000000001", "3.14"),
    ("2.9999999999999996", "3"), ("0.99999999999999989", "1"), ("999999999999999", "999999999999999"),
    ("1234567890123456", "1234567890123460"), ("9999999999999999", "10000000000000000"),
    ("123456789012345678", "123456789012346000"), ("1e21", "1000000000000000000000"), ("1E-10", "0.0000000001"),
    ("1.7976931348623157E308", "1797693134862320" + String(repeating: "0", count: 293)),
    ("123456.78901234567", "123456.789012346"), ("100.00000000000001", "100"), ("99999.999999999985", "100000"),
    ("12345678.123456789", "12345678.1234568"),
  ])
  func general(value: String, text: String) throws {
    let cell = try #require(try texts([value]).first)
    #expect(cell.text == text)
    #expect(cell.kind == .number && cell.number == Double(value.hasSuffix(".") ? String(value.dropLast()) : value))
  }

  @Test(arguments: [
    ("0000000", "341478", "0341478"), ("00000", "42", "00042"), ("00000", "123456", "123456"), ("00000", "0", "00000"),
    ("00000000000", "7700900123", "07700900123"), ("000\\/0000", "3414787", "341/4787"),
    ("000\\/0000", "414787", "041/4787"),
    ("00000\\ 000000", "7700900123", "07700 900123"), ("&quot;UPN &quot;000", "7", "UPN 007"), ("#000", "12", "012"),
    ("[Red]0000", "12", "0012"), ("[$-809]0000", "12", "0012"), ("0000;-0000", "12", "0012"), ("0000_)", "12", "0012"),
    ("+00 0", "441", "+44 1"),
    // Not whole, below zero, or a format for the eye: the number as it is.
    ("0000000", "1.5", "1.5"), ("0000", "-12", "-12"), ("0", "12.7", "12.7"), ("#,##0", "1234567890", "1234567890"),
    ("0.00", "5", "5"), ("00.00", "5", "5"), ("0%", "0.955", "0.955"), ("00%", "0.5", "0.5"), ("0.00E+00", "12", "12"),
    ("@", "12", "12"), ("General", "12", "12"), ("GENERAL", "12", "12"), ("Standard", "12", "12"),
    ("[&lt;=99]000;0000", "12", "12"), ("# ?/?", "0.5", "0.5"), ("0000000", "1E20", "100000000000000000000"),
    ("&quot;days&quot; 0", "12", "12"), ("\\d0", "12", "12"), ("[Red]0", "12", "12"), ("0_d", "12", "12"),
    ("0*s", "12", "12"), ("&quot;£&quot;#,##0.00;[Red]-&quot;£&quot;#,##0.00", "12.5", "12.5"),
  ])
  func formats(format: String, value: String, text: String) throws {
    let cell = try #require(try texts([value], format: format).first)
    #expect(cell.text == text)
    #expect(cell.kind == .number)
    #expect(cell.number == Double(value))
  }

  @Test(arguments: [
    "dd/mm/yyyy", "d-mmm-yy", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "yyyy\\-mm\\-dd", "mmm", "mm", "yy", "D.M.YYYY",
    "[$-809]dd mmmm yyyy;@", "&quot;on &quot;d/m", "[Blue]dd/mm/yyyy", "mmmm hh:mm", "dd/mm/yyyy\\ h:mm AM/PM",
    "[h]d",
  ])
  func dateFormats(format: String) throws {
    let cell = try #require(try texts(["40057"], format: format).first)
    #expect(cell.kind == .date)
    #expect(cell.number == 40057)
    #expect(cell.text == (format == "[h]d" ? "961368:00:00" : "2009-09-01"))
  }

  @Test(arguments: 0...60)
  func builtInFormats(identifier: Int) throws {
    var builder = WorkbookBuilder(rows: "<row><c s=\"1\"><v>40057</v></c></row>")
    builder["xl/styles.xml"] =
      "<styleSheet xmlns=\"\(WorkbookBuilder.main)\"><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
      + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"\(identifier)\"/></cellXfs></styleSheet>"
    let cell = try #require(try builder.cells().first)
    let isDate = (14...22).contains(identifier) || (45...47).contains(identifier)
    #expect(cell.kind == (isDate ? .date : .number))
    #expect(cell.text == (isDate ? identifier == 46 ? "961368:00:00" : "2009-09-01" : "40057"))
  }

  @Test func formatsOfConditionsAreNotThoseOfCells() throws {
    var builder = WorkbookBuilder(rows: "<row><c s=\"0\"><v>40057</v></c></row>")
    builder["xl/styles.xml"] =
      "<styleSheet xmlns=\"\(WorkbookBuilder.main)\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"0\"/></numFmts>"
      + "<cellXfs><xf numFmtId=\"164\"/></cellXfs>"
      + "<dxfs><dxf><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></dxf></dxfs></styleSheet>"
    #expect(try builder.cells().map(\.kind) == [.number])
  }

  @Test(arguments: [
    ("1", "1900-01-01"), ("31", "1900-01-31"), ("32", "1900-02-01"), ("59", "1900-02-28"), ("60", "1900-02-29"),
    ("61", "1900-03-01"), ("366", "1900-12-31"), ("367", "1901-01-01"), ("36525", "1999-12-31"),
    ("36526", "2000-01-01"), ("36585", "2000-02-29"), ("36586", "2000-03-01"), ("73050", "2099-12-31"),
    ("73109", "2100-02-28"), ("73110", "2100-03-01"), ("40057.5", "2009-09-01 12:00:00"),
    ("40057.999999", "2009-09-02"), ("40057.000001", "2009-09-01"), ("40057.999988425923", "2009-09-01 23:59:59"),
    ("2958465", "9999-12-31"), ("0", "1900-01-00"), ("0.25", "1900-01-00 06:00:00"),
  ])
  func daysFrom1900(value: String, text: String) throws {
    let cell = try #require(try texts([value], format: "dd/mm/yyyy").first)
    #expect(cell.text == text && cell.kind == .date)
  }

  @Test(arguments: [
    ("0", "1904-01-01"), ("1", "1904-01-02"), ("59", "1904-02-29"), ("38595", "2009-09-01"), ("2957003", "9999-12-31"),
  ])
  func daysFrom1904(value: String, text: String) throws {
    for flag in ["1", "true"] {
      let cell = try #require(
        try texts([value], format: "dd/mm/yyyy", workbook: "<workbookPr date1904=\"\(flag)\"/>").first)
      #expect(cell.text == text && cell.kind == .date)
    }
    #expect(try texts(["1"], format: "d/m/y", workbook: "<workbookPr date1904=\"0\"/>").first?.text == "1900-01-01")
  }

  @Test func numbersThatAreNoDays() throws {
    let cells = try texts(["-1", "2958466", "2958465.9999999", "1E300"], format: "dd/mm/yyyy")
    #expect(cells.map(\.kind) == [.number, .number, .number, .number])
    #expect(cells.map(\.text).prefix(3) == ["-1", "2958466", "2958465.9999999"])
  }

  @Test func everyDayOfFourHundredYearsFollowsTheOneBefore() throws {
    var bytes: [UInt8] = []
    var expected = (year: 1900, month: 3, day: 1)
    for serial in 61...(61 + 146_097) {
      bytes.removeAll(keepingCapacity: true)
      try #require(DateSystem.from1900.appendDate(Double(serial), to: &bytes))
      let number = { (range: Range<Int>) in bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) } }
      let found = (number(0..<4), number(5..<7), number(8..<10))
      try #require(found == expected)
      let leap = expected.year % 4 == 0 && (expected.year % 100 != 0 || expected.year % 400 == 0)
      let days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][expected.month - 1]
      expected.day += 1
      if expected.day > days { (expected.month, expected.day) = (expected.month + 1, 1) }
      if expected.month > 12 { (expected.year, expected.month) = (expected.year + 1, 1) }
    }
  }

  @Test(arguments: [
    ("h:mm", "0.5", "12:00:00"), ("h:mm AM/PM", "0", "00:00:00"), ("mm:ss", "0.0006944444", "00:01:00"),
    ("h:mm", "40057.5", "2009-09-01 12:00:00"), ("[h]:mm", "1.5", "36:00:00"), ("[mm]:ss", "0.25", "06:00:00"),
    ("[hh]:mm", "100", "2400:00:00"), ("mmmm h:mm", "0.5", "1900-01-00 12:00:00"),
  ])
  func timesOfDayAndDurations(format: String, value: String, text: String) throws {
    let cell = try #require(try texts([value], format: format).first)
    #expect(cell.text == text && cell.kind == .date)
  }

  @Test func columnsHaveLetters() {
    #expect(
      [1, 26, 27, 52, 53, 702, 703, 16384].map(SheetRange.letters) == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"])
    for column in [1, 26, 27, 702, 703, 16384] {
      #expect(SheetRange.cell(Array("\(SheetRange.letters(column))9".utf8)).map { $0.column } == column)
    }
  }

  /// However a number is written, its text has at most 15 digits that count, no exponent, and nearly its value.
  @Test func textsOfRandomNumbers() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite, abs(value) < 1e30, abs(value) > 1e-30 else { continue }
      var bytes: [UInt8] = []
      NumberText.append(value, to: &bytes)
      let text = String(decoding: bytes, as: UTF8.self)
      let read = try #require(Double(text))
      try #require(abs(read - value) <= abs(value) * 5.1e-15, "\(value)")
      let digits = text.filter(\.isNumber).drop { $0 == "0" }
      let significant = text.contains(".") ? digits.count : digits.reversed().drop { $0 == "0" }.count
      try #require(significant <= 15 && !text.hasSuffix("."), "\(value)")
    }
  }
}
