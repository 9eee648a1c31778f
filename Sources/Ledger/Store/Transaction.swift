// One transaction: SQL with cached statements, keys, sealed cells, events. The only way in which facades touch the
// database; lives no longer than the closure it is handed to.

import Crypto
import FoundationEssentials
import GRDB
import Leavers

/// A database in a transaction, with what is needed to write into it: the keys, and one instant for all of it.
///
/// Made by `LedgerStore.read` and `LedgerStore.write`. Never leaves the package target, nor the closure.
final class Transaction {
  let database: Database
  let keys: KeyRing
  /// The wall clock when the transaction began: every row of it bears the same instant.
  let now: Timestamp
  let directory: StateDirectory
  private var openKeys: [Int64: SymmetricKey] = [:]
  /// Object files that turned out to be there already: removed once this is committed.
  private(set) var surplusFiles: [String] = []

  init(database: Database, keys: KeyRing, now: Timestamp, directory: StateDirectory) {
    self.database = database
    self.keys = keys
    self.now = now
    self.directory = directory
  }

  // MARK: SQL

  /// Runs one statement.
  func run(_ sql: String, _ arguments: StatementArguments = []) throws {
    try database.cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// The number of rows that the last statement changed.
  var changes: Int { database.changesCount }
  /// The row id of the last insert.
  var lastID: Int64 { database.lastInsertedRowID }

  func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [Row] {
    try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
  }

  /// The first row, if any.
  func row(_ sql: String, _ arguments: StatementArguments = []) throws -> Row? {
    try Row.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
  }

  /// Hands each row on without keeping it: the row is valid only inside the body.
  func forEachRow(_ sql: String, _ arguments: StatementArguments = [], _ body: (Row) throws -> Void) throws {
    let cursor = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
    while let row = try cursor.next() { try body(row) }
  }

  /// The integer in the first column of the first row; nil where there is none, or NULL.
  func integer(_ sql: String, _ arguments: StatementArguments = []) throws -> Int64? {
    try row(sql, arguments).flatMap { $0[0] as Int64? }
  }

  func exists(_ sql: String, _ arguments: StatementArguments = []) throws -> Bool {
    try row(sql, arguments) != nil
  }

  // MARK: Keys

  /// Makes a key and keeps it wrapped.
  func makeKey(_ purpose: KeyPurpose) throws -> (id: Int64, key: SymmetricKey) {
    let key = SymmetricKey(size: .bits256)
    return (try keep(key, purpose), key)
  }

  /// Keeps a key wrapped, and gives its id.
  func keep(_ key: SymmetricKey, _ purpose: KeyPurpose) throws -> Int64 {
    // Rows of this table are never deleted, so that the highest id plus one was never used.
    let id = (try integer("SELECT max(id) FROM wrapped_key") ?? 0) + 1
    try run(
      "INSERT INTO wrapped_key (id, purpose, wrapped, made_at) VALUES (?, ?, ?, ?)",
      [id, purpose.rawValue, Blob(try keys.wrap(key, id: id, purpose: purpose)), now.milliseconds])
    openKeys[id] = key
    return id
  }

  /// Opens a wrapped key; each once a transaction. Throws `objectDestroyed` where it was destroyed.
  func key(_ id: Int64) throws -> SymmetricKey {
    if let key = openKeys[id] { return key }
    guard let row = try row("SELECT purpose, wrapped FROM wrapped_key WHERE id = ?", [id]) else {
      throw LedgerError(.corrupt, "the ledger has no key \(id), which a row names; run audit")
    }
    guard let wrapped = row.optionalBytes("wrapped") else {
      throw LedgerError(.objectDestroyed, "key \(id) was destroyed at the end of its retention: nothing can be read")
    }
    let key = try keys.unwrap(wrapped, id: id, purpose: row.value("purpose"))
    openKeys[id] = key
    return key
  }

  /// The key of a pupil.
  func key(of pupil: PupilID) throws -> SymmetricKey {
    guard let id = try integer("SELECT key FROM pupil WHERE id = ?", [pupil.rawValue]) else {
      throw LedgerError(.notFound, "there is no pupil \(pupil)")
    }
    return try key(id)
  }

  /// The key of an object.
  func key(of object: ObjectName) throws -> SymmetricKey {
    guard let id = try integer("SELECT key FROM object WHERE name = ?", [object.rawValue]) else {
      throw LedgerError(.notFound, "there is no object \(object)")
    }
    return try key(id)
  }

  func destroyKey(_ id: Int64) throws {
    openKeys[id] = nil
    try run(
      "UPDATE wrapped_key SET wrapped = NULL, destroyed_at = ? WHERE id = ? AND destroyed_at IS NULL",
      [now.milliseconds, id])
  }

  // MARK: Sealed cells

  func seal(_ bytes: [UInt8], with key: SymmetricKey, _ table: String, _ column: String, _ row: String) throws -> Blob {
    Blob(try Sealing.seal(bytes, with: key, at: CellAddress(table: table, column: column, row: row)))
  }

  func open(_ bytes: [UInt8], with key: SymmetricKey, _ table: String, _ column: String, _ row: String) throws
    -> [UInt8]
  {
    try Sealing.open(bytes, with: key, at: CellAddress(table: table, column: column, row: row))
  }

  // MARK: Objects

  /// Takes a stored object into the ledger, so that it is no orphan any more. The same content is kept once.
  func adopt(_ pending: PendingObject) throws {
    let known = try row(
      """
      SELECT o.file, o.key, k.destroyed_at IS NOT NULL AS destroyed
      FROM object o JOIN wrapped_key k ON k.id = o.key WHERE o.name = ?
      """, [pending.name.rawValue])
    if let known {
      let file: String = known["file"]
      let isThere = Files.exists(directory.objects + "/" + file)
      if !(known["destroyed"] as Bool), isThere {
        if pending.file != file { surplusFiles.append(directory.objects + "/" + pending.file) }
        return
      }
    }
    guard let key = pending.key, Files.exists(directory.objects + "/" + pending.file) else {
      throw LedgerError(
        .objectMissing,
        "object \(pending.name) is gone from \(directory.objects) before it was recorded; store it again")
    }
    let id = try keep(key, .object)
    if let known {
      try destroyKey(known["key"])
      try run(
        "UPDATE object SET file = ?, key = ?, stored_at = ? WHERE name = ?",
        [pending.file, id, now.milliseconds, pending.name.rawValue])
    } else {
      try run(
        "INSERT INTO object (name, file, key, kind, size, sha256, stored_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
          pending.name.rawValue, pending.file, id, pending.kind.rawValue, pending.size, pending.sha256,
          now.milliseconds,
        ])
    }
  }

