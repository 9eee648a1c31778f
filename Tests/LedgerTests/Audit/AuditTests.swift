// The audit finds an event that was altered, removed, put in or cut off, rows without fates, and objects that are
// missing or damaged.

import FoundationEssentials
import GRDB
import Leavers
import Testing

@testable import Ledger

@Suite struct AuditTests {
  private let bench: LedgerBench

  init() throws { bench = try LedgerBench() }

  /// A ledger with a decided export, closed.
  private func makeLedger() async throws -> ChainHead {
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.readExport("a", clear: 3)
    try await ledger.returns.setScope(id, [.sefton])
    try await ledger.send(id, rows: [2, 3, 4])
    try await ledger.returns.finish(id)
    let head = try await ledger.chainHead()
    ledger.close()
    return head
  }

  private func audit(heads: [ChainHead] = []) async throws -> AuditReport {
    let ledger = try await bench.open()
    defer { ledger.close() }
    return try await ledger.audit(heads: heads)
  }

  private static let free = [
    "DROP TRIGGER event_is_fixed", "DROP TRIGGER event_stays", "DROP TRIGGER event_follows_the_last",
    "DROP TRIGGER ledger_head_goes_forward",
  ]

  private func tamperChain(_ statement: String) throws {
    for trigger in Self.free { try bench.tamper(trigger) }
    try bench.tamper(statement)
  }

