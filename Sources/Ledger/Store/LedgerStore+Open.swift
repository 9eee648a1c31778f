// Opens the database: connection settings, migrations, the ledger's own row and keys.

import Crypto
import GRDB
import Leavers

extension LedgerStore {
  /// Opens the database of a prepared state directory. The caller holds the set-up lock, and a daemon its own.
  static func open(
    directory: StateDirectory, masterKey: MasterKey, timekeeper: any Timekeeper, role: Ledger.Role,
    migrator: DatabaseMigrator = Migrations.migrator
  ) throws(LedgerError) -> LedgerStore {
    do {
      // Before SQLite sees the file: it writes into an empty one at once, and removes a WAL that lies beside it.
      try directory.makeDatabase(for: role)
      let pool = try DatabasePool(path: directory.database, configuration: configuration())
      // The pool sets NORMAL when it turns on the WAL; a return that was delivered must not be forgotten by a power cut.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      try migrate(pool, migrator, role: role, directory: directory)
      // Read first: a command that only reads must not wait for whoever writes.
      let known = try pool.read { try openKeys($0, masterKey: masterKey, directory: directory) }
      if known == nil { try directory.requireNew(for: role) }
      let (keys, name) =
        try known
        ?? pool.write { database in
          try openKeys(database, masterKey: masterKey, directory: directory)
            ?? makeKeys(database, masterKey: masterKey, timekeeper: timekeeper, directory: directory)
        }
      // A ledger that was made just now knows no object, and would take all for orphans.
      if role == .daemon, known != nil {
        _ = try pool.read { try OrphanSweep.run(directory: directory, database: $0) }
      }
      return LedgerStore(pool: pool, directory: directory, keys: keys, name: name, timekeeper: timekeeper)
    } catch {
      throw Self.error(error)
    }
  }

  private static func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.label = "leaverlink.ledger"
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(20)
    configuration.maximumReaderCount = 3
    configuration.prepareDatabase { database in
      // Deleted content is overwritten, and no statement spills rows into a file of its own.
      try database.execute(sql: "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;")
    }
    return configuration
  }

  private static func migrate(
    _ pool: DatabasePool, _ migrator: DatabaseMigrator, role: Ledger.Role, directory: StateDirectory
  ) throws {
    let (isEmpty, isTooNew, isComplete) = try pool.read { database in
      (
        try migrator.appliedIdentifiers(database).isEmpty, try migrator.hasBeenSuperseded(database),
        try migrator.hasCompletedMigrations(database)
      )
    }
    guard !isTooNew else {
      throw LedgerError(
        .schemaTooNew, "a newer version of leaverlink made this state; run that version, or restore an older backup")
    }
    if isComplete { return }
    if isEmpty { try directory.requireNew(for: role) }
    guard role == .daemon else {
      throw LedgerError(
        .schemaTooOld, "this state was made by an older version of leaverlink; start the daemon once, which migrates it"
      )
    }
    try migrator.migrate(pool)
  }

  /// Unwraps the ledger's own keys; nil where it has none yet.
  private static func openKeys(
    _ database: Database, masterKey: MasterKey, directory: StateDirectory
  ) throws -> (KeyRing, String)? {
    guard let row = try Row.fetchOne(database, sql: "SELECT * FROM ledger") else { return nil }
    let made: String = row["master_key_id"]
    guard made == masterKey.id else {
      throw LedgerError(
        .wrongMasterKey,
        "the state in \(directory.path) was sealed with master key \(made), and the one given is \(masterKey.id); give the right one, or another state directory"
      )
    }
    func key(_ column: String, _ purpose: KeyPurpose) throws -> SymmetricKey {
      let id: Int64 = row[column]
      guard
        let found = try Row.fetchOne(database, sql: "SELECT wrapped FROM wrapped_key WHERE id = ?", arguments: [id]),
        let wrapped = found.optionalBytes("wrapped")
      else {
        throw LedgerError(.corrupt, "the ledger's \(purpose.rawValue) key is gone; restore the state from a backup")
      }
      return try KeyRing.unwrap(wrapped, id: id, purpose: purpose, master: masterKey)
    }
    let keys = KeyRing(
      master: masterKey, lookup: try key("lookup_key", .lookup), signing: try key("signing_key", .signing))
    return (keys, row["name"])
  }

  /// Makes the ledger's own keys with its row.
  private static func makeKeys(
    _ database: Database, masterKey: MasterKey, timekeeper: any Timekeeper, directory: StateDirectory
  ) throws -> (KeyRing, String) {
    // A state that once had events has lost its keys: nothing must be written beside what nobody can open.
    guard try Int.fetchOne(database, sql: "SELECT count(*) FROM wrapped_key") == 0 else {
      throw LedgerError(.corrupt, "the ledger has lost the row of its own keys; restore the state from a backup")
    }
    let keys = KeyRing(
      master: masterKey, lookup: SymmetricKey(size: .bits256), signing: SymmetricKey(size: .bits256))
    let transaction = Transaction(
      database: database, keys: keys, now: timekeeper.now(), directory: directory)
    let (lookupID, signingID) = (
      try transaction.keep(keys.lookup, .lookup), try transaction.keep(keys.signing, .signing)
    )
    let name = Hex.text(SymmetricKey(size: .bits128).withUnsafeBytes { Array($0.prefix(3)) })
    try transaction.run(
      """
      INSERT INTO ledger (id, name, master_key_id, lookup_key, signing_key, created_at, head_sequence, head_mac, head_stamp)
      VALUES (1, ?, ?, ?, ?, ?, 0, ?, ?)
      """,
      [
        name, masterKey.id, lookupID, signingID, transaction.now.milliseconds, Blob(EventChain.origin),
        Blob(EventChain.stamp(sequence: 0, mac: EventChain.origin, keys: keys)),
      ])
    try transaction.append(.ledgerMade, subject: "ledger", "ledger \(name) made under master key \(masterKey.id)")
    return (keys, name)
  }
}
