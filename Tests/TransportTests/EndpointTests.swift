// One recipient's endpoint: order, stop, breaker, cancellation, and one connection for everything.

import AuthoritySandbox
import Foundation
import Testing
import Transport

@Suite(.timeLimit(.minutes(2)))
struct EndpointTests {
  private let path: RemotePath

  init() throws { path = try RemotePath("never") }

  private func ask(_ endpoint: Endpoint) async -> TransportError? {
    let path = path
    return await failure { () throws(TransportError) in
      _ = try await endpoint.perform { session throws(TransportError) in try await session.stat(path) }
    }
  }

  private func server() async throws -> (SSHServer, String) {
    let directory = try scratch()
    try FileManager.default.createDirectory(atPath: directory + "/root", withIntermediateDirectories: true)
    let server = try await SSHServer.start(
      directory: directory + "/ssh", accounts: [.init(name: "main", root: directory + "/root")])
    return (server, directory + "/root")
  }

  private func logins(_ server: SSHServer) throws -> Int {
    try String(contentsOfFile: server.log, encoding: .utf8).components(separatedBy: "Accepted publickey").count - 1
  }

  private func refusals(_ server: SSHServer) throws -> Int {
    try String(contentsOfFile: server.log, encoding: .utf8).components(separatedBy: "Failed publickey").count - 1
  }

