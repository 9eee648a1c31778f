// The forms of dates that authorities want: write, and read back strictly.

import Testing

@testable import Leavers

@Suite struct DatePatternTests {
  @Test(arguments: [
    ("dd/MM/yyyy", "06/07/2026"), ("yyyy-MM-dd", "2026-07-06"), ("yyyyMMdd", "20260706"), ("dd-MM-yyyy", "06-07-2026"),
    ("d/M/yyyy", "6/7/2026"), ("dd MMM yyyy", "06 Jul 2026"), ("dd.MM.yyyy", "06.07.2026"),
    ("MM/dd/yyyy", "07/06/2026"),
    ("ddMMyyyy", "06072026"), ("yyyyMMMd", "2026Jul6"),
  ])
  func writesAndReads(pattern: String, text: String) throws {
    let compiled = try DatePattern(pattern)
    let date = try #require(CalendarDate(iso: "2026-07-06"))
    #expect(compiled.format(date) == text)
    #expect(try compiled.parse(text) == date)
    #expect("\(compiled)" == pattern)
    for days in stride(from: 0, to: 1000, by: 7) {
      let other = date.adding(days: days)
      #expect(try compiled.parse(compiled.format(other)) == other)
    }
  }

  /// It is written out in parts, since compiling can fail.
  @Test func theUsualFormIsThatOfISO() throws { #expect(try DatePattern("yyyy-MM-dd") == .usual) }

  @Test func twoDigitYearsAreWrittenAndNotRead() throws {
    let pattern = try DatePattern("dd/MM/yy")
    #expect(pattern.format(try #require(CalendarDate(iso: "2009-07-06"))) == "06/07/09")
    #expect(throws: CalendarDate.Flaw.ambiguousYear) { try pattern.parse("06/07/09") }
  }

  @Test(arguments: [
    ("dd/MM/yyyy", "6/7/2026", CalendarDate.Flaw.unrecognised), ("dd/MM/yyyy", "06-07-2026", .unrecognised),
    ("dd/MM/yyyy", "06/07/2026 ", .unrecognised), ("dd/MM/yyyy", " 06/07/2026", .unrecognised),
    ("dd/MM/yyyy", "06/07/26", .unrecognised), ("dd/MM/yyyy", "31/06/2026", .impossible), ("dd/MM/yyyy", "", .missing),
    ("d/M/yyyy", "06/7/2026", .unrecognised), ("dd MMM yyyy", "06 JUL 2026", .unrecognised),
    ("dd MMM yyyy", "06 Ju", .unrecognised), ("yyyy-MM-dd", "2026-07-0a", .unrecognised),
  ])
  func readsStrictly(pattern: String, text: String, flaw: CalendarDate.Flaw) throws {
    let compiled = try DatePattern(pattern)
    #expect(throws: flaw) { try compiled.parse(text) }
  }

  @Test(arguments: [
    ("", DatePattern.Flaw.eachPartOnce), ("dd/MM", .eachPartOnce), ("dd/MM/yyyy/yyyy", .eachPartOnce),
    ("dd/MM/MMM/yyyy", .eachPartOnce), ("DD/MM/yyyy", .unknownPart(position: 1)),
    ("dd/mm/yyyy", .unknownPart(position: 4)),
    ("dd/MM/yyy", .unknownPart(position: 7)), ("ddd MMM yyyy", .unknownPart(position: 1)),
    ("dd/MMMM/yyyy", .unknownPart(position: 4)), ("dd/MM/yyyyé", .unknownPart(position: 11)),
    ("dd1MM/yyyy", .unknownPart(position: 3)), ("dMyyyy", .runsTogether), ("yyyyMdd", .runsTogether),
  ])
  func refusesPatterns(pattern: String, flaw: DatePattern.Flaw) {
    #expect(throws: flaw) { try DatePattern(pattern) }
    #expect(!flaw.description.isEmpty)
  }
}
