// Files by descriptor, with errors that say what and where. Each descriptor is O_CLOEXEC, or a child would keep it.

import Glibc

/// An open file or folder that is closed when nobody holds it any more.
final class Descriptor: Sendable {
  let number: Int32
  init(_ number: Int32) { self.number = number }
  deinit { close(number) }
}

/// The calls on files that the ledger makes. Blocking: never on the cooperative pool.
enum Files {
  /// The error of the last call, with what was tried and where.
  static func failure(_ what: String, _ path: String) -> LedgerError {
    let number = errno
    let reason = String(cString: strerror(number))
    switch number {
    case EACCES, EPERM, EROFS:
      return LedgerError(.notOurs, "cannot \(what) \(path): \(reason); run this as the user that the state belongs to")
    case ENOSPC, EDQUOT:
      return LedgerError(.io, "cannot \(what) \(path): \(reason); make room on this disk, nothing was lost")
    default:
      return LedgerError(.io, "cannot \(what) \(path): \(reason)")
    }
  }

  static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws(LedgerError) -> Descriptor {
    while true {
      let number = Glibc.open(path, flags | O_CLOEXEC, mode)
      if number >= 0 { return Descriptor(number) }
      if errno != EINTR { throw failure("open", path) }
    }
  }

  /// Makes a folder that only this user can enter, unless it is there.
  static func makeFolder(_ path: String) throws(LedgerError) {
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw failure("make the folder", path) }
  }

  static func writeAll(_ bytes: [UInt8], to file: Descriptor, path: String) throws(LedgerError) {
    let problem = bytes.withUnsafeBytes { buffer -> LedgerError? in
      var done = 0
      while done < buffer.count {
        let count = write(file.number, buffer.baseAddress?.advanced(by: done), buffer.count - done)
        if count < 0 {
          if errno == EINTR { continue }
          return failure("write", path)
        }
        done += count
      }
      return nil
    }
    if let problem { throw problem }
  }

  /// Reads up to so many bytes; fewer only at the end of the file.
  static func read(_ count: Int, from file: Descriptor, path: String) throws(LedgerError) -> [UInt8] {
    var problem: LedgerError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = Glibc.read(file.number, buffer.baseAddress?.advanced(by: filled), count - filled)
        if got < 0 {
          if errno == EINTR { continue }
          problem = failure("read", path)
          return
        }
        if got == 0 { return }
        filled += got
      }
    }
    if let problem { throw problem }
    return bytes
  }

  static func size(of file: Descriptor, path: String) throws(LedgerError) -> Int64 {
    var status = stat()
    guard fstat(file.number, &status) == 0 else { throw failure("look at", path) }
    return Int64(status.st_size)
  }

  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  static func synchronise(_ file: Descriptor, path: String) throws(LedgerError) {
    while fsync(file.number) != 0 {
      if errno != EINTR { throw failure("write to disk", path) }
    }
  }

  static func synchroniseFolder(_ path: String) throws(LedgerError) {
    try synchronise(open(path, O_RDONLY | O_DIRECTORY), path: path)
  }

  static func rename(_ from: String, to target: String) throws(LedgerError) {
    guard Glibc.rename(from, target) == 0 else { throw failure("rename to", target) }
  }

  /// Removes a file; one that is not there is no error.
  static func remove(_ path: String) throws(LedgerError) {
    if unlink(path) != 0, errno != ENOENT { throw failure("remove", path) }
  }

  /// The names in a folder, sorted; none where there is no such folder.
  static func names(in path: String) throws(LedgerError) -> [String] {
    guard let folder = opendir(path) else {
      if errno == ENOENT { return [] }
      throw failure("list", path)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(folder) else {
        if errno != 0 { throw failure("list", path) }
        return names.sorted()
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
  }
}
