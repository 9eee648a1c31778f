// Words of a school in the ledger: noted, decided once, decided anew, read again, forgotten.

import Leavers
import Testing

@testable import Ledger

@Suite("WordsLedger") struct WordsLedgerTests {
  private static let school = LedgerBench.school
  private let bench: LedgerBench
  private let ledger: Ledger

  init() async throws {
    bench = try LedgerBench()
    ledger = try await bench.openWithSchools()
  }

  private func use(
    _ text: String, _ field: Field = .intendedDestination, confirmation: Int64? = nil, isOpen: Bool = true
  ) throws -> RowWord {
    RowWord(
      field: field, word: try #require(SchoolWord(text)), confirmation: confirmation, isOpen: isOpen,
      filled: isOpen ? [] : [.providerName])
  }

  /// An export of pupils 0, 1, 2, …, with the words of each.
  @discardableResult
  private func read(
    _ content: String, _ words: [[RowWord]], from first: Int = 0, isDecided: Bool = true
  ) async throws -> ExportID {
    let id = try await ledger.storeExport(content)
    try await fill(id, words, from: first)
    if isDecided { try await decide(id) }
    return id
  }

  private func fill(_ id: ExportID, _ words: [[RowWord]], from first: Int = 0) async throws {
    let generation = try await ledger.exports.beginReading(id)
    try await ledger.exports.append(
      rows: words.enumerated().map {
        RowDraft(
          rowNumber: $0.offset + 2, record: Synthetic.record(first + $0.offset, upn: Synthetic.upn(first + $0.offset)),
          cohort: Synthetic.cohort, verdict: .clear, words: $0.element)
      }, export: id, generation: generation)
    try await ledger.exports.finishReading(id, generation: generation, summary: .plain(rows: words.count), findings: [])
  }

  private func decide(_ id: ExportID) async throws {
    try await ledger.returns.setScope(id, [])
    try await ledger.returns.finish(id)
  }

  private func entries() async throws -> [WordEntry] { try await ledger.words.entries(school: Self.school) }

  @discardableResult
  private func say(
    _ decision: WordDecision, of entry: WordEntry, by person: Person = somebody, school: SchoolID = school
  ) async throws -> AnswerOutcome {
    try await ledger.words.decide(
      WordAnswer(key: entry.key, field: entry.field, decision: decision), school: school, by: person)
  }

  private static let means = WordDecision.means(
    WordMeaning(
      intendedDestination: "121", provider: .listed(ProviderID(unchecked: "carmel-college")), course: "A levels"))

  // MARK: Noted

  @Test func wordsAreListedOnceWithTheRowsThatSayThem() async throws {
    let first = try await read("a", [[try use("Carmel?")], [try use("CARMEL ?")], [], [try use("here", .activity)]])
    let found = try await entries()
    #expect(found.map(\.field) == [.intendedDestination, .activity])
    #expect(found[0].word.text == "Carmel?" && found[0].pupils == 2 && found[0].rows.map(\.row) == [2, 3])
    #expect(found[0].firstExport == first && found[0].isOpen && found[0].confirmation == nil)
    #expect(Set(found.map(\.key)).count == 2)
    #expect(try await ledger.words.entries(school: LedgerBench.otherSchool).isEmpty)
  }

  @Test func onlyRowsThatStandCount() async throws {
    try await read("a", [[try use("Carmel")], [try use("KGV")]])
    try await read("b", [[try use("Army")]])
    #expect(try await entries().map(\.word.text) == ["KGV", "Army"], "pupil 0 says something else now")
  }

  @Test func theRollAndTheReturnsKnowTheWords() async throws {
    let id = try await read("a", [[try use("Carmel")], [try use("here", isOpen: false)]])
    let roll = try await ledger.exports.roll(of: Self.school, before: ExportID(rawValue: 99))
    #expect(roll.map { $0.words.map(\.word.text) } == [["Carmel"], ["here"]])
    #expect(roll[1].words[0].filled == [.providerName])
    #expect(try await ledger.returns.rows(of: id).map(\.undecided) == [[.intendedDestination], []])
  }

  // MARK: Decided

