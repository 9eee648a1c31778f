// An export of rows that are gone through again because the register changed: what it is compared with, what it takes along,
// and that nothing of it goes back to the desk.

import Leavers
import Testing

@testable import Ledger

@Suite("Rows gone through again") struct RenewalTests {
  private static let school = LedgerBench.school
  private static let yesterday = LondonTime.day(of: Timestamp(milliseconds: 1_782_475_200_000)).adding(days: -1)
  private let bench: LedgerBench
  private let ledger: Ledger

  init() async throws {
    bench = try LedgerBench()
    ledger = try await bench.openWithSchools()
  }

  /// An export of pupils 0 and 1, decided; the first says the words.
  @discardableResult
  private func export(_ content: String, series: ExportSeries = .export, words: [RowWord] = []) async throws -> ExportID
  {
    let id = try await ledger.storeExport(content)
    let generation = try await ledger.exports.beginReading(id)
    try await ledger.exports.append(
      rows: (0..<2).map {
        RowDraft(
          rowNumber: $0 + 2, record: Synthetic.record($0, upn: Synthetic.upn($0)), cohort: Synthetic.cohort,
          verdict: .clear, words: $0 == 0 ? words : [])
      }, export: id, generation: generation)
    try await ledger.exports.finishReading(
      id, generation: generation,
      summary: ReadingSummary(
        rowsRead: 2, blankRows: 0, columns: [], encoding: "utf-8", delimiter: ",", errors: 0, warnings: 0, notes: 0,
        series: series), findings: [])
    try await decide(id)
    return id
  }

  private func decide(_ id: ExportID) async throws {
    try await ledger.returns.setScope(id, [])
    try await ledger.returns.finish(id)
    try await ledger.exports.handedBack(id, withFates: true)
  }

  /// Sharing is refused about pupil 1; gives the export of the rows that are gone through again.
  private func renew(_ newest: ExportID) async throws -> ExportID {
    bench.clock.advance(by: .seconds(60))
    let pupil = try #require(try await ledger.pupils(of: newest)[3])
    try await ledger.register.enter(
      .sharingRefused, about: pupil, decidedOn: Self.yesterday,
      particulars: RegisterParticulars(decidedBy: "mother", how: "letter", recordedBy: somebody))
    let renewals = try await ledger.register.renew(schools: [Self.school], consents: false)
    let renewal = try #require(renewals.first)
    #expect(renewal.renews == newest)
    return renewal.export
  }

  @Test func itIsOfTheSeriesOfItsRows() async throws {
    let system = try await export("system")
    let sheet = try await export("sheet", series: .sheet)
    let renewed = try await renew(sheet)
    let object = try await ledger.objects.store(Array("system".utf8), kind: .export)
    let outcome = try await ledger.exports.recordStored(
      object, observation: Synthetic.observation(version: 9), school: Self.school, mis: "sims",
      observedAt: bench.clock.now())
    #expect(outcome == .repeat(of: system), "the system's unchanged export is no news")
    #expect(try await ledger.exports.summary(of: renewed).state == .read)
  }

  @Test func theWordsOfItsRowsStand() async throws {
    let word = RowWord(
      field: .activity, word: try #require(SchoolWord("here")), confirmation: nil, isOpen: true, filled: [])
    let first = try await export("a", words: [word])
    let renewed = try await renew(first)
    #expect(try await ledger.returns.rows(of: renewed).map(\.undecided) == [[.activity], []])
    let entry = try #require(try await ledger.words.entries(school: Self.school).first)
    #expect(entry.isOpen && entry.rows.map(\.export) == [renewed])
    try await decide(renewed)
    let answer = WordAnswer(key: entry.key, field: entry.field, decision: .means(WordMeaning(activity: "210")))
    #expect(try await ledger.words.decide(answer, school: Self.school, by: somebody) == .done("remembered"))
    #expect(try await ledger.words.affectedExport(school: Self.school) == renewed)
    #expect(try await ledger.audit().isClean)
  }

  @Test func theFilesOfItsRowsStayTheNewest() async throws {
    let first = try await export("a")
    try await ledger.exports.recordDeskFile(
      school: Self.school, name: "a.findings.csv", sha256: String(repeating: "a", count: 64), export: first)
    _ = try await renew(first)
    bench.clock.advance(by: .seconds(60))
    #expect(
      try await ledger.exports.expiredDeskFiles(of: Self.school, writtenBefore: bench.clock.now()).isEmpty)
  }

  @Test func nothingOfItGoesBackToTheDesk() async throws {
    let renewed = try await renew(try await export("a"))
    #expect(try await ledger.exports.notHandedBack().isEmpty)
    try await ledger.returns.setScope(renewed, [])
    try await ledger.returns.finish(renewed)
    #expect(try await ledger.exports.notHandedBack().isEmpty, "nor once it is decided")
  }
}
