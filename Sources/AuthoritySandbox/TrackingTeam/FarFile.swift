// Files of the far side as bytes: read whole, written whole. Synchronous; called from the team's own thread.

import Crypto
import Glibc

enum FarFile {
  /// What a file was like when it was looked at.
  struct Look {
    let bytes: [UInt8]
    let inode: UInt64
    /// Nanoseconds since 1970.
    let modified: Int64
  }

  /// The content, or nil where there is no such file.
  static func read(_ path: String) throws -> [UInt8]? { try look(path)?.bytes }

  /// The content and what tells one file from another of the same name; nil where there is none, or no regular one.
  static func look(_ path: String) throws -> Look? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ELOOP { return nil }
      throw SandboxError("cannot read \(path): \(errnoText())")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SandboxError("cannot read \(path): \(errnoText())") }
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size))
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw SandboxError("cannot read \(path): \(errnoText())") }
      if count == 0 { break }
      bytes.append(contentsOf: buffer[0..<count])
    }
    let modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    return Look(bytes: bytes, inode: UInt64(status.st_ino), modified: modified)
  }

  /// The size without reading; nil where there is no such file.
  static func size(_ path: String) -> Int64? {
    var status = stat()
    return lstat(path, &status) == 0 ? Int64(status.st_size) : nil
  }

  /// The names in a folder, in order.
  static func names(in folder: String) throws -> [String] {
    guard let directory = opendir(folder) else { throw SandboxError("cannot list \(folder): \(errnoText())") }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Writes a file so that it is there whole or not at all: a temporary name, then a rename.
  static func place(_ bytes: [UInt8], at path: String) throws {
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    let temporary = path[..<slash] + "/." + path[path.index(after: slash)...] + ".tmp"
    try save(bytes, at: String(temporary))
    guard rename(String(temporary), path) == 0 else { throw SandboxError("cannot write \(path): \(errnoText())") }
  }

  /// Writes a file under its own name from the start, as a person who saves an attachment does.
  static func save(_ bytes: [UInt8], at path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o660)
    guard descriptor >= 0 else { throw SandboxError("cannot write \(path): \(errnoText())") }
    defer { close(descriptor) }
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw SandboxError("cannot write \(path): \(errnoText())") }
      start += count
    }
    guard fsync(descriptor) == 0 else { throw SandboxError("cannot write \(path): \(errnoText())") }
  }

  /// SHA-256 of bytes in small hexadecimal digits.
  static func sha256(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in digest(bytes) {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// SHA-256 of bytes.
  static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return Array(hash.finalize())
  }
}
