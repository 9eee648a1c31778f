// Reading an object back before a transaction takes it in: a return is checked from its stored bytes before it may go.

extension ObjectStore {
  /// The whole plain content of an object that is on disk and perhaps not yet in the ledger. Throws as `read` does.
  package func read(_ pending: PendingObject) async throws(LedgerError) -> [UInt8] {
    guard let key = pending.key else { return try await read(pending.name) }
    let reader = try await ObjectReader(
      files: store.files, name: pending.name, kind: pending.kind,
      path: store.directory.objects + "/" + pending.file, key: key)
    var bytes: [UInt8] = []
    while let chunk = try await reader.next() { bytes += chunk }
    return bytes
  }
}
