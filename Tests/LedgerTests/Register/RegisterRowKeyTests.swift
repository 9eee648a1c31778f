// How far the hidden key of a row of the register is believed, and that no decision that waits for its pupil is lost by it.

import Leavers
import Testing

@testable import Ledger

@Suite("RegisterRowKeys") struct RegisterRowKeyTests {
  private let bench: LedgerBench
  private let ledger: Ledger

  init() async throws {
    bench = try LedgerBench()
    ledger = try await bench.openWithSchools()
  }

  private static let school = LedgerBench.school
  private static let today = LondonTime.day(of: Timestamp(milliseconds: 1_782_475_200_000))
  private static let pat = LeaverRecord([
    .legalSurname: "Newcomer", .legalForename: "Pat", .dateOfBirth: "2010-05-05",
  ])
  private static let sam = LeaverRecord([
    .legalSurname: "Newcomer", .legalForename: "Sam", .dateOfBirth: "2010-05-05",
  ])
  private static let other = LeaverRecord([
    .legalSurname: "Stranger", .legalForename: "Kim", .dateOfBirth: "2010-09-09",
  ])

  private func pupil(_ number: Int = 1) async throws -> PupilID {
    let record = Synthetic.record(number, upn: Synthetic.upn(number), [.dateOfBirth: "2010-03-04"])
    let export = try await ledger.readExport("export \(number)", [(record, .clear)])
    return try #require(try await ledger.pupils(of: export)[2])
  }

  private static func answer(
    _ decision: RegisterDecision, _ pupil: PupilID? = nil, given: LeaverRecord, key: String? = nil,
    on day: CalendarDate = today.adding(days: -2), scope: RegisterScope = .all
  ) -> RegisterAnswer {
    RegisterAnswer(
      key: key, given: given, pupil: pupil, action: .enter(decision), scope: scope, decidedOn: day,
      decidedBy: "the young person", how: "letter", note: nil)
  }

  @discardableResult
  private func apply(_ answer: RegisterAnswer) async throws -> AnswerOutcome {
    try await ledger.store.write { try $0.apply(answer, school: Self.school, by: somebody) }
  }

  /// The rows of one sheet.
  private func put(_ answers: RegisterAnswer...) async throws -> [AnswerOutcome] {
    try await put(
      answers.enumerated().map { SheetRowReading(row: $0.offset + 2, content: .answer(.register($0.element))) })
  }

  private func put(_ rows: [SheetRowReading]) async throws -> [AnswerOutcome] {
    let object = try await ledger.objects.store(Array("a sheet of \(rows.count)".utf8), kind: .export)
    let stored = try await ledger.sheets.recordStored(
      object, kind: .register, observation: Synthetic.observation("/register.xlsx"), school: Self.school, by: somebody)
    guard case .new(let sheet) = stored else {
      Issue.record("the sheet is new")
      return []
    }
    let outcomes = try await ledger.sheets.apply(sheet, rows)
    return outcomes.sorted { $0.key < $1.key }.map(\.value)
  }

  /// An export names Sam.
  private func samPupil() async throws -> PupilID {
    let export = try await ledger.readExport("Sam", [(Self.sam, .clear)])
    return try #require(try await ledger.pupils(of: export)[2])
  }

  private func waiting() async throws -> [PendingDecision] { try await ledger.register.pending(school: Self.school) }

  /// The forenames of those for whom decisions wait.
  private func names() async throws -> [String] { try await waiting().compactMap { $0.given[.legalForename] } }

  private func keyOfPat() async throws -> String {
    try await apply(Self.answer(.sharingRefused, given: Self.pat))
    return try #require(try await waiting().first { $0.given == Self.pat }).key
  }

  // MARK: The key of an entry

