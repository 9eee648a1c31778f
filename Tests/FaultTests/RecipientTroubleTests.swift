import AuthoritySandbox
import Foundation
import RoundTripSupport
import Tabular
import Testing

/// One recipient in trouble: its state says so in words, the other five go on, nothing is lost.
@Suite("A recipient in trouble", .serialized)
struct RecipientTroubleTests {
  @Test func aWrongHostKeyStopsThatRecipientAtOnceAndOverRestarts() async throws {
    try await RoundTrip.with(edit: { layout in
      try edit(layout, recipient: "liverpool") {
        $0.replacing(/SHA256:[A-Za-z0-9+\/]{43}/, with: "SHA256:" + String(repeating: "A", count: 43))
      }
    }) { trip in
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      try await sendEverything(trip, except: "liverpool")
      let problem = try await problem(of: "liverpool", trip)
      #expect(problem.contains("host key"), "\(problem)")
      #expect(try await trip.returns().filter { $0.authority == "liverpool" }.allSatisfy { $0.state == "queued" })
      _ = try await daemon.terminate()

      // Stopped is remembered: the next process does not knock again until a person resumes.
      let second = try trip.startDaemon("second")
      try await second.waitUntilReady()
      #expect(try await self.problem(of: "liverpool", trip).contains("host key"))
      try edit(trip.layout, recipient: "liverpool") {
        $0.replacing(/SHA256:[A-Za-z0-9+\/]{43}/, with: try hostKey(trip.layout))
      }
      second.signal(SIGHUP)
      try await eventually("the reload") { second.logText.contains("the new configuration is in force") }
      #expect(try await trip.program.run("resume", "liverpool").status == 0)
      try await eventually("Liverpool's to go") {
        try await trip.returns().filter { $0.authority == "liverpool" }.allSatisfy(\.isFinished)
      }
      #expect(try await trip.auditIsClean())
      _ = try await second.terminate()
    }
  }

  @Test func aMissingClientCertificateIsSaidInWords() async throws {
    try await RoundTrip.with(edit: { layout in
      try edit(layout, recipient: "halton") { $0.replacing(/\n +certificate:[^\n]*/, with: "") }
    }) { trip in
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      try await sendEverything(trip, except: "halton")
      let problem = try await problem(of: "halton", trip)
      #expect(problem.contains("certificate"), "\(problem)")
      _ = try await daemon.terminate()
    }
  }

