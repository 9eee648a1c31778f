// The master key: from which files it is taken, which are refused, and that it does not print.

import Glibc
import Testing

@testable import Ledger

@Suite struct MasterKeyTests {
  private let bench: LedgerBench

  init() throws { bench = try LedgerBench() }

  private func file(_ bytes: [UInt8], mode: mode_t = 0o600) throws -> String {
    let path = bench.root + "/key"
    try? Files.remove(path)
    let file = try Files.open(path, O_WRONLY | O_CREAT | O_EXCL)
    try Files.writeAll(bytes, to: file, path: path)
    try #require(chmod(path, mode) == 0)
    return path
  }

  @Test func rawBytesAndHexGiveTheSameKey() throws {
    let raw = try MasterKey(file: file(LedgerBench.keyBytes))
    #expect(raw.id == bench.masterKey.id)
    let hex = Hex.text(LedgerBench.keyBytes)
    for text in [hex, hex.uppercased(), hex + "\n", hex + "\r\n"] {
      #expect(try MasterKey(file: file(Array(text.utf8))).id == raw.id)
    }
  }

  @Test func theIdIsEightDigitsAndDiffersWithTheKey() throws {
    let other = try MasterKey(bytes: MasterKey.generate())
    #expect(other.id.count == 8)
    #expect(other.id != bench.masterKey.id)
    #expect(MasterKey.generate() != MasterKey.generate())
  }

  @Test(arguments: [
    [UInt8](repeating: 1, count: 31), [UInt8](1...33), Array("zz".utf8), [], Array(repeating: 0, count: 32),
  ])
  func refusesWhatIsNoKey(_ bytes: [UInt8]) throws {
    let path = try file(bytes)
    let error = #expect(throws: LedgerError.self) { try MasterKey(file: path) }
    #expect(error?.code == .masterKeyUnusable)
  }

  @Test func refusesAFileThatOthersCanRead() throws {
    let path = try file(LedgerBench.keyBytes, mode: 0o644)
    let error = #expect(throws: LedgerError.self) { try MasterKey(file: path) }
    #expect(error?.code == .masterKeyUnusable)
    #expect(error?.message.contains("chmod 600") == true)
  }

  @Test(.enabled(if: geteuid() == 0, "needs root, to give files away"))
  func theGroupMayReadOnlyWhatRootOwns() throws {
    let path = try file(LedgerBench.keyBytes, mode: 0o640)
    #expect(throws: Never.self) { try MasterKey(file: path) }
    try #require(chown(path, 12_345, 12_345) == 0)
    let error = #expect(throws: LedgerError.self) { try MasterKey(file: path) }
    #expect(error?.code == .masterKeyUnusable)
  }

  @Test func refusesAFolderAndWhatIsNotThere() {
    for path in [bench.root, bench.root + "/nothing"] {
      let error = #expect(throws: LedgerError.self) { try MasterKey(file: path) }
      #expect(error?.code == .masterKeyUnusable)
      #expect(error?.message.contains(path) == true)
    }
  }

  @Test func doesNotPrint() {
    let text = "\(bench.masterKey) \(String(reflecting: bench.masterKey))"
    #expect(text == "MasterKey(\(bench.masterKey.id)) MasterKey(\(bench.masterKey.id))")
    #expect(Mirror(reflecting: bench.masterKey).children.isEmpty)
  }
}
