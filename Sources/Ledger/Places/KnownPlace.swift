// Where a school's folder was when it was last there, and since when it is away. Pure.

package import Leavers

/// Which folder of a school it is.
package enum PlaceRole: String, Sendable, Hashable, CaseIterable {
  case desk, exports
}

/// Where a folder was when it was last there.
package struct KnownPlace: Sendable, Hashable {
  /// The kind of file system, by the number that statfs gives.
  package let fileSystem: UInt32
  /// The nearest mount point at or above the folder.
  package let mountPoint: String
  /// The number of the mark that belongs to it.
  package let mark: Int
  /// Whether the mark was put there.
  package let isMarked: Bool

  package init(fileSystem: UInt32, mountPoint: String, mark: Int, isMarked: Bool) {
    self.fileSystem = fileSystem
    self.mountPoint = mountPoint
    self.mark = mark
    self.isMarked = isMarked
  }
}

/// A folder of a school that is away: its share is not mounted, does not answer, or may not be read.
package struct AwayPlace: Sendable, Hashable {
  package let school: SchoolID
  package let role: PlaceRole
  package let since: Timestamp
  /// In words, without personal data.
  package let why: String
}
