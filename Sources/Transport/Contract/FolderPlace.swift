// A local folder as a remote place, for hand-over and for shares that are mounted. Pure value.

/// A folder on this machine. It must exist; whoever makes it decides its permissions.
package struct FolderPlace: Sendable, Equatable {
  /// Absolute.
  package let path: String
  /// Mode of files that are written, before the umask.
  package let filePermissions: UInt32

  /// Throws `.invalidConfiguration` unless the path is absolute.
  package init(path: String, filePermissions: UInt32 = 0o660) throws(TransportError) {
    guard path.utf8.first == UInt8(ascii: "/"), !path.utf8.contains(0) else {
      throw TransportError(
        .invalidConfiguration, "The folder must be an absolute path.", remedy: "Give it beginning with a slash.")
    }
    self.path = path
    self.filePermissions = filePermissions
  }
}
