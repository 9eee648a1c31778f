// The file system as intake needs it, behind a protocol so that tests can refuse and replace. The system's own below.

import CStatFS
import Glibc

/// Why a file or folder cannot be looked at. Holds no path: a file name may be a pupil's.
package struct FileProblem: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Kind: Sendable, Hashable {
    case missing, notPermitted, notAFolder, notRegular, other
    /// Another program holds it and lets nobody in: a Windows program that writes to a share.
    case busy
    /// The handle of a share that was taken away, or exported anew.
    case stale
    /// The share's server does not answer.
    case unreachable
  }
  package let kind: Kind
  /// The system's error number; 0 where it gave none.
  package let number: Int32

  package init(_ kind: Kind, number: Int32 = 0) {
    self.kind = kind
    self.number = number
  }

  init(number: Int32) {
    self.number = number
    kind =
      switch number {
      case ENOENT: .missing
      case EACCES, EPERM: .notPermitted
      case ENOTDIR: .notAFolder
      case ELOOP: .notRegular
      case EBUSY, ETXTBSY: .busy
      case ESTALE: .stale
      case EHOSTDOWN, EHOSTUNREACH, ENETUNREACH, ENETDOWN, ETIMEDOUT, ENOTCONN, ECONNREFUSED, ECONNRESET: .unreachable
      default: .other
      }
  }

  package var description: String {
    switch kind {
    case .missing: "it is not there"
    case .notPermitted: "the service may not read it"
    case .notAFolder: "it is not a folder"
    case .notRegular: "it is not an ordinary file"
    case .busy: "another program holds it"
    case .stale: "its handle is stale; mount its share anew"
    case .unreachable: "the server of its share does not answer (\(String(cString: strerror(number))))"
    case .other: String(cString: strerror(number))
    }
  }
}

/// A file that is open for reading. Use from one task at a time.
package protocol OpenExport: AnyObject {
  func look() throws(FileProblem) -> FileLook
  /// The next bytes; empty at the end.
  func read() throws(FileProblem) -> [UInt8]
}