  @Test func anUntouchedLedgerIsClean() async throws {
    let head = try await makeLedger()
    let report = try await audit(heads: [head])
    #expect(report.isClean, "\(report.problems)")
    #expect(report.chainIntact)
    #expect(report.events == Int(head.sequence))
    #expect(report.objectsChecked == 2)
    #expect(ChainHead(head.description) == head)
    for wrong in ["", "1", "0:" + head.digest, "1:zz", "x:\(head.digest)"] { #expect(ChainHead(wrong) == nil) }
  }

  @Test(arguments: [
    "at = at + 1", "kind = 'other'", "subject = 'E9'", "sealed = (SELECT sealed FROM event WHERE sequence = 3)",
    "previous = zeroblob(32)", "mac = zeroblob(32)",
  ])
  func anAlteredEventShows(_ change: String) async throws {
    _ = try await makeLedger()
    try tamperChain("UPDATE event SET \(change) WHERE sequence = 5")
    let report = try await audit()
    #expect(!report.chainIntact)
    #expect(report.firstBreak == 5)
  }

  @Test func aRemovedEventShows() async throws {
    _ = try await makeLedger()
    try tamperChain("DELETE FROM event WHERE sequence = 4")
    let report = try await audit()
    #expect(report.firstBreak == 4)
    #expect(!report.isClean)
  }

  @Test func aRemovedEventShowsAlsoWhenTheOthersAreRenumbered() async throws {
    _ = try await makeLedger()
    for trigger in Self.free { try bench.tamper(trigger) }
    try bench.tamper(
      "DELETE FROM event WHERE sequence = 4", "UPDATE event SET sequence = sequence - 1 WHERE sequence > 4")
    #expect(try await audit().firstBreak == 4)
  }

  @Test func anInsertedEventShows() async throws {
    let head = try await makeLedger()
    try tamperChain(
      """
      INSERT INTO event SELECT sequence + 1, at, kind, subject, sealed, mac, mac FROM event ORDER BY sequence DESC LIMIT 1
      """)
    let report = try await audit()
    #expect(!report.chainIntact)
    #expect(report.firstBreak == head.sequence + 1)
  }

  @Test func exchangedEventsShow() async throws {
    _ = try await makeLedger()
    for trigger in Self.free { try bench.tamper(trigger) }
    try bench.tamper(
      "UPDATE event SET sequence = 1000 WHERE sequence = 3", "UPDATE event SET sequence = 3 WHERE sequence = 4",
      "UPDATE event SET sequence = 4 WHERE sequence = 1000")
    #expect(try await audit().firstBreak == 3)
  }

  @Test func aCutEndShows() async throws {
    let head = try await makeLedger()
    try tamperChain("DELETE FROM event WHERE sequence = (SELECT max(sequence) FROM event)")
    let report = try await audit()
    #expect(!report.chainIntact)
    #expect(report.firstBreak == head.sequence)
  }

  @Test func aCutEndShowsAlsoWhenTheLedgersOwnNoteIsChanged() async throws {
    _ = try await makeLedger()
    for trigger in Self.free { try bench.tamper(trigger) }
    try bench.tamper(
      "DELETE FROM event WHERE sequence = (SELECT max(sequence) FROM event)",
      """
      UPDATE ledger SET head_sequence = head_sequence - 1,
        head_mac = (SELECT mac FROM event ORDER BY sequence DESC LIMIT 1)
      """)
    #expect(try await !audit().chainIntact)
  }

  /// Somebody puts back an older copy of the whole state: only a head that was noted elsewhere can tell.
  @Test func anOlderStateShowsByANotedHead() async throws {
    _ = try await makeLedger()
    let older = try LedgerBench(crashOf: bench)
    let ledger = try await bench.openWithSchools()
    _ = try await ledger.storeExport("b")
    let head = try await ledger.chainHead()
    let old = try await older.open()
    #expect(try await old.audit().isClean)
    let report = try await old.audit(heads: [head])
    #expect(!report.chainIntact)
    #expect(report.firstBreak == head.sequence)
    #expect(try await ledger.audit(heads: [head]).isClean)
  }

  @Test(arguments: [
    "DROP TRIGGER fate_stays; DELETE FROM fate WHERE row_number = 3",
    "DROP TRIGGER fate_only_superseded; UPDATE fate SET fate = 'held', reason = 'no-name', return_id = NULL WHERE row_number = 3",
    "DROP TRIGGER return_row_stays; DELETE FROM return_row WHERE row_number = 3",
    "DROP TRIGGER return_row_is_fixed; UPDATE return_row SET disclosure = 'floor' WHERE row_number = 3",
    "DROP TRIGGER export_row_stays; DELETE FROM export_row WHERE row_number = 3",
    "DROP TRIGGER routing_exclusion_of_an_open_scope; INSERT INTO routing_exclusion VALUES (1, 3, 'x', 1)",
    "DROP TRIGGER export_scope_is_decided_once; UPDATE export_scope SET decided_at = NULL",
  ])
  func rowsThatDoNotAddUpShow(_ statements: String) async throws {
    _ = try await makeLedger()
    try bench.tamper(statements)
    let report = try await audit()
    #expect(!report.conservation.isEmpty)
    #expect(!report.isClean)
    #expect(report.chainIntact)
  }

  @Test func missingAndDamagedObjectsShow() async throws {
    _ = try await makeLedger()
    let files = try bench.objectFiles()
    #expect(files.count == 2)
    try FileManager.default.removeItem(atPath: "\(bench.state)/objects/\(files[0])")
    var bytes = try Data(contentsOf: URL(filePath: "\(bench.state)/objects/\(files[1])"))
    bytes[40] ^= 1
    try bytes.write(to: URL(filePath: "\(bench.state)/objects/\(files[1])"))
    let report = try await audit()
    #expect(report.objectsMissing.count == 1)
    #expect(report.objectsDamaged.count == 1)
    #expect(report.problems.count == 2)
  }

  /// Two objects that exchange keys and files open, but are not what their names say.
  @Test func anObjectUnderAnothersNameShows() async throws {
    _ = try await makeLedger()
    try bench.tamper(
      "DROP TRIGGER object_only_stored_again",
      "UPDATE object SET sha256 = '\(String(repeating: "0", count: 64))' WHERE kind = 'export'")
    #expect(try await audit().objectsDamaged.count == 1)
  }

  // MARK: States, files and triggers

  /// A ledger with a return that is queued, one that waits for a release, and a reply that is quarantined; closed.
  private func makeStates() async throws {
    let ledger = try await bench.openWithSchools()
    _ = try await ledger.queuedReturn("one")
    _ = try await ledger.queuedReturn("two", next: .waiting(.release), entry: .wirral)
    let reply = try await ledger.claimReply()
    try await ledger.fetchReply(reply, "bytes")
    try await ledger.replies.quarantine(reply, why: "column UPN is missing")
    #expect(try await ledger.audit().problems == [])
    ledger.close()
  }

  /// Past the triggers, which are put back afterwards as they were.
  private func tamperUnseen(_ statement: String, past triggers: [String]) throws {
    let queue = try DatabaseQueue(path: bench.state + "/ledger.sqlite")
    try queue.writeWithoutTransaction { database in
      let kept = try triggers.map { name in
        try #require(
          try String.fetchOne(database, sql: "SELECT sql FROM sqlite_master WHERE name = ?", arguments: [name]))
      }
      for name in triggers { try database.execute(sql: "DROP TRIGGER \(name)") }
      try database.execute(sql: statement)
      for sql in kept { try database.execute(sql: sql) }
    }
    try queue.close()
  }

