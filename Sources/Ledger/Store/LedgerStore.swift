// The open database with its keys: what all facades stand on. Reads and writes run on the database's own threads.

import GRDB
import Leavers
import Synchronization

/// The open database with its keys.
final class LedgerStore: Sendable {
  let directory: StateDirectory
  let keys: KeyRing
  let timekeeper: any Timekeeper
  /// Six hex digits, made once.
  let name: String
  let files = BlockingWork()
  private let pool: DatabasePool
  private let isClosed = Mutex(false)

  init(pool: DatabasePool, directory: StateDirectory, keys: KeyRing, name: String, timekeeper: any Timekeeper) {
    self.pool = pool
    self.directory = directory
    self.keys = keys
    self.name = name
    self.timekeeper = timekeeper
  }

  func close() throws(LedgerError) {
    // Once: a checkpoint on a closed connection is no error of SQLite but the end of the process.
    let isFirst = isClosed.withLock { isClosed in
      defer { isClosed = true }
      return !isClosed
    }
    guard isFirst else { return }
    // Whoever copies the database of a service that was stopped shall find everything in that one file. What a reader
    // still holds back stays in the WAL, which the next opening recovers; this waits for nobody.
    _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.passive) }
    do { try pool.close() } catch { throw Self.error(error) }
  }

  /// Runs the body in one transaction that is committed, and on disk, when this returns, or did not happen.
  ///
  /// It goes on when the calling task is cancelled: what happened outside must be recorded, and a caller that saw
  /// neither a value nor an error could not tell.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value
  ) async throws(LedgerError) -> Value {
    let result: Result<Value, LedgerError> = await withCheckedContinuation { continuation in
      pool.asyncWriteWithoutTransaction { [self] database in
        continuation.resume(returning: write(in: database, body))
      }
    }
    return try result.get()
  }

  private func write<Value>(_ body: (Transaction) throws -> Value, in database: Database) throws -> Value {
    var outcome: (value: Value, surplus: [String])?
    try database.inTransaction(.immediate) {
      let transaction = Transaction(
        database: database, keys: keys, now: timekeeper.now(), directory: directory)
      outcome = (try body(transaction), transaction.surplusFiles)
      return .commit
    }
    guard let outcome else { throw LedgerError(.io, "a transaction ended without a result") }
    // After the commit: what cannot be removed now is swept when the daemon next starts.
    for file in outcome.surplus { try? Files.remove(file) }
    return outcome.value
  }

  private func write<Value>(in database: Database, _ body: (Transaction) throws -> Value) -> Result<Value, LedgerError>
  {
    do { return .success(try write(body, in: database)) } catch { return .failure(Self.error(error)) }
  }

  /// Runs the body on one consistent state of the database, which it cannot change.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value
  ) async throws(LedgerError) -> Value {
    let result: Result<Value, LedgerError> = await withCheckedContinuation { continuation in
      pool.asyncRead { [self] access in
        continuation.resume(
          returning: Result {
            try body(
              Transaction(
                database: access.get(), keys: keys, now: timekeeper.now(), directory: directory))
          }.mapError(Self.error))
      }
    }
    return try result.get()
  }

  // MARK: Errors

  /// The ledger's own error for any that came up in a transaction. Database messages name tables and columns, never
  /// values.
  static func error(_ error: any Error) -> LedgerError {
    if let error = error as? LedgerError { return error }
    guard let error = error as? DatabaseError else {
      return LedgerError(.io, "the ledger failed: \(type(of: error))")
    }
    let message = error.message ?? "no message"
    switch error.resultCode {
    case .SQLITE_CONSTRAINT:
      return constraint(error, message)
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return LedgerError(.io, "the ledger is busy: another process has held it for too long; try again")
    case .SQLITE_FULL:
      return LedgerError(.io, "the disk of the ledger is full; make room, nothing was lost")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      return LedgerError(.corrupt, "the ledger's database is damaged (\(message)); restore the state from a backup")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      return LedgerError(
        .notOurs, "the ledger's database cannot be written (\(message)); run this as the user that the state belongs to"
      )
    case .SQLITE_MISUSE:
      return LedgerError(.io, "the ledger is closed")
    default:
      return LedgerError(.io, "the ledger failed: \(message)")
    }
  }

  private static func constraint(_ error: DatabaseError, _ message: String) -> LedgerError {
    guard error.extendedResultCode == .SQLITE_CONSTRAINT_TRIGGER else {
      return LedgerError(.conflict, "the ledger refuses what contradicts it: \(message)")
    }
    let parts = message.split(separator: ":", maxSplits: 1)
    let code: LedgerError.Code =
      switch parts.first {
      case "conservation": .conservation
      case "illegal-transition": .illegalTransition
      default: .conflict
      }
    return LedgerError(code, "the ledger refuses it: " + (parts.last.map { $0.drop { $0 == " " } } ?? ""))
  }
}