/// The names in a folder. Personal: a file name may be a pupil's, so that it does not print.
package struct FolderListing: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// Sorted.
  package var names: [String]
  /// The bytes of names that are not UTF-8: such a file cannot be asked for by a string. Folders are not among them.
  package var unreadable: [[UInt8]]

  package init(names: [String], unreadable: [[UInt8]] = []) {
    self.names = names
    self.unreadable = unreadable
  }

  package var description: String { "FolderListing(\(names.count) names, \(unreadable.count) not UTF-8)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// What intake does with the file system; it changes nothing there.
package protocol IntakeFiles: Sendable {
  /// The names in a folder, sorted, without `.` and `..`.
  func list(_ folder: String) throws(FileProblem) -> FolderListing
  /// A look at a file by its name; symbolic links are not followed.
  func look(_ path: String) throws(FileProblem) -> FileLook
  /// A look that no cache answers, where a cache could hide that somebody writes.
  func freshLook(_ path: String) throws(FileProblem) -> FileLook
  /// Opens an ordinary file; a symbolic link or a pipe is a problem.
  func open(_ path: String) throws(FileProblem) -> any OpenExport
  /// The name of a user of this machine; nil where it knows none of that number.
  func userName(_ user: UInt32) -> String?
  /// Where a folder lies.
  func place(of folder: String) throws(FileProblem) -> PlaceLook
}

extension IntakeFiles {
  /// What user namespaces and shares say of a user whom they cannot tell (`nobody`).
  static var overflowUser: UInt32 { 65_534 }

  package func freshLook(_ path: String) throws(FileProblem) -> FileLook { try look(path) }

  /// Whose file it is, by name where the machine knows it; nil where the system cannot tell.
  func ownerName(_ look: FileLook) -> String? {
    look.owner == Self.overflowUser ? nil : userName(look.owner) ?? "uid \(look.owner)"
  }
}

/// The system's own files.
package struct SystemFiles: IntakeFiles {
  package init() {}

  package func list(_ folder: String) throws(FileProblem) -> FolderListing {
    guard let stream = opendir(folder) else { throw FileProblem(number: errno) }
    defer { closedir(stream) }
    var listing = FolderListing(names: [])
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        // The end and an error look alike but for the number.
        if errno != 0 { throw FileProblem(number: errno) }
        break
      }
      let isFolder = Int(entry.pointee.d_type) == Int(DT_DIR)
      withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { text in
          // A repaired name would be that of another file, or of none.
          if let name = String(validatingCString: text) {
            if name != ".", name != ".." { listing.names.append(name) }
          } else if !isFolder {
            listing.unreadable.append(
              UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) })
          }
        }
      }
    }
    listing.names.sort()
    listing.unreadable.sort { $0.lexicographicallyPrecedes($1) }
    return listing
  }

  package func look(_ path: String) throws(FileProblem) -> FileLook {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw FileProblem(number: errno) }
    return FileLook(status)
  }

  package func open(_ path: String) throws(FileProblem) -> any OpenExport {
    // Without O_NONBLOCK opening a pipe waits for its other end.
    let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileProblem(number: errno) }
    let file = SystemFile(descriptor)
    guard try file.look().kind == .regular else { throw FileProblem(.notRegular) }
    return file
  }

  package func place(of folder: String) throws(FileProblem) -> PlaceLook {
    guard let resolved = realpath(folder, nil) else { throw FileProblem(number: errno) }
    defer { free(resolved) }
    var path = String(cString: resolved)
    var system = statfs()
    guard statfs(path, &system) == 0 else { throw FileProblem(number: errno) }
    let kind = FileSystemKind(number: UInt32(truncatingIfNeeded: system.f_type))
    let device = try device(of: path)
    while path != "/", let slash = path.lastIndex(of: "/") {
      let above = slash == path.startIndex ? "/" : String(path[..<slash])
      guard try self.device(of: above) == device else { break }
      path = above
    }
    return PlaceLook(kind: kind, mountPoint: path)
  }

  private func device(of path: String) throws(FileProblem) -> dev_t {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileProblem(number: errno) }
    return status.st_dev
  }

  package func userName(_ user: UInt32) -> String? {
    var capacity = 1 << 10
    while capacity <= 1 << 20 {
      var entry = passwd()
      var found: UnsafeMutablePointer<passwd>?
      var name: String?
      let result = withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
        guard let start = buffer.baseAddress else { return ENOMEM }
        let result = getpwuid_r(user, &entry, start, buffer.count, &found)
        name = found.flatMap { String(validatingCString: $0.pointee.pw_name) }
        return result
      }
      // A directory of users that is away is as one that does not know the number: the number stands.
      guard result == ERANGE else { return name }
      capacity *= 4
    }
    return nil
  }
}

/// An open descriptor, closed with the object.
private final class SystemFile: OpenExport {
  private let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }
  deinit { close(descriptor) }

  func look() throws(FileProblem) -> FileLook {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileProblem(number: errno) }
    return FileLook(status)
  }

  func read() throws(FileProblem) -> [UInt8] {
    var problem: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
      while true {
        let result = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if result < 0, errno == EINTR { continue }
        if result < 0 { problem = errno }
        count = max(0, result)
        return
      }
    }
    guard problem == 0 else { throw FileProblem(number: problem) }
    return bytes
  }
}

extension FileLook {
  init(_ status: stat) {
    let kind: Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
    self.init(
      kind: kind, device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int64(status.st_size),
      modified: Self.nanoseconds(status.st_mtim), changed: Self.nanoseconds(status.st_ctim), owner: status.st_uid)
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    // A file system may hold any time at all; what does not fit is as good as any other.
    Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ Int64(time.tv_nsec)
  }
}
