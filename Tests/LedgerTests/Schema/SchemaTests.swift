// What the database itself refuses, whoever writes to it: append-only tables, states off their machines, fates that do
// not add up.

import GRDB
import Leavers
import Testing

@testable import Ledger

@Suite struct SchemaTests {
  private let bench: LedgerBench

  init() throws { bench = try LedgerBench() }

  /// Runs statements in one transaction past the facades; gives the message of the refusal, nil where they are taken.
  private func refusal(_ statements: [String]) throws -> String? {
    let queue = try DatabaseQueue(path: bench.state + "/ledger.sqlite")
    defer { try? queue.close() }
    do {
      try queue.write { database in
        for statement in statements { try database.execute(sql: statement) }
      }
      return nil
    } catch let error as DatabaseError {
      return error.message ?? "refused"
    }
  }

  /// Export 1 of three rows, decided, with return 1 of rows 2 and 3 (and 4 excluded), delivered.
  private func makeDecided() async throws {
    let ledger = try await bench.openWithSchools()
    defer { ledger.close() }
    let id = try await ledger.readExport("a", clear: 3)
    try await ledger.returns.setScope(id, [.sefton])
    let draft = try await ledger.draft(id)
    let rendered = try await ledger.render(draft, rows: [2, 3])
    try await ledger.returns.decide(
      id, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
      decision: ScopeDecision(
        returns: [rendered], fates: [(row: 2, fate: .sent(draft.id, .full)), (row: 3, fate: .sent(draft.id, .full))],
        exclusions: [(row: 4, reason: .educatedElsewhere)], abandoned: []))
    try await ledger.returns.finish(id)
    for event in [ReturnEvent.started, .put, .temporaryReadBack(.equal), .renamed(.done), .finalReadBack(.equal)] {
      try await ledger.deliveries.apply(event, to: draft.id, note: DeliveryNote(at: bench.clock.now()))
    }
  }

  @Test func whatIsWrittenStays() async throws {
    try await makeDecided()
    let forbidden = [
      "DELETE FROM wrapped_key WHERE id = 1", "UPDATE wrapped_key SET purpose = 'pupil' WHERE id = 1",
      "UPDATE wrapped_key SET wrapped = x'00' WHERE id = 1", "DELETE FROM ledger",
      "UPDATE ledger SET head_sequence = head_sequence + 2", "UPDATE ledger SET head_sequence = 1",
      "DELETE FROM object", "UPDATE object SET sha256 = upper(sha256)", "UPDATE object SET key = 1",
      "DELETE FROM pupil", "UPDATE pupil SET cohort_year = 2027", "DELETE FROM export",
      "UPDATE export SET rows_read = 2", "UPDATE export SET sealed_owner = x'00'",
      "UPDATE export SET school = '3434000'", "UPDATE export SET generation = 2",
      "DELETE FROM export_row WHERE row_number = 2", "UPDATE export_row SET sealed = x'00'",
      "INSERT INTO export_row (export, generation, row_number, verdict, sealed) VALUES (1, 1, 9, 'clear', x'00')",
      "DELETE FROM export_scope", "UPDATE export_scope SET decided_at = 1", "UPDATE export_scope SET authority = 'x'",
      "INSERT INTO export_scope (export, position, authority, kind) VALUES (1, 5, 'x', 'risk-of-neet')",
      "DELETE FROM fate", "UPDATE fate SET disclosure = 'floor'", "UPDATE fate SET row_number = 9 WHERE row_number = 2",
      "UPDATE fate SET fate = 'superseded', superseded_by = 1",
      "INSERT INTO fate (export, position, row_number, fate, reason) VALUES (1, 0, 9, 'held', 'x')",
      "DELETE FROM routing_exclusion", "UPDATE routing_exclusion SET mask = 2",
      "UPDATE routing_exclusion SET reason = 'x'",
      "INSERT INTO routing_exclusion VALUES (1, 9, 'x', 1)",
      "INSERT INTO routing_exclusion VALUES (1, 4, 'y', 3)",
      "DELETE FROM return", "UPDATE return SET authority = 'wirral'", "UPDATE return SET recipient = 'x'",
      "UPDATE return SET file_name = 'x'", "UPDATE return SET object = (SELECT name FROM object WHERE kind = 'export')",
      "UPDATE return SET folder = 'x'", "UPDATE return SET sequence = 7", "UPDATE return SET row_count = 9",
      "UPDATE return SET attempt = 0",
      "INSERT INTO return_row VALUES (1, 4, 3, x'00', 'full')", "UPDATE return_row SET disclosure = 'floor'",
      "DELETE FROM return_row", "DELETE FROM attempt", "DELETE FROM receipt", "UPDATE receipt SET at = 1",
      "DELETE FROM event", "UPDATE event SET kind = 'x'",
      "INSERT INTO event SELECT sequence + 5, at, kind, subject, sealed, previous, mac FROM event WHERE sequence = 1",
      "INSERT INTO event SELECT 0, at, kind, subject, sealed, previous, mac FROM event WHERE sequence = 1",
    ]
    for statement in forbidden {
      let message = try refusal([statement])
      #expect(message != nil, Comment(rawValue: statement))
    }
    let ledger = try await bench.open()
    let report = try await ledger.audit()
    #expect(report.isClean, "\(report.problems)")
  }

