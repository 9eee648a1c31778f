// What can be seen of a file without opening it, compared to tell whether anybody still writes to it. Pure.

import Ledger

/// One look at a file.
package struct FileLook: Sendable, Hashable {
  package enum Kind: Sendable, Hashable { case regular, folder, link, other }

  package var kind: Kind
  package var device: UInt64
  package var inode: UInt64
  package var size: Int64
  /// Nanoseconds since 1970 by the file system's own clock; compared with each other and with nothing else.
  package var modified: Int64
  package var changed: Int64
  /// The number of the user whose file it is, as the mount says it.
  package var owner: UInt32

  package init(
    kind: Kind, device: UInt64, inode: UInt64, size: Int64, modified: Int64, changed: Int64, owner: UInt32
  ) {
    self.kind = kind
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
    self.owner = owner
  }

  /// - Parameter ownerName: whose file it is, where that is to be remembered.
  func observation(path: String, ownerName: String? = nil) -> SourceObservation {
    SourceObservation(
      path: path, device: device, inode: inode, size: size, modified: modified, changed: changed, owner: ownerName)
  }
}
