// Writes the tracking team's journal: one line an event, on disk before anything else happens. One writer at a time.

import Glibc

/// The journal that the kill loop judges by: what is in it has happened, and is on the disk.
final class ArrivalJournal {
  private let descriptor: Int32
  private let path: String

  /// Opens a journal to go on with it, and takes it for this process alone. A last line that a crash cut short is
  /// removed: what it told is seen again by the rescan.
  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SandboxError("cannot open the journal \(path): \(errnoText())") }
    // From here on the deinitialiser closes it, after an error as well.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw SandboxError("the journal \(path) is written by another process; stop the sandbox that uses this directory")
    }
    let bytes = try FarFile.read(path) ?? []
    if let last = bytes.last, last != 10 {
      let end = bytes.lastIndex(of: 10).map { $0 + 1 } ?? 0
      guard ftruncate(descriptor, off_t(end)) == 0 else {
        throw SandboxError("cannot mend the journal \(path): \(errnoText())")
      }
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func append(_ entry: JournalEntry) throws {
    let line = try entry.line()
    var start = 0
    while start < line.count {
      let count = line[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw SandboxError("cannot write the journal \(path): \(errnoText())") }
      start += count
    }
    guard fsync(descriptor) == 0 else { throw SandboxError("cannot write the journal \(path): \(errnoText())") }
  }
}
