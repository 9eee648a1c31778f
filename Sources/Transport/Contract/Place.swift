// Where a recipient is reached. Values checked at construction: a place without the means to recognise the far side
// cannot be made. Pure: no file is opened here.

/// One remote place.
package enum Place: Sendable, Equatable {
  case sftp(SFTPPlace)
  case https(HTTPSPlace)
  case folder(FolderPlace)

  /// What to call it in messages: host and port, or the folder.
  package var address: String {
    switch self {
    case .sftp(let place): place.address
    case .https(let place): place.address
    case .folder(let place): place.path
    }
  }
}
