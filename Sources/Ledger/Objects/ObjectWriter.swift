// Writes one object: sealed as it comes, into objects/tmp/, then under its name. Its file work runs off the pool.

import Crypto
import GRDB
import Glibc
import Synchronization

/// Writes one object piece by piece. What was appended and never finished is removed with the writer.
///
/// Use from one task at a time.
package struct ObjectWriter: Sendable {
  private let store: LedgerStore
  private let file: ObjectFile

  init(store: LedgerStore, kind: ObjectKind) async throws(LedgerError) {
    self.store = store
    let directory = store.directory
    let digester = store.keys.digester("object|\(kind.rawValue)")
    file = try await store.files.run { () throws(LedgerError) in
      try ObjectFile(kind: kind, directory: directory, digester: digester)
    }
  }

  /// Adds plain bytes.
  package mutating func append(_ bytes: [UInt8]) async throws(LedgerError) {
    try await store.files.run { [file] () throws(LedgerError) in try file.append(bytes) }
  }

  /// Writes the rest, brings it to the disk, and puts it under its name (I2). It becomes part of the ledger when a
  /// transaction takes in what this gives. The writer takes no more bytes.
  package mutating func finish() async throws(LedgerError) -> PendingObject {
    let content = try await store.files.run { [file] () throws(LedgerError) in try file.seal() }
    let known = try await store.read { transaction in try Self.known(content.name, transaction) }
    return try await store.files.run { [file] () throws(LedgerError) in
      if let known {
        file.discard()
        return PendingObject(
          name: content.name, kind: file.kind, size: content.size, sha256: content.sha256, file: known, key: nil)
      }
      let path = try file.publish(as: content.name)
      return PendingObject(
        name: content.name, kind: file.kind, size: content.size, sha256: content.sha256, file: path, key: file.key)
    }
  }

  /// Removes what was written. Does nothing after `finish`.
  package func discard() async {
    let file = file
    _ = try? await store.files.run { () throws(LedgerError) in file.discard() }
  }

  /// The file of this content, where the ledger has it and it can be read.
  private static func known(_ name: ObjectName, _ transaction: Transaction) throws -> String? {
    let row = try transaction.row(
      """
      SELECT o.file FROM object o JOIN wrapped_key k ON k.id = o.key
      WHERE o.name = ? AND k.destroyed_at IS NULL
      """, [name.rawValue])
    guard let file = row?["file"] as String?, Files.exists(transaction.directory.objects + "/" + file) else {
      return nil
    }
    return file
  }
}

/// The file of an object that is being written.
private final class ObjectFile: Sendable {
  let kind: ObjectKind
  let key = SymmetricKey(size: .bits256)
  private let directory: StateDirectory
  private let salt: [UInt8]
  private let temporary: String
  private let state: Mutex<State>

  private struct State {
    var file: Descriptor?
    var buffer: [UInt8] = []
    var index = 0
    var size: Int64 = 0
    var sha256 = SHA256()
    var digester: HMAC<SHA256>
  }

  struct Content: Sendable {
    let name: ObjectName
    let size: Int64
    let sha256: String
  }

  init(kind: ObjectKind, directory: StateDirectory, digester: HMAC<SHA256>) throws(LedgerError) {
    self.kind = kind
    self.directory = directory
    salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
    temporary = directory.temporaries + "/" + Hex.text(salt)
    let file = try Files.open(temporary, O_WRONLY | O_CREAT | O_EXCL)
    state = Mutex(State(file: file, digester: digester))
    try Files.writeAll(ObjectFormat.magic + salt, to: file, path: temporary)
  }

  deinit { discard() }

  func append(_ bytes: [UInt8]) throws(LedgerError) {
    try state.withLock { state throws(LedgerError) in
      guard let file = state.file else {
        throw LedgerError(.conflict, "an object that is finished takes no more bytes")
      }
      state.sha256.update(data: bytes)
      state.digester.update(data: bytes)
      state.size += Int64(bytes.count)
      state.buffer += bytes
      // The last chunk is not known before the end, so that one is always kept back.
      var start = 0
      while state.buffer.count - start > ObjectFormat.chunkSize {
        try write(Array(state.buffer[start..<start + ObjectFormat.chunkSize]), isLast: false, to: file, &state)
        start += ObjectFormat.chunkSize
      }
      if start > 0 { state.buffer.removeFirst(start) }
    }
  }

  private func write(_ chunk: [UInt8], isLast: Bool, to file: Descriptor, _ state: inout State) throws(LedgerError) {
    let sealed = try ObjectFormat.seal(chunk, kind: kind, salt: salt, index: state.index, isLast: isLast, key: key)
    try Files.writeAll(sealed, to: file, path: temporary)
    state.index += 1
  }

  /// Writes the last chunk and brings it all to the disk.
  func seal() throws(LedgerError) -> Content {
    try state.withLock { state throws(LedgerError) in
      guard let file = state.file else { throw LedgerError(.conflict, "an object is finished only once") }
      try write(state.buffer, isLast: true, to: file, &state)
      state.buffer = []
      try Files.synchronise(file, path: temporary)
      state.file = nil
      return Content(
        name: ObjectName(digest: Array(state.digester.finalize())), size: state.size,
        sha256: Hex.text(Array(state.sha256.finalize())))
    }
  }

  /// Puts the file under its name, and gives its path below `objects/`.
  func publish(as name: ObjectName) throws(LedgerError) -> String {
    let prefix = String(name.rawValue.prefix(2))
    let folder = directory.objects + "/" + prefix
    if !Files.exists(folder) {
      try Files.makeFolder(folder)
      try Files.synchroniseFolder(directory.objects)
    }
    let file = "\(prefix)/\(name.rawValue).\(Hex.text(salt.prefix(4)))"
    try Files.rename(temporary, to: directory.objects + "/" + file)
    try Files.synchroniseFolder(folder)
    return file
  }

  func discard() {
    state.withLock { $0.file = nil }
    // What cannot be removed is swept when the daemon next starts.
    try? Files.remove(temporary)
  }
}
