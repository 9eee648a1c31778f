// What `leaverlink todo` prints, on a day that the test gives.

import Intake
import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import leaverlink

struct TodoReportTests {
  /// By the calendar alone.
  private func report(on text: String, _ coverage: CohortCoverage = Standing.coverage()) throws -> TodoReport {
    let day = try #require(CalendarDate(iso: text))
    let configuration = Standing.configuration()
    return TodoReport(items: configuration.dueItems(of: configuration.deadlines(of: [coverage], on: day), on: day))
  }

  @Test func whatIsDueIsToDoFromTwoWeeksBefore() throws {
    #expect(try report(on: "2027-09-15").text == "Nothing for a person to do.")
    #expect(
      try report(on: "2027-09-16").text
        == "- Liverpool City Council, intended destinations of Y11-2027: due in 14 days (30 Sep 2027): "
        + "14 of 190 pupils without an intention, 3 more held; nothing has been delivered yet (Example High School)")
  }

  @Test func afterADeliveryItIsToDoUntilTheAuthorityCloses() throws {
    let delivered = Standing.coverage(without: 1, held: 0, delivered: .newest)
    #expect(
      try report(on: "2027-10-01", delivered).text
        == "- Liverpool City Council, intended destinations of Y11-2027: closes in 122 days (31 Jan 2028): "
        + "1 of 190 pupils still without an intention (Example High School)")
    #expect(try report(on: "2028-02-01", delivered).items.isEmpty)
  }

  @Test func asJSON() throws {
    let value = try JSONValue.parse(JSONValue.object(JSONObject(report(on: "2027-09-30").json)).bytes())
    let one = try #require(value["todo"]?[0])
    #expect(value["todo"]?.array?.count == 1)
    #expect(one["code"]?.string == "return-due" && one["subjects"] == ["3414787", "liverpool"])
    #expect(one["text"]?.string?.contains("due today") == true)
  }
}
