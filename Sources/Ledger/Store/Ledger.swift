// The ledger: opens the state directory and hands out a facade for each station. No other target sees its database.

import Crypto
import GRDB
import Glibc
package import Leavers
import Synchronization

/// What happened, in one state directory: a database of records and events, and sealed objects beside it.
///
/// Every method of it and its facades that changes something is one transaction, on disk when the method returns, and
/// appends one event to the chain.
package final class Ledger: Sendable {
  /// As what a process opens the ledger.
  package enum Role: Sendable, Hashable {
    /// Takes the lock that only one daemon has, migrates, and sweeps what a crash left.
    case daemon
    /// Works beside a daemon or without one. Makes no ledger and migrates none.
    case command
  }

  let store: LedgerStore
  private let share: ObjectShare
  private let lock: Mutex<Descriptor?>

  private init(store: LedgerStore, lock: Descriptor?) {
    self.store = store
    self.lock = Mutex(lock)
    share = ObjectShare(directory: store.directory)
  }

  /// Opens the ledger of a state directory; the daemon makes it where there was none.
  ///
  /// Throws `locked` where another daemon runs, `notOurs` where the directory belongs to another user,
  /// `wrongMasterKey`, `schemaTooNew`, `schemaTooOld` (a command before the daemon has migrated), `noLedger` (a command
  /// before the daemon has made one), `corrupt` (also where there are objects without their ledger), `io`.
  package static func open(
    stateDirectory: String, masterKey: MasterKey, timekeeper: any Timekeeper, role: Role
  ) async throws(LedgerError) -> Ledger {
    try await BlockingWork().run { () throws(LedgerError) in
      let directory = StateDirectory(path: stateDirectory)
      try directory.prepare(for: role)
      let lock = role == .daemon ? try directory.lockForDaemon() : nil
      let setUp = try directory.lockForSetUp()
      return try withExtendedLifetime(setUp) { () throws(LedgerError) in
        let store = try LedgerStore.open(
          directory: directory, masterKey: masterKey, timekeeper: timekeeper, role: role)
        return Ledger(store: store, lock: lock)
      }
    }
  }

  /// Closes the database and gives up the locks. Waits for transactions that are under way; later calls throw `io`.
  package func close() {
    // A database that does not close cleanly is recovered from its WAL when it is next opened.
    try? store.close()
    share.release()
    lock.withLock { lock in
      // Given up in so many words: a child that is being started at this instant still has a copy of the descriptor.
      if let lock { _ = flock(lock.number, LOCK_UN) }
      lock = nil
    }
  }

  /// Six hex digits, made once: part of temporary names at the far side, so that two ledgers never meet there.
  package var name: String { store.name }

  package var objects: ObjectStore { ObjectStore(store: store, share: share) }

  /// Tells the daemon that a command has changed something, by touching `STATE/wake`.
  package func touchWake() async throws(LedgerError) {
    let directory = store.directory
    try await store.files.run { () throws(LedgerError) in try directory.touchWake() }
  }

  /// Makes the schools of the configuration known. A school that is known keeps its pupils under a new name; one that
  /// is no longer configured stays.
  package func register(
    schools: [(id: SchoolID, name: String, controller: ControllerID)]
  ) async throws(LedgerError) {
    try await store.write { transaction in
      var changed: [String] = []
      for school in schools {
        let known = try transaction.row("SELECT name, controller FROM school WHERE id = ?", [school.id.rawValue])
        if let known, known["name"] == school.name, known["controller"] == school.controller.rawValue { continue }
        try transaction.run(
          """
          INSERT INTO school (id, name, controller) VALUES (?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET name = excluded.name, controller = excluded.controller
          """, [school.id.rawValue, school.name, school.controller.rawValue])
        changed.append(school.id.rawValue)
      }
      if !changed.isEmpty {
        try transaction.append(
          .schoolRegistered, subject: "schools", "schools made known: \(changed.joined(separator: ", "))")
      }
    }
  }

  /// The event by which a return was decided: for its cover sheet, which is the same at every attempt.
  package func chainHead(of id: ReturnID) async throws(LedgerError) -> ChainHead {
    let head = try await store.read { transaction in
      try transaction.row(
        "SELECT sequence, mac FROM event WHERE subject = ? AND kind = ? ORDER BY sequence LIMIT 1",
        [id.description, EventKind.returnMoved.rawValue]
      ).map { ChainHead(sequence: $0["sequence"], digest: Hex.text($0.bytes("mac").prefix(16))) }
    }
    if let head { return head }
    return try await chainHead()
  }

  /// The newest event of the chain, to be noted outside the ledger: in the journal, on cover sheets.
  package func chainHead() async throws(LedgerError) -> ChainHead {
    try await store.read { transaction in
      guard let row = try transaction.row("SELECT head_sequence, head_mac FROM ledger") else {
        throw LedgerError(.corrupt, "the ledger has no row of its own; restore the state from a backup")
      }
      return ChainHead(sequence: row["head_sequence"], digest: Hex.text(row.bytes("head_mac").prefix(16)))
    }
  }
}
