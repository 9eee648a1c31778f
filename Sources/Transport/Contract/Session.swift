// What can be done at the far side, whatever the protocol. Pure declaration.

/// One session with a remote place. Calls within one session are made one after the other (see `Endpoint`).
package protocol Session: Sendable {
  /// The names in a folder, sorted by name. A missing folder is `.notFound`, never an empty list.
  ///
  /// The local folder and SFTP list names that begin with a dot; nginx's listing leaves them out.
  func list(_ folder: RemotePath) async throws(TransportError) -> [RemoteEntry]

  /// The entry under this path; nil when there is none.
  func stat(_ path: RemotePath) async throws(TransportError) -> RemoteEntry?

  /// Writes these bytes under this path and overwrites what is there: meant for names that are the caller's own, such
  /// as its temporary. The folder must exist (`.notFound`).
  func put(_ bytes: [UInt8], to path: RemotePath) async throws(TransportError)

  /// The content. `.tooLarge` when it has more than `limit` bytes, `.notFound` when it is missing.
  func fetch(_ path: RemotePath, limit: Int) async throws(TransportError) -> [UInt8]

  /// Renames without overwriting: `.targetExists` when there is something under the new name, `.notFound` when there
  /// is nothing under the old one or no folder for the new one. `.unsupported` over HTTPS without WebDAV.
  ///
  /// `.unreachable`, `.stopped` and `.breakerOpen` are thrown only while nothing has been asked of the far side; after
  /// that a failure is `.interrupted`, `.timedOut` or `.cancelled`, and the renaming may have been done.
  func rename(_ from: RemotePath, to: RemotePath) async throws(TransportError)

  /// Removes one file; `.notFound` when it is missing.
  func remove(_ path: RemotePath) async throws(TransportError)
}
