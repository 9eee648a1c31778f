// Instants and London's clock.

import Testing

@testable import Leavers

@Suite struct TimestampTests {
  private func at(_ text: String) throws -> Timestamp { try #require(Timestamp(iso: text)) }

  @Test func printsAndReads() throws {
    #expect(Timestamp(milliseconds: 0).description == "1970-01-01T00:00:00.000Z")
    #expect(Timestamp(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
    #expect(try at("2026-06-26T12:00:00Z").milliseconds == 1_782_475_200_000)
    for text in ["2026-06-26T12:00:00.000Z", "1999-12-31T23:59:59.999Z", "0001-01-01T00:00:00.001Z"] {
      #expect(try at(text).description == text)
    }
    #expect(try at("2026-06-26T12:00:00.5Z").description == "2026-06-26T12:00:00.500Z")
    #expect(try at("2026-06-26T12:00:00.05Z").description == "2026-06-26T12:00:00.050Z")
    #expect(try at("2026-06-26T12:00:00.123456789Z").description == "2026-06-26T12:00:00.123Z")
  }

  @Test(arguments: [
    "", "2026-06-26", "2026-06-26T12:00:00", "2026-06-26 12:00:00Z", "2026-06-26T24:00:00Z", "2026-06-26T12:60:00Z",
    "2026-06-26T12:00:60Z", "2026-06-26T12:00:00.Z", "2026-06-26T12:00:00,5Z", "2026-06-26T12:00:00.12x4Z",
    "2026-02-30T12:00:00Z", "2026-06-26T12:00:00+01:00", "2026-06-26T12:00:00.1234567890Z", "2026-06-26T1a:00:00Z",
  ])
  func refuses(text: String) {
    #expect(Timestamp(iso: text) == nil)
  }

  @Test func arithmetic() throws {
    let noon = try at("2026-06-26T12:00:00.000Z")
    #expect(noon + .milliseconds(1500) == (try at("2026-06-26T12:00:01.500Z")))
    #expect(noon - .milliseconds(1500) == (try at("2026-06-26T11:59:58.500Z")))
    #expect(noon.duration(to: noon + .seconds(90)) == .seconds(90))
    #expect(noon.duration(to: noon - .seconds(90)) == .seconds(-90))
    #expect(Timestamp(milliseconds: .max) + .seconds(1) == Timestamp(milliseconds: .max))
    #expect(Timestamp(milliseconds: .min) - .seconds(1) == Timestamp(milliseconds: .min))
    #expect(noon < noon + .milliseconds(1))
    #expect((noon + .microseconds(999)) == noon)
    #expect(Timestamp(milliseconds: 1999).seconds == 1)
    #expect(Timestamp(milliseconds: -1).seconds == -1)
  }

  @Test(arguments: [
    // The changes of 2026: 29 March and 25 October, at 01:00 UTC.
    ("2026-03-29T00:59:59.999Z", false, "29 Mar 2026 00:59"), ("2026-03-29T01:00:00.000Z", true, "29 Mar 2026 02:00"),
    ("2026-10-25T00:59:59.999Z", true, "25 Oct 2026 01:59"), ("2026-10-25T01:00:00.000Z", false, "25 Oct 2026 01:00"),
    ("2026-06-26T12:00:00.000Z", true, "26 Jun 2026 13:00"), ("2026-01-01T00:00:00.000Z", false, "1 Jan 2026 00:00"),
    ("2027-03-28T01:00:00.000Z", true, "28 Mar 2027 02:00"), ("2024-03-31T01:00:00.000Z", true, "31 Mar 2024 02:00"),
    // The month's last day is itself the Sunday.
    ("2024-03-31T00:59:59.999Z", false, "31 Mar 2024 00:59"), ("2021-10-31T00:59:59.999Z", true, "31 Oct 2021 01:59"),
    ("2021-10-31T01:00:00.000Z", false, "31 Oct 2021 01:00"),
    ("2024-10-27T01:00:00.000Z", false, "27 Oct 2024 01:00"),
  ])
  func london(text: String, summer: Bool, wall: String) throws {
    let instant = try at(text)
    #expect(LondonTime.isSummerTime(instant) == summer)
    #expect(LondonTime.text(instant) == wall)
  }

  @Test func theDayInLondon() throws {
    #expect(try "\(LondonTime.day(of: at("2026-06-25T23:00:00Z")))" == "2026-06-26")
    #expect(try "\(LondonTime.day(of: at("2026-06-25T22:59:59Z")))" == "2026-06-25")
    #expect(try "\(LondonTime.day(of: at("2026-12-25T23:59:59Z")))" == "2026-12-25")
    #expect(LondonTime.text(try #require(CalendarDate(iso: "2026-06-05"))) == "5 Jun 2026")
  }

  @Test func wallTimesBecomeInstants() throws {
    func instant(_ date: String, _ hour: Int, _ minute: Int = 0) throws -> Timestamp {
      LondonTime.timestamp(on: try #require(CalendarDate(iso: date)), hour: hour, minute: minute)
    }
    #expect(try instant("2026-06-26", 13) == at("2026-06-26T12:00:00Z"))
    #expect(try instant("2026-12-26", 13) == at("2026-12-26T13:00:00Z"))
    // The hour that does not exist: an hour later on the clock.
    #expect(try LondonTime.text(instant("2026-03-29", 1, 30)) == "29 Mar 2026 02:30")
    // The hour that comes twice: the first.
    #expect(try instant("2026-10-25", 1, 30) == at("2026-10-25T00:30:00Z"))
    #expect(try instant("2026-10-25", 2) == at("2026-10-25T02:00:00Z"))
    for day in 0..<730 {
      let date = try #require(CalendarDate(iso: "2026-01-01")).adding(days: day)
      for hour in [0, 3, 12, 23] {
        let wall = LondonTime.wallTime(of: LondonTime.timestamp(on: date, hour: hour, minute: 59, second: 58))
        #expect(wall.date == date && wall.hour == hour && wall.minute == 59 && wall.second == 58)
      }
    }
  }
}
