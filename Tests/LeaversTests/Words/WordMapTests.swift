// What is confirmed is remembered; what is not is undecided; only codes and labels go without a person.

import Testing

@testable import Leavers

@Suite struct WordMapTests {
  private func word(_ text: String) throws -> SchoolWord { try #require(SchoolWord(text)) }
  private let day = ShippedWords.day
  private let at = Timestamp(milliseconds: 1_781_000_000_000)

  private func reading(_ map: WordMap, _ text: String, in field: Field = .intendedDestination) throws -> WordReading {
    let register = ProviderRegister([try ShippedWords.providers()])
    return WordReader(codes: try ShippedWords.codes(), register: register, on: day)
      .reading(of: try word(text), in: field, by: map)
  }

  @Test(arguments: [
    (Field.intendedDestination, "211", "211"), (.intendedDestination, " 211 ", "211"),
    (.intendedDestination, "UNDECIDED", "511"), (.intendedDestination, "Apprenticeship or traineeship", "211"),
    (.intendedDestination, "Full-time education – same school", "111"), (.activity, "Apprenticeship", "310"),
    (.activity, "310", "310"), (.guaranteeStatus, "offer made", "110"),
  ])
  func aCodeAndItsLabelAreExact(field: Field, text: String, code: String) throws {
    var meaning = WordMeaning()
    meaning[field] = code
    #expect(try reading(WordMap(), text, in: field) == .exact(meaning))
  }

  /// Near a code, an older code, another column's code, a doubted code: each is for a person.
  @Test(arguments: [
    (Field.intendedDestination, "410"), (.intendedDestination, "Apprenticeship"), (.intendedDestination, "College"),
    (.intendedDestination, "211?"), (.intendedDestination, "210"), (.intendedDestination, "6th form here"),
    (.activity, "Undecided"), (.activity, "720"), (.providerName, "211"), (.intendedDestination, "Labour market"),
    (.ethnicity, "WBRI"),
  ])
  func allElseIsUndecided(field: Field, text: String) throws {
    #expect(try reading(WordMap(), text, in: field) == .undecided)
    #expect(try reading(WordMap(), text, in: field).meaning == nil)
  }

  @Test func whatWasConfirmedIsRememberedWithWhoAndWhen() throws {
    var map = WordMap()
    let first = ConfirmedMeaning(
      WordMeaning(intendedDestination: "111", provider: .ownSchool), by: "j.smith", at: at)
    #expect(map.confirm(try word("6th form here"), as: first) == nil)
    #expect(try reading(map, "6TH-FORM  here.") == .confirmed(first))
    #expect(try reading(map, "6th form here?") == .undecided, "what is doubted was not confirmed")
    let second = ConfirmedMeaning(WordMeaning(), by: "p.jones", at: at.advanced(by: .seconds(1)))
    #expect(map.confirm(try word("6th Form here"), as: second) == first)
    #expect(try reading(map, "6th form here").meaning?.saysNothing == true)
    #expect(map.keys == ["6th form here"])
    #expect(WordMap(["6th form here": second]) == map)
    #expect(map.forget(try word("6th form here")) == second)
    #expect(map.count == 0)
  }

  /// A confirmation goes before a label: the school may mean something else by it.
  @Test func aConfirmationGoesBeforeALabel() throws {
    var map = WordMap()
    let confirmed = ConfirmedMeaning(WordMeaning(intendedDestination: "611"), by: "j", at: at)
    map.confirm(try word("Undecided"), as: confirmed)
    #expect(try reading(map, "undecided") == .confirmed(confirmed))
  }

  @Test(arguments: [
    (WordMeaning(intendedDestination: "410"), "no longer in force"),
    (WordMeaning(activity: "999"), "not in nccis-activity"),
    (WordMeaning(provider: .listed(ProviderID(unchecked: "gone"))), "no longer in the register"),
  ])
  func whatIsOutOfDateIsAskedAgain(meaning: WordMeaning, saying: String) throws {
    var map = WordMap()
    map.confirm(try word("x"), as: ConfirmedMeaning(meaning, by: "j", at: at))
    let reading = try reading(map, "x")
    guard case .outdated(_, let reasons) = reading else {
      Issue.record("\(reading)")
      return
    }
    #expect(reasons.count == 1)
    #expect(reasons.first?.contains(saying) == true)
    #expect(reading.meaning == nil)
  }

  @Test func valuesOfARecord() throws {
    let ukprn = try UKPRN("10012345")
    let register = ProviderRegister([
      [
        Provider(
          id: ProviderID(unchecked: "a"), name: "A College", ukprn: ukprn, laestab: try LAESTAB("3418000"),
          kind: .feCollege)
      ]
    ])
    let school = try ShippedWords.school()
    let there = WordMeaning(
      intendedDestination: "121", activity: "230", guaranteeStatus: "110",
      provider: .listed(ProviderID(unchecked: "a")),
      course: "bricks")
    #expect(
      there.values(register, ownSchool: school) == [
        .intendedDestination: "121", .activity: "230", .guaranteeStatus: "110", .providerName: "A College",
        .providerUKPRN: "10012345", .providerLAESTAB: "3418000", .course: "bricks",
      ])
    #expect(
      WordMeaning(intendedDestination: "111", provider: .ownSchool).values(register, ownSchool: school) == [
        .intendedDestination: "111", .providerName: "Example High School", .providerLAESTAB: "3434787",
      ])
    #expect(WordMeaning().values(register, ownSchool: school).isEmpty)
  }
}
