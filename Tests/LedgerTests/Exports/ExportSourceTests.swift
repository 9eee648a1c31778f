// Where an export came from and whose file it was.

import Leavers
import Testing

@testable import Ledger

@Suite struct ExportSourceTests {
  private let bench: LedgerBench

  init() throws { bench = try LedgerBench() }

  private func observation(_ version: Int64, owner: String?) -> SourceObservation {
    SourceObservation(
      path: "/srv/exports/a.csv", device: 1, inode: 2, size: version, modified: version, changed: version, owner: owner)
  }

  private func store(_ text: String, _ look: SourceObservation, in ledger: Ledger) async throws -> ExportID {
    let object = try await ledger.objects.store(Array(text.utf8), kind: .export)
    let outcome = try await ledger.exports.recordStored(
      object, observation: look, school: LedgerBench.school, mis: nil, observedAt: Timestamp(milliseconds: 1))
    switch outcome {
    case .new(let id), .repeat(let id), .outdated(let id): return id
    }
  }

  @Test func anExportKnowsWhoseFileItWas() async throws {
    let ledger = try await bench.openWithSchools()
    let known = try await store("a", observation(1, owner: "m.example"), in: ledger)
    #expect(try await ledger.exports.owner(of: known) == Person(name: "m.example", known: "file owner"))
    let unknown = try await store("b", observation(2, owner: nil), in: ledger)
    #expect(try await ledger.exports.owner(of: unknown) == nil)
    // Who exports the same once more takes over nothing: it says what was said.
    #expect(try await store("b", observation(3, owner: "s.other"), in: ledger) == unknown)
    #expect(try await ledger.exports.owner(of: unknown) == nil)
    await #expect(throws: LedgerError.self) { try await ledger.exports.owner(of: ExportID(rawValue: 99)) }
    #expect(!"\(observation(1, owner: "m.example"))".contains("example"))
  }

  @Test func theOwnerIsNoPartOfWhatMakesAFileKnown() async throws {
    let ledger = try await bench.openWithSchools()
    _ = try await store("a", observation(1, owner: "m.example"), in: ledger)
    // A share mounted anew with another user for all its files.
    #expect(try await ledger.exports.isKnown(observation(1, owner: "uid 1004"), school: LedgerBench.school))
  }

  @Test func anExportTakenInAgainKeepsItsOwner() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await store("a", observation(1, owner: "m.example"), in: ledger)
    try await ledger.exports.markUnreadable(id, code: FindingCode(rawValue: "X-1"), message: "it cannot be read")
    let again = try await ledger.exports.again(id, by: Person(name: "admin", known: "login user"), why: nil)
    #expect(try await ledger.exports.owner(of: again)?.name == "m.example")
  }
}