  @Test func aCopiedRowWithTheNameOfSomebodyUnknownIsNotAboutThePupilOfItsKey() async throws {
    let pupil = try await pupil()
    try await apply(Self.answer(.doNotContact, pupil, given: LeaverRecord()))
    let key = try #require(try await ledger.register.standing(school: Self.school).first).key
    #expect(try await apply(Self.answer(.sharingRefused, given: Self.pat, key: key)).isRefused)
    #expect(try await ledger.register.entries(of: pupil).all.map(\.decision) == [.doNotContact])
    #expect(try await names() == ["Pat"], "it is kept for whom it is about")
    // The UPN was left in the copied row, and the name was not.
    var twin = try await ledger.replies.identity(of: pupil)
    twin[.legalForename] = "Twin"
    #expect(try await apply(Self.answer(.sharingRefused, given: twin, key: key)).isRefused)
    #expect(try await ledger.register.entries(of: pupil).all.count == 1)
  }

  @Test func aRowThatSpeaksForItsKeyOrNamesNobodyIsAboutItsPupil() async throws {
    let pupil = try await pupil()
    try await apply(Self.answer(.doNotContact, pupil, given: LeaverRecord()))
    let key = try #require(try await ledger.register.standing(school: Self.school).first).key
    var mended = try await ledger.replies.identity(of: pupil)
    mended[.legalSurname] = "Newname"
    #expect(try await apply(Self.answer(.sharingRefused, given: mended, key: key)) == .done("entered as D2"))
    #expect(try await apply(Self.answer(.addressProtected, given: LeaverRecord(), key: key)) == .done("entered as D3"))
    #expect(try await waiting().isEmpty)
  }

