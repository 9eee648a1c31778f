// The sheet of words as a table: what is offered, and what each answer is taken for.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Sheet of words") struct WordsSheetTests {
  private func answers(_ more: [Provider] = []) throws -> AnswerWords {
    let configuration = try ShippedWords.configuration()
    return AnswerWords(
      codes: configuration.codes, register: ProviderRegister([configuration.providers.providers, more]),
      school: Fixture.school().own, day: Fixture.day)
  }

  private static let twins: [Provider] = [
    Provider(id: ProviderID(unchecked: "zz-a"), name: "Zz Twin", ukprn: try? UKPRN("10000009"), kind: .feCollege),
    Provider(id: ProviderID(unchecked: "zz-b"), name: "Zz Twin", laestab: try? LAESTAB("3428600"), kind: .feCollege),
  ]

  private func read(
    _ answer: String, column: String = "intended destination", provider: String = "", course: String = "",
    key: String = "abc", _ more: [Provider] = []
  ) throws -> SheetRowReading.Content? {
    let table = try #require(
      AnswerTable(
        try CSVWriter.bytes(
          of: [
            ["leaverlink words", "Words", "Column", "Answer", "Provider", "Course"],
            [key, "any", column, answer, provider, course],
          ], in: .standard)))
    #expect(table.kind == .words)
    return WordsSheet.read(table.rows[0], of: table, by: try answers(more))
  }

  private func decision(_ content: SheetRowReading.Content?) -> WordDecision? {
    guard case .answer(.word(let answer)) = content else { return nil }
    return answer.decision
  }

  private func mistake(_ content: SheetRowReading.Content?) -> String? {
    guard case .mistake(let words) = content else { return nil }
    return words
  }

  @Test(arguments: [
    "121 - Full-time education or training - other institution", "121", "121.0",
    "full-time education or training - other institution",
    "Intended destination: 121 - Full-time education or training - other institution",
  ])
  func aCodeInAnyForm(_ answer: String) throws {
    #expect(decision(try read(answer)) == .means(WordMeaning(intendedDestination: "121")))
  }

  @Test func theWordThatTheRowShowsGoesWithTheAnswer() throws {
    guard case .answer(.word(let answer)) = try read("121") else {
      Issue.record("it is an answer")
      return
    }
    #expect(answer.shown == SchoolWord("any"))
  }

  @Test func nothingToAskAndBlank() throws {
    #expect(decision(try read(AnswerWords.nothing)) == .nothing)
    #expect(decision(try read("A person must ask the pupil")) == .ask)
    #expect(try read("", provider: "Carmel College") == nil, "what stands beside a blank answer is no answer")
  }

  @Test func providerAndCourse() throws {
    #expect(
      decision(try read("121", provider: "carmel college", course: "Maths"))
        == .means(
          WordMeaning(
            intendedDestination: "121", provider: .listed(ProviderID(unchecked: "carmel-college")), course: "Maths")))
    #expect(
      decision(try read("211", provider: "Zz Garage"))
        == .means(WordMeaning(intendedDestination: "211", provider: .named("Zz Garage"))))
    #expect(
      decision(try read("111", provider: "Example High School"))
        == .means(WordMeaning(intendedDestination: "111", provider: .ownSchool)))
  }

  @Test(arguments: [
    ("Zz Twin (UKPRN 10000009)", "zz-a"), ("10000009", "zz-a"), ("Zz Twin (DfE number 3428600)", "zz-b"),
    ("342/8600", "zz-b"),
  ])
  func aNumberTellsTwoOfOneNameApart(_ text: String, _ id: String) throws {
    #expect(
      decision(try read("121", provider: text, Self.twins))
        == .means(WordMeaning(intendedDestination: "121", provider: .listed(ProviderID(unchecked: id)))))
  }

  @Test func mistakesSayWhatToDo() throws {
    #expect(mistake(try read("121", provider: "Zz Twin", Self.twins))?.hasPrefix("2 providers are called so") == true)
    #expect(mistake(try read("410"))?.contains("no code of today") == true, "not a code of the older list")
    #expect(mistake(try read("college"))?.contains("choose one from the list") == true)
    #expect(mistake(try read("current activity: 230"))?.contains("is one for current activity") == true)
    #expect(mistake(try read("121", column: "whatever"))?.contains("Column") == true)
    #expect(mistake(try read("121", key: ""))?.contains("hidden first column") == true)
    #expect(mistake(try read("121", column: "provider name"))?.contains("none for the name of a provider") == true)
    #expect(mistake(try read(AnswerWords.beside, column: "provider name"))?.contains("name it") == true)
  }

  @Test func theNameOfAProvider() throws {
    #expect(
      decision(try read("the provider beside", column: "provider name", provider: "Carmel College"))
        == .means(WordMeaning(provider: .listed(ProviderID(unchecked: "carmel-college")))))
    #expect(decision(try read(AnswerWords.asWritten, column: "provider name")) == .nothing)
  }

  /// One list serves a sheet with words of one column; of several, each answer says of which it is.
  @Test func theListOfAnswers() throws {
    let answers = try answers()
    let one = WordsSheet.allowed(answers, [.intendedDestination])
    #expect(one.first == "111 - Full-time education - same school")
    #expect(one.suffix(2) == [AnswerWords.nothing, AnswerWords.ask])
    #expect(!one.contains { $0.hasPrefix("410") || $0.hasPrefix("110") }, "only codes of today")
    let two = WordsSheet.allowed(answers, [.intendedDestination, .guaranteeStatus])
    #expect(two.contains("September Guarantee status: 110 - Offer made"))
    #expect(two.contains("intended destination: 111 - Full-time education - same school"))
    #expect(two.count(where: { $0 == AnswerWords.ask }) == 1)
    for field in SchoolWords.fields where field != .providerName {
      for answer in WordsSheet.allowed(answers, SchoolWords.fields)
      where answer.lowercased().hasPrefix(FieldWords.name(field).lowercased() + ":") {
        #expect(decision(try read(answer, column: FieldWords.name(field))) != nil, "\(answer)")
      }
    }
  }

  /// Of a national register only the providers of the authorities round about are offered.
  @Test func theListOfProviders() throws {
    let far = Provider(
      id: ProviderID(unchecked: "zz-far"), name: "Zz Far College", laestab: try? LAESTAB("8888600"), kind: .feCollege,
      evidence: .register)
    let near = Provider(
      id: ProviderID(unchecked: "zz-near"), name: "Zz Near College", laestab: try? LAESTAB("3418600"), kind: .feCollege,
      evidence: .register)
    let offered = try answers([far, near]).providers(near: [try LACode("341")])
    #expect(offered.contains("Zz Near College") && !offered.contains("Zz Far College"))
    #expect(offered.contains("Carmel College") && offered.contains("Example High School"))
    #expect(offered == offered.sorted())
  }
}
