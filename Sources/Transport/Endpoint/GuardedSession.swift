// A session that asks the gate before each operation and tells it how it went. No I/O of its own.

struct GuardedSession: Session {
  let inner: any Session
  let gate: Gate

  func list(_ folder: RemotePath) async throws(TransportError) -> [RemoteEntry] {
    try await guarded { () async throws(TransportError) in try await inner.list(folder) }
  }

  func stat(_ path: RemotePath) async throws(TransportError) -> RemoteEntry? {
    try await guarded { () async throws(TransportError) in try await inner.stat(path) }
  }

  func put(_ bytes: [UInt8], to path: RemotePath) async throws(TransportError) {
    try await guarded { () async throws(TransportError) in try await inner.put(bytes, to: path) }
  }

  func fetch(_ path: RemotePath, limit: Int) async throws(TransportError) -> [UInt8] {
    try await guarded { () async throws(TransportError) in try await inner.fetch(path, limit: limit) }
  }

  func rename(_ from: RemotePath, to: RemotePath) async throws(TransportError) {
    try await guarded { () async throws(TransportError) in try await inner.rename(from, to: to) }
  }

  func remove(_ path: RemotePath) async throws(TransportError) {
    try await guarded { () async throws(TransportError) in try await inner.remove(path) }
  }

  private func guarded<T: Sendable>(
    _ operation: () async throws(TransportError) -> T
  ) async throws(TransportError) -> T {
    try gate.check()
    do throws(TransportError) {
      let value = try await operation()
      gate.succeeded()
      return value
    } catch {
      gate.failed(error)
      throw error
    }
  }
}
