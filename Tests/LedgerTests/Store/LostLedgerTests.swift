// A ledger that is missing, empty or bare: nothing is made beside sealed objects, and a command makes none at all.

import FoundationEssentials
import Leavers
import Testing

@testable import Ledger

@Suite struct LostLedgerTests {
  private let bench: LedgerBench
  private var database: String { bench.state + "/ledger.sqlite" }

  init() throws { bench = try LedgerBench() }

  /// A closed ledger with an export and a return; gives the files of its objects.
  private func makeLedger() async throws -> [String] {
    let ledger = try await bench.openWithSchools()
    _ = try await ledger.queuedReturn()
    ledger.close()
    let files = try bench.objectFiles()
    try #require(files.count == 2)
    return files
  }

  private func lose() throws {
    for end in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: database + end) {
      try FileManager.default.removeItem(atPath: database + end)
    }
  }

  private func refusal(_ role: Ledger.Role) async -> LedgerError? {
    await ledgerError { try await bench.open(role).close() }
  }

  private enum Loss: CaseIterable { case missing, empty, anew }

  /// The state is moved away and given back by halves: an admin restores a folder, a disk was full, or a copy was cut.
  @Test(arguments: [Ledger.Role.daemon, .command]) func noLedgerIsMadeBesideObjects(role: Ledger.Role) async throws {
    let files = try await makeLedger()
    let backup = try LedgerBench(crashOf: bench)
    for loss in Loss.allCases {
      try lose()
      switch loss {
      case .missing: break
      case .empty: try Data().write(to: URL(filePath: database))
      case .anew:
        // Made by another tool: a database without a table.
        try bench.tamper("PRAGMA user_version = 1")
      }
      let error = await refusal(role)
      #expect(error?.code == .corrupt, "\(loss)")
      #expect(error?.message.contains("restore ledger.sqlite from a backup") == true)
      #expect(error?.message.contains(bench.state) == true)
      #expect(try bench.objectFiles() == files, "\(loss): no object is swept")
      if loss == .missing { #expect(!FileManager.default.fileExists(atPath: database), "nothing is put in its place") }
    }
    try lose()
    for end in ["", "-wal"] where FileManager.default.fileExists(atPath: backup.state + "/ledger.sqlite" + end) {
      try FileManager.default.copyItem(atPath: backup.state + "/ledger.sqlite" + end, toPath: database + end)
    }
    let ledger = try await bench.open()
    #expect(try await ledger.audit().isClean)
  }

  /// The tables without the ledger's own row and keys: what a start leaves that was killed between the two.
  @Test func tablesWithoutKeysAreFilledOnlyWhereThereIsNoObject() async throws {
    let files = try await makeLedger()
    try lose()
    let other = try LedgerBench()
    try await other.open().close()
    let bare = [
      "DROP TRIGGER ledger_stays", "DELETE FROM ledger", "DROP TRIGGER wrapped_key_stays", "DELETE FROM wrapped_key",
    ]
    for statement in bare { try other.tamper(statement) }
    try FileManager.default.copyItem(atPath: other.state + "/ledger.sqlite", toPath: database)
    #expect(await refusal(.daemon)?.code == .corrupt)
    #expect(await refusal(.command)?.code == .corrupt)
    #expect(try bench.objectFiles() == files)
    #expect(try bench.integer("SELECT count(*) FROM ledger") == 0)
  }

  @Test func aCommandMakesNoLedger() async throws {
    let error = await refusal(.command)
    #expect(error?.code == .noLedger)
    #expect(error?.message.contains("start the service") == true)
    #expect(!FileManager.default.fileExists(atPath: bench.state), "not even the folder")
    try FileManager.default.createDirectory(atPath: bench.state, withIntermediateDirectories: false)
    #expect(await refusal(.command)?.code == .noLedger)
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.state).isEmpty)
    try Data().write(to: URL(filePath: database))
    #expect(await refusal(.command)?.code == .noLedger)
    #expect(try Data(contentsOf: URL(filePath: database)).isEmpty)
    try bench.tamper("PRAGMA user_version = 1")
    #expect(await refusal(.command)?.code == .noLedger)
    // The service makes it in any of these.
    #expect(await refusal(.daemon) == nil)
    #expect(await refusal(.command) == nil)
  }

  /// What lies under a temporary name is no object; and the start that makes a ledger removes nothing at all.
  @Test func theStartThatMakesALedgerSweepsNothing() async throws {
    let folder = bench.state + "/objects/tmp"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data([1]).write(to: URL(filePath: folder + "/1.part"))
    try await bench.open().close()
    #expect(try bench.objectFiles() == ["tmp/1.part"])
    try await bench.open().close()
    #expect(try bench.objectFiles().isEmpty, "the next start sweeps as ever")
  }
}
