// The state directory: its paths, its permissions, its locks. May touch nothing outside it.

import Glibc

/// The folder that holds the ledger: `ledger.sqlite`, `objects/`, `lock`, `wake`. Only the service user enters it.
struct StateDirectory: Sendable {
  let path: String

  var database: String { path + "/ledger.sqlite" }
  var objects: String { path + "/objects" }
  var temporaries: String { path + "/objects/tmp" }
  var lock: String { path + "/lock" }
  var wake: String { path + "/wake" }

  init(path: String) {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed = trimmed.dropLast() }
    self.path = String(trimmed)
  }

  /// Makes what is missing and refuses a folder of another user, even to root: files that root made here would lock
  /// the service out of its own state.
  func prepare() throws(LedgerError) {
    try Files.makeFolder(path)
    var status = stat()
    guard stat(path, &status) == 0 else { throw Files.failure("look at", path) }
    guard status.st_uid == geteuid() else {
      let owner = Self.userName(status.st_uid)
      throw LedgerError(
        .notOurs,
        "the state directory \(path) belongs to the user \(owner), and this runs as \(Self.userName(geteuid())); run it as that user, for example: runuser -u \(owner) -- leaverlink …"
      )
    }
    if status.st_mode & 0o077 != 0, chmod(path, 0o700) != 0 {
      throw Files.failure("close to other users", path)
    }
    try Files.makeFolder(objects)
    try Files.makeFolder(temporaries)
    // SQLite gives its -wal and -shm the permissions of the database.
    _ = try Files.open(database, O_RDWR | O_CREAT)
  }

  /// Held while the database is migrated and the keys are made, so that two processes never do it at once.
  func lockForSetUp() throws(LedgerError) -> Descriptor {
    let folder = try Files.open(path, O_RDONLY | O_DIRECTORY)
    try Self.wait(for: folder, LOCK_EX, path)
    return folder
  }

  /// The lock of the daemon: held as long as the descriptor is open, that is also by no child.
  func lockForDaemon() throws(LedgerError) -> Descriptor {
    let file = try Files.open(lock, O_RDWR | O_CREAT)
    while flock(file.number, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      guard errno == EWOULDBLOCK else { throw Files.failure("lock", lock) }
      let holder = String(decoding: try Files.read(32, from: file, path: lock), as: UTF8.self)
        .filter { $0.isASCII && $0.isNumber }
      throw LedgerError(
        .locked,
        "another daemon\(holder.isEmpty ? "" : " (process \(holder))") runs on \(path); stop it first, or give this one a state directory of its own"
      )
    }
    guard ftruncate(file.number, 0) == 0 else { throw Files.failure("write", lock) }
    try Files.writeAll(Array("\(getpid())\n".utf8), to: file, path: lock)
    return file
  }

  /// Shared by all that write objects, in every process: while it is held nobody sweeps.
  func shareObjects() throws(LedgerError) -> Descriptor {
    let folder = try Files.open(temporaries, O_RDONLY | O_DIRECTORY)
    try Self.wait(for: folder, LOCK_SH, temporaries)
    return folder
  }

  /// Nil while another process writes objects: then what looks like an orphan may be on its way into the ledger.
  func lockForSweep() throws(LedgerError) -> Descriptor? {
    let folder = try Files.open(temporaries, O_RDONLY | O_DIRECTORY)
    while flock(folder.number, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      guard errno == EWOULDBLOCK else { throw Files.failure("lock", temporaries) }
      return nil
    }
    return folder
  }

  /// Tells the daemon that a command has changed something.
  func touchWake() throws(LedgerError) {
    let file = try Files.open(wake, O_WRONLY | O_CREAT)
    guard futimens(file.number, nil) == 0 else { throw Files.failure("touch", wake) }
  }

  private static func wait(for file: Descriptor, _ operation: Int32, _ path: String) throws(LedgerError) {
    while flock(file.number, operation) != 0 {
      if errno != EINTR { throw Files.failure("lock", path) }
    }
  }

  private static func userName(_ id: uid_t) -> String {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 4096)
    guard getpwuid_r(id, &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.pw_name else {
      return "number \(id)"
    }
    return String(cString: name)
  }
}
