// The curl thread: its heartbeat, and its end while transfers are under way.

import AuthoritySandbox
import Testing
import Transport

@Suite(.timeLimit(.minutes(2)))
struct CurlLoopTests {
  @Test("shutting down answers whoever waits, once, and everything later is refused")
  func shutDown() async throws {
    let loop = try CurlLoop()
    let silent = try SilentServer()
    let place = try SFTPPlace(
      host: "127.0.0.1", port: silent.port, user: "nobody",
      privateKeyFile: try SSHServer.keyPair(try scratch() + "/k", comment: "k"),
      hostKey: .sha256(String(repeating: "A", count: 42) + "8"))
    let path = try RemotePath("never")
    let endpoints = (0..<4).map { _ in
      Endpoint(
        recipient: "example", place: .sftp(place), loop: loop,
        timeouts: Timeouts(connect: .seconds(600), stall: .seconds(600)), now: stillClock)
    }
    let tasks = endpoints.map { endpoint in
      Task {
        await failure { () throws(TransportError) in
          _ = try await endpoint.perform { session throws(TransportError) in try await session.stat(path) }
        }?.code
      }
    }
    for _ in endpoints { silent.accept() }
    loop.shutDown()
    // What was under way may have been done: `.stopped` would say that nothing was tried.
    for task in tasks { #expect(await task.value == .cancelled) }
    let later = await failure { () throws(TransportError) in
      _ = try await endpoints[0].perform { session throws(TransportError) in try await session.stat(path) }
    }
    #expect(later?.code == .stopped)
    // Not a stop of the endpoint: that is remembered over restarts.
    #expect(await endpoints[0].condition == .ready)
    loop.shutDown()
  }

  @Test("a nudge makes the heart beat once more")
  func heartbeat() async throws {
    let loop = try CurlLoop()
    let before = loop.heartbeat
    loop.nudge()
    while loop.heartbeat == before { await Task.yield() }
    #expect(loop.heartbeat > before)
    loop.shutDown()
  }

  @Test("transfers of many endpoints run beside each other")
  func parallel() async throws {
    let far = try await FarSide.shared()
    let loop = try sharedLoop.get()
    let place = try far.sftp()
    let bytes = pattern(100_000)
    let folder = try await PlaceKind.sftp.workspace().folder
    try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for number in 0..<8 {
        let path = try folder.appending("\(number).csv")
        group.addTask {
          let endpoint = Endpoint(recipient: "r\(number)", place: .sftp(place), loop: loop, now: stillClock)
          return try await endpoint.perform { session throws(TransportError) in
            try await session.put(bytes, to: path)
            return try await session.fetch(path, limit: bytes.count)
          }
        }
      }
      for try await fetched in group { #expect(fetched == bytes) }
    }
  }
}
