// Dates as cells have them: each notation and each way to be wrong.

import Testing

@testable import Leavers

@Suite struct DateParseTests {
  typealias Notation = CalendarDate.Notation

  @Test(arguments: [
    ("26/06/2026", "2026-06-26", Notation.dayMonthYear(separator: .slash, withTime: false)),
    ("6/7/2026", "2026-07-06", .dayMonthYear(separator: .slash, withTime: false)),
    ("26-06-2026", "2026-06-26", .dayMonthYear(separator: .dash, withTime: false)),
    ("26.06.2026", "2026-06-26", .dayMonthYear(separator: .dot, withTime: false)),
    ("26/06/2026 00:00:00", "2026-06-26", .dayMonthYear(separator: .slash, withTime: true)),
    ("26/06/2026 00:00", "2026-06-26", .dayMonthYear(separator: .slash, withTime: true)),
    ("26/06/2026 12:00:00 AM", "2026-06-26", .dayMonthYear(separator: .slash, withTime: true)),
    ("2026-06-26", "2026-06-26", .yearMonthDay(separator: .dash, withTime: false)),
    ("2026/06/26", "2026-06-26", .yearMonthDay(separator: .slash, withTime: false)),
    ("2022-01-27 00:00:00", "2022-01-27", .yearMonthDay(separator: .dash, withTime: true)),
    ("2022-01-27T00:00:00", "2022-01-27", .yearMonthDay(separator: .dash, withTime: true)),
    ("2022-01-27T00:00:00Z", "2022-01-27", .yearMonthDay(separator: .dash, withTime: true)),
    ("2022-01-27T00:00:00.000Z", "2022-01-27", .yearMonthDay(separator: .dash, withTime: true)),
    ("2022-01-27T23:30:00+01:00", "2022-01-27", .yearMonthDay(separator: .dash, withTime: true)),
    // Midnight of 27 June in British Summer Time, and of 27 January in winter.
    ("2010-06-26T23:00:00Z", "2010-06-27", .yearMonthDay(separator: .dash, withTime: true)),
    ("2010-01-26T23:00:00Z", "2010-01-26", .yearMonthDay(separator: .dash, withTime: true)),
    ("2010-06-26T23:00:00+00:00", "2010-06-27", .yearMonthDay(separator: .dash, withTime: true)),
    ("2010-06-26T23:00:00-0000", "2010-06-27", .yearMonthDay(separator: .dash, withTime: true)),
    ("2010-06-26T23:00:00.000+00", "2010-06-27", .yearMonthDay(separator: .dash, withTime: true)),
    ("2010-06-27T00:00:00+01:00", "2010-06-27", .yearMonthDay(separator: .dash, withTime: true)),
    ("2010-06-27T00:30:00+05:30", "2010-06-26", .yearMonthDay(separator: .dash, withTime: true)),
    ("2010-06-27T04:29:00+0530", "2010-06-26", .yearMonthDay(separator: .dash, withTime: true)),
    ("2010-06-27T04:30:00+0530", "2010-06-27", .yearMonthDay(separator: .dash, withTime: true)),
    ("2010-12-31T20:00:00-05:00", "2011-01-01", .yearMonthDay(separator: .dash, withTime: true)),
    ("26/06/2010 23:00:00+00:00", "2010-06-27", .dayMonthYear(separator: .slash, withTime: true)),
    ("2010-06-26T23:00:00", "2010-06-26", .yearMonthDay(separator: .dash, withTime: true)),
    ("26 Jun 2026", "2026-06-26", .dayMonthName(withTime: false)),
    ("26-jun-2026", "2026-06-26", .dayMonthName(withTime: false)),
    ("1 SEPTEMBER 2009", "2009-09-01", .dayMonthName(withTime: false)),
    ("1 Sept 2009", "2009-09-01", .dayMonthName(withTime: false)),
    // Excel's 1900 calendar, the last day before and the first after the leap day that never was.
    ("1", "1900-01-01", .excelSerial), ("59", "1900-02-28", .excelSerial), ("61", "1900-03-01", .excelSerial),
    ("44629", "2022-03-09", .excelSerial), ("41885.5", "2014-09-03", .excelSerial),
    ("2958465", "9999-12-31", .excelSerial), ("40000", "2009-07-06", .excelSerial),
    ("\u{A0}26/06/2026\u{200B}", "2026-06-26", .dayMonthYear(separator: .slash, withTime: false)),
    ("29/02/2024", "2024-02-29", .dayMonthYear(separator: .slash, withTime: false)),
  ])
  func reads(text: String, iso: String, notation: Notation) throws {
    let reading = try CalendarDate.parse(text)
    #expect("\(reading.date)" == iso)
    #expect(reading.notation == notation)
  }

