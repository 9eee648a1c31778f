// The vocabulary's file: where it is looked for, and what is said of a wrong one.

import Leavers
import Testing

@testable import Profiles

struct VocabularyTests {
  private static let header = "words,set,code,where,strength,note\n"

  @Test func theUsualFileIsReadWithoutAKey() throws {
    var fixture = Fixture()
    fixture.files["words/vocabulary.csv"] = Self.header + "college|coll,nccis-activity,210,,fair,\n"
    let configuration = try #require(try fixture.load().configuration?.configuration)
    #expect(configuration.vocabulary.entries.map(\.words) == [["college"], ["coll"]])
  }

  @Test func theKeyNamesAnother() throws {
    var fixture = Fixture()
    fixture.files["words/vocabulary.csv"] = "spoilt"
    fixture.files["ours.csv"] = Self.header + "here,mark,own-school,,,\n"
    fixture.replace("state: state\n", with: "state: state\nwords: ours.csv\n", in: Mistake.top)
    let configuration = try #require(try fixture.load().configuration?.configuration)
    #expect(configuration.vocabulary.entries.map(\.sense) == [.mark(.ownSchool)])
  }

  @Test(arguments: [
    ("college,nccis-activity,410,,fair,\n", 2, "not in nccis-activity (column code)"),
    ("college,nccis-intended,410,,fair,\n", 2, "older generation (column code)"),
    ("\ncollege,nccis-activity,210,,good,\n", 3, "(column strength)"), ("college\n", 2, "more or fewer cells"),
    ("\"college,nccis-activity\n", 2, "cannot be read"),
  ])
  func aMistakeIsSaidAtItsLine(rows: String, line: Int, message: String) throws {
    var fixture = Fixture()
    fixture.files["words/vocabulary.csv"] = Self.header + rows
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.vocabulary])
    let found = try #require(outcome.diagnostics.first)
    #expect(outcome.place(found) == Fixture.Mark(file: "words/vocabulary.csv", line: line, column: 1))
    #expect(found.message.contains(message), "\(found)")
    #expect(!found.remedy.isEmpty)
  }

  @Test func aMissingColumnIsSaid() throws {
    var fixture = Fixture()
    fixture.files["words/vocabulary.csv"] = "words,set,code\n"
    #expect(try fixture.load().diagnostics.map(\.message).filter { $0.hasPrefix("a column is missing") }.count == 3)
  }

  /// A person's words, read by the shipped configuration, come to suggestions.
  @Test func theShippedConfigurationSuggests() throws {
    let configuration = try ConfigurationLoader(environment: [:], inspectKey: { _ in .notAKey })
      .load(Checkout.config + "/leaverlink.yaml", requiring: .forPreparing).configuration
    #expect(configuration.providers.providers.count >= 20)
    #expect(configuration.providers.providers.allSatisfy { $0.evidence == .illustrative })
    // Nobody invented a number.
    #expect(configuration.providers.providers.allSatisfy { $0.ukprn == nil && $0.laestab == nil && $0.urn == nil })
    let suggester = WordSuggester(
      vocabulary: configuration.vocabulary, register: configuration.providers, codes: configuration.codes,
      on: try #require(CalendarDate(iso: "2026-06-15")))
    let school = try #require(configuration.schools.first)
    let found = suggester.suggestions(
      for: try #require(SchoolWord("Hugh Baird – bricks")), of: OwnSchool(laestab: school.laestab, name: school.name))
    #expect(found.draft.intendedDestination == "121")
    #expect(found.draft.course == "bricks")
  }
}
