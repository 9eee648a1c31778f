// Where an export came from and whose file it was: sealed, since both may name a person.

import GRDB
package import Leavers

extension ExportsLedger {
  /// The path that it was read from: for the desk only, it may hold a person's name.
  package func source(of id: ExportID) async throws(LedgerError) -> String {
    try await store.read { transaction in
      guard let row = try transaction.row("SELECT sealed_source FROM export WHERE id = ?", [id.rawValue]) else {
        throw LedgerError(.notFound, "there is no export \(id)")
      }
      let bytes = try transaction.open(
        row.bytes("sealed_source"), with: transaction.keys.sources, "export", "sealed_source", id.description)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// Whose file it was when it was taken in, as the file system said; nil for an export older than this knowledge.
  ///
  /// A share that is mounted with one user for all says that user of every file: then it is nobody's word.
  package func owner(of id: ExportID) async throws(LedgerError) -> Person? {
    try await store.read { transaction in
      try transaction.owner(of: id).map { Person(name: $0, known: "file owner") }
    }
  }
}

extension Transaction {
  func sealOwner(_ owner: String?, of id: ExportID) throws -> Blob? {
    try owner.map { try seal(Array($0.utf8), with: keys.sources, "export", "sealed_owner", id.description) }
  }

  /// Throws `notFound`.
  func owner(of id: ExportID) throws -> String? {
    guard let row = try row("SELECT sealed_owner FROM export WHERE id = ?", [id.rawValue]) else {
      throw LedgerError(.notFound, "there is no export \(id)")
    }
    guard let sealed = row.optionalBytes("sealed_owner") else { return nil }
    let bytes = try open(sealed, with: keys.sources, "export", "sealed_owner", id.description)
    return String(decoding: bytes, as: UTF8.self)
  }
}