  /// A row of a sheet from before an export named the pupil otherwise.
  @Test func aRowWithTheNameOfBeforeIsAboutItsPupil() async throws {
    let pupil = try await pupil()
    let before = try await ledger.replies.identity(of: pupil)
    let asItWas = Self.answer(.sharingRefused, pupil, given: before)
    try await apply(asItWas)
    let key = try #require(try await ledger.register.standing(school: Self.school).first).key
    let stamp = try await ledger.register.stamp(school: Self.school)
    var renamed = Synthetic.record(1, upn: Synthetic.upn(1), [.dateOfBirth: "2010-03-04"])
    renamed[.legalForename] = "Renamed"
    _ = try await ledger.readExport("renamed", [(renamed, .clear)])
    #expect(try await ledger.register.stamp(school: Self.school) != stamp, "the sheet is written with the new name")
    #expect(
      try await apply(Self.answer(.sharingRefused, given: before, key: key))
        == .unchanged("in the register already (D1)"))
    #expect(
      try await apply(Self.answer(.refusalWithdrawn, given: before, key: key, on: Self.today)) == .done("entered as D2")
    )
    #expect(try await waiting().isEmpty)
    // A name that no export ever gave the pupil is another child's.
    var twin = before
    twin[.legalForename] = "Twin"
    #expect(try await apply(Self.answer(.sharingRefused, given: twin, key: key)).isRefused)
    #expect(try await names() == ["Twin"])
  }

  // MARK: What waits for its pupil

  @Test func aCorrectionThatIsRefusedLosesNothing() async throws {
    let key = try await keyOfPat()
    #expect(try await apply(Self.answer(.sharingRefused, given: LeaverRecord(), key: key)).isRefused)
    let sefton = RegisterScope(authority: ScopeEntry.sefton.authority)
    #expect(try await apply(Self.answer(.addressProtected, given: Self.pat, key: key, scope: sefton)).isRefused)
    #expect(
      try await apply(Self.answer(.sharingRefused, given: Self.sam, key: key, on: Self.today.adding(days: 9000)))
        .isRefused)
    let still = try await waiting()
    #expect(still.map(\.decision) == [.sharingRefused] && still.first?.given == Self.pat)
  }

  @Test func aCorrectionIsTakenBack() async throws {
    let key = try await keyOfPat()
    try await apply(Self.answer(.sharingRefused, given: Self.sam, key: key))
    let second = try #require(try await waiting().first).key
    #expect(try await names() == ["Sam"])
    #expect(try await apply(Self.answer(.sharingRefused, given: Self.pat, key: second)).isRefused)
    #expect(try await names() == ["Pat"])
    // A new row says what the correction took away; the row of a sheet from before does not.
    #expect(
      try await apply(Self.answer(.sharingRefused, given: Self.sam, key: second))
        == .unchanged("corrected since, in a newer sheet"))
    #expect(try await apply(Self.answer(.sharingRefused, given: Self.sam)).isRefused)
    #expect(try await names() == ["Pat", "Sam"])
    #expect(try await ledger.audit().isClean)
  }

  @Test func aCorrectionIntoWhatWaitsAlreadyLeavesOne() async throws {
    let key = try await keyOfPat()
    try await apply(Self.answer(.sharingRefused, given: Self.sam))
    try await apply(Self.answer(.sharingRefused, given: Self.sam, key: key))
    #expect(try await names() == ["Sam"])
  }

  @Test func aCopiedRowTakesNothingAlong() async throws {
    let key = try await keyOfPat()
    let asItWas = Self.answer(.sharingRefused, given: Self.pat, key: key)
    let twin = Self.answer(.sharingRefused, given: Self.sam, key: key)
    let outcomes = try await put(asItWas, twin)
    #expect(outcomes.map(\.isRefused) == [false, true])
    #expect(try await names() == ["Pat", "Sam"])
  }

  @Test func aCopyAboveItsRowTakesNothingAlong() async throws {
    let key = try await keyOfPat()
    _ = try await put(
      Self.answer(.sharingRefused, given: Self.sam, key: key), Self.answer(.sharingRefused, given: Self.pat, key: key))
    #expect(Set(try await names()) == ["Pat", "Sam"])
  }

  @Test func aCopyOfARowThatCannotBeReadTakesNothingAlong() async throws {
    let key = try await keyOfPat()
    let twin = Self.answer(.sharingRefused, given: Self.sam, key: key)
    let outcomes = try await put([
      SheetRowReading(row: 2, key: key, content: .mistake("the date of the decision cannot be read")),
      SheetRowReading(row: 3, key: key, content: .answer(.register(twin))),
    ])
    #expect(outcomes.map(\.isRefused) == [true, true])
    #expect(try await names() == ["Pat", "Sam"])
  }

  @Test func oneOfTwoCopiesIsNotDropped() async throws {
    let key = try await keyOfPat()
    let drop = RegisterAnswer(
      key: key, given: Self.pat, pupil: nil, action: .drop, decidedOn: Self.today, decidedBy: "", how: "")
    let outcomes = try await put(drop, Self.answer(.sharingRefused, given: Self.sam, key: key))
    #expect(outcomes[0].words.hasPrefix("rows of this sheet are copies of each other"))
    #expect(try await names() == ["Pat", "Sam"])
  }

  @Test func theKeyBesideAnotherChildCountsForNothing() async throws {
    let key = try await keyOfPat()
    #expect(try await apply(Self.answer(.sharingRefused, given: Self.other, key: key)).isRefused)
    #expect(try await names() == ["Pat", "Kim"])
    let pupil = try await pupil()
    let known = try await ledger.replies.identity(of: pupil)
    #expect(try await apply(Self.answer(.sharingRefused, pupil, given: known, key: key)) == .done("entered as D1"))
    let drop = RegisterAnswer(
      key: key, given: Self.other, pupil: nil, action: .drop, decidedOn: Self.today, decidedBy: "", how: "")
    #expect(try await apply(drop).isRefused)
    #expect(try await names() == ["Pat", "Kim"])
  }

  /// A key that was written over with somebody who is known settles nothing of whom it was about before.
  @Test func aRowWrittenOverWithAPupilLosesNobody() async throws {
    let key = try await keyOfPat()
    let pupil = try await samPupil()
    _ = try await put(
      Self.answer(.sharingRefused, pupil, given: Self.sam, key: key),
      Self.answer(.sharingRefused, given: Self.pat, key: key))
    #expect(try await names() == ["Pat"])
    #expect(try await ledger.register.entries(of: pupil).all.map(\.decision) == [.sharingRefused])
    #expect(try await ledger.audit().isClean)
  }

  @Test func whoWasWrittenOverByMistakeIsKeptWhenAddedAnew() async throws {
    let key = try await keyOfPat()
    let pupil = try await samPupil()
    #expect(
      try await apply(Self.answer(.sharingRefused, pupil, given: Self.sam, key: key)) == .done("entered as D1"))
    #expect(try await names().isEmpty)
    #expect(
      try await apply(Self.answer(.sharingRefused, given: Self.pat, key: key))
        == .unchanged("corrected since, in a newer sheet"))
    #expect(try await apply(Self.answer(.sharingRefused, given: Self.pat)).isRefused)
    #expect(try await names() == ["Pat"])
    #expect(try await ledger.audit().isClean)
  }

  @Test func aCorrectionIntoWhatIsEnteredLeavesNothingWaiting() async throws {
    try await apply(Self.answer(.sharingRefused, given: Self.sam))
    let waitsForSam = try #require(try await waiting().first)
    try await ledger.register.settle(waitsForSam, about: try await samPupil())
    let key = try await keyOfPat()
    // Two of the school answer to it now, so that the row is of none.
    #expect(
      try await apply(Self.answer(.sharingRefused, given: Self.sam, key: key))
        == .unchanged("in the register already (D1)"))
    #expect(try await waiting().isEmpty)
    #expect(try await ledger.audit().isClean)
  }

  @Test func whatWasDroppedByMistakeIsToldHowToBeKept() async throws {
    let key = try await keyOfPat()
    let drop = RegisterAnswer(
      key: key, given: Self.pat, pupil: nil, action: .drop, decidedOn: Self.today, decidedBy: "", how: "")
    #expect(try await !apply(drop).isRefused)
    let again = try await apply(Self.answer(.sharingRefused, given: Self.pat))
    #expect(again.words.hasPrefix("dropped before as about nobody of this school; if that was wrong, give"))
    var more = Self.pat
    more[.upn] = Synthetic.upn(7)
    #expect(try await apply(Self.answer(.sharingRefused, given: more)).isRefused)
    #expect(try await waiting().map(\.given) == [more])
  }

  /// A row may have waited that says too little for a correction to be told from another child.
  @Test func whatWaitsUnderASurnameAloneIsDroppedByItsKey() async throws {
    let given = LeaverRecord([.legalSurname: "Newcomer"])
    try await apply(Self.answer(.sharingRefused, given: given))
    let key = try #require(try await waiting().first).key
    #expect(
      try await apply(Self.answer(.sharingRefused, given: given, key: key))
        == .unchanged("it still waits for an export that names the pupil"))
    let drop = RegisterAnswer(
      key: key, given: given, pupil: nil, action: .drop, decidedOn: Self.today, decidedBy: "", how: "")
    #expect(try await !apply(drop).isRefused)
    #expect(try await waiting().isEmpty)
  }

  // MARK: Days that cannot be meant

  @Test func aDayYearsAheadIsRefused() async throws {
    let pupil = try await pupil()
    let far = Self.today.adding(days: 36 * 365)
    let refusal = AnswerOutcome.refused("the date of the decision lies more than a year ahead; correct it")
    #expect(try await apply(Self.answer(.sharingRefused, pupil, given: LeaverRecord(), on: far)) == refusal)
    #expect(try await apply(Self.answer(.sharingRefused, given: Self.pat, on: far)) == refusal)
    #expect(try await waiting().isEmpty)
    let soon = Self.answer(.addressProtected, pupil, given: LeaverRecord(), on: Self.today.adding(days: 30))
    #expect(try await !apply(soon).isRefused)
  }
}
