// Puts files on a school's desk: temporary, to the disk, rename; what a person changed is never overwritten.

import Glibc
import Ledger

/// Writes to the `out` folder of one desk.
struct DeskWriter {
  /// Called after each step that leaves something behind, by which tests interrupt.
  typealias Step = (_ step: String) throws -> Void

  enum Outcome: Equatable {
    /// Written, or found as it would be written.
    case written
    /// A person's file has the name; take another one.
    case taken
  }

  /// The folder, which is made where only it is missing.
  let folder: String

  init(folder: String) throws(FileProblem) {
    self.folder = folder
    if mkdir(folder, 0o770) != 0, errno != EEXIST { throw FileProblem(number: errno) }
    var status = stat()
    guard stat(folder, &status) == 0 else { throw FileProblem(number: errno) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw FileProblem(.notAFolder) }
  }

  /// Writes a file under a name, unless that name is a person's: something lies there that is neither what is to be
  /// written nor `ours`, the SHA-256 of what was written there before. `temporary` is the same for each attempt, so
  /// that what a crash left behind is used up by the next.
  func write(_ bytes: [UInt8], as name: String, temporary: String, ours: String?, step: Step) throws -> Outcome {
    let target = folder + "/" + name
    let hidden = folder + "/" + temporary
    switch try present(target) {
    case .nothing:
      try put(bytes, hidden)
      try step("temporary")
      guard try renameToNothing(hidden, target) else {
        try remove(hidden)
        return .taken
      }
    case .file(let digest) where digest == ContentDigest.sha256(bytes):
      try remove(hidden)
      return .written
    case .file(let digest) where digest == ours:
      try put(bytes, hidden)
      try step("temporary")
      guard rename(hidden, target) == 0 else { throw FileProblem(number: errno) }
    case .file, .somethingElse:
      try remove(hidden)
      return .taken
    }
    try synchroniseFolder()
    try step("renamed")
    return .written
  }

  private enum Present {
    case nothing
    case file(sha256: String)
    case somethingElse
  }

  private func present(_ path: String) throws -> Present {
    do throws(FileProblem) {
      let files = SystemFiles()
      guard try files.look(path).kind == .regular else { return .somethingElse }
      let file = try files.open(path)
      var bytes: [UInt8] = []
      while true {
        let chunk = try file.read()
        if chunk.isEmpty { break }
        bytes += chunk
      }
      return .file(sha256: ContentDigest.sha256(bytes))
    } catch {
      if error.kind == .missing { return .nothing }
      // What cannot even be read was not put there by us.
      if error.kind == .notPermitted || error.kind == .notRegular { return .somethingElse }
      throw error
    }
  }

  private func put(_ bytes: [UInt8], _ path: String) throws(FileProblem) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o660)
    guard descriptor >= 0 else { throw FileProblem(number: errno) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileProblem(number: errno) }
      written += count
    }
    guard fsync(descriptor) == 0 else { throw FileProblem(number: errno) }
  }

  /// Gives a file its name where nothing has it; false where something has. A share that knows no hard links gets a
  /// look and a rename instead, with an instant between the two.
  private func renameToNothing(_ source: String, _ target: String) throws(FileProblem) -> Bool {
    if link(source, target) == 0 {
      try remove(source)
      return true
    }
    if errno == EEXIST { return false }
    guard [EPERM, EOPNOTSUPP, ENOSYS, EINVAL, EMLINK].contains(errno) else { throw FileProblem(number: errno) }
    var status = stat()
    if lstat(target, &status) == 0 { return false }
    guard rename(source, target) == 0 else { throw FileProblem(number: errno) }
    return true
  }

  private func remove(_ path: String) throws(FileProblem) {
    if unlink(path) != 0, errno != ENOENT { throw FileProblem(number: errno) }
  }

  private func synchroniseFolder() throws(FileProblem) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileProblem(number: errno) }
    defer { close(descriptor) }
    // Some network file systems know no fsync of a folder.
    if fsync(descriptor) != 0, errno != EINVAL, errno != EOPNOTSUPP { throw FileProblem(number: errno) }
  }
}
