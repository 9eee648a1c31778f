import AuthoritySandbox
import Foundation
import RoundTripSupport
import Tabular
import Testing

/// kill -9 at every step of the crash-safety protocol: nothing lost, nothing twice, the audit clean.
///
/// `scripts/kill-loop SEED` runs the long form, sixty exports and every step; the tests run a short one.
@Suite("The kill loop", .serialized)
struct KillLoopTests {
  /// Every window of the protocol, by the step after which the process stands still and is killed.
  static let steps = [
    "I1", "I2", "I3", "I4", "I5", "I6", "I7", "R1", "R2", "R3", "R4",
    "committed sending", "S1", "S2", "committed publishing", "S3", "S4", "S5", "committed delivered",
    "H1", "H2", "C1", "C2", "C3", "C4", "C5 claimed", "C5", "C6", "C7", "C8",
  ]

  @Test func everyReturnArrivesOnceAndEveryReplyIsHeldOnce() async throws {
    let environment = ProcessInfo.processInfo.environment
    let seed = environment["LEAVERLINK_KILL_SEED"].flatMap { UInt64($0) } ?? 1
    let isLong = environment["LEAVERLINK_KILL_LOOP"] == "long"
    var random = SplitMix64(seed: seed)
    // The short form takes every third step, which ones by the seed.
    let steps =
      isLong
      ? Self.steps.shuffled(using: &random)
      : Self.steps.enumerated().filter { $0.offset % 4 == Int(seed % 4) }.map(\.element)
    let exports = isLong ? 60 : steps.count

    try await RoundTrip.with(survey: 0.3, chase: 0.1, edit: { try prepare($0) }) { trip in
      var left = steps
      var hits: [String: Int] = [:]
      var saved = 0
      while saved < exports || (!left.isEmpty && saved < exports * 2) {
        let step = left.first ?? Self.steps[Int.random(in: 0..<Self.steps.count, using: &random)]
        let daemon = try trip.startDaemon("daemon-\(saved)", stopAt: step)
        try await daemon.waitUntilReadyOrStopped()
        let school = saved % 2
        try trip.save(
          trip.sample(leavers: 8 + saved % 5, seed: seed &* 1000 &+ UInt64(saved), school: school).bytes,
          as: "Students \(saved).csv", school: school)
        saved += 1
        let stopped = try await comesTo(daemon, exportsDecided: saved, trip)
        if stopped {
          let unfinished = try await unfinished(trip)
          print("export \(saved): killed after \(step); unfinished: \(unfinished)")
          hits[step, default: 0] += 1
          left.removeAll { $0 == step }
        } else {
          print("export \(saved): \(step) was not reached; killed at rest")
          // What could not be reached with this export may be with the next.
          if let first = left.first, first == step { left.append(left.removeFirst()) }
        }
        try await daemon.killAtOnce()
      }
      #expect(left.isEmpty, "steps at which no kill fell: \(left)")
      print("kills by step: \(hits.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")

      try await finishInPeace(trip, exports: saved)
      try await judge(trip)
    }
  }

