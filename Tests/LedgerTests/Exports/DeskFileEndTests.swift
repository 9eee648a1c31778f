// Which files on a desk have had their time, and how they go.

import Leavers
import Testing

@testable import Ledger

@Suite struct DeskFileEndTests {
  private let bench: LedgerBench
  private let school = LedgerBench.school

  init() throws { bench = try LedgerBench() }

  private func expired(_ ledger: Ledger) async throws -> [String] {
    try await ledger.exports.expiredDeskFiles(of: school, writtenBefore: bench.clock.now()).map(\.name.exposed).sorted()
  }

  @Test func theTimeOfWhatBelongsToAnOlderExportComes() async throws {
    let ledger = try await bench.openWithSchools()
    let digest = String(repeating: "a", count: 64)
    let first = try await ledger.storeExport("a", version: 1)
    func write(_ name: String, _ export: ExportID?) async throws {
      try await ledger.exports.recordDeskFile(school: school, name: name, sha256: digest, export: export)
    }
    try await write("a.findings.csv", first)
    try await write("out/sefton/cover.txt", first)
    try await write("desk.html", nil)
    bench.clock.advance(by: .seconds(10))
    #expect(try await expired(ledger) == ["desk.html"], "the others are the newest export's")
    let second = try await ledger.storeExport("b", version: 2)
    try await write("b.findings.csv", second)
    #expect(try await expired(ledger) == ["a.findings.csv", "desk.html", "out/sefton/cover.txt"])
    #expect(
      try await ledger.exports.expiredDeskFiles(of: LedgerBench.otherSchool, writtenBefore: bench.clock.now()).isEmpty)
    // One whose removal was begun goes on, whatever is wanted now.
    try await ledger.exports.beginRemoval(ofDeskFile: "a.findings.csv", school: school)
    let none = try await ledger.exports.expiredDeskFiles(of: school, writtenBefore: Timestamp(milliseconds: 0))
    #expect(none.map(\.sha256) == [digest])
    try await ledger.exports.finishRemoval(ofDeskFile: "a.findings.csv", school: school, .removed)
    try await ledger.exports.finishRemoval(ofDeskFile: "a.findings.csv", school: school, .removed)
    #expect(try await expired(ledger) == ["desk.html", "out/sefton/cover.txt"])
    #expect(try await ledger.exports.deskFile(school: school, name: "a.findings.csv") == nil)
    #expect(try await ledger.overview.history(of: "\(first)").filter { $0.kind == .deskFileRemoved }.count == 1)
    #expect(try await ledger.audit().problems.isEmpty)
  }

  @Test func whatIsWrittenAnewIsGoingNoLonger() async throws {
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.storeExport("a", version: 1)
    let digest = String(repeating: "b", count: 64)
    try await ledger.exports.recordDeskFile(school: school, name: "a.csv", sha256: digest, export: first)
    try await ledger.exports.beginRemoval(ofDeskFile: "a.csv", school: school)
    #expect(try await expired(ledger) == ["a.csv"])
    try await ledger.exports.recordDeskFile(school: school, name: "a.csv", sha256: digest, export: first)
    #expect(try await expired(ledger).isEmpty)
  }
}