  @Test(arguments: [
    ("return_follows_its_machine", "UPDATE return SET state = 'delivered' WHERE id = 1", "R1", "delivered"),
    ("return_follows_its_machine", "UPDATE return SET state_detail = 'brake' WHERE id = 2", "R2", "brake"),
    ("return_is_fixed", "UPDATE return SET file_name = 'other.csv' WHERE id = 1", "R1", "other.csv"),
    (
      "return_is_fixed", "UPDATE return SET sha256 = '\(String(repeating: "a", count: 64))' WHERE id = 2", "R2",
      "SHA-256"
    ), ("reply_follows_its_machine", "UPDATE reply SET state = 'read', state_detail = NULL", "A1", "read"),
    ("reply_follows_its_machine", "UPDATE reply SET state_detail = 'repeat'", "A1", "repeat"),
  ])
  func whatMovedWithoutAnEventShows(_ trigger: String, _ statement: String, _ subject: String, _ word: String)
    async throws
  {
    try await makeStates()
    try tamperUnseen(statement, past: [trigger])
    let report = try await audit()
    #expect(report.chainIntact)
    #expect(report.problems.count == 1, "\(report.problems)")
    #expect(report.problems.first?.hasPrefix("\(subject): ") == true)
    #expect(report.problems.first?.contains(word) == true)
  }

  @Test func aReturnThatIsGoneOrWasPutInShows() async throws {
    try await makeStates()
    try bench.tamper("PRAGMA foreign_keys = OFF; DROP TRIGGER return_stays; DELETE FROM return WHERE id = 2")
    try bench.tamper(
      "DROP TRIGGER reply_stays",
      """
      INSERT INTO reply (id, authority, recipient, school, kind, state, source_lookup, sealed_source, claimed_at)
      SELECT 7, authority, recipient, school, kind, 'seen', x'07', sealed_source, claimed_at FROM reply
      """)
    let problems = try await audit().problems
    #expect(problems.contains { $0.hasPrefix("R2: ") && $0.contains("gone") })
    #expect(problems.contains { $0.hasPrefix("A7: ") && $0.contains("no event") })
  }

  /// A draft that was removed because it had no rows, or fell out of scope, is nothing amiss.
  @Test func aRemovedDraftIsNothingAmiss() async throws {
    let ledger = try await bench.openWithSchools()
    let export = try await ledger.readExport("a", clear: 1)
    try await ledger.returns.setScope(export, [.sefton])
    let draft = try await ledger.draft(export)
    #expect(try await ledger.audit().isClean)
    try await ledger.returns.setScope(export, [.wirral])
    #expect(await ledgerError { _ = try await ledger.returns.detail(draft.id) }?.code == .notFound)
    #expect(try await ledger.audit().problems == [])
  }

  /// An event of before these particulars were kept says nothing, and is held against nobody.
  @Test func anEventThatNamesNoStateIsPassedOver() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn()
    try await ledger.store.write { try $0.append(.returnMoved, subject: "\(id)", "\(id) for sefton: waiting") }
    #expect(try await ledger.audit().problems == [])
  }

  @Test func triggersThatAreGoneOrOtherShow() async throws {
    _ = try await makeLedger()
    try bench.tamper(
      "DROP TRIGGER fate_stays", "DROP TRIGGER event_stays",
      "CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT 1; END",
      "CREATE TRIGGER helper AFTER INSERT ON event BEGIN SELECT 1; END", "DROP VIEW return_problem",
      "CREATE VIEW return_problem AS SELECT 1 AS return_id, 'queued' AS state, 'x' AS wrong WHERE 0")
    let report = try await audit()
    #expect(report.chainIntact && report.conservation.isEmpty)
    #expect(
      report.problems == [
        "the trigger event_stays is not as this version makes it: somebody changed the database from outside",
        "the trigger fate_stays is gone: somebody changed the database from outside",
        "the trigger helper is none of the ledger's: somebody changed the database from outside",
        "the view return_problem is not as this version makes it: somebody changed the database from outside",
      ])
  }

  /// What is kept for the audit is not told twice by the log.
  @Test func theLogDoesNotRepeatWhatTheAuditKeeps() async throws {
    let ledger = try await bench.openWithSchools()
    _ = try await ledger.queuedReturn()
    #expect(try await ledger.overview.log(after: 0, limit: 100).allSatisfy { $0.details.exposed.isEmpty })
  }
}