  /// At once, so that nothing waits for a person; Wirral by plain PUT, so that its own windows exist; Career Connect's
  /// replies are removed after collection.
  private func prepare(_ layout: SandboxLayout) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: layout.configuration + "/authorities") {
      try edit(layout.configuration + "/authorities/" + name) {
        $0.replacing("send: on-release", with: "send: at-once")
      }
    }
    try edit(layout.configuration + "/recipients/wirral.yaml") { $0.replacing("webdav: true", with: "webdav: false") }
    try edit(layout.configuration + "/recipients/career-connect.yaml") { $0 + "after-collect: remove\n" }
  }

  private func edit(_ file: String, _ change: (String) -> String) throws {
    try change(String(contentsOfFile: file, encoding: .utf8)).write(toFile: file, atomically: true, encoding: .utf8)
  }

  /// Waits until the daemon stands still at its step, or has nothing left to do.
  private func comesTo(_ daemon: DaemonProcess, exportsDecided: Int, _ trip: RoundTrip) async throws -> Bool {
    var quiet = 0
    for _ in 0..<400 {
      if daemon.isStopped { return true }
      guard daemon.isRunning else { throw TestTrouble("the daemon ended: \(daemon.logText.suffix(1500))") }
      try await lookAtTheNumbers(trip)
      quiet = try await isFinished(trip) ? quiet + 1 : 0
      // Twice the time in which replies are looked for.
      if quiet > 8 { return false }
      try await Task.sleep(for: .milliseconds(250))
    }
    throw TestTrouble("the daemon neither stopped nor finished: \(daemon.logText.suffix(1500))")
  }

  /// What the brake stopped, a person lets go. A return that a newer one took the place of meanwhile is refused.
  private func lookAtTheNumbers(_ trip: RoundTrip) async throws {
    let waiting = try await trip.returns(state: "waiting").map(\.id)
    if !waiting.isEmpty { _ = try await trip.program.run(["release"] + waiting + ["--why", "test"]) }
  }

  private func isFinished(_ trip: RoundTrip) async throws -> Bool {
    let returns = try await trip.returns()
    guard !returns.isEmpty, returns.allSatisfy({ $0.isFinished || $0.state == "prepared" }) else { return false }
    let replies = try await trip.json("replies")["replies"]?.array ?? []
    return replies.allSatisfy { ["matched", "quarantined"].contains($0["state"]?.string ?? "") }
  }

  private func unfinished(_ trip: RoundTrip) async throws -> String {
    var counts: [String: Int] = [:]
    for line in try await trip.returns() where !line.isFinished && line.state != "prepared" {
      counts["returns " + line.state, default: 0] += 1
    }
    for reply in try await trip.json("replies")["replies"]?.array ?? [] {
      let state = reply["state"]?.string ?? ""
      if !["matched", "quarantined"].contains(state) { counts["replies " + state, default: 0] += 1 }
    }
    for export in try await trip.json("status")["exports"]?.array ?? [] {
      let state = export["state"]?.string ?? ""
      if !["decided", "unreadable"].contains(state) { counts["exports " + state, default: 0] += 1 }
    }
    if counts.isEmpty { return "an effect whose record is not yet made, or a record just made" }
    return counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }

  /// A last process that nobody disturbs takes everything up.
  private func finishInPeace(_ trip: RoundTrip, exports: Int) async throws {
    let daemon = try trip.startDaemon("last")
    try await daemon.waitUntilReady()
    try await trip.waitUntilDecided(exports)
    try await eventually("everything to be finished", within: .seconds(120)) {
      try await lookAtTheNumbers(trip)
      try await trip.handOverAll()
      return try await isFinished(trip)
    }
    let status = try await daemon.terminate()
    #expect(status == 0)
  }

  /// By the tracking team's own journal and the ledger.
  private func judge(_ trip: RoundTrip) async throws {
    let arrivals = try trip.journal().verdict()
    for line in try await trip.returns() {
      let seen = arrivals.filter { $0.authority == line.authority && $0.name == line.fileName }
      guard line.state != "superseded" else {
        #expect(seen.isEmpty, "\(line.id) was superseded and went all the same")
        continue
      }
      #expect(line.isFinished, "\(line.id) is \(line.state)")
      #expect(seen.count == 1, "\(line.id) \(line.fileName) at \(line.authority)")
      #expect(seen.first?.arrivals == 1, "\(line.id) arrived \(seen.first?.arrivals ?? 0) times")
      #expect(seen.first?.sha256 == [line.sha256], "\(line.id)")
    }
    // Nothing arrived that the ledger knows nothing of.
    let ours = Set(try await trip.returns().map { "\($0.authority)/\($0.fileName)" })
    #expect(
      arrivals.filter { !ours.contains("\($0.authority)/\($0.name)") && !$0.name.hasSuffix(".cover.txt") }.isEmpty)

    // Every reply that the team wrote is in the ledger once.
    let written = try trip.journal().entries.count { [.acknowledged, .surveyed, .chased].contains($0.event) }
    let replies = try await trip.json("replies")["replies"]?.array ?? []
    #expect(replies.count == written, "each file once, none lost")
    // Two small returns can be answered with the very same bytes: the second is known as a repeat.
    for reply in replies where reply["state"]?.string != "matched" {
      #expect(reply["state"]?.string == "quarantined" && reply["detail"]?.string == "repeat", "\(reply.text())")
    }
    let audit = try await trip.program.run("audit")
    #expect(audit.status == 0, "\(audit.output)\(audit.errors)")
  }
}
