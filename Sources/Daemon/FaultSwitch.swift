// Lets a test stop the process at a named step of the crash-safety protocol, to kill it there. Debug builds only.

import Glibc
import Leavers
import Synchronization

/// The fault hook that the environment asks for: `LEAVERLINK_STOP_AT=S3` or `S3:2` (the second time) stops the process
/// there with SIGSTOP, so that all its threads stand still until the test kills or continues it.
enum FaultSwitch {
  static func hook(environment: [String: String]) -> FaultHook {
    #if DEBUG
    guard let wanted = environment["LEAVERLINK_STOP_AT"] else { return { _ in } }
    let parts = wanted.split(separator: ":")
    let step = String(parts[0])
    let times = parts.count > 1 ? Int(parts[1]) ?? 1 : 1
    let left = Mutex(times)
    return { reached in
      guard reached == step else { return }
      let stop = left.withLock { left -> Bool in
        left -= 1
        return left == 0
      }
      if stop { raise(SIGSTOP) }
    }
    #else
    return { _ in }
    #endif
  }
}