  @Test("two hundred operations, failing ones among them, use one connection")
  func reuse() async throws {
    let (server, _) = try await server()
    let place = try SFTPPlace(
      host: "127.0.0.1", port: server.port, user: server.user,
      privateKeyFile: try requireValue(server.privateKeys["main"]), hostKey: .sha256(server.hostKeyPin))
    let endpoint = Endpoint(recipient: "example", place: .sftp(place), loop: try sharedLoop.get(), now: stillClock)
    let missing = try RemotePath("missing/missing")
    for number in 0..<20 {
      let temporary = try RemotePath(".\(number).part")
      let final = try RemotePath("\(number).csv")
      try await endpoint.perform { session throws(TransportError) in
        try await session.put(pattern(20_000), to: temporary)
        _ = try await session.fetch(temporary, limit: 20_000)
        try await session.rename(temporary, to: final)
        _ = try await session.stat(final)
        _ = try await session.stat(missing)
      }
      #expect(
        await failure { () throws(TransportError) in
          try await endpoint.perform { session throws(TransportError) in try await session.rename(final, to: final) }
        }?.code == .targetExists)
      #expect(
        await failure { () throws(TransportError) in
          try await endpoint.perform { session throws(TransportError) in try await session.remove(missing) }
        }?.code == .notFound)
      #expect(
        await failure { () throws(TransportError) in
          _ = try await endpoint.perform { session throws(TransportError) in try await session.list(missing) }
        }?.code == .notFound)
    }
    #expect(try logins(server) == 1)
    await server.process.stop()
  }

  @Test("a refused key is tried once, and then not until a person says so")
  func refusedKey() async throws {
    let (server, _) = try await server()
    let stranger = try SSHServer.keyPair(try scratch() + "/stranger", comment: "stranger")
    let place = try SFTPPlace(
      host: "127.0.0.1", port: server.port, user: server.user, privateKeyFile: stranger,
      hostKey: .sha256(server.hostKeyPin))
    let endpoint = Endpoint(recipient: "example", place: .sftp(place), loop: try sharedLoop.get(), now: stillClock)
    let first = await ask(endpoint)
    #expect(first?.code == .authenticationFailed)
    #expect(first?.isAuthentication == true)
    for _ in 0..<5 {
      let error = await ask(endpoint)
      #expect(error?.code == .stopped)
      #expect(error?.message.contains("leaverlink resume example") == true)
    }
    #expect(try refusals(server) == 1)

    // The far side registers the key; only a person's word makes us try again.
    let line = try String(contentsOfFile: stranger + ".pub", encoding: .utf8)
    let file = URL(fileURLWithPath: server.log).deletingLastPathComponent().path + "/authorized_keys"
    try (try String(contentsOfFile: file, encoding: .utf8) + "\nrestrict,command=\"internal-sftp\" " + line)
      .write(toFile: file, atomically: false, encoding: .utf8)
    #expect(await ask(endpoint)?.code == .stopped)
    await endpoint.resume()
    #expect(await ask(endpoint) == nil)
    #expect(await endpoint.condition == .ready)
    #expect(try refusals(server) == 1)
    #expect(try logins(server) == 1)
    await server.process.stop()
  }

  @Test("work that shrugs off a refused login does not reach the network again")
  func swallowed() async throws {
    let (server, _) = try await server()
    let stranger = try SSHServer.keyPair(try scratch() + "/stranger", comment: "stranger")
    let place = try SFTPPlace(
      host: "127.0.0.1", port: server.port, user: server.user, privateKeyFile: stranger,
      hostKey: .sha256(server.hostKeyPin))
    let endpoint = Endpoint(recipient: "example", place: .sftp(place), loop: try sharedLoop.get(), now: stillClock)
    let path = path
    let codes = try await endpoint.perform { session throws(TransportError) in
      var codes: [TransportError.Code] = []
      for _ in 0..<3 {
        if let error = await failure({ () throws(TransportError) in _ = try await session.stat(path) }) {
          codes.append(error.code)
        }
      }
      return codes
    }
    #expect(codes == [.authenticationFailed, .stopped, .stopped])
    #expect(try refusals(server) == 1)
    await server.process.stop()
  }

  @Test("a stop remembered from before the restart holds")
  func remembered() async throws {
    let (server, _) = try await server()
    let place = try SFTPPlace(
      host: "127.0.0.1", port: server.port, user: server.user,
      privateKeyFile: try requireValue(server.privateKeys["main"]), hostKey: .sha256(server.hostKeyPin))
    let endpoint = Endpoint(
      recipient: "example", place: .sftp(place), loop: try sharedLoop.get(), stopped: "the login was refused",
      now: stillClock)
    #expect(await endpoint.condition == .stopped(why: "the login was refused"))
    #expect(await ask(endpoint)?.code == .stopped)
    #expect(try logins(server) == 0)
    await endpoint.resume()
    #expect(await ask(endpoint) == nil)
    await server.process.stop()
  }

  @Test("a connection that is cut while idle, or in the middle, is a passing trouble, and the next one works")
  func cut() async throws {
    let far = try await FarSide.shared()
    let relay = try Relay(to: far.ssh.port)
    let direct = try far.sftp()
    let place = try SFTPPlace(
      host: "127.0.0.1", port: relay.port, user: direct.user, privateKeyFile: direct.privateKeyFile,
      hostKey: direct.hostKey)
    let endpoint = Endpoint(recipient: "example", place: .sftp(place), loop: try sharedLoop.get(), now: stillClock)
    #expect(await ask(endpoint) == nil)
    relay.cut()
    // Idle and cut: noticed before it is used again, or a passing trouble once.
    if let error = await ask(endpoint) {
      #expect(error.isTransient)
      #expect(await ask(endpoint) == nil)
    }
    relay.cutAfter(bytes: 1_000_000)
    let temporary = try RemotePath(UUID().uuidString)
    let error = await failure { () throws(TransportError) in
      try await endpoint.perform { session throws(TransportError) in
        try await session.put(pattern(8_000_000), to: temporary)
      }
    }
    #expect(error?.code == .interrupted)
    #expect(error?.isTransient == true)
    #expect(await endpoint.condition == .ready)
    try await endpoint.perform { session throws(TransportError) in
      try await session.put(pattern(8_000_000), to: temporary)
    }
    relay.stop()
    #expect(await ask(endpoint)?.isTransient == true)
  }

  @Test("nothing listening: unreachable, and after five times the breaker opens, half-opens, and closes on success")
  func breaker() async throws {
    // Port 1 of the loopback: nothing listens there.
    let place = try SFTPPlace(
      host: "127.0.0.1", port: 1, user: "nobody",
      privateKeyFile: try SSHServer.keyPair(try scratch() + "/k", comment: "k"),
      hostKey: .sha256(String(repeating: "A", count: 42) + "8"))
    let box = ClockBox()
    let endpoint = Endpoint(recipient: "example", place: .sftp(place), loop: try sharedLoop.get(), now: { box.now })
    for _ in 0..<5 { #expect(await ask(endpoint)?.code == .unreachable) }
    #expect(await endpoint.condition == .open(untilMonotonic: .seconds(30), why: "unreachable"))
    #expect(await ask(endpoint)?.code == .breakerOpen)
    box.now = .seconds(29)
    #expect(await ask(endpoint)?.code == .breakerOpen)
    box.now = .seconds(30)
    // One is let through and fails: twice the pause, and no further five.
    #expect(await ask(endpoint)?.code == .unreachable)
    #expect(await endpoint.condition == .open(untilMonotonic: .seconds(90), why: "unreachable"))
    var pause = Duration.seconds(60)
    for _ in 0..<6 {
      guard case .open(let until, _) = await endpoint.condition else { break }
      box.now = until
      #expect(await ask(endpoint)?.code == .unreachable)
      pause = min(pause * 2, .seconds(600))
      #expect(await endpoint.condition == .open(untilMonotonic: until + pause, why: "unreachable"))
    }
    #expect(pause == .seconds(600))
  }

  @Test("missing files never open the breaker: they are answers")
  func answers() async throws {
    let far = try await FarSide.shared()
    let endpoint = Endpoint(
      recipient: "example", place: .sftp(try far.sftp()), loop: try sharedLoop.get(),
      breaker: BreakerPolicy(failures: 2),
      now: stillClock)
    let missing = try RemotePath("no-such-folder/x")
    for _ in 0..<6 {
      let error = await failure { () throws(TransportError) in
        _ = try await endpoint.perform { session throws(TransportError) in try await session.fetch(missing, limit: 1) }
      }
      #expect(error?.code == .notFound)
    }
    #expect(await endpoint.condition == .ready)
  }

  @Test("work is done one at a time in the order in which it came")
  func order() async throws {
    let endpoint = Endpoint(
      recipient: "example", place: .folder(try FolderPlace(path: try scratch())), loop: try sharedLoop.get(),
      now: stillClock)
    let log = Log()
    let (release, releaser) = AsyncStream.makeStream(of: Void.self)
    let (begun, beginner) = AsyncStream.makeStream(of: Void.self)
    let first = Task {
      try await endpoint.perform { _ throws(TransportError) in
        beginner.finish()
        for await _ in release {}
        log.add("first")
      }
    }
    for await _ in begun {}
    var others: [Task<Void, any Error>] = []
    for number in 2...6 {
      others.append(
        Task {
          try await endpoint.perform { _ throws(TransportError) in
            log.add("begin \(number)")
            await Task.yield()
            log.add("end \(number)")
          }
        })
      while await endpoint.queueLength < number - 1 { await Task.yield() }
    }
    #expect(log.lines == [])
    releaser.finish()
    try await first.value
    for task in others { try await task.value }
    #expect(log.lines == ["first"] + (2...6).flatMap { ["begin \($0)", "end \($0)"] })
  }

  @Test("one that waits can be cancelled; the others keep their turn")
  func cancelWaiting() async throws {
    let endpoint = Endpoint(
      recipient: "example", place: .folder(try FolderPlace(path: try scratch())), loop: try sharedLoop.get(),
      now: stillClock)
    let log = Log()
    let (release, releaser) = AsyncStream.makeStream(of: Void.self)
    let (begun, beginner) = AsyncStream.makeStream(of: Void.self)
    let first = Task {
      try await endpoint.perform { _ throws(TransportError) in
        beginner.finish()
        // Not cancelled with the others.
        for await _ in release {}
      }
    }
    for await _ in begun {}
    let second = Task { try await endpoint.perform { _ throws(TransportError) in log.add("second") } }
    while await endpoint.queueLength < 1 { await Task.yield() }
    let third = Task { try await endpoint.perform { _ throws(TransportError) in log.add("third") } }
    while await endpoint.queueLength < 2 { await Task.yield() }
    second.cancel()
    await #expect {
      try await second.value
    } throws: {
      ($0 as? TransportError)?.code == .cancelled
    }
    releaser.finish()
    try await first.value
    try await third.value
    #expect(log.lines == ["third"])
  }

  @Test("a transfer that hangs can be cancelled, and the endpoint is free again")
  func cancelTransfer() async throws {
    let silent = try SilentServer()
    let key = try SSHServer.keyPair(try scratch() + "/k", comment: "k")
    let place = try SFTPPlace(
      host: "127.0.0.1", port: silent.port, user: "nobody", privateKeyFile: key,
      hostKey: .sha256(String(repeating: "A", count: 42) + "8"))
    let endpoint = Endpoint(
      recipient: "example", place: .sftp(place), loop: try sharedLoop.get(),
      timeouts: Timeouts(connect: .seconds(600), stall: .seconds(600)), now: stillClock)
    let path = path
    let (begun, beginner) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      await failure { () throws(TransportError) in
        _ = try await endpoint.perform { session throws(TransportError) in
          beginner.finish()
          return try await session.stat(path)
        }
      }
    }
    for await _ in begun {}
    silent.accept()
    task.cancel()
    #expect(await task.value?.code == .cancelled)
    #expect(await endpoint.condition == .ready)
    try await endpoint.perform { _ throws(TransportError) in }
  }

  @Test("a rename whose connection fails after it was asked for may have been done, and says so")
  func lostRename() async throws {
    let far = try await FarSide.shared()
    let direct = try far.sftp()
    let from = try RemotePath(UUID().uuidString)
    let to = try RemotePath(UUID().uuidString)
    // After how many bytes of answers the network goes away for good: before, within and after the rename.
    var doneUnheard = 0
    for bytes in stride(from: 20, through: 600, by: 20) {
      let relay = try Relay(to: far.ssh.port)
      let place = try SFTPPlace(
        host: "127.0.0.1", port: relay.port, user: direct.user, privateKeyFile: direct.privateKeyFile,
        hostKey: direct.hostKey)
      let endpoint = Endpoint(recipient: "example", place: .sftp(place), loop: try sharedLoop.get(), now: stillClock)
      try await endpoint.perform { session throws(TransportError) in
        if try await session.stat(from) == nil { try await session.put([1, 2, 3], to: from) }
      }
      relay.stopAfter(answers: bytes)
      let error = await failure { () throws(TransportError) in
        try await endpoint.perform { session throws(TransportError) in try await session.rename(from, to: to) }
      }
      relay.stop()
      if FileManager.default.fileExists(atPath: "\(far.directory)/sftp/\(to)") {
        if let error {
          doneUnheard += 1
          #expect(error.code == .interrupted, "after \(bytes) bytes")
        }
        #expect(unlink("\(far.directory)/sftp/\(to)") == 0)
      } else {
        #expect(error?.isTransient == true, "after \(bytes) bytes")
      }
    }
    // The window that this is about was hit.
    #expect(doneUnheard > 0)
  }

  @Test("a peer that is gone without a word does not hold up the other endpoints")
  func frozen() async throws {
    let far = try await FarSide.shared()
    let relay = try Relay(to: far.ssh.port)
    let direct = try far.sftp()
    let place = try SFTPPlace(
      host: "127.0.0.1", port: relay.port, user: direct.user, privateKeyFile: direct.privateKeyFile,
      hostKey: direct.hostKey)
    let loop = try CurlLoop()
    let gone = Endpoint(
      recipient: "gone", place: .sftp(place), loop: loop,
      timeouts: Timeouts(connect: .milliseconds(900), stall: .milliseconds(100)), now: stillClock)
    let well = Endpoint(
      recipient: "well", place: .sftp(direct), loop: loop, timeouts: Timeouts(connect: .seconds(60)), now: stillClock)
    #expect(await ask(gone) == nil)
    relay.freeze()
    #expect(await ask(gone)?.code == .timedOut)
    #expect(await ask(well) == nil)
    // Closing what it holds of the dead one ends too.
    await gone.resume()
    #expect(await ask(well) == nil)
    loop.shutDown()
    relay.stop()
  }

  @Test("a server that says nothing is timed out")
  func silence() async throws {
    let silent = try SilentServer()
    let key = try SSHServer.keyPair(try scratch() + "/k", comment: "k")
    let pin = HostKeyTrust.sha256(String(repeating: "A", count: 42) + "8")
    let places: [Place] = [
      .sftp(
        try SFTPPlace(host: "127.0.0.1", port: silent.port, user: "nobody", privateKeyFile: key, hostKey: pin)),
      .https(try HTTPSPlace(url: "https://127.0.0.1:\(silent.port)/")),
    ]
    for place in places {
      let endpoint = Endpoint(
        recipient: "example", place: place, loop: try sharedLoop.get(),
        timeouts: Timeouts(connect: .milliseconds(300), stall: .seconds(1)), now: stillClock)
      let error = await ask(endpoint)
      #expect(error?.code == .timedOut)
      #expect(error?.isTransient == true)
    }
  }

  @Test("without WebDAV nothing is renamed, and the reason is given")
  func putOnly() async throws {
    let far = try await FarSide.shared()
    let endpoint = Endpoint(
      recipient: "example", place: .https(try far.https("put-only")), loop: try sharedLoop.get(), now: stillClock)
    let name = try RemotePath(UUID().uuidString)
    try await endpoint.perform { session throws(TransportError) in try await session.put([1], to: name) }
    let error = await failure { () throws(TransportError) in
      let to = try RemotePath("other")
      try await endpoint.perform { session throws(TransportError) in try await session.rename(name, to: to) }
    }
    #expect(error?.code == .unsupported)
  }
}
