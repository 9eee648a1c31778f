import AuthoritySandbox
import Foundation
import RoundTripSupport
import Tabular
import Testing

/// How the daemon behaves as a service.
@Suite("The service", .serialized)
struct ServiceTests {
  @Test func aSecondDaemonOnTheSameStateRefusesToStart() async throws {
    try await RoundTrip.with { trip in
      let first = try trip.startDaemon()
      try await first.waitUntilReady()
      let second = try trip.startDaemon("second")
      try await eventually("the second to end") { !second.isRunning }
      #expect(second.exitStatus == 69)
      #expect(first.isRunning)
      #expect(try await first.terminate() == 0)
    }
  }

  @Test func hangUpTakesTheWholeNewConfigurationOrKeepsTheOld() async throws {
    try await RoundTrip.with { trip in
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      let file = trip.layout.configurationFile
      let good = try String(contentsOfFile: file, encoding: .utf8)
      try (good + "setle: 2s\n").write(toFile: file, atomically: true, encoding: .utf8)
      daemon.signal(SIGHUP)
      try await eventually("the mistake to be named") {
        daemon.logText.contains("setle") && daemon.logText.contains("the old one stays in force")
      }
      #expect(daemon.isRunning)
      try good.replacing("settle: 200ms", with: "settle: 100ms").write(toFile: file, atomically: true, encoding: .utf8)
      daemon.signal(SIGHUP)
      try await eventually("the new one to be in force") {
        daemon.logText.contains("the new configuration is in force")
      }
      try trip.save(trip.sample(leavers: 5, seed: 3).bytes, as: "After reload.csv")
      try await eventually("intake to go on") { try await !trip.returns().isEmpty }
      #expect(try await daemon.terminate() == 0)
    }
  }

  @Test func aNewStateDirectoryTakesARestart() async throws {
    try await RoundTrip.with { trip in
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      let file = trip.layout.configurationFile
      let lines = try String(contentsOfFile: file, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false)
      let other = lines.map { $0.hasPrefix("state:") ? "state: elsewhere" : String($0) }.joined(separator: "\n")
      try other.write(toFile: file, atomically: true, encoding: .utf8)
      daemon.signal(SIGHUP)
      try await eventually("it to say so") { daemon.logText.contains("that takes a restart") }
      #expect(daemon.isRunning)
      #expect(try await daemon.terminate() == 0)
    }
  }

  @Test func aRecipientThatANewConfigurationBringsIsServed() async throws {
    try await RoundTrip.with { trip in
      let folder = trip.layout.configuration
      let files = ["authorities/wirral.yaml", "recipients/wirral.yaml"]
      for file in files {
        try FileManager.default.moveItem(atPath: "\(folder)/\(file)", toPath: "\(folder)/\(file).off")
      }
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      for file in files {
        try FileManager.default.moveItem(atPath: "\(folder)/\(file).off", toPath: "\(folder)/\(file)")
      }
      daemon.signal(SIGHUP)
      try await eventually("the new one to be in force") {
        daemon.logText.contains("the new configuration is in force")
      }
      try trip.save(trip.sample(leavers: 60, seed: 5).bytes, as: "After reload.csv")
      try await eventually("a return for it") {
        try await trip.returns().contains { $0.authority == "wirral" && $0.state == "waiting" }
      }
      for item in try await trip.returns() where item.authority == "wirral" {
        #expect(try await trip.program.run("release", item.id).status == 0)
      }
      try await eventually("it to be delivered") {
        try await trip.returns().contains {
          $0.authority == "wirral" && ["delivered", "collected", "accepted"].contains($0.state)
        }
      }
      #expect(try await daemon.terminate() == 0)
    }
  }

  @Test func aMistakeInTheConfigurationEndsItWith78() async throws {
    try await RoundTrip.with(edit: { layout in
      let file = layout.configuration + "/recipients/liverpool.yaml"
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let without = text.split(separator: "\n").filter { !$0.contains("host-key") }.joined(separator: "\n")
      try (without + "\ncolect-every: 1s\n").write(toFile: file, atomically: true, encoding: .utf8)
    }) { trip in
      let daemon = try trip.startDaemon()
      try await eventually("it to end") { !daemon.isRunning }
      #expect(daemon.exitStatus == 78)
      #expect(daemon.logText.contains("host-key"), "the missing host key is named")
      #expect(daemon.logText.contains("colect-every"), "and at the same time the unknown key")
      let check = try await trip.program.run("check")
      #expect(check.status == 78)
      #expect(check.output.contains("recipients/liverpool.yaml:"))
    }
  }

  @Test func formatsThatNobodyConfirmedGoNowhereButToTheSandbox() async throws {
    try await RoundTrip.with(edit: { layout in
      let file = layout.configuration + "/recipients/wirral.yaml"
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let without = text.split(separator: "\n").filter { !$0.hasPrefix("sandbox:") }.joined(separator: "\n")
      try (without + "\n").write(toFile: file, atomically: true, encoding: .utf8)
    }) { trip in
      let daemon = try trip.startDaemon()
      try await eventually("it to refuse") { !daemon.isRunning }
      #expect(daemon.exitStatus == 78)
      #expect(daemon.logText.contains("illustrative"))
    }
  }

  @Test func pausedRecipientsWaitAndGoOnWhenResumed() async throws {
    try await RoundTrip.with { trip in
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      #expect(try await trip.program.run("pause", "wirral", "--why", "their server is moved").status == 0)
      try trip.save(trip.sample(leavers: 60, seed: 9).bytes, as: "Students.csv")
      try await trip.waitUntilDecided(1)
      try await trip.releaseAll()
      try await eventually("all others to be delivered") {
        try await trip.returns().allSatisfy { $0.authority == "wirral" || $0.state != "queued" }
      }
      #expect(try await trip.returns().filter { $0.authority == "wirral" }.allSatisfy { $0.state == "queued" })
      #expect(try await trip.program.run("resume", "wirral").status == 0)
      try await eventually("Wirral's to go") { try await trip.returns(state: "queued").isEmpty }
      _ = try await daemon.terminate()
    }
  }
}