  @Test(arguments: ["expired", "wrong-name"])
  func aServerCertificateThatIsNotGoodStopsThatRecipient(flaw: String) async throws {
    try await RoundTrip.with { trip in
      let directory = trip.layout.directory + "/servers/\(flaw)"
      let authority = try CertificateAuthority(directory: trip.layout.directory + "/servers/ca")
      let certificate =
        flaw == "expired"
        ? try authority.issue("expired", names: "IP:127.0.0.1", days: -1)
        : try authority.issue("wrong-name", names: "DNS:other.example.org")
      let server = try await WebServer.start(
        directory: directory, authority: authority,
        sites: [.init(name: "wirral", root: trip.layout.far("wirral"), certificate: certificate)])
      let port = server.ports["wirral"] ?? 0
      try edit(trip.layout, recipient: "wirral") { $0.replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:\(port)") }
      // The sandbox's record names the port, by which the daemon knows that this is no real authority.
      let record = try String(contentsOfFile: trip.layout.record, encoding: .utf8)
      try record.replacing(/\{[^{}]*"id":"wirral"[^{}]*\}/) {
        String($0.output).replacing(/"port":\d+/, with: "\"port\":\(port)")
      }.write(toFile: trip.layout.record, atomically: true, encoding: .utf8)

      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      try await sendEverything(trip, except: "wirral")
      let problem = try await problem(of: "wirral", trip)
      #expect(problem.contains("certificate"), "\(problem)")
      _ = try await daemon.terminate()
      await server.process.stop()
    }
  }

  @Test func anAuthorityThatIsDownIsTriedAgain() async throws {
    try await RoundTrip.with { trip in
      // Wirral and Halton share one nginx in the sandbox: both are down.
      let pid = try String(contentsOfFile: trip.layout.directory + "/servers/web/nginx.pid", encoding: .utf8)
      kill(Int32(pid.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0, SIGTERM)
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      try await sendEverything(trip, except: "wirral", "halton")
      let problem = try await problem(of: "wirral", trip)
      #expect(problem.contains("unreachable") || problem.contains("connect"), "\(problem)")
      #expect(try await trip.returns().filter { $0.authority == "wirral" }.allSatisfy { $0.state == "queued" })
      #expect(try await trip.auditIsClean())
      _ = try await daemon.terminate()
    }
  }

  @Test(.enabled(if: getuid() == 0, "a small tmpfs is mounted, which needs root"))
  func aFullRemoteDiskIsSaidInWordsAndTriedAgain() async throws {
    try await RoundTrip.with { trip in
      let folder = trip.layout.far("liverpool") + "/inbound"
      let mounted = try await shell("mount -t tmpfs -o size=64k none '\(folder)'")
      guard mounted == 0 else {
        print("skipped: no tmpfs can be mounted here")
        return
      }
      func cleanUp() async { _ = try? await shell("umount -l '\(folder)'") }
      do {
        try FileManager.default.createDirectory(atPath: folder + "/liverpool", withIntermediateDirectories: true)
        let filler = folder + "/filler"
        _ = try await shell("head -c 200000 /dev/zero > '\(filler)' 2>/dev/null")
        let daemon = try trip.startDaemon()
        try await daemon.waitUntilReady()
        try await sendEverything(trip, except: "liverpool")
        let problem = try await problem(of: "liverpool", trip)
        #expect(!problem.isEmpty)
        try FileManager.default.removeItem(atPath: filler)
        // The tracking team watches the folder that the mount hides, so that nobody acknowledges.
        // There is room again, and the admin does not want to wait for the next try.
        #expect(try await trip.program.run("resume", "liverpool").status == 0)
        try await eventually("the return to go once there is room") {
          try await trip.returns().filter { $0.authority == "liverpool" }.allSatisfy { $0.state == "delivered" }
        }
        #expect(try await trip.auditIsClean())
        _ = try await daemon.terminate()
      } catch {
        await cleanUp()
        throw error
      }
      await cleanUp()
    }
  }

  @Test func aHalfWrittenReplyIsNotReadBeforeItIsWhole() async throws {
    try await RoundTrip.with { trip in
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      try await sendEverything(trip)
      // The team's own survey, written slowly and under its final name, as no careful team would.
      let folder = trip.layout.far("liverpool") + "/outbound/liverpool"
      let pattern = try await replyName(trip)
      let path = folder + "/" + pattern.name
      let whole = pattern.header + "\r\n" + String(repeating: pattern.row + "\r\n", count: 3)
      #expect(FileManager.default.createFile(atPath: path, contents: Data(whole.utf8.prefix(20))))
      let handle = try #require(FileHandle(forWritingAtPath: path))
      for byte in whole.utf8.dropFirst(20) {
        try handle.seekToEnd()
        try handle.write(contentsOf: Data([byte]))
        // Slower than the listings, so that several of them see it grow.
        try await Task.sleep(for: .milliseconds(5))
      }
      try handle.close()
      try await eventually("the whole reply to be read, once") {
        let replies = try await trip.json("replies")["replies"]?.array ?? []
        let surveys = replies.filter { $0["kind"]?.string == "activity-survey" && $0["state"]?.string == "matched" }
        return surveys.count == 1 && surveys[0]["rows"]?.integer == 3
      }
      _ = try await daemon.terminate()
    }
  }

  // MARK: - Help

  private func edit(_ layout: SandboxLayout, recipient: String, _ change: (String) throws -> String) throws {
    let file = layout.configuration + "/recipients/\(recipient).yaml"
    let before = try String(contentsOfFile: file, encoding: .utf8)
    let after = try change(before)
    #expect(before != after, "the test's change must hit")
    try after.write(toFile: file, atomically: true, encoding: .utf8)
  }

  private func hostKey(_ layout: SandboxLayout) throws -> String {
    let file = layout.configuration + "/recipients/career-connect.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    return String(try #require(text.firstMatch(of: /SHA256:[A-Za-z0-9+\/]{43}/)).output)
  }

  /// Sends an export of both schools and waits until all but the named authorities have accepted theirs.
  private func sendEverything(_ trip: RoundTrip, except troubled: String...) async throws {
    try trip.save(trip.sample(leavers: 40, seed: 21).bytes, as: "Students.csv")
    try await trip.waitUntilDecided(1)
    try await trip.releaseAll()
    try await eventually("the packs to lie on the desk") { try await !trip.returns(state: "prepared").isEmpty }
    try await trip.handOverAll()
    try await eventually("all others to be accepted") {
      try await trip.returns().allSatisfy { troubled.contains($0.authority) || $0.isFinished }
    }
    for authority in troubled {
      try await eventually("the trouble to be known") { try await !problem(of: authority, trip).isEmpty }
    }
  }

  /// What `status` says of a recipient's trouble.
  private func problem(of recipient: String, _ trip: RoundTrip) async throws -> String {
    let recipients = try await trip.json("status")["recipients"]?.array ?? []
    let line = recipients.first { $0["id"]?.string == recipient }
    return line?["stopped"]?.string ?? line?["problem"]?.string ?? ""
  }

  private func shell(_ command: String) async throws -> Int32 {
    try await runTool("/bin/sh", ["-c", command])
  }

  /// A name and header by which Liverpool's survey is known, as its profile has them.
  private func replyName(_ trip: RoundTrip) async throws -> (name: String, header: String, row: String) {
    let file = trip.layout.configuration + "/authorities/liverpool.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    for expected in ["match: \"AS_{laestab}_*.csv\"", "UPN: upn", "Activity code: activity"] {
      try #require(text.contains(expected))
    }
    return ("AS_3414787_slow.csv", "UPN,Activity code", "A341478700001,230")
  }
}
