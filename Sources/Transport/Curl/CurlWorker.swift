// The curl thread itself: takes messages, drives transfers, hands results over. Everything here lives and dies on that
// thread.

import CCurl
import Dispatch

struct CurlWorker {
  let core: CurlCore
  private var transfers: [UInt64: CurlTransfer] = [:]
  private var requests: [UnsafeMutableRawPointer: UInt64] = [:]
  private var pools: [Int: Pool] = [:]

  private struct Pool {
    var share: UnsafeMutableRawPointer
    var users = 0
    var isClosing = false
  }

  init(core: CurlCore) { self.core = core }

  mutating func run() {
    while let messages = core.takeMessages() {
      for message in messages {
        switch message {
        case .start(let id, let request, let pool): start(id, request, pool)
        case .cancel(let id): cancel(id)
        case .closePool(let id): close(id)
        }
      }
      var running: Int32 = 0
      curl_multi_perform(core.multi.pointer, &running)
      collect()
      // A wake-up that came meanwhile ends the wait at once. Nothing to do means no turn at all: libcurl shortens the
      // wait to its own next deadline.
      curl_multi_poll(core.multi.pointer, nil, 0, 3_600_000, nil)
    }
    for id in Array(transfers.keys) { finish(id, .cancelled) }
    for pool in pools.values { curl_share_cleanup(pool.share) }
    core.markEnded()
    curl_multi_cleanup(core.multi.pointer)
    core.ended.signal()
  }

  private mutating func start(_ id: UInt64, _ request: CurlRequest, _ poolID: Int) {
    guard let share = share(poolID), let transfer = CurlTransfer(request, share: share) else {
      core.complete(id, .finished(CurlResult(code: CURLE_OUT_OF_MEMORY)))
      return
    }
    if let code = transfer.problem {
      transfer.free()
      core.complete(id, .finished(CurlResult(code: code, detail: "libcurl did not accept an option")))
      return
    }
    let added = curl_multi_add_handle(core.multi.pointer, transfer.easy)
    guard added == CURLM_OK else {
      transfer.free()
      core.complete(
        id, .finished(CurlResult(code: CURLE_FAILED_INIT, detail: String(cString: curl_multi_strerror(added)))))
      return
    }
    transfer.pool = poolID
    pools[poolID]?.users += 1
    transfers[id] = transfer
    requests[transfer.easy] = id
  }

  /// A transfer taken out in the middle loses its connection, which libcurl closes: half a message lies on it.
  private mutating func cancel(_ id: UInt64) {
    finish(id, .cancelled)
  }

  private mutating func collect() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(core.multi.pointer, &left)?.pointee {
      guard message.msg == CURLMSG_DONE, let easy = message.easy_handle, let id = requests[easy],
        let transfer = transfers[id]
      else { continue }
      finish(id, .finished(transfer.result(message.data.result)))
    }
  }

  private mutating func finish(_ id: UInt64, _ outcome: CurlOutcome) {
    guard let transfer = transfers.removeValue(forKey: id) else {
      core.complete(id, outcome)
      return
    }
    requests[transfer.easy] = nil
    // Answered before the handle is taken out: that may take a second when the peer is dead.
    core.complete(id, outcome)
    curl_multi_remove_handle(core.multi.pointer, transfer.easy)
    let pool = transfer.pool
    transfer.free()
    pools[pool]?.users -= 1
    if let entry = pools[pool], entry.isClosing { close(pool) }
  }

  private mutating func share(_ id: Int) -> UnsafeMutableRawPointer? {
    if let pool = pools[id] { return pool.share }
    guard let share = curl_share_init() else { return nil }
    // One thread uses it, so it needs no locks.
    guard leaverlink_curl_share(share, CURL_LOCK_DATA_CONNECT) == CURLSHE_OK else {
      curl_share_cleanup(share)
      return nil
    }
    pools[id] = Pool(share: share)
    return share
  }

  private mutating func close(_ id: Int) {
    guard let pool = pools[id] else { return }
    guard pool.users == 0 else {
      pools[id]?.isClosing = true
      return
    }
    pools[id] = nil
    curl_share_cleanup(pool.share)
  }
}
