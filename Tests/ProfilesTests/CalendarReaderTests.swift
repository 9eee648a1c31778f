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
    ("intended-destination,Y11,*,,09-30,,", "did you mean \"intended-destinations\"?"),
    ("Intended destinations,Y11,,,09-30,,", "did you mean \"intended-destinations\"?"),
    ("intended,Y11,*,,09-30,,", "did you mean \"intended-destinations\"?"),
    ("destinations,Y11,*,,09-30,,", "did you mean \"intended-destinations\" or \"confirmed-destinations\"?"),
    ("Intended-dest,Y11,,,09-30,,", "did you mean \"intended-destinations\"?"),
    ("Confirmed destination return,Y11,,,09-30,,", "\"confirmed-destinations\"?"),
    ("NEET,Y11,,,09-30,,", "did you mean \"risk-of-neet\"?"),
    ("Leaver notices,Y12,,,09-30,,", "did you mean \"early-leavers\"?"),
    ("destn,Y11,*,,09-30,,", "no authority"),
    ("destn,Y11,*,,09-30,,", "of a return write one of: intended-destinations, "),
    ("GCSE results,Y11,sefton,,08-26,,", "no authority"),
    ("GCSE results,Y11,,08-01,08-26,,", "no opens"),
    ("GCSE results,Y11,,,,,", "its day under due"),
    ("GCSE results,Y11,,,2027-08-26,,", "Y11-2027"),
    ("intended-destinations,Y11|Y12,seften,,2027-09-30,,", "did you mean \"sefton\"?"),
    ("intended-destinations,Y11|Y12,*,,2027-09-30,,", "Y11-2027"),
    ("intended-destinations,Y11,*,06-27,last-friday-in-june,,", "for those who leave in 2027"),
    ("intended-destinations,Y11,*,06-25,last-friday-in-june,,", "for those who leave in 2033"),
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

  @Test func whatGoesOnTheCalendarsDaysHasSome() throws {
    func load(_ rows: String) throws -> Fixture.Outcome {
      var fixture = Fixture()
      fixture.replace("send: {on-dates: [2026-09-30, 2026-06-30]}", with: "send: on-dates", in: Mistake.sefton)
      fixture.files["calendar.csv"] = "what,cohorts,authority,opens,due,closes,send\n" + rows
      return try fixture.load()
    }
    #expect(try load("intended-destinations,Y11,sefton,,,,06-30|09-20\n").diagnostics.isEmpty)
    for rows in [
      "", "intended-destinations,Y11,sefton,,09-30,,\n", "intended-destinations,Y12,sefton,,,,06-30\n",
      // The authority's own row takes the place of the one of all, whole.
      "intended-destinations,Y11,sefton,,09-30,,\nintended-destinations,Y11,*,,,,06-30\n",
    ] {
      #expect(try load(rows).diagnostics.map(\.code) == [.missingKey], "\(rows)")
    }
    #expect(try load("intended-destinations,Y11,*,,,,-10-01\n").diagnostics.isEmpty)
    #expect(try load("intended-destinations,Y11-2027,sefton,,,,2027-06-30\n").diagnostics.isEmpty)
    #expect(
      try load("intended-destinations,Y11,sefton,09-01,,09-20,09-30\n").diagnostics.map(\.code).contains(.calendar))
    #expect(try load("intended-destinations,Y11,sefton,,,,soon\n").diagnostics.map(\.code).contains(.calendar))
  }

  /// Words that are short, or only begin so, are no sign of a kind.
  @Test(arguments: ["Start of term", "School leaving date", "Activity Survey: coverage", "GCSE results"])
  func anEventIsCalledOtherwise(_ name: String) throws {
    let outcome = try load("\(name),Y11,,,09-30,,\n")
    #expect(outcome.diagnostics.isEmpty, "\(outcome.diagnostics)")
    #expect(outcome.configuration?.configuration.calendar.events.map(\.name) == [name])
  }

  /// What is an event in all but a word of it stops nothing, and is told of.
  @Test func anEventWithAWordOfAKindIsToldOf() throws {
    let outcome = try load("Leavers' ball,Y11,,,07-02,,\n")
    #expect(outcome.diagnostics.map(\.severity) == [.warning])
    #expect(outcome.diagnostics.first?.message.contains("taken for an event") == true)
    #expect(outcome.configuration?.configuration.calendar.events.map(\.name) == ["Leavers' ball"])
  }

  @Test func anEndWithoutADayThatItIsDueIsToldOf() throws {
    let outcome = try load("intended-destinations,Y11,sefton,09-01,,11-30,\n")
    #expect(outcome.diagnostics.map(\.severity) == [.warning])
    #expect(outcome.diagnostics.first?.message.contains("not reminded of") == true)
    #expect(try load("intended-destinations,Y11,sefton,09-01,11-15,11-30,\n").diagnostics.isEmpty)
  }

  /// What takes the days to send away from a cohort is told of, not refused: it may be meant.
  @Test func aRowThatTakesDaysAwayIsToldOf() throws {
    func load(_ rows: String, send: String = "send: on-dates") throws -> [ConfigurationDiagnostic] {
      var fixture = Fixture()
      fixture.replace("send: {on-dates: [2026-09-30, 2026-06-30]}", with: send, in: Mistake.sefton)
      fixture.files["calendar.csv"] = "what,cohorts,authority,opens,due,closes,send\n" + rows
      let outcome = try fixture.load()
      #expect(outcome.configuration != nil)
      return outcome.diagnostics
    }
    let all = "intended-destinations,Y11,*,,09-30,,06-30\n"
    let named = "intended-destinations,Y11-2027,sefton,,2027-09-10,,\n"
    let found = try load(all + named)
    #expect(found.map(\.code) == [.calendar] && found.map(\.severity) == [.warning] && found.map(\.line) == [3])
    #expect(found.first?.file.hasSuffix("calendar.csv") == true)
    #expect(found.first?.message.contains("takes the place of line 2") == true)
    #expect(found.first?.remedy.contains("fill in send") == true)
    // Whichever stands first; and a stage of the authority's own, where only a year has days.
    #expect(try load(named + all).map(\.line) == [2])
    let year = "intended-destinations,Y11-2028,sefton,,,,2028-06-30\n"
    #expect(try load(all + "intended-destinations,Y11,sefton,,09-30,,\n" + year).map(\.line) == [3])
    // Nothing is taken away.
    for rows in [
      all, all + "intended-destinations,Y11-2027,sefton,,2027-09-10,,2027-06-01\n",
      all + "intended-destinations,Y11-2027,wirral,,2027-09-10,,\n",
      all + "confirmed-destinations,Y11-2027,sefton,,2027-09-10,,\n",
      "intended-destinations,Y11,*,,09-30,,\n" + named + year,
    ] {
      #expect(try load(rows).isEmpty, "\(rows)")
    }
    #expect(try load(all + named, send: "send: on-release").isEmpty)
  }

  @Test(
    arguments: [
      ("intended-destinations,Y11,*,,09-30,,10-05|10-20", "before 2027-10-05, and it is due on 2027-09-30"),
      ("intended-destinations,Y11-2028,*,,2028-09-30,,10-05", "who leave in 2028"),
      // In some years only.
      ("intended-destinations,Y11,*,,last-friday-in-june,,06-25", "before 2033-06-25, and it is due on 2033-06-24"),
      ("intended-destinations,Y11,*,,09-30,,06-30|10-20", nil),
      ("intended-destinations,Y11,*,,09-30,,09-30", nil),
      ("intended-destinations,Y11,*,,09-30,,", nil),
      ("intended-destinations,Y11,*,,,,12-31", nil),
    ] as [(String, String?)])
  func daysToSendThatAreAllTooLate(_ row: String, _ saying: String?) throws {
    let outcome = try load(row + "\n", header: "what,cohorts,authority,opens,due,closes,send\n")
    #expect(outcome.configuration != nil)
    #expect(outcome.diagnostics.map(\.severity) == (saying == nil ? [] : [.warning]), "\(outcome.diagnostics)")
    if let saying { #expect(outcome.diagnostics.first?.message.contains(saying) == true, "\(outcome.diagnostics)") }
    #expect(outcome.diagnostics.allSatisfy { $0.line == 2 && $0.code == .calendar })
  }

  @Test func aColumnThatIsMissing() throws {
    let outcome = try load("", header: "what,cohorts,authority,opens,due\n")
    #expect(outcome.diagnostics.map(\.code) == [.calendar])
  }

  @Test func deadlinesOfWhatTheLedgerKnows() throws {
    let outcome = try load("intended-destinations,Y11,*,-10-01,09-30,,\n")
    let configuration = try #require(outcome.configuration?.configuration)
    let school = try #require(configuration.schools.first).id
    func coverage(
      _ authority: String, _ year: Int, leavers: Int = 10, held: Int = 0, kind: ReturnKind = .intendedDestinations
    ) -> CohortCoverage {
      CohortCoverage(
        school: school, authority: AuthorityID(unchecked: authority), kind: kind,
        cohort: Cohort(stage: .y11, leavingYear: year), leavers: leavers, without: leavers / 5, held: held)
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
    // Of a cohort all of whose pupils are held nobody says that no export has shown it.
    let held = configuration.deadlines(of: [coverage("sefton", 2027, leavers: 0, held: 3)], on: day)
    #expect(held.count == 1 && configuration.words(held[0], on: day).contains("all of its 3 pupils are held"))
  }

  /// A school that sent nothing must hear of it before the day, not only one that sent something.
  @Test(arguments: [
    ("2026-09-10", []), ("2026-09-17", ["due in 13 days (30 Sep 2026)"]),
    ("2026-10-30", ["overdue by 30 days (30 Sep 2026)"]), ("2026-10-31", []),
    // No agreement is in force, so that nothing can be sent.
    ("2027-09-17", []),
  ])
  func aCohortThatNoExportHasShown(_ on: String, _ words: [String]) throws {
    let configuration = try #require(
      try load("intended-destinations,Y11|Y13,*,-10-01,09-30,,\n").configuration?.configuration)
    let day = try #require(CalendarDate(iso: on))
    let school = try #require(configuration.schools.first { $0.laestab.authority.rawValue == "343" })
    func told(_ coverage: [CohortCoverage]) -> [String] {
      configuration.deadlines(of: coverage, on: day).filter { !$0.coverage.isShown && $0.coverage.school == school.id }
        .map {
          configuration.words($0, on: day)
        }
    }
    let wanted = words.map {
      "Sefton Council, intended destinations of Y11-2026: \($0): no export has shown its pupils yet"
    }
    #expect(told([]) == wanted)
    func coverage(_ cohort: String, leavers: Int = 10, held: Int = 0) throws -> CohortCoverage {
      CohortCoverage(
        school: school.id, authority: AuthorityID(unchecked: "sefton"), kind: .intendedDestinations,
        cohort: try #require(Cohort(cohort)), leavers: leavers, without: 0, held: held)
    }
    // It is asked about the years of study that it has.
    #expect(try told([coverage("Y11-2025")]) == wanted)
    #expect(try told([coverage("Y13-2025")]) == [])
    #expect(try told([coverage("Y11-2026")]) == [])
    #expect(try told([coverage("Y11-2026", leavers: 0, held: 3)]) == [])
  }

  /// Where its pupils live is not known before an export; most live where the school lies.
  @Test func aSchoolsOwnAuthorityIsAskedForWhoLivesThereToo() throws {
    var configuration = try #require(
      try load("intended-destinations,Y11,*,-10-01,09-30,,\n").configuration?.configuration)
    let school = try #require(configuration.schools.first { $0.laestab.authority.rawValue == "343" })
    let index = try #require(configuration.authorities.firstIndex { $0.laCode == school.laestab.authority })
    let kind = try #require(
      configuration.authorities[index].returns.firstIndex { $0.kind == .intendedDestinations })
    configuration.authorities[index].returns[kind].routedBy = .resident
    let day = try #require(CalendarDate(iso: "2026-09-17"))
    func told(_ coverage: [CohortCoverage]) -> [String] {
      configuration.deadlines(of: coverage, on: day).filter { !$0.coverage.isShown && $0.coverage.school == school.id }
        .map { configuration.words($0, on: day) }
    }
    let wanted = [
      "Sefton Council, intended destinations of Y11-2026: due in 13 days (30 Sep 2026): no export has shown its pupils yet"
    ]
    #expect(told([]) == wanted)
    func elsewhere(_ kind: ReturnKind, _ cohort: String) throws -> CohortCoverage {
      CohortCoverage(
        school: school.id, authority: AuthorityID(unchecked: "wirral"), kind: kind,
        cohort: try #require(Cohort(cohort)), leavers: 10, without: 0)
    }
    // An export has shown the cohort, and nobody of it lives here.
    #expect(try told([elsewhere(.intendedDestinations, "Y11-2026")]) == [])
    #expect(try told([elsewhere(.intendedDestinations, "Y11-2025")]) == wanted)
    #expect(try told([elsewhere(.confirmedDestinations, "Y11-2026")]) == wanted)
    #expect(try told([elsewhere(.intendedDestinations, "Y13-2026")]) == [])
  }
}
