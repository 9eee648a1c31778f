// The keys of what `profile describe` prints with --json are those that docs/profiles.md lists.

import Leavers
import Profiles
import Returns
import Testing

struct SpecificationKeysTests {
  private static let config = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/config"

  @Test func theManualHasTheKeysOfTheSpecification() throws {
    let day = try #require(CalendarDate(iso: "2026-12-01"))
    var found: Set<String> = []
    for file in ["/leaverlink.yaml", "/fictional/leaverlink.yaml"] {
      let configuration = try ConfigurationLoader(environment: [:], inspectKey: { _ in .usable("ssh-ed25519") })
        .load(Self.config + file, requiring: .forPreparing).configuration
      for var authority in configuration.authorities {
        // What no shipped profile has.
        authority.returns[0].send = .onDates([day])
        authority.returns[0].sort = [authority.returns[0].columns[0].name]
        found.formUnion(
          DocumentedKeys.paths(FeedSpecification(authority, in: configuration, on: day).json))
      }
    }
    let keys = try DocumentedKeys.of("profile describe", in: "profiles.md")
    #expect(Set(keys).count == keys.count, "a key stands twice")
    #expect(Set(keys) == found.union(["schemaVersion"]))
  }
}
