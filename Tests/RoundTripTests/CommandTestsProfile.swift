// `profile`: the page that an authority agrees to, and the examples inside its profile.

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
}
