// Texts as careers leads write them, with the vocabulary and the providers that are shipped: what must come first, and
// what must not come at all.

import Testing

@testable import Leavers

/// A text and the best that may be said of it: `121 strong`; nil where nothing may be suggested.
struct WordCase: Sendable, CustomTestStringConvertible {
  var text: String
  var intended: String?
  var activity: String?
  var guarantee: String?
  /// The provider's id, or `here`.
  var provider: String?
  var course: String?

  init(
    _ text: String, _ intended: String? = nil, _ activity: String? = nil, guarantee: String? = nil,
    at provider: String? = nil, course: String? = nil
  ) {
    (self.text, self.intended, self.activity, self.guarantee) = (text, intended, activity, guarantee)
    (self.provider, self.course) = (provider, course)
  }

  var testDescription: String { text }

  static let texts: [WordCase] = [
    // The school itself.
    WordCase("6th form here", "111 strong", "210 strong", at: "here"),
    WordCase("Here", "111 strong", "210 strong", at: "here"),
    WordCase("staying on", "111 strong", "210 strong", at: "here"),
    WordCase("our 6th form", "111 strong", "210 strong", at: "here"),
    WordCase("sixthform - our school", "111 strong", "210 strong", at: "here"),
    WordCase("6th form (own)", "111 strong", "210 strong", at: "here"),
    WordCase("Example High", "111 strong", "210 strong", at: "here"),
    WordCase("Example High School A levels", "111 strong", "210 strong", at: "here"),
    WordCase("Stay here - A levels", "111 strong", "210 strong", at: "here"),
    WordCase("Yr 12 here", "111 strong", "210 strong", at: "here"),
    WordCase("hopefully staying here", "111 fair", "210 fair", at: "here"),
    WordCase("no - staying here", "111 strong", "210 strong", at: "here"),
    WordCase("wants 6th form here", "111 strong", nil, at: "here"),
    // Other places, by name.
    WordCase("Carmel", "121 strong", "220 strong", at: "carmel-college"),
    WordCase("Carmel?", "121 fair", "220 fair", at: "carmel-college"),
    WordCase("carmell college", "121 fair", "220 fair", at: "carmel-college"),
    WordCase("Carmel College St. Helens", "121 strong", "220 strong", at: "carmel-college"),
    WordCase("Hugh Baird – bricks", "121 strong", "230 strong", at: "hugh-baird-college", course: "bricks"),
    WordCase("Hugh Baird-bricks", "121 strong", "230 strong", at: "hugh-baird-college", course: "bricks"),
    WordCase("Hugh Bard, hairdressing", "121 fair", "230 fair", at: "hugh-baird-college", course: "hairdressing"),
    WordCase("KGV A levels", "121 strong", "220 strong", at: "king-george-v"),
    WordCase(
      "A-levels @ Winstanley (maths, physics & chem)", "121 strong", "220 strong", at: "winstanley-college",
      course: "maths, physics and chem"),
    WordCase(
      "Knowsley college - health & social care", "121 strong", "230 strong", at: "knowsley-community-college",
      course: "health and social care"),
    WordCase("St Helens Coll – brickwork", "121 strong", "230 strong", at: "st-helens-college", course: "brickwork"),
    WordCase(
      "Riverside coll - L2 motor vehicle", "121 strong", "230 strong", at: "riverside-college", course: "motor vehicle"),
    WordCase(
      "College (Riverside), Childcare L3", "121 strong", "230 strong", at: "riverside-college", course: "childcare"),
    WordCase("Wiral Met", "121 fair", "230 fair", at: "wirral-met"),
    WordCase("Birkenhead 6th", "121 strong", "220 strong", at: "birkenhead-sixth-form-college"),
    WordCase("city of liverpool college", "121 strong", "230 strong", at: "city-of-liverpool-college"),
    WordCase("LIPA", "121 strong", "220 strong", at: "lipa-sixth-form"),
    WordCase("Southport", "121 fair", "230 fair", at: "southport-college"),
    WordCase("uni of liverpool", "121 strong", "240 strong", at: "liverpool-university"),
    WordCase("Carmel or Winstanley", "121 strong", "220 strong"),
    WordCase("Carmel/here", "111 fair", "210 fair"),
    WordCase("Hugh Baird/Southport", "121 strong", "230 strong"),
    // Offers and applications.
    WordCase("Wirral Met - applied", "121 strong", nil, guarantee: "140 strong", at: "wirral-met"),
    WordCase(
      "waiting to hear from Cronton", "121 strong", nil, guarantee: "140 strong", at: "cronton-sixth-form-college"),
    WordCase("offer from Riverside", "121 strong", "230 strong", guarantee: "110 strong", at: "riverside-college"),
    WordCase(
      "conditional offer Winstanley", "121 strong", "220 strong", guarantee: "110 strong", at: "winstanley-college"),
    WordCase("not applied", nil, nil, guarantee: "151 strong"),
    // Without a name.
    WordCase("college", "121 strong", "230 fair"),
    WordCase("colledge", "121 fair", "220 weak"),
    WordCase("going to college to do hair & beauty", "121 strong", "230 fair", course: "hair and beauty"),
    WordCase("English & maths resits at college", "121 strong", "230 strong", course: "english and maths"),
    WordCase("another school's 6th form", "121 strong", "210 fair"),
    WordCase("Sixth Form", "111 weak", "210 fair"),
    WordCase("college / 6th form", "121 fair", "210 weak"),
    WordCase("6th form but not here", "121 fair", "210 weak"),
    WordCase("University", nil, "240 strong"),
    WordCase("I'll go to college", "121 strong", "230 fair"),
    // Apprenticeships, training and work.
    WordCase("app w/ uncle", "211 strong", "310 strong"),
    WordCase("appr. - plumbing", "211 strong", "310 strong", course: "plumbing"),
    WordCase("Apprenticeship", "211 strong", "310 strong"),
    WordCase("aprenticeship", "211 fair", "310 fair"),
    WordCase("apprentice electrician?", "211 fair", "310 fair", course: "electrician"),
    WordCase(
      "apprenticeship with Hugh Baird College (electrical)", "211 strong", "310 strong", at: "hugh-baird-college",
      course: "electrical"),
    WordCase("looking for an apprenticeship", "211 strong", "619 fair"),
    WordCase("app or college", "121 fair", "310 fair"),
    WordCase("traineeship", "211 fair", "450 strong"),
    WordCase("supported internship", "121 weak", "460 strong"),
    WordCase("job", "321 fair", "330 fair"),
    WordCase("job in Southport", "321 fair", "330 fair"),
    WordCase("working with dad", "321 fair", "330 fair"),
    WordCase("part-time job", "321 fair", "360 strong"),
    WordCase("self-employed - window cleaning", "321 weak", "380 strong"),
    WordCase("looking for a job", "321 fair", "619 fair"),
    WordCase("Army", "311 fair", "320 fair", at: "british-army"),
    WordCase("RAF apprenticeship", "211 strong", "310 strong", at: "royal-air-force"),
    WordCase("army?", "211 weak", "310 weak", at: "british-army"),
    // Other, undecided, unknown.
    WordCase("gap year", "411 fair", "260 strong"),
    WordCase("gap yr then Uni", "411 fair", "260 fair"),
    WordCase("volunteering", "411 fair", "540 fair"),
    WordCase("undecided", "511 strong", "810 weak"),
    WordCase("dunno", "511 strong", "810 weak"),
    WordCase("dunno!!", "511 strong", "810 weak"),
    WordCase("?", "511 weak", "810 weak"),
    WordCase("Not sure - maybe Carmel", "511 fair", "220 fair"),
    WordCase("not known", "611 fair", "810 fair"),
    WordCase("n/k", "611 fair", "810 fair"),
    WordCase("no contact", "611 fair", "810 fair", guarantee: "154 fair"),
    WordCase("NEET", nil, "619 weak"),
    // What is denied, beside what is not.
    WordCase("Not at Hugh Baird, Carmel instead", "121 fair", "220 fair", at: "carmel-college"),
    WordCase("college not apprenticeship", "121 fair", "220 weak"),
    WordCase("apprenticeship instead of college", "211 fair", "310 fair"),
    WordCase("no longer going to 6th form - apprenticeship instead", "211 fair", "310 fair"),
    // Nothing at all.
    WordCase("not going to college"), WordCase("no apprenticeship yet"), WordCase("dosnt want college"),
    WordCase("college fell through"), WordCase("Carmel - rejected"), WordCase("college - no"),
    WordCase("withdrew application to Carmel"), WordCase("not staying"), WordCase("not staying here?"),
    WordCase("won't be going to 6th form"), WordCase("No apprenticeship, no college"),
    WordCase("didn't get into Winstanley"),
    WordCase("staying at home"), WordCase("staying with nan in Southport"), WordCase("English"), WordCase("N/A"),
    WordCase("see Mr Jones"), WordCase("moving to Birkenhead"), WordCase("school work"), WordCase("SEN"),
  ]
}

