// What the commands say of a return that the brake stopped: the numbers, in words, and nothing of anybody.

import AuthoritySandbox
import Foundation
import RoundTripSupport
import Tabular
import Testing

@Suite("The commands and the brake", .serialized)
struct CommandTestsBrake {
  private typealias Support = CommandTestsSupport

  @Test func aMuchSmallerExportWaitsAndIsReleasedWithItsNumbers() async throws {
    let atOnce: (SandboxLayout) throws -> Void = { layout in
      // Of a part of the leavers the others are carried on, and nothing shrinks.
      try Support.edit(layout.configurationFile) { $0.replacing("    mis: ", with: "    exports-are: full\n    mis: ") }
      let folder = layout.configuration + "/authorities/"
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
        try Support.edit(folder + name) { $0.replacing("send: on-release", with: "send: at-once") }
      }
    }
    try await RoundTrip.with(edit: atOnce) { trip in
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      try trip.save(trip.sample(leavers: 60, seed: 3).bytes, as: "Students.csv")
      try await trip.waitUntilDecided(1)
      // The first of each kind waits, although its profile says at once.
      let first = try await trip.json("returns")["returns"]?.array ?? []
      #expect(!first.isEmpty && first.allSatisfy { $0["detail"]?.string == "brake" })
      #expect(
        first.allSatisfy {
          $0["brake"]?.array?.first?["code"]?.string == "first-return"
            || $0["brake"]?.array?.first?["code"]?.string == "new-cohort"
        })
      try await trip.releaseAll()
      try await eventually("all to go") {
        try await trip.returns().allSatisfy { $0.isFinished || $0.state == "prepared" || $0.state == "delivered" }
      }

      try trip.save(trip.sample(leavers: 15, seed: 3).bytes, as: "Students (2).csv")
      try await trip.waitUntilDecided(2)
      let stopped = try await trip.json("returns", "--state", "waiting")["returns"]?.array ?? []
      let liverpool = try #require(
        stopped.first { item in
          item["authority"]?.string == "liverpool"
            && item["brake"]?.array?.contains { $0["code"]?.string == "head-count" } == true
        })
      let id = try #require(liverpool["id"]?.string)
      #expect(liverpool["detail"]?.string == "brake")
      let words = try #require(
        liverpool["brake"]?.array?.first { $0["code"]?.string == "head-count" }?["words"]?.string)
      #expect(words.firstMatch(of: /^\d+ leavers?, \d+ the last time \(−\d+ %\)$/) != nil, "\(words)")

      for command in [["todo"], ["returns"], ["show", id], ["log", "--limit", "0"]] {
        #expect(try await trip.program.run(command).output.contains(words), "\(command)")
      }
      #expect(try await trip.json("show", id)["brake"]?.array?.isEmpty == false)
      let todo = try await trip.json("todo")["todo"]?.array ?? []
      #expect(todo.contains { $0["code"]?.string == "return-braked" && $0["subjects"]?.array?.first?.string == id })

      let released = try await trip.program.run("release", id, "--why", "half the year is on a trip")
      #expect(released.status == 0)
      #expect(released.output.hasPrefix("\(id) released by "))
      #expect(released.output.contains("\n  although: \(words)\n"))
      #expect(try await trip.program.run("show", id).output.contains("although: \(words)"), "kept with the decision")
      try await eventually("it to go") { try await trip.returns().first { $0.id == id }?.isFinished == true }
      #expect(try await trip.auditIsClean())
      #expect(try await daemon.terminate() == 0)
    }
  }
}
