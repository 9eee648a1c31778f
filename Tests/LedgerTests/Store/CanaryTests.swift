// No personal value stands in clear anywhere in the state directory: database, WAL, objects, temporaries.

import FoundationEssentials
import Glibc
import Leavers
import Testing

@testable import Ledger

@Suite struct CanaryTests {
  private func holds(_ data: Data, _ bytes: [UInt8]) -> Bool {
    data.withUnsafeBytes { haystack in
      bytes.withUnsafeBytes { needle in
        guard let start = haystack.baseAddress, let wanted = needle.baseAddress else { return false }
        var offset = 0
        while offset + needle.count <= haystack.count {
          guard let found = memchr(start + offset, Int32(needle[0]), haystack.count - offset) else { return false }
          offset = UnsafeRawPointer(found) - start
          guard offset + needle.count <= haystack.count else { return false }
          if memcmp(found, wanted, needle.count) == 0 { return true }
          offset += 1
        }
        return false
      }
    }
  }

  @Test func nothingPersonalStandsInClearInAnyFile() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    var tokens: [String] = []
    func canary(_ what: String) -> String {
      tokens.append("canary\(what)q\(tokens.count)zx")
      return tokens[tokens.count - 1]
    }
    var records: [LeaverRecord] = []
    for number in 0..<3 {
      var record = LeaverRecord()
      for field in Field.allCases { record[field] = canary(field.rawValue) }
      record[.upn] = Synthetic.upn(number)
      record[.formerUPN] = Synthetic.upn(number + 50)
      record[.uln] = Synthetic.uln(number)
      record[.dateOfBirth] = "2010-03-0\(number + 1)"
      record[.sharing] = "NO"
      tokens += [Synthetic.upn(number), Synthetic.upn(number + 50), Synthetic.uln(number), "2010-03-0\(number + 1)"]
      records.append(record)
    }
    let path = "/srv/\(canary("path")).csv"
    let object = try await ledger.objects.store(Array(canary("export").utf8), kind: .export)
    let outcome = try await ledger.exports.recordStored(
      object,
      observation: SourceObservation(
        path: path, device: 1, inode: 1, size: 1, modified: 1, changed: 1, owner: canary("owner")),
      school: LedgerBench.school, mis: "sims", observedAt: Timestamp(milliseconds: 1))
    guard case .new(let id) = outcome else {
      Issue.record("the export is not new")
      return
    }
    let generation = try await ledger.exports.beginReading(id)
    let word = RowWord(
      field: .intendedDestination, word: try #require(SchoolWord(canary("word"))), isOpen: true)
    let verdicts: [RowVerdict] = [.clear, .held(.noName), .held(.noDateOfBirth)]
    try await ledger.exports.append(
      rows: records.enumerated().map {
        RowDraft(
          rowNumber: $0.offset + 2, record: $0.element, cohort: Synthetic.cohort, verdict: verdicts[$0.offset],
          words: $0.offset == 0 ? [word] : [])
      } + [
        // One that is nobody's, under the export's key.
        RowDraft(
          rowNumber: 9, record: LeaverRecord([.legalSurname: canary("nobody")]), cohort: nil,
          verdict: .held(.noDateOfBirth))
      ], export: id, generation: generation)
    try await ledger.exports.finishReading(id, generation: generation, summary: .plain(rows: 4), findings: [])
    let entry = try #require(try await ledger.words.entries(school: LedgerBench.school).first)
    _ = try await ledger.words.decide(
      WordAnswer(
        key: entry.key, field: .intendedDestination,
        decision: .means(WordMeaning(provider: .named(canary("garage")), course: canary("course")))),
      school: LedgerBench.school, by: Person(name: canary("decider"), known: "file owner"))
    try await ledger.exports.recordDeskFile(
      school: LedgerBench.school, name: canary("desk"), sha256: String(repeating: "a", count: 64), export: id)
    try await ledger.returns.setScope(id, [.sefton])
    let draft = try await ledger.draft(id)
    let rendered = try await ledger.render(draft, rows: [2], content: canary("return"), next: .waiting(.release))
    try await ledger.returns.decide(
      id, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
      decision: ScopeDecision(
        returns: [rendered],
        fates: [(row: 2, fate: .sent(draft.id, .full))] + [3, 4, 9].map { ($0, .held(.noName)) }, exclusions: [],
        abandoned: []))
    try await ledger.returns.finish(id)
    try await ledger.returns.release(
      draft.id, by: Person(name: canary("person"), known: "login user"), why: canary("why"))
    var unfinished = try await ledger.objects.writer(kind: .reply)
    try await unfinished.append(Array(repeating: Array(canary("unfinished").utf8), count: 9000).flatMap { $0 })
    _ = try await ledger.objects.store(Array(canary("orphan").utf8), kind: .reply)

    // Every personal value did go in: it comes out again with the keys.
    #expect(try await ledger.returns.rows(of: id).prefix(3).map(\.record) == records)

    #expect(holds(Data("xxcanary".utf8), Array("canary".utf8)) && !holds(Data("canar".utf8), Array("canary".utf8)))
    let files = try bench.files()
    #expect(files.contains("ledger.sqlite-wal"))
    #expect(files.contains { $0.hasPrefix("objects/tmp/") })
    for file in files {
      let data = try Data(contentsOf: URL(filePath: bench.state + "/" + file))
      for token in tokens {
        for form in [token, token.uppercased()] {
          for bytes in [Array(form.utf8), form.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }] {
            #expect(!holds(data, bytes), "\(token) in \(file)")
          }
        }
      }
    }
    await unfinished.discard()
  }
}
