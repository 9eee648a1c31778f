import AuthoritySandbox
import Foundation
import RoundTripSupport
import Tabular
import Testing

/// The main job with real processes: sshd, nginx, SQLite, the program itself.
@Suite("The round trip", .serialized)
struct MainJobTests {
  @Test func twoExportsGoToSixAuthoritiesAndComeBackReconciled() async throws {
    try await RoundTrip.with(survey: 0.5, chase: 0.1) { trip in
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      for school in 0...1 {
        try trip.save(
          trip.sample(leavers: 60, seed: UInt64(school + 1), school: school).bytes, as: "Students.csv", school: school)
      }
      try await trip.waitUntilDecided(2)
      let waiting = try await trip.returns(state: "waiting")
      #expect(Set(waiting.map(\.authority)) == ["liverpool", "sefton", "st-helens", "wirral", "halton", "knowsley"])

      try await trip.releaseAll()
      try await eventually("the packs to lie on the desks") {
        try await trip.returns().allSatisfy { !["queued", "sending", "publishing"].contains($0.state) }
      }
      try await trip.handOverAll()
      try await eventually("every return to be acknowledged, or delivered to who never acknowledges") {
        try await trip.returns().allSatisfy(\.isFinished)
      }
      #expect(try await trip.returns().allSatisfy { $0.state == ($0.authority == "halton" ? "delivered" : "accepted") })

      // The tracking team's own journal: each return once, with the bytes that the ledger sent.
      let arrivals = try trip.journal().verdict()
      for line in try await trip.returns() {
        let seen = arrivals.filter { $0.authority == line.authority && $0.name == line.fileName }
        #expect(seen.count == 1, "\(line.id) \(line.fileName)")
        #expect(seen.first?.isExactlyOnce == true)
        #expect(seen.first?.sha256 == [line.sha256])
      }
      try await eventually("surveys and chase lists to be matched") {
        let replies = try await trip.json("replies")["replies"]?.array ?? []
        let surveys = replies.filter { $0["kind"]?.string != "acknowledgement" }
        return !surveys.isEmpty && surveys.allSatisfy { $0["state"]?.string == "matched" }
      }
      // Each survey names one person whom nobody here knows: listed, not dropped.
      let replies = try await trip.json("replies")["replies"]?.array ?? []
      #expect(replies.contains { ($0["unmatched"]?.integer ?? 0) > 0 })
      #expect(try await trip.auditIsClean())
      #expect(try await daemon.terminate() == 0)
      #expect(try await trip.auditIsClean(), "also with the service down")
    }
  }

  @Test func theSameExportTwiceSendsNothingTwice() async throws {
    try await RoundTrip.with { trip in
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      let bytes = trip.sample(leavers: 20, seed: 5).bytes
      try trip.save(bytes, as: "Students.csv")
      try await trip.waitUntilDecided(1)
      try trip.save(bytes, as: "Students (2).csv")
      // A third, changed export shows that the second has been gone through.
      try trip.save(trip.sample(leavers: 21, seed: 6).bytes, as: "Students (3).csv")
      try await trip.waitUntilDecided(2)
      let schools = try await trip.json("status")["schools"]?.array ?? []
      #expect(schools.first?["exports"]?.integer == 2, "the same content again is no export of its own")
      // The newest export's returns took the place of the first one's, which had not gone.
      let liverpool = try await trip.returns().filter { $0.authority == "liverpool" && $0.fileName.contains("Y11") }
      #expect(liverpool.map(\.state) == ["superseded", "waiting"])
      _ = try await daemon.terminate()
    }
  }
}
