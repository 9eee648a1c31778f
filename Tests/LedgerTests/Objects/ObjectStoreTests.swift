// Sealed objects: written, read, damaged in every way, stored twice, orphaned, destroyed, lost.

import Crypto
import FoundationEssentials
import GRDB
import Glibc
import Leavers
import Testing

@testable import Ledger

@Suite struct ObjectStoreTests {
  private let bench: LedgerBench

  init() throws { bench = try LedgerBench() }

  private func bytes(_ count: Int, seed: Int = 1) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 31) ^ ($0 >> 8) ^ seed) }
  }

  /// Stores and takes in.
  private func keep(_ content: [UInt8], in ledger: Ledger, kind: ObjectKind = .return) async throws -> PendingObject {
    let pending = try await ledger.objects.store(content, kind: kind)
    try await ledger.store.write { try $0.adopt(pending) }
    return pending
  }

  private func path(_ object: PendingObject) -> String { bench.state + "/objects/" + object.file }

  private func read(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }
  private func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(filePath: path)) }

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 200_001])
  func whatIsStoredComesBack(_ count: Int) async throws {
    let ledger = try await bench.open()
    let content = bytes(count)
    let object = try await keep(content, in: ledger)
    #expect(object.size == Int64(count))
    #expect(object.sha256 == Hex.text(Array(SHA256.hash(data: content))))
    #expect(try await ledger.objects.read(object.name) == content)
    var pieces: [[UInt8]] = []
    try await ledger.objects.readChunks(object.name) { pieces.append($0) }
    #expect(pieces.flatMap { $0 } == content)
    #expect(pieces.count == max(1, (count + 65_535) / 65_536))
    #expect(pieces.allSatisfy { $0.count <= 65_536 })
  }

  @Test func pieceByPieceGivesTheSameName() async throws {
    let ledger = try await bench.open()
    let content = bytes(150_000)
    let whole = try await keep(content, in: ledger)
    var writer = try await ledger.objects.writer(kind: .return)
    for start in stride(from: 0, to: content.count, by: 999) {
      try await writer.append(Array(content[start..<min(start + 999, content.count)]))
    }
    let pieces = try await writer.finish()
    #expect(pieces.name == whole.name)
    #expect(pieces.key == nil, "the ledger knows it: no second copy is kept")
    #expect(try bench.objectFiles().count == 1)
    let again = await ledgerError { try await writer.append([1]) }
    #expect(again?.code == .conflict)
    let twice = await ledgerError { _ = try await writer.finish() }
    #expect(twice?.code == .conflict)
  }

  @Test func namesDependOnKindAndLedger() async throws {
    let ledger = try await bench.open()
    let first = try await ledger.objects.store([1, 2, 3], kind: .export)
    let second = try await ledger.objects.store([1, 2, 3], kind: .reply)
    let elsewhere = try LedgerBench()
    let other = try await elsewhere.open().objects.store([1, 2, 3], kind: .export)
    #expect(Set([first.name, second.name, other.name]).count == 3)
    #expect(first.name.rawValue != first.sha256)
    withExtendedLifetime(elsewhere) {}
  }

  @Test func aDamagedFileDoesNotOpen() async throws {
    let ledger = try await bench.open()
    let object = try await keep(bytes(200_000), in: ledger)
    let intact = try read(path(object))
    let chunk = 65_536 + 28
    let header = Array(intact.prefix(24))
    let chunks = stride(from: 24, to: intact.count, by: chunk).map {
      Array(intact[$0..<min($0 + chunk, intact.count)])
    }
    #expect(chunks.count == 4)
    let foreign = try await keep(bytes(200_000, seed: 2), in: ledger)
    let damaged: [String: [UInt8]] = [
      "empty": [],
      "header only": header,
      "cut within a chunk": Array(intact.dropLast(5)),
      "cut between chunks": header + chunks[0] + chunks[1] + chunks[2],
      "first chunks exchanged": header + chunks[1] + chunks[0] + chunks[2] + chunks[3],
      "a chunk left out": header + chunks[0] + chunks[2] + chunks[3],
      "a chunk twice": header + chunks[0] + chunks[1] + chunks[1] + chunks[2] + chunks[3],
      "something appended": intact + [0],
      "the last chunk twice": intact + chunks[3],
      "another object's bytes": try read(path(foreign)),
      "another magic": [0] + intact.dropFirst(),
      "another salt": Array(intact.prefix(10)) + [intact[10] ^ 1] + intact.dropFirst(11),
      "one bit": Array(intact.prefix(100_000)) + [intact[100_000] ^ 1] + intact.dropFirst(100_001),
    ]
    for (what, bytes) in damaged {
      try write(bytes, path(object))
      let error = await ledgerError { _ = try await ledger.objects.read(object.name) }
      #expect(error?.code == .corrupt, Comment(rawValue: what))
    }
    try write(intact, path(object))
    #expect(try await ledger.objects.read(object.name) == bytes(200_000))
  }

  @Test func anUnknownAndALostObjectSayWhich() async throws {
    let ledger = try await bench.open()
    let pending = try await ledger.objects.store([1], kind: .reply)
    let unknown = await ledgerError { _ = try await ledger.objects.read(pending.name) }
    #expect(unknown?.code == .notFound)
    try await ledger.store.write { try $0.adopt(pending) }
    try Files.remove(path(pending))
    let lost = await ledgerError { _ = try await ledger.objects.read(pending.name) }
    #expect(lost?.code == .objectMissing)
    // The same content mends it.
    let again = try await keep([1], in: ledger, kind: .reply)
    #expect(again.name == pending.name)
    #expect(try await ledger.objects.read(pending.name) == [1])
  }

  @Test func anObjectThatVanishedBeforeItWasTakenInIsRefused() async throws {
    let ledger = try await bench.open()
    let pending = try await ledger.objects.store([1], kind: .reply)
    try Files.remove(path(pending))
    let error = await ledgerError { try await ledger.store.write { try $0.adopt(pending) } }
    #expect(error?.code == .objectMissing)
  }

  @Test func twoThatStoreTheSameAtOnceKeepOne() async throws {
    let ledger = try await bench.open()
    let command = try await bench.open(.command)
    let first = try await ledger.objects.store([7, 7], kind: .reply)
    let second = try await command.objects.store([7, 7], kind: .reply)
    #expect(first.name == second.name)
    #expect(first.file != second.file)
    try await command.store.write { try $0.adopt(second) }
    try await ledger.store.write { try $0.adopt(first) }
    #expect(try await ledger.objects.read(first.name) == [7, 7])
    #expect(try bench.objectFiles() == [second.file], "the surplus copy is removed after the commit")
  }

  @Test func aDestroyedObjectSaysSoAndItsFileIsSwept() async throws {
    let ledger = try await bench.open()
    let object = try await keep([1, 2, 3], in: ledger)
    let name = object.name.rawValue
    try await ledger.store.write { transaction in
      try transaction.destroyKey(transaction.integer("SELECT key FROM object WHERE name = ?", [name]) ?? 0)
    }
    let error = await ledgerError { _ = try await ledger.objects.read(object.name) }
    #expect(error?.code == .objectDestroyed)
    ledger.close()
    let reopened = try await bench.open()
    #expect(try bench.objectFiles().isEmpty)
    // The same content may come again, under another key.
    _ = try await keep([1, 2, 3], in: reopened)
    #expect(try await reopened.objects.read(object.name) == [1, 2, 3])
    #expect(try await reopened.audit().isClean)
  }

  @Test func whatNobodyTookInIsSweptByTheNextDaemonOnly() async throws {
    let ledger = try await bench.open()
    let kept = try await keep([1], in: ledger)
    _ = try await ledger.objects.store([2], kind: .reply)
    var unfinished = try await ledger.objects.writer(kind: .reply)
    try await unfinished.append([3])
    #expect(try bench.objectFiles().count == 3)
    let crashed = try LedgerBench(crashOf: bench)
    let command = try await crashed.open(.command)
    #expect(try crashed.objectFiles().count == 3)
    command.close()
    _ = try await crashed.open(.daemon)
    #expect(try crashed.objectFiles() == [kept.file])
    await unfinished.discard()
  }

  @Test func nothingIsSweptWhileACommandStores() async throws {
    try await bench.open().close()
    let command = try await bench.open(.command)
    let pending = try await command.objects.store([9], kind: .reply)
    let daemon = try await bench.open(.daemon)
    #expect(try bench.objectFiles() == [pending.file])
    try await command.store.write { try $0.adopt(pending) }
    #expect(try await daemon.objects.read(pending.name) == [9])
    command.close()
    daemon.close()
    _ = try await bench.open(.daemon)
    #expect(try bench.objectFiles() == [pending.file])
  }

  @Test func aWriterThatIsDroppedLeavesNothing() async throws {
    let ledger = try await bench.open()
    do {
      var writer = try await ledger.objects.writer(kind: .export)
      try await writer.append(bytes(100_000))
      #expect(try bench.objectFiles().count == 1)
    }
    #expect(try bench.objectFiles().isEmpty)
    var writer = try await ledger.objects.writer(kind: .export)
    try await writer.append([1])
    await writer.discard()
    #expect(try bench.objectFiles().isEmpty)
    let error = await ledgerError { _ = try await writer.finish() }
    #expect(error?.code == .conflict)
  }

  @Test func pendingObjectsDoNotPrintTheirKey() async throws {
    let pending = try await bench.open().objects.store([1], kind: .reply)
    #expect("\(pending)" == "PendingObject(\(pending.name), 1 bytes)")
    #expect(Mirror(reflecting: pending).children.isEmpty)
  }

  @Test func objectNamesAreSixtyFourHexDigits() {
    let digits = String(repeating: "0f", count: 32)
    #expect(ObjectName(rawValue: digits)?.description == "0f0f0f0f0f0f")
    for wrong in ["", String(digits.dropLast()), digits.uppercased(), String(digits.dropLast()) + "/"] {
      #expect(ObjectName(rawValue: wrong) == nil)
    }
  }
}
