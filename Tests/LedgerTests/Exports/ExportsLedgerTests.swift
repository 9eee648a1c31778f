// Exports from stored to read: repeats, generations, counts, what is handed back, what is refused.

import Leavers
import Testing

@testable import Ledger

@Suite struct ExportsLedgerTests {
  private let bench: LedgerBench

  init() throws { bench = try LedgerBench() }

  @Test func aNewExportIsStoredAndItsFileKnown() async throws {
    let ledger = try await bench.openWithSchools()
    let look = Synthetic.observation("/srv/exports/Ann Example.csv")
    #expect(try await !ledger.exports.isKnown(look, school: LedgerBench.school))
    let object = try await ledger.objects.store(Array("UPN\n".utf8), kind: .export)
    let outcome = try await ledger.exports.recordStored(
      object, observation: look, school: LedgerBench.school, mis: "sims", observedAt: Timestamp(milliseconds: 5))
    let id = ExportID(rawValue: 1)
    #expect(outcome == .new(id))
    #expect(try await ledger.exports.isKnown(look, school: LedgerBench.school))
    #expect(try await !ledger.exports.isKnown(look, school: LedgerBench.otherSchool))
    #expect(try await !ledger.exports.isKnown(Synthetic.observation("/srv/other.csv"), school: LedgerBench.school))
    #expect(
      try await !ledger.exports.isKnown(
        Synthetic.observation("/srv/exports/Ann Example.csv", version: 2), school: LedgerBench.school))
    #expect(try await ledger.exports.source(of: id) == "/srv/exports/Ann Example.csv")
    let summary = try #require(try await ledger.exports.inState(.stored).first)
    #expect(summary.id == id)
    #expect(summary.school == LedgerBench.school)
    #expect(summary.object == object.name)
    #expect(summary.sha256 == object.sha256)
    #expect(summary.size == 4)
    #expect(summary.observedAt == Timestamp(milliseconds: 5))
    #expect(summary.mis == "sims")
    #expect(summary.generation == 0)
    #expect(summary.rowsRead == 0)
    #expect(try await ledger.objects.read(object.name) == Array("UPN\n".utf8))
    #expect("\(look)".contains("Ann") == false)
    #expect(Mirror(reflecting: look).children.isEmpty)
  }

  @Test func theNewestContentOnceMoreIsNoExport() async throws {
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.storeExport("a")
    let again = try await ledger.objects.store(Array("a".utf8), kind: .export)
    let outcome = try await ledger.exports.recordStored(
      again, observation: Synthetic.observation(version: 2), school: LedgerBench.school, mis: nil,
      observedAt: Timestamp(milliseconds: 9))
    #expect(outcome == .repeat(of: first))
    #expect(try await ledger.exports.isKnown(Synthetic.observation(version: 2), school: LedgerBench.school))
    #expect(try await !ledger.exports.isKnown(Synthetic.observation(version: 1), school: LedgerBench.school))
    // Another school's head is its own.
    #expect(try await ledger.storeExport("a", school: LedgerBench.otherSchool) != first)
    // Back to an older content is an export: it is what the school says now.
    let second = try await ledger.storeExport("b", version: 3)
    let third = try await ledger.storeExport("a", version: 4)
    #expect(Set([first, second, third]).count == 3)
    #expect(try bench.objectFiles().count == 2)
    #expect(try await ledger.exports.inState(.stored, school: LedgerBench.school).map(\.id) == [first, second, third])
    #expect(try await ledger.audit().isClean)
  }

  private func store(
    _ ledger: Ledger, _ content: String, _ path: String, written: Int, observedAt: Int64 = 9
  ) async throws -> StoredOutcome {
    try await ledger.exports.recordStored(
      try await ledger.objects.store(Array(content.utf8), kind: .export),
      observation: Synthetic.observation(path, version: written), school: LedgerBench.school, mis: nil,
      observedAt: Timestamp(milliseconds: observedAt))
  }

  /// Where an older file is moved, gets other rights, or is brought back, its answers are no newer than they were.
  @Test func anOldFileThatIsMovedOrRestoredIsNoNewExport() async throws {
    let ledger = try await bench.openWithSchools()
    let old = ExportID(rawValue: 1)
    #expect(try await store(ledger, "yes", "/srv/a.csv", written: 10) == .new(old))
    #expect(try await store(ledger, "no", "/srv/b.csv", written: 20) == .new(ExportID(rawValue: 2)))
    #expect(try await store(ledger, "yes", "/srv/old/a.csv", written: 10) == .outdated(old), "moved")
    #expect(try await store(ledger, "yes", "/srv/b.csv", written: 9) == .outdated(old), "restored over a newer one")
    // Known by now: they are not asked about again at every look.
    #expect(
      try await ledger.exports.isKnown(Synthetic.observation("/srv/old/a.csv", version: 10), school: LedgerBench.school)
    )
    // Written anew, also at the same place, it is what the school says now.
    #expect(try await store(ledger, "yes", "/srv/b.csv", written: 31) == .new(ExportID(rawValue: 3)))
    #expect(try await ledger.audit().isClean)
  }

  @Test func aClockThatWasAheadHoldsBackNothingThatIsWrittenLater() async throws {
    let ledger = try await bench.openWithSchools()
    // Observed at 9 ms, written in the year 2096 by its own clock.
    #expect(try await store(ledger, "a", "/a", written: 4_000_000_000_000_000_000) == .new(ExportID(rawValue: 1)))
    #expect(try await store(ledger, "b", "/b", written: 20) == .new(ExportID(rawValue: 2)))
    #expect(try await store(ledger, "a", "/a", written: 10_000_000) == .new(ExportID(rawValue: 3)))
  }

  @Test func whatWasUnreadableIsReadAgain() async throws {
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.storeExport("a")
    try await ledger.exports.markUnreadable(first, code: FindingCode(rawValue: "L006"), message: "no headings")
    #expect(try await store(ledger, "a", "/renamed.csv", written: 1) == .new(ExportID(rawValue: 2)))
  }

  @Test func aPersonHasAnExportTakenInAgain() async throws {
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.storeExport("a")
    let person = Person(name: "admin", known: "login user")
    let early = await ledgerError { _ = try await ledger.exports.again(first, by: person, why: nil) }
    #expect(early?.code == .conflict)
    try await ledger.exports.markUnreadable(first, code: FindingCode(rawValue: "L006"), message: "no headings")
    let second = try await ledger.exports.again(first, by: person, why: "the setting was wrong")
    let (old, new) = (try await ledger.exports.summary(of: first), try await ledger.exports.summary(of: second))
    #expect(new.state == .stored && new.object == old.object && new.observedAt == old.observedAt)
    #expect(try await ledger.exports.source(of: second) == ledger.exports.source(of: first))
    #expect(try await ledger.exports.isKnown(Synthetic.observation(), school: LedgerBench.school))
    #expect(try await ledger.audit().isClean)
  }

  /// A, B, A are three exports; A, a sheet that somebody put back, A are two: the system said nothing new.
  @Test func aRepeatIsOneOfTheNewestOfItsSeries() async throws {
    let ledger = try await bench.openWithSchools()
    func read(_ content: String, _ series: ExportSeries, version: Int) async throws -> ExportID {
      let id = try await ledger.storeExport(content, version: version)
      guard try await ledger.exports.summary(of: id).state == .stored else { return id }
      let generation = try await ledger.exports.beginReading(id)
      try await ledger.exports.finishReading(
        id, generation: generation,
        summary: ReadingSummary(
          rowsRead: 0, blankRows: 0, columns: [], encoding: "utf-8", delimiter: ",", errors: 0, warnings: 0, notes: 0,
          extent: .partial, series: series), findings: [])
      return id
    }
    let first = try await read("a", .export, version: 1)
    let sheet = try await read("s", .sheet, version: 2)
    #expect(try await read("a", .export, version: 3) == first)
    #expect(try await ledger.exports.reading(of: sheet)?.series == .sheet)
    let second = try await read("b", .export, version: 4)
    let third = try await read("a", .export, version: 5)
    #expect(Set([first, sheet, second, third]).count == 4)
    #expect(try await read("s", .sheet, version: 6) == sheet)
    // What is not read yet may be of any series.
    _ = try await ledger.storeExport("unread", version: 7)
    #expect(try await ledger.storeExport("s", version: 8) != sheet)
  }

  @Test func contentThatWasSaidBeforeTakesBackNoRefusal() async throws {
    let ledger = try await bench.openWithSchools()
    func row(_ sharing: String) -> [(LeaverRecord, RowVerdict)] {
      [(Synthetic.record(0, upn: Synthetic.upn(0), sharing: sharing), .clear)]
    }
    _ = try await ledger.readExport("a", row("YES"))
    _ = try await ledger.readExport("b", row("NO"), version: 2)
    let again = try await ledger.readExport("a", row("YES"), version: 3)
    #expect(try await ledger.returns.rows(of: again).map { $0.record[.sharing] } == ["NO"], "so it goes at the floor")
    #expect(try bench.integer("SELECT count(*) FROM pupil WHERE sharing = 'NO'") == 1)
    // Another content is a new word.
    let newer = try await ledger.readExport("c", row("YES"), version: 4)
    #expect(try await ledger.returns.rows(of: newer).map { $0.record[.sharing] } == ["YES"])
    #expect(try bench.integer("SELECT count(*) FROM pupil WHERE sharing = 'YES'") == 1)
  }

  @Test func anUnregisteredSchoolIsRefusedAndLeavesAnOrphan() async throws {
    let ledger = try await bench.open()
    let error = await ledgerError { _ = try await ledger.storeExport("a") }
    #expect(error?.code == .notFound)
    #expect(try bench.integer("SELECT count(*) FROM object") == 0)
  }

  @Test func aReadingThatWasGivenUpIsDiscarded() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.storeExport("a")
    let first = try await ledger.exports.beginReading(id)
    try await ledger.exports.append(
      rows: [
        RowDraft(rowNumber: 2, record: Synthetic.record(0, upn: Synthetic.upn(0)), cohort: nil, verdict: .clear),
        RowDraft(rowNumber: 3, record: Synthetic.record(1, upn: Synthetic.upn(1)), cohort: nil, verdict: .clear),
      ], export: id, generation: first)
    let second = try await ledger.exports.beginReading(id)
    #expect(second == first + 1)
    let late = RowDraft(rowNumber: 4, record: Synthetic.record(2), cohort: nil, verdict: .clear)
    let error = await ledgerError { try await ledger.exports.append(rows: [late], export: id, generation: first) }
    #expect(error?.code == .conflict)
    let finished = await ledgerError {
      try await ledger.exports.finishReading(id, generation: first, summary: .plain(rows: 2), findings: [])
    }
    #expect(finished?.code == .conflict)
    try await ledger.exports.append(
      rows: [RowDraft(rowNumber: 2, record: Synthetic.record(0, upn: Synthetic.upn(0)), cohort: nil, verdict: .clear)],
      export: id, generation: second)
    try await ledger.exports.finishReading(id, generation: second, summary: .plain(rows: 1), findings: [])
    #expect(try await ledger.returns.rows(of: id).map(\.rowNumber) == [2])
    #expect(try bench.integer("SELECT count(*) FROM pupil") == 2, "the pupil of a discarded row is found again later")
  }

  @Test func asManyRowsMustBeThereAsWereRead() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.storeExport("a")
    let generation = try await ledger.exports.beginReading(id)
    try await ledger.exports.append(
      rows: [RowDraft(rowNumber: 2, record: Synthetic.record(0), cohort: nil, verdict: .clear)], export: id,
      generation: generation)
    for count in [0, 2] {
      let error = await ledgerError {
        try await ledger.exports.finishReading(id, generation: generation, summary: .plain(rows: count), findings: [])
      }
      #expect(error?.code == .conservation)
    }
    #expect(try await ledger.exports.summary(of: id).state == .stored)
  }

  @Test func rowsComeInSmallBatchesEachOnce() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.storeExport("a")
    let generation = try await ledger.exports.beginReading(id)
    let many = (0..<501).map {
      RowDraft(rowNumber: $0 + 2, record: Synthetic.record($0), cohort: nil, verdict: .clear)
    }
    let error = await ledgerError { try await ledger.exports.append(rows: many, export: id, generation: generation) }
    #expect(error?.code == .conflict)
    try await ledger.exports.append(rows: Array(many.prefix(500)), export: id, generation: generation)
    let twice = await ledgerError {
      try await ledger.exports.append(rows: [many[7]], export: id, generation: generation)
    }
    #expect(twice?.code == .conflict)
    try await ledger.exports.append(rows: [], export: id, generation: generation)
    #expect(try bench.integer("SELECT count(*) FROM export_row") == 500)
  }

  @Test func whatWasReadComesBack() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.storeExport("a")
    #expect(try await ledger.exports.reading(of: id) == nil)
    let generation = try await ledger.exports.beginReading(id)
    let records = [
      Synthetic.record(0, upn: Synthetic.upn(0), [.addressLine1: "1 High Street", .town: "Example"]),
      Synthetic.record(1, upn: Synthetic.upn(1)), LeaverRecord([.legalSurname: "Nobody"]), Synthetic.record(0),
    ]
    let verdicts: [RowVerdict] = [.clear, .held(.uncertainRoute), .held(.noDateOfBirth), .merged(into: 2)]
    try await ledger.exports.append(
      rows: (0..<4).map {
        RowDraft(
          rowNumber: $0 + 2, record: records[$0], cohort: $0 == 0 ? Synthetic.cohort : nil, verdict: verdicts[$0])
      }, export: id, generation: generation)
    let findings = [
      FindingNote(code: FindingCode(rawValue: "F001"), severity: .note),
      FindingNote(
        code: FindingCode(rawValue: "L110"), severity: .error, row: 4, columnNumber: 3, field: .dateOfBirth,
        authority: AuthorityID(unchecked: "sefton")),
    ]
    let summary = ReadingSummary(
      rowsRead: 4, blankRows: 2, columns: ["upn", "?", "?", "legalSurname"], encoding: "windows-1252", delimiter: "\t",
      errors: 1, warnings: 0, notes: 1)
    try await ledger.exports.finishReading(id, generation: generation, summary: summary, findings: findings)
    let rows = try await ledger.returns.rows(of: id)
    #expect(rows.map(\.record) == records)
    #expect(rows.map(\.verdict) == verdicts)
    #expect(rows[0].pupil != nil)
    #expect(rows[0].cohort == Synthetic.cohort)
    #expect(rows[2].pupil == nil, "nobody can say who it is")
    #expect(rows[3].pupil == rows[0].pupil)
    #expect(rows[3].cohort == Synthetic.cohort, "the pupil's own")
    #expect(try await ledger.exports.findings(of: id) == findings)
    #expect(try await ledger.exports.reading(of: id) == summary)
    let export = try await ledger.exports.summary(of: id)
    #expect(export.state == .read)
    #expect(export.rowsRead == 4)
    #expect(export.blankRows == 2)
  }

  @Test func anUnreadableExportSaysWhyAndIsHandedBack() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.storeExport("a")
    let early = await ledgerError { try await ledger.exports.handedBack(id) }
    #expect(early?.code == .illegalTransition)
    try await ledger.exports.markUnreadable(id, code: FindingCode(rawValue: "F002"), message: "no header row")
    let summary = try await ledger.exports.summary(of: id)
    #expect(summary.state == .unreadable)
    #expect(summary.unreadable == .init(code: FindingCode(rawValue: "F002"), message: "no header row"))
    let again = await ledgerError { _ = try await ledger.exports.beginReading(id) }
    #expect(again?.code == .illegalTransition)
    #expect(try await ledger.exports.notHandedBack().map(\.id) == [id])
    try await ledger.exports.handedBack(id)
    let head = try await ledger.chainHead()
    try await ledger.exports.handedBack(id)
    #expect(try await ledger.chainHead() == head)
    #expect(try await ledger.exports.notHandedBack().isEmpty)
  }

  @Test func whatWeWroteOnTheDeskIsRemembered() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.storeExport("a")
    let hashes = [String(repeating: "a", count: 64), String(repeating: "b", count: 64)]
    #expect(try await ledger.exports.deskFile(school: LedgerBench.school, name: "findings.csv") == nil)
    for hash in hashes {
      try await ledger.exports.recordDeskFile(
        school: LedgerBench.school, name: "findings.csv", sha256: hash, export: id)
      let file = try await ledger.exports.deskFile(school: LedgerBench.school, name: "findings.csv")
      #expect(file?.sha256 == hash)
      #expect(file?.at == bench.clock.now())
    }
    #expect(try await ledger.exports.deskFile(school: LedgerBench.otherSchool, name: "findings.csv") == nil)
    #expect(try bench.integer("SELECT count(*) FROM desk_file") == 1)
  }

  @Test func whatIsNotThereSaysSo() async throws {
    let ledger = try await bench.openWithSchools()
    let nothing = ExportID(rawValue: 99)
    let errors = [
      await ledgerError { _ = try await ledger.exports.summary(of: nothing) },
      await ledgerError { _ = try await ledger.exports.source(of: nothing) },
      await ledgerError { _ = try await ledger.exports.reading(of: nothing) },
      await ledgerError { _ = try await ledger.exports.beginReading(nothing) },
      await ledgerError { _ = try await ledger.returns.rows(of: nothing) },
      await ledgerError { _ = try await ledger.returns.detail(ReturnID(rawValue: 99)) },
    ]
    #expect(errors.map { $0?.code } == Array(repeating: .notFound, count: 6))
  }
}
