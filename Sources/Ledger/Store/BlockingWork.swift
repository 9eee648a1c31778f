// Work that blocks, kept off the cooperative pool, which has as few threads as the machine has cores.

import Dispatch

/// Threads for work that blocks: files, large reads.
struct BlockingWork: Sendable {
  private let queue = DispatchQueue(label: "leaverlink.ledger.files", attributes: .concurrent)

  /// Runs the body on a thread that may block. Not cancelled half-way: what was begun is finished.
  func run<Value: Sendable>(
    _ body: @escaping @Sendable () throws(LedgerError) -> Value
  ) async throws(LedgerError) -> Value {
    let result: Result<Value, LedgerError> = await withCheckedContinuation { continuation in
      queue.async {
        do throws(LedgerError) {
          continuation.resume(returning: .success(try body()))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    return try result.get()
  }
}
