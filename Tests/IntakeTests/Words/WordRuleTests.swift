// A school's words in columns of codes: confirmed, undecided, to be asked about, no longer holding.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Rule: words") struct WordRuleTests {
  private func examine(
    _ rows: [[String: String]], _ decided: SchoolWords = SchoolWords(), day: CalendarDate = Fixture.day
  ) throws -> Examination {
    var configuration = try ShippedWords.configuration()
    configuration.headerMaps = ["sims": Fixture.map]
    return Intake.examine(
      Fixture.export(rows), school: Fixture.school(), configuration: configuration, day: day, decided: decided)
  }

  private func row(_ text: String, _ more: [String: String] = [:]) -> [String: String] {
    Fixture.row(0, more.merging(["Intended Destination": text]) { $1 })
  }

  private static let college = WordMeaning(
    intendedDestination: "121", provider: .listed(ProviderID(unchecked: "hugh-baird-college")), course: "bricks")

  // MARK: Undecided by us

  @Test func aWordThatNobodyDecidedLeavesTheCellBlankAndHoldsNobody() throws {
    let found = try #require(try examine([row("Hugh Baird – bricks")]).row(2))
    #expect(found.verdict == .clear)
    #expect(found.record[.intendedDestination] == nil, "511 is what a pupil says, never what we do not know")
    #expect(found.undecided == [.intendedDestination])
    #expect(found.words == [RowWord(field: .intendedDestination, word: try word("hugh baird bricks"), isOpen: true)])
    let finding = try #require(found.details.first { $0.code == .wordUndecided })
    #expect(finding.severity == .warning)
    #expect(finding.advice?.exposed.contains("Hugh Baird College") == true)
    // What may be meant tells what stands in the cell: it is for the desk.
    #expect(!finding.finding.message.contains("Baird") && !finding.what.contains("bricks"))
  }

  @Test(arguments: ["121", "121.0", "511 - Undecided", "Undecided", "undecided.", "", "-", "n/a"])
  func whatIsACodeOrBlankIsNoWord(_ text: String) throws {
    #expect(try examine([row(text)]).row(2)?.words.isEmpty == true)
  }

  @Test(arguments: ["999", "12 1", String(repeating: "a letter home ", count: 30)])
  func whatIsNeitherIsACodeThatNobodyKnows(_ text: String) throws {
    let found = try #require(try examine([row(text)]).row(2))
    #expect(found.words.isEmpty && found.details.contains { $0.code == .codeUnknown })
  }

  @Test func theHeaderMapGoesBeforeWhatAPersonDecided() throws {
    var map = Fixture.map
    map.values[.intendedDestination] = ["stays": "111"]
    var configuration = try ShippedWords.configuration()
    configuration.headerMaps = ["sims": map]
    let examination = Intake.examine(
      Fixture.export([row("Stays")]), school: Fixture.school(), configuration: configuration, day: Fixture.day,
      decided: try ShippedWords.decided("stays", .means(WordMeaning(intendedDestination: "121"))))
    #expect(examination.row(2)?.record[.intendedDestination] == "111")
  }

  // MARK: Decided

  @Test(arguments: ["Hugh Baird – bricks", "HUGH BAIRD (bricks)", "hugh baird   bricks"])
  func aDecidedWordGivesItsCodeInAnySpelling(_ text: String) throws {
    let decided = try ShippedWords.decided("Hugh Baird – bricks", .means(Self.college))
    let found = try #require(try examine([row(text)], decided).row(2))
    #expect(found.record[.intendedDestination] == "121")
    #expect(found.record[.providerName] == "Hugh Baird College" && found.record[.course] == "bricks")
    #expect(found.words.map(\.filled) == [[.providerName, .course]])
    #expect(found.words.map(\.confirmation) == [1] && found.undecided.isEmpty)
    let finding = try #require(found.details.first { $0.code.rawValue == "L312" })
    #expect(finding.severity == .note && finding.what.contains("121, decided on 2026-06-10"))
    #expect(finding.value?.exposed == text && finding.after?.exposed == "121")
  }

  @Test func aDoubtedWordIsAnother() throws {
    let decided = try ShippedWords.decided("Carmel", .means(WordMeaning(intendedDestination: "121")))
    let found = try #require(try examine([row("Carmel?")], decided).row(2))
    #expect(found.record[.intendedDestination] == nil && found.undecided == [.intendedDestination])
  }

  @Test func whatTheRowSaysItselfGoesBefore() throws {
    let decided = try ShippedWords.decided("bricks", .means(Self.college))
    let found = try #require(
      try examine([row("bricks", ["Provider UKPRN": "10000009", "Course": "Carpentry"])], decided).row(2))
    #expect(found.record[.providerUKPRN] == "10000009" && found.record[.providerName] == nil)
    #expect(found.record[.course] == "Carpentry" && found.words.map(\.filled) == [[]])
  }

  @Test func aWordMeansSomethingOfItsOwnInEachColumn() throws {
    let decided = try ShippedWords.decided("here", .activity, .means(WordMeaning(activity: "210")))
    let found = try #require(try examine([row("here", ["Activity": "here"])], decided).row(2))
    #expect(found.record[.activity] == "210" && found.record[.intendedDestination] == nil)
    #expect(found.undecided == [.intendedDestination])
  }

  @Test func thatItMeansNothingOrThatThePupilMustBeAsked() throws {
    let nothing = try #require(try examine([row("see me")], ShippedWords.decided("see me", .nothing)).row(2))
    #expect(nothing.record[.intendedDestination] == nil && nothing.undecided.isEmpty)
    #expect(nothing.details.contains { $0.code == .wordConfirmed && $0.what.contains("nothing that is sent") })
    let ask = try #require(try examine([row("Carmel?")], ShippedWords.decided("Carmel?", .ask)).row(2))
    #expect(ask.record[.intendedDestination] == nil && ask.undecided.isEmpty && ask.verdict == .clear)
    #expect(ask.details.contains { $0.code.rawValue == "L313" && $0.severity == .warning })
  }

  /// A code that was taken out of its list, a provider that is no longer in the register: a person looks again.
  @Test func whatNoLongerHoldsIsOpenAgain() throws {
    for meaning in [
      WordMeaning(intendedDestination: "410"),
      WordMeaning(intendedDestination: "121", provider: .listed(ProviderID(unchecked: "gone"))),
    ] {
      let found = try #require(try examine([row("x y")], ShippedWords.decided("x y", .means(meaning))).row(2))
      #expect(found.record[.intendedDestination] == nil && found.undecided == [.intendedDestination])
      #expect(found.details.contains { $0.code == .wordUndecided && $0.what.contains("no longer") })
      #expect(found.words.map(\.confirmation) == [1])
    }
  }

  // MARK: Rows of one pupil

  @Test func anotherRowOfThePupilMaySayItInACode() throws {
    let examination = try examine([row("bricks"), row("121")])
    #expect(examination.row(2)?.record[.intendedDestination] == "121")
    #expect(examination.row(2)?.words.isEmpty == true, "nothing is left to be understood")
    let other = try examine([row(""), row("bricks")])
    #expect(other.row(2)?.undecided == [.intendedDestination], "the pupil's row has the other row's word")
  }

  private func word(_ text: String) throws -> SchoolWord { try #require(SchoolWord(text)) }

  // MARK: Words of an older list

  /// What an older list called so is a word: only its numbers are of a list.
  @Test(arguments: ["College", "college", "Other", "Staying in same school"])
  func aLabelOfAnOlderListIsAWord(_ text: String) throws {
    let found = try #require(try examine([row(text)]).row(2))
    #expect(found.record[.intendedDestination] == nil && found.verdict == .clear)
    #expect(found.undecided == [.intendedDestination] && found.words.map(\.isOpen) == [true])
    #expect(!found.details.contains { $0.code == .codeLegacyConverted })
    let ask = try #require(try examine([row(text)], ShippedWords.decided(text, .ask)).row(2))
    #expect(ask.record[.intendedDestination] == nil && ask.undecided.isEmpty)
    #expect(ask.details.contains { $0.code == .wordToAsk })
  }
}