  @Test func statesMoveOnlyAlongTheirEdges() async throws {
    try await makeDecided()
    for state in ["drafted", "sending", "publishing", "withdrawn", "superseded", "none"] {
      #expect(
        try refusal(["UPDATE return SET state = '\(state)'"])?.hasPrefix("illegal-transition") == true,
        Comment(rawValue: state))
    }
    for state in ["stored", "read", "unreadable", "none"] {
      #expect(try refusal(["UPDATE export SET state = '\(state)'"]) != nil)
    }
    #expect(
      try refusal([
        """
        INSERT INTO export (school, state, object, path_lookup, sealed_source, fingerprint, observed_at, stored_at,
          rows_read)
        SELECT school, 'read', object, path_lookup, sealed_source, fingerprint, observed_at, stored_at, 0 FROM export
        """
      ])?.hasPrefix("illegal-transition") == true)
    #expect(
      try refusal([
        """
        INSERT INTO reply (authority, recipient, school, kind, state, state_detail, source_lookup, sealed_source, claimed_at)
        VALUES ('sefton', 'x', '3414787', 'acknowledgement', 'quarantined', 'x', x'00', x'00', 1)
        """
      ])?.hasPrefix("illegal-transition") == true)
  }

  /// The rule as the database knows it, without the checks of the facade: the export has rows 2, 3 and 4, and return 1
  /// drafted.
  @Test func fatesThatDoNotAddUpAreRefusedByTheDatabaseItself() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.readExport("a", clear: 3)
    try await ledger.returns.setScope(id, [.sefton])
    let draft = try await ledger.draft(id)
    let rendered = try await ledger.render(draft, rows: [2])
    try await ledger.store.write { try $0.adopt(rendered.object) }
    ledger.close()

    func sent(_ row: Int, _ disclosure: String = "full") -> String {
      "INSERT INTO fate (export, position, row_number, fate, return_id, disclosure) VALUES (1, 0, \(row), 'sent', 1, '\(disclosure)')"
    }
    func held(_ row: Int) -> String {
      "INSERT INTO fate (export, position, row_number, fate, reason) VALUES (1, 0, \(row), 'held', 'no-name')"
    }
    func excluded(_ row: Int, _ reason: String = "educated-elsewhere", mask: Int = 1) -> String {
      "INSERT INTO routing_exclusion VALUES (1, \(row), '\(reason)', \(mask))"
    }
    func inReturn(_ row: Int, _ disclosure: String = "full") -> String {
      """
      INSERT INTO return_row (return_id, row_number, pupil, digest, disclosure)
      VALUES (1, \(row), \(row - 1), x'00', '\(disclosure)')
      """
    }
    func queue(rows: Int) -> String {
      """
      UPDATE return SET state = 'queued', file_name = 'f', size = 1, row_count = \(rows),
        object = '\(rendered.object.name.rawValue)', sha256 = '\(rendered.object.sha256)'
      """
    }
    let decide = "UPDATE export_scope SET decided_at = 1"
    let finish = "UPDATE export SET state = 'decided', decided_at = 1"
    let good = [sent(2), sent(3), inReturn(2), inReturn(3), queue(rows: 2), excluded(4), decide, finish]
    let wrong: [String: [String]] = [
      "a row without fate": [sent(2), inReturn(2), queue(rows: 1), held(3), decide],
      "a fate of a row that was not read": [sent(2), inReturn(2), queue(rows: 1), held(3), held(9), decide],
      "an exclusion of a row that was not read": [sent(2), inReturn(2), queue(rows: 1), held(3), excluded(9), decide],
      "a fate too many": [sent(2), inReturn(2), queue(rows: 1), held(3), held(4), held(5), decide],
      "a row twice": [held(2), held(3), held(3)],
      "a fate and an exclusion": [held(2), held(3), excluded(3), decide],
      "two exclusions": [held(2), excluded(3), excluded(3, "home-authority-elsewhere"), decide],
      "the bit of another scope": [held(2), held(3), excluded(4, mask: 2), decide],
      "a scope that is not decided": [held(2), held(3), held(4), finish],
      "rows that were lost": [
        "DROP TRIGGER export_row_stays", "DELETE FROM export_row WHERE row_number = 4", held(2), held(3), decide,
      ],
      "a return with fewer rows than it says": [sent(2), inReturn(2), queue(rows: 2)],
      "a return with more rows than it says": [sent(2), inReturn(2), sent(3), inReturn(3), queue(rows: 1)],
      "a row sent that is in no return": [sent(2), sent(3), inReturn(2), queue(rows: 1)],
      "a row in a return that is not sent": [sent(2), inReturn(2), inReturn(3), queue(rows: 2)],
      "one row for another": [sent(2), inReturn(3), queue(rows: 1)],
      "more disclosed than decided": [sent(2, "floor"), inReturn(2, "full"), queue(rows: 1)],
      "an empty return": [queue(rows: 0)],
      "a fate after the decision": [held(2), held(3), held(4), decide, held(5)],
      "an exclusion after the decision": [held(2), held(3), held(4), decide, excluded(4)],
      "a fate that is none": ["INSERT INTO fate (export, position, row_number, fate) VALUES (1, 0, 2, 'forgotten')"],
      "not routed as a fate": [
        "INSERT INTO fate (export, position, row_number, fate, reason) VALUES (1, 0, 2, 'not-routed', 'x')"
      ],
      "sent by nothing": [
        "INSERT INTO fate (export, position, row_number, fate, disclosure) VALUES (1, 0, 2, 'sent', 'full')"
      ],
      "held without reason": ["INSERT INTO fate (export, position, row_number, fate) VALUES (1, 0, 2, 'held')"],
      "a position that is not in scope": [
        "INSERT INTO fate (export, position, row_number, fate, reason) VALUES (1, 1, 2, 'held', 'x')"
      ],
    ]
    for (what, statements) in wrong {
      #expect(try refusal(statements) != nil, Comment(rawValue: what))
    }
    #expect(try refusal(good) == nil)
    let reopened = try await bench.open()
    #expect(try await reopened.exports.summary(of: id).state == .decided)
  }

  /// The table of edges is the machine's: not less, or a return would be stuck; not more, or the trigger is no guard.
  @Test func theEdgesOfReturnsAreThoseOfTheirMachine() async throws {
    try await bench.open().close()
    let day = CalendarDate(daysSinceEpoch: 20_700)
    let states: [ReturnState] =
      [
        .drafted, .waiting(.release), .waiting(.date(day)), .queued, .sending, .publishing, .prepared, .sent,
        .delivered, .collected, .accepted, .rejected, .withdrawn, .superseded,
      ] + UnknownReason.allCases.map { .unknown($0) }
    let events: [ReturnEvent] =
      [
        .rendered(.queued), .rendered(.waiting(.release)), .released, .dateReached, .dateMoved(.release),
        .held(.objection), .withdrawn, .superseded, .started, .put, .restarted, .handedOver, .collected, .resend,
      ]
      + Presence.allCases.flatMap { final in
        [.temporaryReadBack(final), .finalReadBack(final)]
          + Presence.allCases.map { .probed(temporary: $0, final: final) }
      } + RenameResult.allCases.map { .renamed($0) } + Failure.allCases.map { .failed($0) }
      + ReturnEvent.Verdict.allCases.map { .acknowledged($0) }
      + ReturnEvent.Settlement.allCases.map { .settledByPerson($0) }
    var ofMachine: Set<String> = []
    for publication in Publication.allCases {
      for readBack in ReadBack.allCases {
        for takesFiles in [true, false] {
          for attempt in 0...2 {
            for earlier in ReturnMachine.Earlier.allCases {
              for state in states {
                for event in events {
                  var machine = ReturnMachine(
                    publication: publication, readBack: readBack, takesFiles: takesFiles, state: state,
                    attempt: attempt, earlier: earlier)
                  guard (try? machine.handle(event)) != nil, machine.state.name != state.name else { continue }
                  ofMachine.insert("\(state.name) → \(machine.state.name)")
                }
              }
            }
          }
        }
      }
    }
    let queue = try DatabaseQueue(path: bench.state + "/ledger.sqlite")
    let ofTable = Set(
      try await queue.read {
        try String.fetchAll($0, sql: "SELECT from_state || ' → ' || to_state FROM return_edge")
      })
    #expect(ofMachine.subtracting(ofTable).sorted() == [])
    #expect(ofTable.subtracting(ofMachine).sorted() == [])
  }

  @Test func theEdgesOfRepliesAreThoseOfTheirMachine() async throws {
    try await bench.open().close()
    let states: [ReplyState] = [.seen, .fetched, .read, .matched, .quarantined("x")]
    let events: [ReplyEvent] = [
      .fetched, .repeated, .removedAtSource, .read, .matched, .quarantined("y"), .restarted, .gone,
    ]
    var ofMachine: Set<String> = []
    for state in states {
      for event in events {
        var machine = ReplyMachine(tidiesSource: true, state: state)
        guard (try? machine.handle(event)) != nil, machine.state.name != state.name else { continue }
        ofMachine.insert("\(state.name) → \(machine.state.name)")
      }
    }
    // An acknowledgement is read and matched in one transaction.
    ofMachine.insert("fetched → matched")
    let queue = try DatabaseQueue(path: bench.state + "/ledger.sqlite")
    let ofTable = Set(
      try await queue.read {
        try String.fetchAll($0, sql: "SELECT from_state || ' → ' || to_state FROM reply_edge")
      })
    #expect(ofTable.sorted() == ofMachine.sorted())
  }

  @Test func everyTableIsStrictAndCorruptColumnsAreErrorsNotTraps() async throws {
    try await makeDecided()
    let queue = try DatabaseQueue(path: bench.state + "/ledger.sqlite")
    let loose = try await queue.read {
      try String.fetchAll(
        $0, sql: "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND schema = 'main'")
    }
    try queue.close()
    #expect(Set(loose).subtracting(["grdb_migrations", "sqlite_schema", "sqlite_sequence"]).isEmpty)
    try bench.tamper(
      "DROP TRIGGER return_follows_its_machine",
      "PRAGMA ignore_check_constraints = ON; UPDATE return SET state = 'gone'")
    let ledger = try await bench.open()
    let error = await ledgerError { _ = try await ledger.returns.list(ReturnFilter()) }
    #expect(error?.code == .corrupt)
  }
}