  @Test(arguments: [
    ("", CalendarDate.Flaw.missing), ("  \u{A0}", .missing),
    ("26/06/09", .ambiguousYear), ("26-Jun-09", .ambiguousYear), ("26.06.09", .ambiguousYear),
    ("07/2005", .noDay), ("7-2005", .noDay), ("2005-07", .noDay), ("2009", .noDay), ("Jul 2005", .noDay),
    ("June-05", .noDay),
    ("#VALUE!", .spreadsheetError), ("#N/A", .spreadsheetError), ("########", .spreadsheetError),
    ("31/02/2026", .impossible), ("29/02/2026", .impossible), ("31 Jun 2026", .impossible), ("60", .impossible),
    ("2026-13-01", .impossible), ("00/00/0000", .impossible), ("2026-06-31 00:00:00", .impossible),
    ("06/26/2026", .monthFirst), ("12/31/2009", .monthFirst),
    ("0", .unrecognised), ("2958466", .unrecognised), ("20260626", .unrecognised), ("12345678901", .unrecognised),
    ("26/06", .unrecognised), ("26.06", .unrecognised), ("05.2009", .unrecognised), ("26/06-2026", .unrecognised),
    ("26/06/2026x", .unrecognised), ("26/06/2026 25:00", .unrecognised), ("26/06/2026 10:60", .unrecognised),
    ("2026-06-26T", .unrecognised), ("2026-06-26T10:00:00Zulu", .unrecognised), ("tomorrow", .unrecognised),
    ("26 June", .unrecognised), ("Y11", .unrecognised), ("-1", .unrecognised), ("4.0179E4", .unrecognised),
    ("26//06/2026", .unrecognised), ("126/06/2026", .unrecognised), ("26/06/202", .unrecognised),
    ("26/006/2026", .unrecognised), ("2026-06-26 10:00:00.", .unrecognised), ("44629.", .unrecognised),
    ("2026-06-26T10:00:00+1", .unrecognised), ("2026-06-26T10:00:00+100", .unrecognised),
    ("2026-06-26T10:00:00+24:00", .unrecognised), ("2026-06-26T10:00:00+01:60", .unrecognised),
    ("2026-06-26T10:00:00+0160", .unrecognised), ("2026-06-26T10:00:00+01:0", .unrecognised),
    ("2026-06-26T10:00:00+01:00x", .unrecognised), ("2026-06-26T10:00:00+", .unrecognised),
    ("26 06 2026", .unrecognised), ("26 Juni 2026", .unrecognised),
  ])
  func refuses(text: String, flaw: CalendarDate.Flaw) {
    #expect(throws: flaw) { try CalendarDate.parse(text) }
  }

  @Test func everySerialIsTheDayThatExcelShows() throws {
    var expected = try #require(CalendarDate(iso: "1900-03-01"))
    for serial in 61...60_000 where !(1900...2099).contains(serial) {
      expected = CalendarDate(daysSinceEpoch: serial - 25_569)
      #expect(try CalendarDate.parse("\(serial)").date == expected)
    }
    #expect("\(expected)" == "2064-04-08")
  }

  @Test func everyFlawExplainsItself() {
    let flaws: [CalendarDate.Flaw] = [
      .missing, .unrecognised, .ambiguousYear, .noDay, .spreadsheetError, .impossible, .monthFirst,
    ]
    #expect(Set(flaws.map(\.description)).count == flaws.count)
  }

  @Test func bytesReadAsText() throws {
    let text = "26/06/2026"
    let reading = try text.withRawUTF8 { bytes in Result { try CalendarDate.parse(bytes: bytes) } }.get()
    #expect(reading == (try CalendarDate.parse(text)))
  }
}