  @Test func aDecisionIsRememberedWithWhoAndWhen() async throws {
    try await read("a", [[try use("Carmel")]])
    let entry = try #require(try await entries().first)
    #expect(try await say(Self.means, of: entry) == .done("remembered"))
    let word = try #require(SchoolWord("carmel"))
    let decided = try await ledger.words.decided(school: Self.school)
    let confirmation = try #require(decided.confirmation(of: word, in: .intendedDestination))
    #expect(
      confirmation.decision == Self.means && confirmation.by == somebody.name && confirmation.at == bench.clock.now())
    #expect(decided.confirmation(of: word, in: .activity) == nil)
    #expect(try await ledger.words.decided(school: LedgerBench.otherSchool).isEmpty)
    let now = try #require(try await entries().first)
    #expect(!now.isOpen && now.confirmation == confirmation)
  }

  @Test(arguments: [
    WordDecision.nothing, .ask, means, .means(WordMeaning(activity: "210", provider: .ownSchool)),
    .means(WordMeaning(provider: .named("Zz Garage"))), .means(WordMeaning(guaranteeStatus: "110")),
  ])
  func everyDecisionComesBackAsItWas(_ decision: WordDecision) async throws {
    try await read("a", [[try use("x")]])
    try await say(decision, of: try #require(try await entries().first))
    #expect(try await entries().first?.confirmation?.decision == decision)
  }

  @Test func sayingItAgainChangesNothingAndLaterTakesItsPlace() async throws {
    try await read("a", [[try use("Carmel")]])
    let entry = try #require(try await entries().first)
    try await say(Self.means, of: entry)
    #expect(try await say(Self.means, of: entry) == .unchanged("it was decided so already"))
    #expect(try await say(.ask, of: entry).isRefused, "an older sheet, which may lie there again")
    let now = try #require(try await entries().first)
    #expect(try await say(.ask, of: now) == .done("remembered in place of what was decided before"))
    #expect(try await entries().first?.confirmation?.decision == .ask)
    #expect(try bench.integer("SELECT count(*) FROM word_decision") == 2, "the history stays")
  }

  @Test func aSheetFromBeforeAnothersDecisionIsRefused() async throws {
    try await read("a", [[try use("Carmel")]])
    let before = try #require(try await entries().first)
    try await say(Self.means, of: before)
    let other = Person(name: "Sam Example", known: "file owner")
    #expect(try await say(.nothing, of: before, by: other).isRefused)
    #expect(try await say(Self.means, of: before, by: other) == .unchanged("it was decided so already"))
    let newest = try #require(try await entries().first)
    #expect(try await say(.nothing, of: newest, by: other).isRefused == false)
  }

  @Test func whatBelongsToNoWordIsRefused() async throws {
    try await read("a", [[try use("Carmel")]])
    let entry = try #require(try await entries().first)
    #expect(try await say(.ask, of: entry, school: LedgerBench.otherSchool).isRefused)
    for answer in [
      WordAnswer(key: "made up", field: .intendedDestination, decision: .ask),
      WordAnswer(key: entry.key, field: .activity, decision: .ask),
    ] {
      #expect(try await ledger.words.decide(answer, school: Self.school, by: somebody).isRefused)
    }
    #expect(try await ledger.words.decided(school: Self.school).isEmpty)
  }

  /// Columns can be sorted apart from the hidden one.
  @Test func aKeyBesideAnotherWordIsNotBelieved() async throws {
    try await read("a", [[try use("Carmel")]])
    let entry = try #require(try await entries().first)
    func say(_ shown: String) async throws -> AnswerOutcome {
      try await ledger.words.decide(
        WordAnswer(key: entry.key, shown: SchoolWord(shown), field: entry.field, decision: .ask), school: Self.school,
        by: somebody)
    }
    #expect(try await say("KGV").words.hasPrefix("the row shows another word"))
    #expect(try await ledger.words.decided(school: Self.school).isEmpty)
    #expect(try await say("CARMEL") == .done("remembered"))
  }

  @Test func aSheetOfWordsIsDoneInOneTransaction() async throws {
    try await read("a", [[try use("Carmel")], [try use("KGV")]])
    let found = try await entries()
    let object = try await ledger.objects.store(Array("sheet".utf8), kind: .export)
    let stored = try await ledger.sheets.recordStored(
      object, kind: .words, observation: Synthetic.observation("/w.xlsx"), school: Self.school, by: somebody)
    guard case .new(let sheet) = stored else {
      Issue.record("the sheet is new")
      return
    }
    let outcomes = try await ledger.sheets.apply(
      sheet,
      found.enumerated().map {
        SheetRowReading(
          row: $0.offset + 2,
          content: .answer(.word(WordAnswer(key: $0.element.key, field: $0.element.field, decision: .ask))))
      })
    #expect(outcomes == [2: .done("remembered"), 3: .done("remembered")])
  }

  // MARK: Open, and read anew

  @Test func aWordThatWasReadByADecisionThatNoLongerHoldsIsOpen() async throws {
    try await read("a", [[try use("Carmel")]])
    try await say(Self.means, of: try #require(try await entries().first))
    try await read("b", [[try use("Carmel", confirmation: 1)]])
    #expect(try await entries().first?.isOpen == true)
    try await say(.ask, of: try #require(try await entries().first))
    #expect(try await entries().first?.isOpen == false)
  }

  @Test func theNewestExportIsTakenAgainOnceForEachDecision() async throws {
    try await read("a", [[try use("Carmel")]])
    let newest = try await read("b", [[]], from: 1)
    #expect(try await ledger.words.takeAgain(school: Self.school) == nil, "nothing was decided")
    try await say(Self.means, of: try #require(try await entries().first))
    #expect(try await ledger.words.affectedExport(school: Self.school) == newest)
    let again = try #require(try await ledger.words.takeAgain(school: Self.school))
    let summaries = try await ledger.exports.inState(.stored)
    #expect(summaries.map(\.id) == [again])
    #expect(try await ledger.exports.summary(of: newest).object == summaries.first?.object)
    #expect(try await ledger.words.takeAgain(school: Self.school) == nil, "it is on its way")
    // The row of pupil 0 cannot be reached by it: that is no reason to go on for ever.
    try await fill(again, [[]], from: 1)
    try await decide(again)
    #expect(try await ledger.words.takeAgain(school: Self.school) == nil)
    try await say(.ask, of: try #require(try await entries().first))
    #expect(try await ledger.words.takeAgain(school: Self.school) != nil)
    #expect(try await ledger.audit().isClean)
  }

  @Test func nothingIsTakenAgainBeforeTheNewestIsDecidedOrWhereItIsCurrent() async throws {
    let id = try await read("a", [[try use("Carmel")]], isDecided: false)
    try await say(Self.means, of: try #require(try await entries().first))
    #expect(try await ledger.words.takeAgain(school: Self.school) == nil)
    try await decide(id)
    let again = try #require(try await ledger.words.takeAgain(school: Self.school))
    try await fill(again, [[try use("Carmel", confirmation: 1, isOpen: false)]])
    try await decide(again)
    #expect(try await ledger.words.affectedExport(school: Self.school) == nil)
  }

  // MARK: Forgotten

  @Test func aWordThatOnlyAnErasedPupilSaidIsForgotten() async throws {
    let id = try await read(
      "a", [[try use("app w/ uncle"), try use("here", .activity)], [try use("here", .activity)]])
    for entry in try await entries() { try await say(.ask, of: entry) }
    let pupils = try await ledger.pupils(of: id)
    #expect(try await ledger.words.forget(try #require(pupils[2])) == 1)
    #expect(try await entries().map(\.word.text) == ["here"], "another says that")
    #expect(try bench.integer("SELECT count(*) FROM school_word WHERE sealed_text IS NULL") == 1)
    #expect(try bench.integer("SELECT count(*) FROM word_decision WHERE sealed IS NULL") == 1)
    // Said by somebody else it is a word like any other.
    try await read("b", [[try use("app w/ uncle")]], from: 5)
    #expect(try await entries().contains { $0.word.text == "app w/ uncle" && $0.isOpen && $0.confirmation == nil })
    #expect(try await ledger.audit().isClean)
  }

  @Test func whatWasNotedIsNeverChanged() async throws {
    try await read("a", [[try use("Carmel")]])
    try await say(.ask, of: try #require(try await entries().first))
    for statement in [
      "UPDATE word_decision SET decision = 'nothing'", "DELETE FROM word_decision", "DELETE FROM school_word",
      "UPDATE word_use SET is_open = 0", "DELETE FROM word_use", "UPDATE school_word SET field = 'activity'",
    ] {
      #expect(throws: (any Error).self, "\(statement)") { try bench.tamper(statement) }
    }
  }

  @Test func todoCountsAndNamesNoWord() async throws {
    try await read("a", [[try use("app w/ uncle")], [try use("app w/ uncle")], [try use("Carmel")]])
    let item = try #require(try await ledger.overview.todo().first { $0.code == .wordsOpen })
    #expect(item.subjects == [Self.school.rawValue])
    #expect(
      item.text
        == "2 words of Example High, said of 3 leavers, wait for a meaning: the sheet of words lies on the desk")
    for entry in try await entries() { try await say(.nothing, of: entry) }
    #expect(!(try await ledger.overview.todo()).contains { $0.code == .wordsOpen })
  }
}