  // MARK: Events

  /// Appends an event to the chain.
  ///
  /// - Parameters:
  ///   - subject: the thing in question: `E12`, `R34`, `A5`, a recipient's or school's id. Stands in clear.
  ///   - text: what happened, in plain words and without personal data. Sealed.
  ///   - details: particulars, such as who decided and why. Sealed.
  ///   - note: what the audit compares with the tables. Sealed, with the details.
  func append(
    _ kind: EventKind, subject: String, _ text: String, details: [String: String] = [:], note: EventNote = EventNote()
  ) throws {
    guard let head = try row("SELECT head_sequence, head_mac FROM ledger") else {
      throw LedgerError(.corrupt, "the ledger has no row of its own; restore the state from a backup")
    }
    let sequence = (head["head_sequence"] as Int64) + 1
    let previous = head.bytes("head_mac")
    var payload = details.merging(note.details) { $1 }
    payload["text"] = text
    let sealed = try Sealing.seal(Packed.encode(payload), with: keys.events, at: EventChain.address(sequence))
    let mac = EventChain.mac(
      sequence: sequence, at: now, kind: kind.rawValue, subject: subject, sealed: sealed, previous: previous, keys: keys
    )
    try run(
      "INSERT INTO event (sequence, at, kind, subject, sealed, previous, mac) VALUES (?, ?, ?, ?, ?, ?, ?)",
      [sequence, now.milliseconds, kind.rawValue, subject, Blob(sealed), Blob(previous), Blob(mac)])
    try run(
      "UPDATE ledger SET head_sequence = ?, head_mac = ?, head_stamp = ?",
      [sequence, Blob(mac), Blob(EventChain.stamp(sequence: sequence, mac: mac, keys: keys))])
  }

  /// Opens the payload of an event: `text` and the details.
  func payload(sequence: Int64, sealed: [UInt8]) throws -> [String: String] {
    try Packed.dictionary(Sealing.open(sealed, with: keys.events, at: EventChain.address(sequence)))
  }
}
