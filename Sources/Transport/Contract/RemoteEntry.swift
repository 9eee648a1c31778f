// What a listing or a stat tells of one name at the far side. Pure.

/// One name in a folder at the far side.
package struct RemoteEntry: Sendable, Equatable {
  /// The bare name, without folder. A server may hold names that `RemotePath` refuses; they are listed all the same,
  /// so that nothing lies there unseen.
  package var name: String
  /// Bytes; `RemoteEntry.unknownSize` where the name cannot be asked about because `RemotePath` refuses it.
  package var size: Int64
  /// Seconds since 1970-01-01 UTC by the far side's clock; 0 where it does not say.
  package var modified: Int64
  package var isFolder: Bool

  package init(name: String, size: Int64, modified: Int64, isFolder: Bool) {
    self.name = name
    self.size = size
    self.modified = modified
    self.isFolder = isFolder
  }

  /// Stands for the size of a name that cannot be addressed.
  package static let unknownSize: Int64 = -1
}
