// Which private keys can work, told from real key files.

import AuthoritySandbox
import Foundation
import Testing

@testable import Transport

struct PrivateKeyKindTests {
  private func keygen(_ arguments: [String]) throws -> String {
    let directory = try scratch()
    _ = try ServerProcess.run("/usr/bin/ssh-keygen", ["-q", "-f", directory + "/key"] + arguments, in: directory)
    return directory + "/key"
  }

  private func openssl(_ arguments: [String]) throws -> String {
    let directory = try scratch()
    _ = try ServerProcess.run("/usr/bin/openssl", arguments + ["-out", directory + "/key"], in: directory)
    return directory + "/key"
  }

  @Test(
    arguments: [
      (["-t", "ed25519", "-N", ""], .ed25519), (["-t", "ecdsa", "-N", ""], .ecdsa),
      (["-t", "rsa", "-b", "2048", "-N", ""], .rsa), (["-t", "rsa", "-b", "2048", "-m", "PEM", "-N", ""], .rsa),
      (["-t", "ecdsa", "-m", "PEM", "-N", ""], .ecdsa), (["-t", "ed25519", "-N", "secret"], .encrypted),
      (["-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "secret"], .encrypted),
    ] as [([String], PrivateKeyKind)])
  func openSSH(arguments: [String], kind: PrivateKeyKind) throws {
    #expect(PrivateKeyKind.detect(file: try keygen(arguments)) == kind)
  }

  @Test(
    arguments: [
      (["genpkey", "-algorithm", "ed25519"], .ed25519),
      (["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], .rsa),
      (["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], .ecdsa),
      (["genpkey", "-algorithm", "ed25519", "-aes256", "-pass", "pass:secret"], .encrypted),
    ] as [([String], PrivateKeyKind)])
  func pkcs8(arguments: [String], kind: PrivateKeyKind) throws {
    #expect(PrivateKeyKind.detect(file: try openssl(arguments)) == kind)
  }

  @Test func whatIsNoKey() throws {
    let key = try keygen(["-t", "ed25519", "-N", ""])
    guard case .notAKey(let what) = PrivateKeyKind.detect(file: key + ".pub") else {
      Issue.record("the public half passes")
      return
    }
    #expect(what.contains("public"))
    guard case .unreadable = PrivateKeyKind.detect(file: key + ".missing") else {
      Issue.record("a missing file passes")
      return
    }
    guard case .unreadable = PrivateKeyKind.detect(file: "/tmp") else {
      Issue.record("a folder passes")
      return
    }
    for text in ["", "hello", "PuTTY-User-Key-File-3: ssh-ed25519", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END"] {
      guard case .notAKey = PrivateKeyKind.detect(text) else {
        Issue.record("passes: \(text)")
        continue
      }
    }
    // Cut off, and with a length that points beyond the end.
    let text = try String(contentsOfFile: key, encoding: .utf8)
    let cut = text.split(separator: "\n").prefix(2).joined(separator: "\n")
    guard case .notAKey = PrivateKeyKind.detect(String(cut.prefix(60))) else {
      Issue.record("half a key passes")
      return
    }
  }

  @Test func complaints() {
    #expect(PrivateKeyKind.ed25519.complaint == nil)
    #expect(PrivateKeyKind.rsa.complaint?.contains("ed25519") == true)
    #expect(PrivateKeyKind.encrypted.complaint?.contains("passphrase") == true)
    #expect(!PrivateKeyKind.rsa.isUsable)
  }
}
