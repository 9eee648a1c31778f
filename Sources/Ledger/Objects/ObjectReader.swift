// Reads one object chunk by chunk, opening each. Its file work runs off the pool.

import Crypto
import Glibc
import Synchronization

/// Reads the plain content of an object in order, in pieces of at most 64 KiB. Use from one task at a time.
package struct ObjectReader: Sendable {
  private let files: BlockingWork
  private let source: Source

  init(files: BlockingWork, name: ObjectName, kind: ObjectKind, path: String, key: SymmetricKey)
    async throws(LedgerError)
  {
    self.files = files
    source = try await files.run { () throws(LedgerError) in
      try Source(name: name, kind: kind, path: path, key: key)
    }
  }

  /// The next piece; nil at the end. Throws `corrupt` where the file is not what was stored.
  package func next() async throws(LedgerError) -> [UInt8]? {
    try await files.run { [source] () throws(LedgerError) in try source.next() }
  }
}

/// The open file of an object.
private final class Source: Sendable {
  private let name: ObjectName
  private let kind: ObjectKind
  private let path: String
  private let key: SymmetricKey
  private let file: Descriptor
  private let salt: [UInt8]
  private let position: Mutex<Position>

  private struct Position {
    /// Sealed bytes that are still to be read.
    var left: Int64
    var index = 0
    var isAtEnd = false
  }

  init(name: ObjectName, kind: ObjectKind, path: String, key: SymmetricKey) throws(LedgerError) {
    self.name = name
    self.kind = kind
    self.path = path
    self.key = key
    guard Files.exists(path) else {
      throw LedgerError(.objectMissing, "the file of object \(name) is gone (\(path)); restore it from a backup")
    }
    file = try Files.open(path, O_RDONLY | O_NOFOLLOW)
    let size = try Files.size(of: file, path: path)
    let header = try Files.read(ObjectFormat.headerSize, from: file, path: path)
    guard header.count == ObjectFormat.headerSize, header.starts(with: ObjectFormat.magic) else {
      throw Self.damaged(name, path)
    }
    salt = Array(header.suffix(ObjectFormat.saltSize))
    position = Mutex(Position(left: size - Int64(ObjectFormat.headerSize)))
  }

  func next() throws(LedgerError) -> [UInt8]? {
    try position.withLock { position throws(LedgerError) in
      guard !position.isAtEnd else { return nil }
      let full = ObjectFormat.chunkSize + ObjectFormat.overhead
      let isLast = position.left <= Int64(full)
      let sealed = try Files.read(isLast ? Int(position.left) : full, from: file, path: path)
      guard
        let plain = ObjectFormat.open(
          sealed, kind: kind, salt: salt, index: position.index, isLast: isLast, key: key)
      else { throw Self.damaged(name, path) }
      position.left -= Int64(sealed.count)
      position.index += 1
      position.isAtEnd = isLast
      return plain
    }
  }

  private static func damaged(_ name: ObjectName, _ path: String) -> LedgerError {
    LedgerError(
      .corrupt, "object \(name) does not open: \(path) was changed outside leaverlink; restore it from a backup")
  }
}
