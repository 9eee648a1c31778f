// Names of providers to their numbers: only where it is sure, and never past what the row says.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Rule: numbers of a provider") struct ProviderNumbersRuleTests {
  private func outcome(
    _ record: [Field: String], decided: SchoolWords = SchoolWords(), words: [RowWord] = []
  ) -> (record: LeaverRecord, outcome: ProviderNumbersRule.Outcome) {
    var context = Fixture.context()
    context.providers = Fixture.providers
    context.decided = decided
    context.wordReader = WordReader(codes: Fixture.codes, register: Fixture.providers, on: Fixture.day)
    var record = LeaverRecord(record)
    let outcome = ProviderNumbersRule.check(&record, besides: words, in: context)
    return (record, outcome)
  }

  @Test func aWholeNameOfOnePlaceGivesItsNumbers() {
    let (record, found) = outcome([.providerName: "zz known academy"])
    #expect(record[.providerUKPRN] == "10000010" && record[.providerName] == "zz known academy")
    #expect(found.remarks == [Remark(.providerNumbered, "UKPRN 10000010")] && found.word == nil)
  }

  /// An example that nobody checked has no numbers to give away, and a closed place is not where anybody goes.
  @Test(arguments: ["Zz Example College", "Zz Closed College", "Zz Nowhere", "123"])
  func nothingIsFilledInElse(_ name: String) {
    let (record, found) = outcome([.providerName: name])
    #expect(record == LeaverRecord([.providerName: name]) && found.remarks.isEmpty && found.word == nil)
  }

  @Test(arguments: ["Zz Known", "Zz Twin Centre"])
  func aShortNameOrThatOfSeveralIsAQuestion(_ name: String) {
    let (record, found) = outcome([.providerName: name])
    #expect(record == LeaverRecord([.providerName: name]))
    #expect(found.word?.isOpen == true && found.word?.field == .providerName)
  }

  @Test func aNumberInTheRowIsNeverPutBesideAnother() {
    let (record, found) = outcome([.providerName: "Zz Known Academy", .providerLAESTAB: Fixture.laestab])
    #expect(record[.providerUKPRN] == nil && found.remarks.isEmpty)
  }

  @Test func whatAPersonSaid() throws {
    let known = WordMeaning(provider: .listed(ProviderID(unchecked: "zz-6")))
    let (record, found) = outcome(
      [.providerName: "zz twin centre"],
      decided: try ShippedWords.decided("Zz Twin Centre", .providerName, .means(known)))
    #expect(record[.providerName] == "Zz Known Academy" && record[.providerUKPRN] == "10000010")
    #expect(found.word?.filled == [.providerName, .providerUKPRN] && found.word?.isOpen == false)
    let left = outcome(
      [.providerName: "Zz Twin Centre"],
      decided: try ShippedWords.decided("Zz Twin Centre", .providerName, .nothing))
    #expect(left.record[.providerName] == "Zz Twin Centre" && left.outcome.word?.isOpen == false)
    let gone = WordMeaning(provider: .listed(ProviderID(unchecked: "gone")))
    let again = outcome(
      [.providerName: "Zz Twin Centre"],
      decided: try ShippedWords.decided("Zz Twin Centre", .providerName, .means(gone)))
    #expect(again.outcome.word?.isOpen == true && again.outcome.remarks.map(\.code) == [.providerUndecided])
  }

  @Test func aNameThatAWordGaveIsNotAskedAbout() throws {
    var word = RowWord(field: .intendedDestination, word: try #require(SchoolWord("x")), isOpen: false)
    word.filled = [.providerName]
    #expect(outcome([.providerName: "Zz Twin Centre"], words: [word]).outcome.word == nil)
  }

  @Test func aMisspeltNameIsAQuestionToo() throws {
    var configuration = try ShippedWords.configuration()
    configuration.headerMaps = ["sims": Fixture.map]
    func found(_ name: String) -> ExaminedRow? {
      Intake.examine(
        Fixture.export([Fixture.row(0, ["Provider": name])]), school: Fixture.school(), configuration: configuration,
        day: Fixture.day
      ).row(2)
    }
    let row = try #require(found("Winstanly College"))
    #expect(row.record[.providerName] == "Winstanly College", "it is sent as it is written")
    let finding = try #require(row.details.first { $0.code == .providerUndecided })
    #expect(finding.advice?.exposed.contains("Winstanley College") == true)
    #expect(row.words.map(\.field) == [.providerName] && row.undecided.isEmpty)
    #expect(found("Qqxy Academy of Zz")?.words.isEmpty == true)
  }
}
