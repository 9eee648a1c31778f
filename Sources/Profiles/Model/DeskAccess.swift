// Who may reach what the service makes on a desk, and how long it lies there. Pure.

/// Who may reach the folders and files that the service makes on a desk. Others than owner and group never may: it is
/// personal data in clear.
package struct DeskAccess: Sendable, Hashable {
  /// The modes that a configuration may ask for, as it writes them.
  package static let modes = ["700", "750", "770"]
  package static let standard = DeskAccess(folderMode: 0o770, group: nil)

  /// Permission bits of folders.
  package var folderMode: UInt32
  /// The number of the group that they are given to; nil leaves them to the one that the file system gives.
  package var group: UInt32?

  package init(folderMode: UInt32, group: UInt32?) {
    self.folderMode = folderMode
    self.group = group
  }

  /// Permission bits of files: those of folders without the right to enter.
  package var fileMode: UInt32 { folderMode & 0o660 }
}
