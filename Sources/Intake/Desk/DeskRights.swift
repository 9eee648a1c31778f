// The rights of what we make on a desk, as its school wants them, whatever the umask. Touches the file system.

import CStatFS
import Glibc

package enum DeskRights {
  /// Gives a new folder its mode and group. A share that keeps none of its own is left alone: there its mount and its
  /// server say who may reach what.
  package static func give(_ mode: UInt32, _ group: UInt32?, to folder: String) throws(FileProblem) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileProblem(number: errno) }
    defer { close(descriptor) }
    try give(mode, group, to: descriptor)
  }

  static func give(_ mode: UInt32, _ group: UInt32?, to descriptor: Int32) throws(FileProblem) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileProblem(number: errno) }
    // The group first: giving it away can take bits from the mode. A folder's own set-group-ID bit stays.
    if let group, status.st_gid != group, fchown(descriptor, uid_t.max, group) != 0 { try forgive(descriptor) }
    let wanted = mode | status.st_mode & S_ISGID
    if status.st_mode & 0o7777 != wanted, fchmod(descriptor, wanted) != 0 { try forgive(descriptor) }
  }

  private static func forgive(_ descriptor: Int32) throws(FileProblem) {
    let number = errno
    var system = statfs()
    guard fstatfs(descriptor, &system) == 0,
      FileSystemKind(number: UInt32(truncatingIfNeeded: system.f_type)).isShare
    else { throw FileProblem(number: number) }
  }
}
