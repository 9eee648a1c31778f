// Where intake's own work runs: on a queue of its own, since reading files blocks and rules take time.

import Dispatch

/// A serial executor over a dispatch queue: the cooperative pool has as few threads as the machine has cores.
final class IntakeQueue: SerialExecutor {
  private let queue = DispatchQueue(label: "leaverlink.intake")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedSerialExecutor()
    queue.async { job.runSynchronously(on: executor) }
  }
}
