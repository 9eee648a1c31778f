// The profiles that are shipped, the six and the fictional ones: every kind has examples, which come out as they say.

import Foundation
import Leavers
import Profiles
import Testing

@testable import Returns

struct ShippedProfilesTests {
  private static let config =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/") + "/config"

  static func configuration(_ file: String = "/leaverlink.yaml") throws -> Configuration {
    try ConfigurationLoader(environment: [:], inspectKey: { _ in .usable("ssh-ed25519") })
      .load(config + file, requiring: .forPreparing).configuration
  }

  @Test func theExamplesComeOutAsTheySay() throws {
    let configuration = try Self.configuration()
    for authority in configuration.authorities {
      let (counts, failures) = try ProfileExamples.run(authority, in: configuration, scratch: "/tmp")
      #expect(failures == [], "\(authority.id)")
      #expect(Set(counts.map(\.kind)) == Set(ReturnKind.allCases))
      #expect(counts.allSatisfy { $0.count > 0 }, "\(authority.id)")
    }
  }

  /// Exotic layouts are the fictional authorities' alone, and no configuration of a real school knows those.
  @Test func theFictionalOnesExamplesComeOutAsTheySay() throws {
    let configuration = try Self.configuration("/fictional/leaverlink.yaml")
    #expect(configuration.authorities.map(\.id.rawValue) == ["eastmarsh", "northmere"])
    for authority in configuration.authorities {
      let (counts, failures) = try ProfileExamples.run(authority, in: configuration, scratch: "/tmp")
      #expect(failures == [], "\(authority.id)")
      #expect(counts.map(\.kind) == [.intendedDestinations, .earlyLeavers])
      #expect(counts.allSatisfy { $0.count > 0 }, "\(authority.id)")
      #expect(authority.evidence == .illustrative && authority.name.hasSuffix("(fictional)"))
      #expect(authority.agreements.allSatisfy { $0.isExample })
    }
    let real = try Self.configuration().authorities
    #expect(Set(real.map(\.laCode)).isDisjoint(with: configuration.authorities.map(\.laCode)))
    #expect(!real.contains { configuration.authorities.map(\.id).contains($0.id) })
  }

  /// A test of the tests: what an example says is compared.
  @Test func anExampleThatIsWrongIsTold() throws {
    var configuration = try Self.configuration()
    let place = try #require(configuration.authorities.firstIndex { $0.id.rawValue == "sefton" })
    var authority = configuration.authorities[place]
    let kind = try #require(authority.returns.firstIndex { $0.kind == .intendedDestinations })
    var example = try #require(authority.returns[kind].examples.first)
    func failures(_ outcome: ReturnExample.Outcome) throws -> [String] {
      example.outcome = outcome
      authority.returns[kind].examples = [example]
      configuration.authorities[place] = authority
      return try ProfileExamples.run(authority, in: configuration, scratch: "/tmp").failures.map(\.message)
    }
    #expect(try failures(.rows([["Surname": "EXAMPLE"]])) == [])
    #expect(try failures(.rows([["Surname": "Example"]])) == ["Surname is \"EXAMPLE\" instead of \"Example\""])
    #expect(try failures(.rows([[:], [:]])) == ["it has 1 rows instead of 2"])
    #expect(try failures(.kept("no-cohort")) == ["it goes, and should be kept for no-cohort"])
    example.given[.intendedDestination] = "410"
    #expect(
      try failures(.rows([[:]])) == ["it is kept (code-unknown-to-authority, column IntDest, code 410), and should go"])
    #expect(try failures(.kept("code-unknown-to-authority")) == [])
    #expect(
      try failures(.kept("no-cohort")) == [
        "it is kept for code-unknown-to-authority, column IntDest, code 410 instead of no-cohort"
      ])
  }

  /// The template for a seventh authority is what a newcomer begins with: it loads as it stands.
  @Test func theTemplateIsASeventhAuthority() throws {
    let folder = NSTemporaryDirectory() + "/seventh-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: Self.config, toPath: folder)
    for (kind, target) in [("authority", "authorities"), ("recipient", "recipients")] {
      try FileManager.default.copyItem(
        atPath: folder + "/templates/\(kind).yaml", toPath: folder + "/\(target)/northshire.yaml")
    }
    let loaded = try ConfigurationLoader(environment: [:], inspectKey: { _ in .usable("ssh-ed25519") })
      .load(folder + "/leaverlink.yaml", requiring: .forPreparing)
    #expect(loaded.warnings.allSatisfy { !$0.file.contains("northshire") }, "\(loaded.warnings)")
    #expect(loaded.configuration.authorities.count == 7)
    let northshire = try #require(loaded.configuration.authorities.first { $0.id.rawValue == "northshire" })
    let (counts, failures) = try ProfileExamples.run(northshire, in: loaded.configuration, scratch: "/tmp")
    #expect(failures == [] && counts.map(\.count) == [2, 1])
  }
}
