// What answers of a person do, which are refused, and that a sheet is applied once.

import GRDB
import Leavers
import Testing

@testable import Ledger

@Suite("SheetsLedger") struct SheetsLedgerTests {
  private let bench: LedgerBench
  private let ledger: Ledger

  init() async throws {
    bench = try LedgerBench()
    ledger = try await bench.openWithSchools()
  }

  private func sheet(
    _ content: String, kind: SheetKind = .release, school: SchoolID = LedgerBench.school, version: Int = 1
  ) async throws -> SheetStored {
    try await ledger.sheets.recordStored(
      try await ledger.objects.store(Array(content.utf8), kind: .export), kind: kind,
      observation: Synthetic.observation("/desk/in/answers.xlsx", version: version), school: school,
      by: Person(name: "j.doe", known: "file owner"))
  }

  private func apply(
    _ answers: SheetAnswer..., school: SchoolID = LedgerBench.school, content: String = "answers"
  ) async throws -> [AnswerOutcome] {
    guard case .new(let id) = try await sheet(content, school: school) else {
      Issue.record("the sheet is not new")
      return []
    }
    let outcomes = try await ledger.sheets.apply(
      id, answers.enumerated().map { SheetRowReading(row: $0.offset + 2, content: .answer($0.element)) })
    return outcomes.sorted { $0.key < $1.key }.map(\.value)
  }

  private func waiting(_ content: String, _ reason: WaitReason = .release) async throws -> ReleaseRow {
    let export = try await ledger.readExport(content, clear: 2)
    try await ledger.returns.setScope(export, [.sefton])
    try await ledger.send(export, rows: [2, 3], next: .waiting(reason))
    try await ledger.returns.finish(export)
    return try #require(try await ledger.returns.releaseRows(school: LedgerBench.school).last)
  }

  private func release(_ key: String, _ decision: ReleaseAnswer.Decision = .release) -> SheetAnswer {
    .release(ReleaseAnswer(key: key, decision: decision, why: nil))
  }

