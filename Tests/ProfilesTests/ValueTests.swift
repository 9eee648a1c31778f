// The small pure parts: suggestions, durations, addresses, paths, fingerprints.

import Foundation
import Leavers
import Testing

@testable import Profiles

struct ValueTests {
  @Test(arguments: [
    ("setle", "settle"), ("routed_by", "routed-by"), ("Collect-Every", "collect-every"), ("form", "from"),
    ("maxx", "max"),
  ])
  func theNearestWordIsSuggested(_ word: String, _ expected: String) {
    #expect(Nearest.word(to: word, among: ["settle", "routed-by", "collect-every", "from", "max"]) == expected)
  }

  @Test(arguments: ["xyz", "", "collector", "--", String(repeating: "settle", count: 100)])
  func whatIsNotNearIsNotSuggested(_ word: String) {
    #expect(Nearest.word(to: word, among: ["settle", "collect-every", ""]) == nil)
  }

  @Test(arguments: [
    ("500ms", Duration.milliseconds(500)), ("2s", .seconds(2)), ("5m", .seconds(300)), ("1h", .seconds(3600)),
    ("1d", .seconds(86_400)), ("366d", .seconds(366 * 86_400)),
  ])
  func durationsAreRead(_ text: String, _ expected: Duration) { #expect(DurationText.duration(text) == expected) }

  @Test(arguments: ["", "5", "s", "5 s", "5S", "-5s", "+5s", "1.5s", "5w", "367d", "99999999999999999999s", "٥s"])
  func whatIsNoDurationIsNot(_ text: String) { #expect(DurationText.duration(text) == nil) }

  @Test func addressesComeApart() throws {
    let address = try #require(WebAddress("https://Host.example:8443/in/?a"))
    #expect(address.scheme == "https" && address.host == "host.example" && address.port == 8443 && address.hasQuery)
    #expect(WebAddress("https://[::1]:1/")?.host == "::1")
    #expect(WebAddress("https://h")?.port == 443)
    #expect(WebAddress("https://127.0.0.1:1@evil.example/")?.host == "evil.example")
    #expect(WebAddress("https://127.0.0.1:1@evil.example/")?.hasCredentials == true)
    for text in [
      "", "https://", "h", "https://h:0/", "https://h:x/", "https://[::1/", "https://a b/", "https://h:70000",
    ] {
      #expect(WebAddress(text) == nil, "\(text)")
    }
  }

  @Test func pathsAreMadeAbsolute() {
    #expect(ConfigurationFiles.absolute("../a/./b//", from: "/etc/leaverlink") == "/etc/a/b")
    #expect(ConfigurationFiles.absolute("/x/../../y", from: "/etc") == "/y")
    #expect(ConfigurationFiles.absolute("a", from: ".").hasSuffix("/a"))
    #expect(ConfigurationFiles.absolute("a/b", from: "") == ConfigurationFiles.absolute("a/b", from: "."))
    #expect(ConfigurationFiles.folder(of: "/a/b") == "/a")
    #expect(ConfigurationFiles.folder(of: "/a") == "/")
    #expect(ConfigurationFiles.folder(of: "a") == ".")
  }

  @Test func aMapLetsNothingPassUnchanged() {
    let map: ValueMap = ["411": "510"]
    #expect(map("411", on: .first) == "510")
    #expect(map("510", on: .first) == nil)
  }

  @Test func aFingerprintChangesWithThePlaceAndNothingElse() throws {
    func recipient(_ change: (inout Fixture) -> Void = { _ in }, _ index: Int = 0) throws -> Recipient {
      var fixture = Fixture()
      change(&fixture)
      let outcome = try fixture.load(.forPreparing)
      let recipient = try #require(outcome.configuration?.configuration.recipients[index], "\(outcome.diagnostics)")
      return recipient
    }
    func fingerprint(_ old: String, _ new: String, _ file: String = Mistake.connect, _ index: Int = 0) throws -> String
    {
      let recipient = try recipient({ $0.replace(old, with: new, in: file) }, index)
      // Each load has a directory of its own, which is part of the paths.
      return recipient.fingerprint.replacing(/[0-9]+:\/[^ ]*\/profiles-[^\/]*/, with: "DIR")
    }
    let before = try fingerprint("port: 2222", "port: 2222")
    #expect(try fingerprint("collect-every: 1m", "collect-every: 2m") == before)
    #expect(try fingerprint("name: Career Connect", "name: Careers") == before)
    for (old, new) in [
      ("port: 2222", "port: 22"), ("user: example-high", "user: other"), ("careers.example.uk", "careers2.example.uk"),
      ("NOPQ\"", "NOPR\""), ("career-connect-key", "another-key"),
    ] {
      #expect(try fingerprint(old, new) != before, "\(new)")
    }
    let web = try fingerprint("webdav: true", "webdav: true", Mistake.web, 1)
    #expect(try fingerprint("webdav: true", "webdav: false", Mistake.web, 1) != web)
    #expect(try fingerprint("webdav: true", "webdav: true\n  ca: /x", Mistake.web, 1) != web)
  }
}
