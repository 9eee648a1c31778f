// Paths that may be sent to the far side, and those that may not.

import Testing
import Transport

struct RemotePathTests {
  @Test(
    "tricks are refused",
    arguments: [
      "", "/", "/etc/passwd", "a//b", "a/", "..", ".", "a/../b", "a/./b", "a\nb", "a\u{0}b", "a\u{7F}", "a\u{85}b",
      "a\u{2028}b", "say \"x\"", "it's", "a\\b", "\r", String(repeating: "x", count: 256),
      "ok/" + String(repeating: "é", count: 128),
    ])
  func refused(text: String) {
    #expect(throws: TransportError.self) { try RemotePath(text) }
  }

  @Test(arguments: [
    "a", "inbound/sefton/3414787_x.csv", "...", "a b", ".1.part", "été", String(repeating: "x", count: 255),
  ])
  func accepted(text: String) throws {
    #expect(try RemotePath(text).string == text)
  }

  @Test func refusalHasCodeAndNotTheName() {
    #expect {
      try RemotePath("secret'name")
    } throws: {
      guard let error = $0 as? TransportError else { return false }
      return error.code == .invalidPath && !error.message.contains("secret")
    }
  }

  @Test func parts() throws {
    let path = try RemotePath("inbound/sefton")
    #expect(try path.appending("a.csv").string == "inbound/sefton/a.csv")
    #expect(try path.appending("a.csv").lastComponent == "a.csv")
    #expect(try path.appending("a.csv").parent == path)
    #expect(try RemotePath("a").parent == nil)
    for name in ["", "..", "a/b", "/"] { #expect(throws: TransportError.self) { try path.appending(name) } }
  }
}