  @Test func aReleaseOnASheetIsARelease() async throws {
    let row = try await waiting("one")
    #expect(
      row.count(.new) == 2 && row.gone == nil
        && row.leavers.map { $0.identity[.legalSurname] } == ["Surname0", "Surname1"])
    let outcomes = try await apply(release(row.key))
    #expect(outcomes == [.done("R1 for sefton is released")])
    #expect(try await ledger.returns.detail(row.release.summary.id).summary.state == .queued)
    #expect(try await apply(release(row.key), content: "later") == [.unchanged("R1 was released before")])
    let history = try await ledger.overview.history(of: row.release.summary.id.description)
    #expect(
      history.contains { $0.details.exposed["by"] == "j.doe" && $0.details.exposed["known"] == "file owner" })
    #expect(try await ledger.audit().isClean)
  }

  @Test func theBrakeIsOverriddenInWords() async throws {
    let row = try await waiting("one", .brake)
    #expect(try await apply(release(row.key)).map(\.isRefused) == [false])
  }

  @Test func whatIsWithdrawnDoesNotGo() async throws {
    let row = try await waiting("one")
    #expect(try await apply(release(row.key, .withdraw)) == [.done("R1 for sefton is withdrawn: it does not go")])
    #expect(try await ledger.returns.detail(row.release.summary.id).summary.state == .withdrawn)
    let after = try await apply(release(row.key), release(row.key, .withdraw), content: "later")
    #expect(after.map(\.isRefused) == [true, false])
  }

  @Test func onlyAPackOnTheDeskIsHandedOver() async throws {
    let row = try await waiting("one")
    let early = try await apply(release(row.key, .handedOver), content: "early")
    #expect(early.map(\.isRefused) == [true])
    #expect(try await ledger.returns.detail(row.release.summary.id).summary.state == .waiting(.release))
  }

  @Test func aPackIsNotHandedOverAgainstARefusal() async throws {
    let id = try await ledger.queuedReturn(publication: .desk)
    try await ledger.deliver(id)
    let row = try #require(try await ledger.returns.releaseRows(school: LedgerBench.school).first)
    _ = try await ledger.readExport("newer", [(Synthetic.record(1, upn: Synthetic.upn(1), sharing: "NO"), .clear)])
    let outcomes = try await apply(release(row.key, .handedOver), release(row.key, .withdraw))
    #expect(outcomes.map(\.isRefused) == [true, false])
    #expect(outcomes[0].words.contains("sharing refused. Take the pack away"))
    #expect(outcomes[1].words.contains("its pack may still lie on the desk: take it away"))
    #expect(try await ledger.returns.detail(id).summary.state == .withdrawn)
    let late = try await apply(release(row.key, .handedOverBefore), content: "late")
    #expect(
      late == [.refused("\(id) was withdrawn; if sefton has it all the same, tell sefton that it may not be used")])
  }

  @Test func aPackThatWentBeforeARefusalIsSaidToHaveGone() async throws {
    let id = try await ledger.queuedReturn(publication: .desk)
    try await ledger.deliver(id)
    let row = try #require(try await ledger.returns.releaseRows(school: LedgerBench.school).first)
    _ = try await ledger.readExport("newer", [(Synthetic.record(1, upn: Synthetic.upn(1), sharing: "NO"), .clear)])
    let outcomes = try await apply(release(row.key, .handedOver), release(row.key, .handedOverBefore))
    #expect(outcomes.map(\.isRefused) == [true, false])
    #expect(outcomes[1].words.hasPrefix("\(id) is with sefton; tell sefton what may no longer be used of \(id)"))
    #expect(try await ledger.returns.detail(id).summary.state == .delivered)
    let again = try await apply(release(row.key, .handedOverBefore), content: "again")
    #expect(again == [.unchanged("\(id) is with sefton already")])
  }

  /// The key is of these bytes: an answer to an older return lets no newer one go.
  @Test func anAnswerToAReturnThatWasReplacedIsRefused() async throws {
    let old = try await waiting("one")
    let new = try await waiting("two")
    #expect(old.key != new.key)
    let outcomes = try await apply(release(old.key))
    #expect(outcomes.first?.isRefused == true && outcomes.first?.words.contains("replaced") == true)
    #expect(try await ledger.returns.detail(new.release.summary.id).summary.state == .waiting(.release))
  }

  @Test func aKeyOfAnotherSchoolOrNoneIsRefused() async throws {
    let row = try await waiting("one")
    #expect(try await apply(release(row.key), school: LedgerBench.otherSchool).map(\.isRefused) == [true])
    #expect(try await apply(release("0011"), content: "made up").map(\.isRefused) == [true])
    #expect(try await ledger.returns.detail(row.release.summary.id).summary.state == .waiting(.release))
  }

  /// Columns can be sorted apart from the hidden one.
  @Test func aKeyBesideAnotherReturnIsNotBelieved() async throws {
    let row = try await waiting("one")
    func shown(_ shown: String) -> SheetAnswer {
      .release(ReleaseAnswer(key: row.key, shown: shown, decision: .release, why: nil))
    }
    let refused = try await apply(shown("R2"))
    #expect(refused.map(\.isRefused) == [true] && refused[0].words.hasPrefix("the row shows another return"))
    #expect(try await ledger.returns.detail(row.release.summary.id).summary.state == .waiting(.release))
    #expect(try await apply(shown("R1"), content: "right").map(\.isRefused) == [false])
  }

  @Test func keysAreNoNumbers() async throws {
    let key = try await waiting("one").key
    #expect(key.first?.isHexDigit == false && key.count == 21)
    #expect(RowKeyText.read(key.uppercased()) == key && RowKeyText.read(String(key.dropFirst())) == key)
    #expect(RowKeyText.read("12") == "12")
  }

  // MARK: Questions

  @Test func aKeyBesideAnotherLeaverIsNotBelieved() async throws {
    let asked = try await question()
    func died(_ shown: LeaverRecord) -> SheetAnswer {
      .question(QuestionAnswer(key: asked.key, shown: shown, answer: .died, note: nil))
    }
    var other = asked.pupil
    other[.legalForename] = "Somebody"
    let refused = try await apply(died(other))
    #expect(refused.map(\.isRefused) == [true] && refused[0].words.hasPrefix("the row shows another leaver"))
    #expect(try await ledger.questions.answer(of: asked.question.id) == nil)
    #expect(try await apply(died(asked.pupil), content: "right").map(\.isRefused) == [false])
  }

  private func question() async throws -> QuestionToAsk {
    for (content, count) in [("three", 3), ("two", 2)] {
      let export = try await ledger.readExport(content, clear: count)
      try await ledger.returns.setScope(export, [])
      try await ledger.returns.finish(export, extent: .full)
    }
    return try #require(try await ledger.questions.toAsk(school: LedgerBench.school).first)
  }

  @Test func aQuestionIsAnsweredOnce() async throws {
    let asked = try await question()
    #expect(asked.pupil[.legalSurname] == "Surname2")
    func answer(_ answer: LeaverQuestion.Answer) -> SheetAnswer {
      .question(QuestionAnswer(key: asked.key, answer: answer, note: "told by telephone"))
    }
    let outcomes = try await apply(answer(.moved), answer(.moved), answer(.died))
    #expect(outcomes.map(\.words).first == "Q1 is answered: moved away")
    #expect(outcomes[1] == .unchanged("Q1 is answered so already") && outcomes[2].isRefused)
    #expect(try await ledger.questions.answer(of: asked.question.id) == .moved)
    #expect(try await ledger.questions.toAsk(school: LedgerBench.school).isEmpty)
  }

  @Test func whoIsInAnExportAgainNeedsNoAnswer() async throws {
    let asked = try await question()
    let export = try await ledger.readExport("again three", clear: 3)
    try await ledger.returns.setScope(export, [])
    try await ledger.returns.finish(export, extent: .full)
    let outcomes = try await apply(.question(QuestionAnswer(key: asked.key, answer: .left, note: nil)))
    #expect(outcomes == [.unchanged("Q1: the leaver is in an export again; nobody need answer")])
    #expect(
      try await apply(.question(QuestionAnswer(key: "ff", answer: .left, note: nil)), content: "x").map(\.isRefused)
        == [true])
  }

  // MARK: Files that lie there again

  /// Renamed, given other rights or brought back from a backup: an older sheet is not done again over a newer one.
  @Test func anOlderSheetUnderAnotherNameIsARepeat() async throws {
    func put(_ content: String, _ path: String, modified: Int64) async throws -> SheetStored {
      try await ledger.sheets.recordStored(
        try await ledger.objects.store(Array(content.utf8), kind: .export), kind: .words,
        observation: SourceObservation(path: path, device: 1, inode: 2, size: 1, modified: modified, changed: 9),
        school: LedgerBench.school, by: somebody)
    }
    let (first, second) = (SheetID(rawValue: 1), SheetID(rawValue: 2))
    #expect(try await put("A", "/in/a.xlsx", modified: 5) == .new(first))
    #expect(try await put("A", "/in/a.xlsx", modified: 6) == .repeat(of: first))
    try await ledger.sheets.apply(first, [])
    #expect(try await put("B", "/in/b.xlsx", modified: 7) == .new(second))
    #expect(try await put("A", "/in/old/a.xlsx", modified: 6) == .repeat(of: first))
    #expect(try await put("B", "/in/b.xlsx", modified: 8) == .repeat(of: second))
    #expect(try await put("A", "/in/a.xlsx", modified: 9) == .new(SheetID(rawValue: 3)), "said anew")
    let error = await ledgerError {
      _ = try await ledger.sheets.recordStored(
        try await ledger.objects.store([1], kind: .export), kind: .words, observation: Synthetic.observation("/x"),
        school: SchoolID(rawValue: "9999999"), by: somebody)
    }
    #expect(error?.code == .notFound)
  }

  // MARK: The sheet itself

  @Test func aSheetIsAppliedOnceAndItsOutcomesStay() async throws {
    let row = try await waiting("one")
    guard case .new(let id) = try await sheet("answers") else { return #expect(Bool(false)) }
    #expect(try await ledger.sheets.inState(.stored).map(\.id) == [id])
    let reading = [
      SheetRowReading(row: 2, content: .answer(release(row.key))),
      SheetRowReading(row: 3, content: .mistake("no such word")),
    ]
    let first = try await ledger.sheets.apply(id, reading)
    let again = try await ledger.sheets.apply(id, [SheetRowReading(row: 2, content: .mistake("other"))])
    #expect(first == again && first[3] == .refused("no such word"))
    #expect(try await ledger.sheets.outcomes(of: id) == first)
    #expect(try await ledger.sheets.notHandedBack().map(\.state) == [.applied])
    try await ledger.sheets.handedBack(id)
    #expect(try await ledger.sheets.notHandedBack().isEmpty)
    #expect(try await ledger.sheets.source(of: id) == "/desk/in/answers.xlsx")
    #expect(try await ledger.audit().isClean)
  }

  @Test func theSameContentIsARepeatOnlyOfTheNewest() async throws {
    #expect(try await sheet("a") == .new(SheetID(rawValue: 1)))
    #expect(try await sheet("a", version: 2) == .repeat(of: SheetID(rawValue: 1)))
    #expect(
      try await ledger.sheets.isKnown(
        Synthetic.observation("/desk/in/answers.xlsx", version: 2), school: LedgerBench.school))
    #expect(
      try await !ledger.sheets.isKnown(
        Synthetic.observation("/desk/in/answers.xlsx", version: 3), school: LedgerBench.school))
    #expect(try await sheet("b", version: 3) == .new(SheetID(rawValue: 2)))
    #expect(try await sheet("a", version: 4) == .new(SheetID(rawValue: 3)))
    try await ledger.sheets.refuse(SheetID(rawValue: 3), why: "it cannot be read")
    #expect(try await ledger.sheets.inState(.refused).map(\.refused) == ["it cannot be read"])
    // What could not be read is looked at again.
    #expect(try await sheet("a", version: 5) == .new(SheetID(rawValue: 4)))
  }

  @Test func theDatabaseRefusesASecondApplication() async throws {
    _ = try await sheet("a")
    #expect(throws: (any Error).self) { try bench.tamper("UPDATE sheet SET state = 'stored', applied_at = 1") }
    #expect(throws: (any Error).self) { try bench.tamper("DELETE FROM sheet") }
    #expect(throws: (any Error).self) {
      try bench.tamper("INSERT INTO sheet_outcome VALUES (1, 2, 'done', 'x'); UPDATE sheet_outcome SET words = 'y'")
    }
  }

  @Test func stampsChangeWithWhatTheSheetsAreMadeOf() async throws {
    let before = try await ledger.sheets.stamps(school: LedgerBench.school)
    let row = try await waiting("one")
    let waiting = try await ledger.sheets.stamps(school: LedgerBench.school)
    #expect(
      before.release != waiting.release && before.pupils != waiting.pupils && before.questions == waiting.questions)
    _ = try await apply(release(row.key))
    #expect(try await ledger.sheets.stamps(school: LedgerBench.school).release == before.release)
    _ = try await question()
    #expect(try await ledger.sheets.stamps(school: LedgerBench.school).questions == "1")
  }
}
