// Words of rows that stand: read anew by what was decided since, and inherited by rows that say nothing themselves.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Words of rows that stand") struct RowWordsTests {
  private static let y11 = Cohort(stage: .y11, leavingYear: 2026)

  private func context(_ decided: SchoolWords) throws -> RuleContext {
    RuleContext(
      school: Fixture.school(), configuration: try ShippedWords.configuration(), day: Fixture.day, decided: decided)
  }

  private func entry(_ record: [Field: String], _ words: [RowWord]) -> RollEntry {
    RollEntry(
      pupil: PupilID(rawValue: 1), record: LeaverRecord(record), cohort: Self.y11, verdict: .clear,
      export: ExportID(rawValue: 1), words: words)
  }

  private func open(_ text: String, _ field: Field = .intendedDestination) throws -> RowWord {
    RowWord(field: field, word: try #require(SchoolWord(text)), isOpen: true)
  }

  @Test func whatWasDecidedSinceIsReadAnew() throws {
    let meaning = WordMeaning(
      intendedDestination: "121", provider: .listed(ProviderID(unchecked: "carmel-college")))
    let context = try context(try ShippedWords.decided("carmel", .means(meaning)))
    let renewed = try #require(RowWords.renewed(entry([:], [open("Carmel")]), in: context))
    #expect(renewed.record[.intendedDestination] == "121" && renewed.record[.providerName] == "Carmel College")
    #expect(renewed.words.map(\.isOpen) == [false] && renewed.words.map(\.confirmation) == [1])
    #expect(RowWords.renewed(renewed, in: context) == nil, "once is enough")
  }

  @Test func nothingIsReadAnewWhereNothingWasDecided() throws {
    #expect(RowWords.renewed(entry([:], [try open("Carmel")]), in: try context(SchoolWords())) == nil)
    let other = try ShippedWords.decided("carmel", .activity, .ask)
    #expect(RowWords.renewed(entry([:], [try open("Carmel")]), in: try context(other)) == nil)
  }

  @Test func aLaterDecisionTakesBackWhatAnEarlierOneFilledIn() throws {
    var word = RowWord(
      field: .intendedDestination, word: try #require(SchoolWord("Carmel")), confirmation: 1, isOpen: false)
    word.filled = [.providerName]
    let entry = entry(
      [.intendedDestination: "121", .providerName: "Carmel College", .course: "Maths"], [word])
    let renewed = try #require(
      RowWords.renewed(entry, in: try context(try ShippedWords.decided("carmel", .nothing, number: 2))))
    #expect(renewed.record[.intendedDestination] == nil && renewed.record[.providerName] == nil)
    #expect(renewed.record[.course] == "Maths", "what the row said itself stays")
  }

  @Test func aProvidersNameIsReadAnewFromWhatWasWritten() throws {
    let meaning = WordMeaning(provider: .listed(ProviderID(unchecked: "carmel-college")))
    let decided = try ShippedWords.decided("carml", .providerName, .means(meaning))
    let renewed = try #require(
      RowWords.renewed(entry([.providerName: "Carml"], [open("Carml", .providerName)]), in: try context(decided)))
    #expect(renewed.record[.providerName] == "Carmel College")
    let back = try ShippedWords.decided("carml", .providerName, .nothing, number: 2)
    #expect(RowWords.renewed(renewed, in: try context(back))?.record[.providerName] == "Carml")
  }

  @Test func aRowInheritsTheWordsByWhichItLacksAnAnswer() throws {
    let words = [try open("Carmel"), try open("KGV", .activity)]
    func inherited(_ given: [Field: String], own: [RowWord] = [], unread: Set<Field> = []) -> [Field] {
      RowWords.inherited(
        own, from: entry([:], words), given: LeaverRecord(given), completed: LeaverRecord(given), unread: unread
      ).map(\.field)
    }
    #expect(inherited([:]) == [.intendedDestination, .activity])
    #expect(inherited([.intendedDestination: "111"]) == [.activity], "the row answers itself")
    #expect(inherited([:], unread: [.activity]) == [.intendedDestination])
    #expect(inherited([:], own: [try open("Army")]) == [.intendedDestination, .activity], "its own word, once")
  }
}
