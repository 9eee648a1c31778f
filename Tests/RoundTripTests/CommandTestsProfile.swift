// `profile`: the page that an authority agrees to, and the examples inside its profile.

import AuthoritySandbox
import Foundation
import RoundTripSupport
import Tabular
import Testing

@Suite("profile")
struct CommandTestsProfile {
  private typealias Support = CommandTestsSupport

  @Test func theExamplesOfTheShippedProfilesAreRun() async throws {
    let program = try Program(configuration: Support.example)
    let result = try await program.run("profile", "test", "--json")
    #expect(result.status == 0, "\(result.output)")
    let authorities = try #require(result.json?["authorities"]?.array)
    #expect(authorities.count == 6)
    #expect(authorities.allSatisfy { $0["failures"]?.array == [] })
    let one = try await program.run("profile", "test", "sefton")
    #expect(one.status == 0 && one.output.hasPrefix("sefton: ") && one.output.contains("as they say"))
    let nobody = try await program.run("profile", "test", "nonesuch")
    #expect(nobody.status == 64 && nobody.errors.contains("no authority nonesuch is configured; there are halton, "))
  }

  @Test func anAuthorityIsDescribed() async throws {
    try await Support.withFolder { folder in
      let program = try Program(configuration: Support.example)
      let result = try await program.run("profile", "describe", "wirral", "--out", folder + "/deep")
      #expect(result.status == 0 && result.output.contains("wirral.html"))
      let page = try String(contentsOfFile: folder + "/deep/wirral.html", encoding: .utf8)
      #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("Wirral Council"))
      let kind = try await program.run("profile", "describe", "wirral", "--kind", "early-leavers")
      #expect(kind.status == 0 && kind.output.contains("<h2>early leavers</h2>"))
      #expect(!kind.output.contains("<h2>risk of NEET</h2>"))
      let wrong = try await program.run("profile", "describe", "wirral", "--kind", "nonesuch")
      #expect(wrong.status == 64 && wrong.errors.contains("wirral has no return nonesuch"))
      try Support.write("in the way", to: folder + "/file")
      let out = try await program.run("profile", "describe", "wirral", "--out", folder + "/file")
      #expect(out.status == 74 && out.errors.contains("cannot write"))
    }
  }

  /// Against real servers: a plain return over SFTP, over HTTPS with WebDAV, and by hand; the tracking team loads them as it
  /// will load the real ones, and its answer is the trial's.
  @Test func aFormatIsTried() async throws {
    try await RoundTrip.with { trip in
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      for authority in ["liverpool", "wirral", "knowsley"] {
        let result = try await trip.program.run(
          "profile", "trial", authority, "--school", "3414787", "--kind", "intended-destinations", "--json")
        let trial = try #require(result.json?["trials"]?.array?.first, "\(result.output) \(result.errors)")
        #expect(result.status == 0)
        #expect(trial["state"]?.string == (authority == "knowsley" ? "prepared" : "delivered"))
        #expect(trial["floorOnly"]?.integer == 2)
      }
      func trials() async throws -> [JSONValue] { try await trip.json("profile", "trials")["trials"]?.array ?? [] }
      try await eventually("both teams to answer") {
        try await trials().prefix(2).allSatisfy { $0["verdict"]?.string == "accepted" }
      }
      #expect(try await trials().last?["verdict"]?.string == nil)
      let folder = trip.layout.desk("example-high") + "/out/knowsley"
      let cover = try #require(
        try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".html") })
      #expect(try String(contentsOfFile: "\(folder)/\(cover)", encoding: .utf8).contains("A TRIAL"))
      #expect(try await trip.returns().isEmpty, "no return comes of it")
      try await theRealOneIsNumberedAfterIt(trip)
      try await whatMayNotBeTriedIsNot(trip)
      #expect(try await daemon.terminate() == 0)
      #expect(try await trip.auditIsClean())
    }
  }

  private func theRealOneIsNumberedAfterIt(_ trip: RoundTrip) async throws {
    try trip.save(trip.sample(leavers: 20, seed: 3).bytes, as: "Students.csv")
    try await trip.waitUntilDecided(1)
    let names = try await trip.returns().map(\.fileName)
    #expect(names.contains { $0.contains("IntendedDestinations") && $0.hasSuffix("_0002.csv") }, "\(names)")
  }

  private func whatMayNotBeTriedIsNot(_ trip: RoundTrip) async throws {
    let unnamed = try await trip.program.run("profile", "trial", "liverpool")
    #expect(unnamed.status == 64 && unnamed.errors.contains("name one by --school: 3414787"))
    let elsewhere = try await trip.program.run("profile", "trial", "sefton", "--school", "3414787")
    #expect(elsewhere.status == 1 && elsewhere.output.contains("another authority's"))
    _ = try await trip.program.run("pause", "liverpool")
    let paused = try await trip.program.run("profile", "trial", "liverpool", "--school", "3414787")
    #expect(paused.status == 78 && paused.errors.contains("is paused or stopped"))
    let file = trip.layout.configuration + "/authorities/wirral.yaml"
    try Support.edit(file) {
      $0.replacing("evidence: illustrative", with: "evidence: {agreed: {with: the team, on: 2026-05-01}}")
        .replacing("reference: EXAMPLE-", with: "reference: DSA-")
    }
    let agreed = try await trip.program.run("profile", "trial", "wirral", "--school", "3414787")
    #expect(agreed.status == 78 && agreed.errors.contains("write evidence: trial in"))
    // Where no sandbox is, a format that nobody confirmed is not tried either.
    try Support.edit(trip.layout.configuration + "/recipients/halton.yaml") {
      $0.replacing(/\nsandbox: .*\n/, with: "\n")
    }
    let real = try await trip.program.run("profile", "trial", "halton", "--school", "3414787")
    #expect(real.status == 78 && real.errors.contains("nobody at Halton Borough Council confirmed its format"))
    #expect(try await trip.json("profile", "trials")["trials"]?.array?.count == 3)
  }
}
