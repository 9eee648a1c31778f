// The operations of a session on a local folder. Blocking calls run on a queue of their own, off the cooperative pool.

import Dispatch

final class FolderSession: Session {
  private let files: FolderFiles
  private let queue = DispatchQueue(label: "leaverlink.folder")

  init(place: FolderPlace, location: String) {
    files = FolderFiles(root: place.path, permissions: place.filePermissions, location: location)
  }

  func list(_ folder: RemotePath) async throws(TransportError) -> [RemoteEntry] {
    try await onQueue { files throws(TransportError) in try files.list(folder) }
  }

  func stat(_ path: RemotePath) async throws(TransportError) -> RemoteEntry? {
    try await onQueue { files throws(TransportError) in try files.stat(path) }
  }

  func put(_ bytes: [UInt8], to path: RemotePath) async throws(TransportError) {
    try await onQueue { files throws(TransportError) in try files.put(bytes, to: path) }
  }

  func fetch(_ path: RemotePath, limit: Int) async throws(TransportError) -> [UInt8] {
    try await onQueue { files throws(TransportError) in try files.fetch(path, limit: limit) }
  }

  func rename(_ from: RemotePath, to: RemotePath) async throws(TransportError) {
    try await onQueue { files throws(TransportError) in try files.rename(from, to: to) }
  }

  func remove(_ path: RemotePath) async throws(TransportError) {
    try await onQueue { files throws(TransportError) in try files.remove(path) }
  }

  private func onQueue<T: Sendable>(
    _ work: @escaping @Sendable (FolderFiles) throws(TransportError) -> T
  ) async throws(TransportError) -> T {
    let files = files
    let result = await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<T, TransportError>, Never>) in
      queue.async {
        continuation.resume(returning: Result { () throws(TransportError) in try work(files) })
      }
    }
    return try result.get()
  }
}
