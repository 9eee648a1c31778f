// Puts files on a school's desk: temporary, to the disk, rename; what a person changed is never overwritten.

import Glibc
import Ledger
import Profiles

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

  /// What is larger is none of ours, in bytes, and is not read: no export that is taken in gives a file of such a size.
  static let sizeLimit: Int64 = 256 << 20

  /// The folder, which is made where only it is missing.
  let folder: String
  /// Who may reach what is made.
  private let access: DeskAccess

  /// The desk's `out`.
  init(of school: School) throws(FileProblem) { try self.init(folder: school.deskOut, access: school.deskAccess) }

  /// A folder in the desk's `out`, which is made where it is missing.
  init(of school: School, below name: String) throws(FileProblem) {
    _ = try DeskWriter(of: school)
    try self.init(folder: school.deskOut + "/" + name, access: school.deskAccess)
  }

  /// - Parameter isMade: false for a folder that must be there: a desk itself, whose share may be away.
  init(folder: String, access: DeskAccess = .standard, isMade: Bool = true) throws(FileProblem) {
    self.folder = folder
    self.access = access
    if !isMade {
      // Looked at below.
    } else if mkdir(folder, access.folderMode) == 0 {
      try DeskRights.give(access.folderMode, access.group, to: folder)
    } else if errno != EEXIST {
      throw FileProblem(number: errno)
    }
    var status = stat()
    // Whoever can write to a desk could put a link in the place of a folder that is made there. A desk itself may be one.
    guard (isMade ? lstat(folder, &status) : stat(folder, &status)) == 0 else { throw FileProblem(number: errno) }
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

  /// Removes a file of ours whose time has come: one that is, byte for byte, what we wrote. It is taken aside first, so
  /// that no person's file that comes under its name at this moment is removed for it; what was taken aside when the
  /// process died is taken up again.
  func remove(_ name: String, ours: String, step: Step) throws -> DeskFileEnd {
    let target = folder + "/" + name
    let aside = "\(folder)/.leaverlink-expired-\(ContentDigest.sha256(Array(name.utf8)).prefix(16)).tmp"
    if case .nothing = try present(aside) {
      switch try present(target) {
      case .nothing: return .wasGone
      case .file(let digest) where digest == ours: break
      case .file, .somethingElse: return .isAPersons
      }
      guard rename(target, aside) == 0 else { throw FileProblem(number: errno) }
      try step("expiry aside")
    }
    guard case .file(let digest) = try present(aside), digest == ours else {
      var number = 1
      while try !renameToNothing(aside, "\(folder)/\(DeskNames.alternative(name, number))") { number += 1 }
      return .isAPersons
    }
    try remove(aside)
    try synchroniseFolder()
    try step("expiry removed")
    return .removed
  }

  private enum Present {
    case nothing
    case file(sha256: String)
    case somethingElse
  }

  private func present(_ path: String) throws -> Present {
    do throws(FileProblem) {
      let files = SystemFiles()
      let look = try files.look(path)
      guard look.kind == .regular, look.size <= Self.sizeLimit else { return .somethingElse }
      let file = try files.open(path)
      return .file(sha256: try ContentDigest.sha256(ofPieces: file.read))
    } catch {
      if error.kind == .missing { return .nothing }
      // What cannot even be read was not put there by us.
      if error.kind == .notPermitted || error.kind == .notRegular { return .somethingElse }
      throw error
    }
  }

  private func put(_ bytes: [UInt8], _ path: String) throws(FileProblem) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, access.fileMode)
    guard descriptor >= 0 else { throw FileProblem(number: errno) }
    defer { close(descriptor) }
    try DeskRights.give(access.fileMode, access.group, to: descriptor)
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
