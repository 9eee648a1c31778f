// The sealed objects of the ledger: exports, returns, replies as they were, written once. May touch objects/ only.

import Crypto
import GRDB
import Synchronization

/// The sealed objects of the ledger.
package struct ObjectStore: Sendable {
  let store: LedgerStore
  let share: ObjectShare

  /// A writer for a new object. What it finishes is an orphan until a transaction takes it in.
  package func writer(kind: ObjectKind) async throws(LedgerError) -> ObjectWriter {
    try await store.files.run { [share] () throws(LedgerError) in try share.hold() }
    return try await ObjectWriter(store: store, kind: kind)
  }

  /// Stores bytes that are in memory.
  package func store(_ bytes: [UInt8], kind: ObjectKind) async throws(LedgerError) -> PendingObject {
    var writer = try await writer(kind: kind)
    try await writer.append(bytes)
    return try await writer.finish()
  }

  /// The whole plain content.
  ///
  /// Throws `notFound`, `objectDestroyed` after its key was destroyed, `objectMissing` without its file, `corrupt`
  /// where the file does not open.
  package func read(_ name: ObjectName) async throws(LedgerError) -> [UInt8] {
    let reader = try await reader(name)
    var bytes: [UInt8] = []
    while let chunk = try await reader.next() { bytes += chunk }
    return bytes
  }

  /// A reader of the plain content in pieces. Throws as `read` does.
  package func reader(_ name: ObjectName) async throws(LedgerError) -> ObjectReader {
    let found = try await store.read { transaction in
      guard let row = try transaction.row("SELECT file, key, kind FROM object WHERE name = ?", [name.rawValue]) else {
        throw LedgerError(.notFound, "the ledger has no object \(name)")
      }
      let key: SymmetricKey
      do {
        key = try transaction.key(row["key"])
      } catch let error as LedgerError where error.code == .objectDestroyed {
        throw LedgerError(
          .objectDestroyed, "object \(name) was destroyed at the end of its retention; its hash and counts remain")
      }
      return (file: row["file"] as String, key: key, kind: try row.value("kind", ObjectKind.self))
    }
    return try await ObjectReader(
      files: store.files, name: name, kind: found.kind, path: store.directory.objects + "/" + found.file,
      key: found.key)
  }

  /// Hands the plain content on in pieces of at most 64 KiB, in order. Errors of the body go through as they are.
  package func readChunks(
    _ name: ObjectName, isolation: isolated (any Actor)? = #isolation, _ body: ([UInt8]) async throws -> Void
  ) async throws {
    let reader = try await reader(name)
    while let chunk = try await reader.next() { try await body(chunk) }
  }
}

/// Says to other processes that this one writes objects, from its first writer until the ledger is closed: then nobody
/// takes what is on its way into the ledger for an orphan.
final class ObjectShare: Sendable {
  private let directory: StateDirectory
  private let held = Mutex<Descriptor?>(nil)

  init(directory: StateDirectory) { self.directory = directory }

  func hold() throws(LedgerError) {
    try held.withLock { held throws(LedgerError) in
      if held == nil { held = try directory.shareObjects() }
    }
  }

  func release() { held.withLock { $0 = nil } }
}
