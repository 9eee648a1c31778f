// Files below one local folder, reached component by component without following symbolic links, and durable when a
// call returns. Touches the file system; blocking.

import CCurl
import Glibc

struct FolderFiles: Sendable {
  let root: String
  let permissions: UInt32
  let location: String

  func list(_ folder: RemotePath) throws(TransportError) -> [RemoteEntry] {
    let descriptor = try openFolder(folder.components)
    guard let stream = fdopendir(descriptor.release()) else { throw failure("read a folder") }
    defer { closedir(stream) }
    var entries: [RemoteEntry] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw failure("read a folder") }
        break
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      // Gone since: taken away by its reader or writer.
      if let found = try attributes(dirfd(stream), name) { entries.append(found) }
    }
    return entries.sorted { $0.name < $1.name }
  }

  func stat(_ path: RemotePath) throws(TransportError) -> RemoteEntry? {
    do throws(TransportError) {
      let folder = try openFolder(path.components.dropLast())
      return try attributes(folder.number, path.lastComponent)
    } catch {
      if error.code == .notFound, rootExists { return nil }
      throw error
    }
  }

  func put(_ bytes: [UInt8], to path: RemotePath) throws(TransportError) {
    let folder = try openFolder(path.components.dropLast())
    let file = try openFile(folder, path.lastComponent, O_WRONLY | O_CREAT | O_TRUNC)
    do throws(TransportError) {
      var start = 0
      while start < bytes.count {
        let count = bytes.withUnsafeBytes {
          Glibc.write(file.number, $0.baseAddress?.advanced(by: start), $0.count - start)
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw failure("write a file") }
        start += count
      }
      guard fsync(file.number) == 0 else { throw failure("write a file") }
      // A share may tell only now that it is full.
      guard Glibc.close(file.release()) == 0 else { throw failure("write a file") }
    } catch {
      // A part would take the room that is missing; it is the caller's own temporary.
      unlinkat(folder.number, path.lastComponent, 0)
      throw error
    }
    try synchronise(folder)
  }

  func fetch(_ path: RemotePath, limit: Int) throws(TransportError) -> [UInt8] {
    let folder = try openFolder(path.components.dropLast())
    let file = try openFile(folder, path.lastComponent, O_RDONLY)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 262_144)
    while true {
      let count = read(file.number, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("read a file") }
      if count == 0 { return bytes }
      guard bytes.count + count <= limit else { throw CurlFailure.tooLarge(at: location, limit: limit) }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  func rename(_ from: RemotePath, to: RemotePath) throws(TransportError) {
    let source = try openFolder(from.components.dropLast())
    let target = try openFolder(to.components.dropLast())
    try renameWithoutOverwriting(source, from.lastComponent, target, to.lastComponent)
    try synchronise(target)
    if from.parent != to.parent { try synchronise(source) }
  }

  func remove(_ path: RemotePath) throws(TransportError) {
    let folder = try openFolder(path.components.dropLast())
    guard unlinkat(folder.number, path.lastComponent, 0) == 0 else { throw failure("remove a file") }
    try synchronise(folder)
  }

  // MARK: Parts

  /// Network file systems know no `RENAME_NOREPLACE`; a hard link does not overwrite either.
  private func renameWithoutOverwriting(
    _ source: borrowing Descriptor, _ from: String, _ target: borrowing Descriptor, _ to: String
  ) throws(TransportError) {
    if leaverlink_rename_noreplace(source.number, from, target.number, to) == 0 { return }
    guard errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP else { throw failure("rename a file") }
    try linkAndUnlink(source, from, target, to)
  }

  func linkAndUnlink(
    _ source: borrowing Descriptor, _ from: String, _ target: borrowing Descriptor, _ to: String
  ) throws(TransportError) {
    guard linkat(source.number, from, target.number, to, 0) == 0 else { throw failure("rename a file") }
    guard unlinkat(source.number, from, 0) == 0 else { throw failure("rename a file") }
  }

  private var rootExists: Bool { access(root, F_OK) == 0 }

  func openFolder(_ components: some Sequence<Substring>) throws(TransportError) -> Descriptor {
    let descriptor = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("open the folder \(root)") }
    var current = Descriptor(descriptor)
    for component in components {
      let next = openat(current.number, String(component), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard next >= 0 else { throw failure("open a folder") }
      current = Descriptor(next)
    }
    return current
  }

  /// Regular files only; without waiting, should it be a pipe.
  private func openFile(
    _ folder: borrowing Descriptor, _ name: String, _ flags: Int32
  ) throws(TransportError) -> Descriptor {
    let number = openat(folder.number, name, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, mode_t(permissions))
    guard number >= 0 else { throw failure("open a file") }
    let file = Descriptor(number)
    var status = Glibc.stat()
    guard fstat(file.number, &status) == 0 else { throw failure("open a file") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw TransportError(
        .refused, "It is not a regular file.", at: location, remedy: "Only files are read and written.")
    }
    return file
  }

  private func attributes(_ folder: Int32, _ name: String) throws(TransportError) -> RemoteEntry? {
    var status = Glibc.stat()
    guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return nil }
      throw failure("look at a file")
    }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    return RemoteEntry(
      name: name, size: isFolder ? 0 : Int64(status.st_size), modified: Int64(status.st_mtim.tv_sec), isFolder: isFolder
    )
  }

  private func synchronise(_ folder: borrowing Descriptor) throws(TransportError) {
    // Some network file systems have no fsync for folders; there the server decides.
    guard fsync(folder.number) == 0 || errno == EINVAL else { throw failure("make a folder durable") }
  }

  /// The error for the current `errno`.
  private func failure(_ action: String) -> TransportError {
    let number = errno
    let what = "It was not possible to \(action): \(String(cString: strerror(number)))."
    func make(_ code: TransportError.Code, _ remedy: String, transient: Bool? = nil) -> TransportError {
      TransportError(code, what, at: location, remedy: remedy, isTransient: transient)
    }
    switch number {
    case ENOENT, ENOTDIR: return make(.notFound, "Check that the folder exists and its share is mounted.")
    case EEXIST, ENOTEMPTY: return CurlFailure.targetExists(at: location)
    case EACCES, EPERM, EROFS: return make(.permissionDenied, "Let the service's user read and write there.")
    case ENOSPC, EDQUOT:
      return TransportError(
        .storageFull, "The disk or quota that holds the folder is full.", at: location,
        remedy: "Make room; it is tried again later.")
    case ELOOP, EISDIR, ENXIO: return make(.refused, "Only regular files are read and written, no links.")
    case ENAMETOOLONG: return make(.invalidPath, "Use a shorter name.")
    case EHOSTDOWN, EHOSTUNREACH, ENETUNREACH, ESTALE, ETIMEDOUT:
      return make(.unreachable, "The share's server does not answer; it is tried again later.")
    default: return make(.refused, "See the system's log.", transient: number == EIO || number == EMFILE)
    }
  }
}

/// A file descriptor that is closed when it goes out of scope.
struct Descriptor: ~Copyable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  /// Hands the descriptor to somebody else who closes it.
  consuming func release() -> Int32 {
    let number = number
    discard self
    return number
  }
}