@Suite struct WordSuggesterTests {
  private func text(_ suggestion: WordSuggestion?) -> String? {
    suggestion.flatMap { one in one.code.map { "\($0) \(one.strength.text)" } }
  }

  private static func name(_ provider: WordProvider?) -> String? {
    switch provider {
    case .ownSchool: "here"
    case .listed(let id): id.rawValue
    case .named(let name): name
    case nil: nil
    }
  }

  private func suggestions(
    _ text: String, _ suggester: WordSuggester, in fields: [Field] = WordMeaning.codedFields
  ) throws -> WordSuggestions {
    suggester.suggestions(
      for: try #require(SchoolWord(text)), of: try ShippedWords.school(), in: fields)
  }

  @Test func suggestsWhatACareersLeadMeans() throws {
    let suggester = try ShippedWords.suggester()
    #expect(WordCase.texts.count >= 100)
    for one in WordCase.texts {
      let found = try suggestions(one.text, suggester)
      #expect(text(found.top(.intendedDestination)) == one.intended, "\(one.text)")
      #expect(text(found.top(.activity)) == one.activity, "\(one.text)")
      #expect(text(found.top(.guaranteeStatus)) == one.guarantee, "\(one.text)")
      if one.intended == nil, one.activity == nil, one.guarantee == nil { #expect(found.all.isEmpty, "\(one.text)") }
      let draft = found.draft
      if let provider = one.provider {
        #expect(Self.name(found.top(.intendedDestination)?.provider) == provider, "\(one.text)")
      } else {
        #expect(draft.provider == nil, "\(one.text)")
      }
      #expect((found.top(.intendedDestination) ?? found.top(.activity))?.course == one.course, "\(one.text)")
      for suggestion in found.all { #expect(!suggestion.reasons.isEmpty) }
    }
  }

  /// What is denied may come nowhere in the list, not even last.
  @Test(arguments: [
    ("not going to college", ["121", "230", "220"]), ("no apprenticeship yet", ["211", "310"]),
    ("doesn't want an apprenticeship, wants college", ["211", "310"]), ("Carmel - rejected", ["121", "220"]),
    ("6th form but not here", ["111"]), ("no job yet", ["321", "330"]), ("not doing A levels", ["111", "121", "210"]),
    ("looking for a job", ["330", "340", "320"]), ("applied for apprenticeship", ["310"]),
    ("college not apprenticeship", ["211", "310"]), ("staying at home", ["111", "210"]),
    ("working towards GCSEs", ["321", "330"]), ("hoping for an offer from Carmel", ["110", "220"]),
    ("apprenticeship with Hugh Baird College", ["121", "230"]),
  ])
  func neverSuggests(text: String, codes: [String]) throws {
    let found = try suggestions(text, try ShippedWords.suggester())
    for suggestion in found.all { #expect(!codes.contains(suggestion.code ?? ""), "\(suggestion)") }
  }

  /// Whatever is written, only codes that are in force on the day, only providers of the register, in the same order every
  /// time, with no two alike; and nothing is filled in beforehand that is weak.
  @Test func neverLeavesTheCodeSets() throws {
    let codes = try ShippedWords.codes()
    let suggester = try ShippedWords.suggester()
    let again = try ShippedWords.suggester()
    let register = ProviderRegister([try ShippedWords.providers()])
    let words = try ShippedWords.vocabulary().entries.map {
      $0.words.joined(separator: " ").replacing("*", with: "")
    }
    let pairs = zip(words, words.reversed()).map { "\($0) \($1)" }
    for (index, text) in (WordCase.texts.map(\.text) + words + pairs).enumerated() {
      let found = try suggestions(text, suggester)
      if index % 8 == 0 { #expect(found == (try suggestions(text, again))) }
      var seen: Set<String> = []
      for one in found.all {
        if let code = one.code, case .code(let set) = one.field.type {
          guard case .current? = codes.entry(code, in: set, on: ShippedWords.day) else {
            Issue.record("\(code) of \(set) is suggested")
            continue
          }
        }
        if case .listed(let id) = one.provider { #expect(register[id] != nil) }
        #expect(seen.insert("\(one.field) \(one.code ?? "-") \(Self.name(one.provider) ?? "-")").inserted, "\(text)")
      }
      for field in WordMeaning.codedFields {
        let strengths = found.for(field).map(\.strength)
        #expect(strengths == strengths.sorted(by: >), "\(text)")
        if found.top(field)?.strength == .weak { #expect(found.draft[field] == nil, "\(text)") }
      }
    }
  }

  @Test func aCodeThatEndedIsNotSuggested() throws {
    let header = ["code", "label", "from", "until"]
    let activity = try CodeSet(
      id: "nccis-activity", header: header,
      rows: [
        CodeTableRow(line: 2, cells: ["310", "Apprenticeship", "", "2026-06-14"]),
        CodeTableRow(line: 3, cells: ["330", "Employment", "2026-06-16", ""]),
        CodeTableRow(line: 4, cells: ["230", "Further education", "", ""]),
      ])
    let suggester = WordSuggester(
      vocabulary: try ShippedWords.vocabulary(), register: ProviderRegister(), codes: CodeTables([activity]),
      on: ShippedWords.day)
    for text in ["apprenticeship", "job", "310", "330"] {
      #expect(try suggestions(text, suggester).all.isEmpty, "\(text)")
    }
    #expect(try suggestions("college", suggester).all.map(\.code) == ["230"])
  }

  @Test func onlyTheFieldsAskedFor() throws {
    let found = try suggestions(
      "offer from Riverside", try ShippedWords.suggester(), in: [.guaranteeStatus, .providerName])
    #expect(found.all.map(\.code) == ["110"])
  }

  @Test func saysWhy() throws {
    let suggester = try ShippedWords.suggester()
    func reasons(_ text: String) throws -> String {
      try suggestions(text, suggester).top(.activity)?.reasons.joined(separator: "; ") ?? ""
    }
    #expect(try reasons("colledge") == "\"college\" is written for it; spelt almost so")
    #expect(
      try reasons("Carmel?") == "Carmel College is a sixth form college; the text doubts it")
    #expect(try reasons("app or college").contains("the text names more than one thing"))
    #expect(try reasons("not college, app").contains("the text denies something else"))
    #expect(try reasons("traineeship").contains("needs confirming"))
    #expect(try suggestions("not college, app", suggester).isNegated)
    #expect(try suggestions("maybe app", suggester).isDoubted)
    // Nothing is filled in beforehand of what is doubted, what is open between two, or what is only likely.
    for text in ["Carmel?", "Not sure - maybe Carmel", "app or college?", "6th form"] {
      #expect(try suggestions(text, suggester).draft.provider == nil, "\(text)")
      #expect(try suggestions(text, suggester).draft.intendedDestination == nil, "\(text)")
    }
    #expect(
      try suggestions("Hugh Baird - bricks", suggester).draft
        == WordMeaning(
          intendedDestination: "121", activity: "230", provider: .listed(ProviderID(unchecked: "hugh-baird-college")),
          course: "bricks"))
    let odd = try suggestions("job at Carmel College", suggester).for(.activity).first { $0.code == "330" }
    #expect(odd?.strength == .weak)
    #expect(odd?.reasons.last == "Carmel College is a sixth form college, which seldom goes with this code")
  }

  @Test func theOtherSpellingOfAConfirmedWordIsSuggested() throws {
    let suggester = try ShippedWords.suggester()
    var map = WordMap()
    map.confirm(
      try #require(SchoolWord("Auntie's salon")),
      as: ConfirmedMeaning(
        WordMeaning(intendedDestination: "211", activity: "999"), by: "j.smith", at: Timestamp(milliseconds: 0)))
    let doubted = suggester.suggestions(
      for: try #require(SchoolWord("aunties salon?")), of: try ShippedWords.school(), remembering: map)
    #expect(doubted.all.map(\.code) == ["211"])
    #expect(doubted.all.first?.strength == .fair)
    #expect(doubted.all.first?.reasons == ["the same word without a question mark was confirmed so by j.smith"])
  }

  @Test func namesThatManyPlacesHaveAreNotChosenBetween() throws {
    func school(_ number: Int, _ laestab: String) throws -> Provider {
      Provider(
        id: ProviderID(unchecked: "urn-\(number)"), name: "St Mary's High School", laestab: try LAESTAB(laestab),
        kind: .school)
    }
    let two = try ShippedWords.suggester([try school(1, "3414001"), try school(2, "3424001")])
    let found = try suggestions("St. Marys High", two)
    #expect(found.for(.intendedDestination).map(\.code) == ["121", "121"])
    #expect(found.all.allSatisfy { $0.strength == .weak })
    #expect(found.draft == WordMeaning())
    // The school's own authority, 343, is likelier.
    let near = try ShippedWords.suggester([try school(1, "3414001"), try school(2, "3434001")])
    #expect(
      try suggestions("St. Marys High", near).top(.intendedDestination)?.provider
        == .listed(ProviderID(unchecked: "urn-2")))
    let many = try ShippedWords.suggester(try (1...5).map { try school($0, "34140\($0)0") })
    let unsaid = try suggestions("St. Marys High", many)
    #expect(unsaid.all.map(\.code) == [nil, nil])
    #expect(unsaid.all.first?.reasons == ["5 providers are called so"])
  }

  @Test func theSchoolsOwnNumberMakesItHere() throws {
    let own = Provider(
      id: ProviderID(unchecked: "urn-9"), name: "Bootle Hawthorne Academy", laestab: try LAESTAB("3434787"),
      kind: .school)
    let found = try suggestions("Hawthorne Academy Bootle Hawthorne", try ShippedWords.suggester([own]))
    #expect(found.top(.intendedDestination)?.code == "111")
    #expect(found.top(.intendedDestination)?.provider == .ownSchool)
  }

  /// A cell can hold anything, of any length.
  @Test func takesWhateverIsWritten() throws {
    let suggester = try ShippedWords.suggester()
    let long = String(repeating: "college or apprenticeship / carmel? ", count: 400)
    #expect(try suggestions(long, suggester).all.isEmpty == false)
    for text in ["/////a", "???x", "- - - b", "((((c", String(repeating: "x", count: 5000), "\u{0}\u{1}y"] {
      #expect(try suggestions(text, suggester).all.isEmpty)
    }
  }
}
