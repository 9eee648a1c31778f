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

  /// Makes the folders that are missing and refuses a folder of another user, even to root: files that root made here
  /// would lock the service out of its own state. A command makes nothing where there is no ledger.
  ///
  /// Throws `noLedger`, `corrupt` (see `requireLedger`), `notOurs`, `io`.
  func prepare(for role: Ledger.Role) throws(LedgerError) {
    if role == .daemon { try Files.makeFolder(path) }
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT { throw noLedger }
      throw Files.failure("look at", path)
    }
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
    if try isBare() { try requireNew(for: role) }
    try Files.makeFolder(objects)
    try Files.makeFolder(temporaries)
  }

  /// Makes the file of the database where there is none; SQLite gives its -wal and -shm the same permissions. Refuses
  /// first what `requireNew` refuses, so that nothing is written in the place of a ledger that was lost.
  func makeDatabase(for role: Ledger.Role) throws(LedgerError) {
    guard try isBare() else { return }
    try requireNew(for: role)
    _ = try Files.open(database, O_RDWR | O_CREAT)
  }

  /// To be called before anything of a new ledger is made. Throws `corrupt` where there are objects, which only the
  /// keys of a ledger that is gone can open: under new keys they would all be orphans, and swept. Throws `noLedger` for
  /// a command: what it made would be quiet and empty, and belong to whoever ran it.
  func requireNew(for role: Ledger.Role) throws(LedgerError) {
    guard try !holdsObjects() else {
      throw LedgerError(
        .corrupt,
        "there are objects in \(objects), but the ledger is gone or empty; restore ledger.sqlite from a backup, with its -wal if there is one, and touch nothing else"
      )
    }
    if role == .command { throw noLedger }
  }

  private var noLedger: LedgerError {
    LedgerError(
      .noLedger,
      "there is no ledger in \(path) yet; start the service once, which makes it, or correct `state` in the configuration"
    )
  }

  /// There is no database, or nothing in its file.
  private func isBare() throws(LedgerError) -> Bool {
    guard Files.exists(database) else { return true }
    return try Files.size(of: Files.open(database, O_RDONLY), path: database) == 0
  }

  /// What is under way lies under `objects/tmp` and is none yet.
  private func holdsObjects() throws(LedgerError) -> Bool {
    for prefix in try Files.names(in: objects) where prefix.utf8.count == 2 {
      if try !Files.names(in: objects + "/" + prefix).isEmpty { return true }
    }
    return false
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
