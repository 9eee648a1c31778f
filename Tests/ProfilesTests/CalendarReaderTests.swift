// The calendar as a file: what it says, and each mistake at its line.

import Leavers
import Testing

@testable import Profiles

struct CalendarReaderTests {
  private static let header = "what,cohorts,authority,opens,due,closes,note\n"

  private func load(_ rows: String, header: String = header) throws -> Fixture.Outcome {
    var fixture = Fixture()
    fixture.files["calendar.csv"] = header + rows
    return try fixture.load()
  }

  @Test func itIsReadWithoutAKey() throws {
    let outcome = try load(
      "intended-destinations,Y11|Y12,*,-10-01,09-30,,\nintended-destinations,Y11-2027,sefton,,2027-09-10,,\n"
        + "GCSE results,Y11-2027,,,2027-08-26,,\n\n")
    #expect(outcome.diagnostics.isEmpty, "\(outcome.diagnostics)")
    let calendar = try #require(outcome.configuration?.configuration.calendar)
    #expect(calendar.rules.count == 3 && calendar.events.map(\.name) == ["GCSE results"])
    let sefton = calendar.days(
      of: .intendedDestinations, Cohort(stage: .y11, leavingYear: 2027), for: AuthorityID(unchecked: "sefton"))
    #expect(sefton?.due == CalendarDate(iso: "2027-09-10"))
  }

  @Test func withoutAFileThereIsNoCalendar() throws {
    let fixture = Fixture()
    #expect(try #require(fixture.load().configuration).configuration.calendar.isEmpty)
  }

  @Test(arguments: [
    ("intended-destinations,Y11,*,,30 Sep,,", "is no day of a calendar"),
    ("intended-destinations,Y9,*,,09-30,,", "is no cohort"),
    ("intended-destinations,Y11,seften,,09-30,,", "did you mean \"sefton\"?"),
    ("intended-destination,Y11,*,,,,", "did you mean \"intended-destinations\"?"),
    (",Y11,*,,09-30,,", "not said what this is"),
    ("intended-destinations,Y11,*,,2027-09-30,,", "Y11-2027"),
    ("intended-destinations,Y11,*,10-01,09-30,,", "not in their order"),
    ("intended-destinations,Y11,*,,09-30,,\nintended-destinations,Y11,*,,09-20,,", "on line 2 as well"),
  ])
  func aMistakeIsSaidAtItsLine(_ rows: String, _ saying: String) throws {
    let outcome = try load(rows + "\n")
    #expect(outcome.diagnostics.map(\.code) == [.calendar], "\(outcome.diagnostics)")
    let found = try #require(outcome.diagnostics.first)
    #expect("\(found)".contains(saying), "\(found)")
    #expect(found.line == 1 + rows.split(separator: "\n").count)
  }

  @Test func aColumnThatIsMissing() throws {
    let outcome = try load("", header: "what,cohorts,authority,opens,due\n")
    #expect(outcome.diagnostics.map(\.code) == [.calendar])
  }

  @Test func deadlinesOfWhatTheLedgerKnows() throws {
    let outcome = try load("intended-destinations,Y11,*,-10-01,09-30,,\n")
    let configuration = try #require(outcome.configuration?.configuration)
    let school = try #require(configuration.schools.first).id
    func coverage(_ authority: String, _ year: Int, leavers: Int = 10, kind: ReturnKind = .intendedDestinations)
      -> CohortCoverage
    {
      CohortCoverage(
        school: school, authority: AuthorityID(unchecked: authority), kind: kind,
        cohort: Cohort(stage: .y11, leavingYear: year), leavers: leavers, without: 2, isDelivered: false)
    }
    let day = try #require(CalendarDate(iso: "2027-09-21"))
    let found = configuration.deadlines(
      of: [
        coverage("sefton", 2027), coverage("sefton", 2025), coverage("nowhere", 2027),
        coverage("sefton", 2028, leavers: 0),
        coverage("sefton", 2027, kind: .earlyLeavers),
      ], on: day)
    #expect(
      found.map { configuration.words($0, on: day) } == [
        "Sefton Council, intended destinations of Y11-2027: due in 9 days (30 Sep 2027): 2 of 10 pupils without an "
          + "intention; nothing has been delivered yet"
      ])
  }
}
