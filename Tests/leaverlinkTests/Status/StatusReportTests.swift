// What `leaverlink status` prints, on a day that the test gives.

import Leavers
import Profiles
import Tabular
import Testing

@testable import Ledger
@testable import leaverlink

struct StatusReportTests {
  private static let deadline =
    "Liverpool City Council, intended destinations of Y11-2027: due in 9 days (30 Sep 2027): "
    + "14 of 190 pupils without an intention, 3 more held; nothing has been delivered yet"

  private func json(_ report: StatusReport) throws -> JSONValue {
    try JSONValue.parse(JSONValue.object(JSONObject(report.json)).bytes())
  }

  @Test func theWholeOfIt() {
    let stopped = RecipientState(
      recipient: Standing.portal, stopped: .init(why: "our key", since: Standing.then), paused: nil, failures: 1,
      problem: "our key", resumes: 0)
    #expect(
      Standing.report(on: "2027-09-21", recipient: stopped, todo: 2).text == """
        Example High School (3414787): 2 export(s), 193 pupils; newest E2 of 3 Sep 2027 12:00, decided
          the desk is away since 3 Sep 2027 12:00: it is not mounted
        Example Academy (3434001): 0 export(s), 0 pupils

        authority  recipient  waiting  under way  on the desk  delivered  accepted  rejected  unknown  owed  last delivered    last reply
        liverpool  portal     1        0          0            3          0         0         0        4     3 Sep 2027 12:00  –

        portal: stopped since 3 Sep 2027 12:00: our key

        The year at Example High School:
          \(Self.deadline)

        Days that are near:
          5 Oct 2027: Reference date (Y11-2027)

        2 thing(s) for a person to do: leaverlink todo
        """)
  }

  @Test func theYearGoesWithTheDay() {
    func year(_ day: String) -> [String] {
      Standing.report(on: day).text.split(separator: "\n").filter { $0.contains("Y11-2027") }.map(String.init)
    }
    #expect(year("2026-09-30").map { $0.contains("opens in 1 day (1 Oct 2026)") } == [true])
    #expect(year("2027-09-04").map { $0.contains("due in 26 days") } == [true])
    #expect(year("2027-10-01").map { $0.contains("overdue by 1 day") } == [true, false], "an event beside it")
    #expect(year("2028-01-31").map { $0.contains("overdue by 123 days") } == [true])
    #expect(year("2028-02-01") == [], "the authority takes nothing any more")
  }

  @Test func withoutACalendarItSaysNothingOfTheYear() throws {
    let report = Standing.report(on: "2027-09-21", Standing.configuration(ReturnCalendar()))
    #expect(!report.text.contains("The year at") && !report.text.contains("Days that are near"))
    #expect(report.text.hasSuffix("\n\nNothing for a person to do."))
    #expect(try json(report)["calendar"]?.array == [] && json(report)["days"]?.array == [])
  }

  @Test func theCalendarAsJSON() throws {
    let found = try #require(try json(Standing.report(on: "2027-09-21"))["calendar"]?.array)
    #expect(
      found == [
        [
          "school": "3414787", "authority": "liverpool", "kind": "intended-destinations", "cohort": "Y11-2027",
          "opens": "2026-10-01", "due": "2027-09-30", "closes": "2028-01-31", "leavers": 190, "without": 14, "held": 3,
          "delivered": "nothing", "todo": true,
        ]
      ])
    for delivered in CohortCoverage.Delivered.allCases {
      let report = Standing.report(on: "2027-09-01", coverage: [Standing.coverage(delivered: delivered)])
      let one = try #require(try json(report)["calendar"]?[0])
      #expect(one["delivered"]?.string == delivered.rawValue && one["todo"]?.bool == false)
    }
  }

  @Test func theDaysAsJSON() throws {
    #expect(
      try json(Standing.report(on: "2027-09-21"))["days"]?.array
        == [["day": "2027-10-05", "name": "Reference date", "cohort": "Y11-2027"]])
    #expect(try json(Standing.report(on: "2027-09-04"))["days"]?.array == [], "a month before, and not sooner")
    #expect(try json(Standing.report(on: "2027-10-06"))["days"]?.array == [])
  }

  @Test func theRestAsJSON() throws {
    let paused = RecipientState(
      recipient: Standing.portal, stopped: nil,
      paused: .init(by: Person(name: "Pat Example", known: "login user"), why: nil, since: Standing.then), failures: 2,
      problem: "connection refused", resumes: 0)
    let status = try json(Standing.report(on: "2027-09-21", recipient: paused, todo: 2))
    #expect(
      status["schools"]?[0] == [
        "laestab": "3414787", "name": "Example High School", "pupils": 193, "exports": 2, "newestExport": "E2",
        "away": [["what": "desk", "since": .string(Standing.then.description), "why": "it is not mounted"]],
      ])
    #expect(status["schools"]?[1]?["newestExport"]?.isNull == true && status["schools"]?[1]?["away"]?.array == [])
    #expect(status["exports"]?.array == [["id": "E3", "state": "read"]])
    let authority = try #require(status["authorities"]?[0])
    #expect(authority["id"]?.string == "liverpool" && authority["recipient"]?.string == "portal")
    #expect(authority["evidence"]?.string == "illustrative" && authority["openCases"]?.integer == 4)
    #expect(authority["returns"] == ["delivered": 2, "sent": 1, "waiting": 1])
    #expect(authority["rows"]?.object?.members.count == FateKind.allCases.count)
    #expect(authority["rows"]?["sent"]?.integer == 190 && authority["rows"]?["merged"]?.integer == 0)
    #expect(authority["lastDelivered"]?.string == Standing.then.description)
    #expect(authority["lastReply"]?.isNull == true)
    #expect(
      status["recipients"]?.array == [
        ["id": "portal", "stopped": nil, "paused": true, "failures": 2, "problem": "connection refused"]
      ])
    #expect(status["todo"]?.integer == 2)
  }
}
