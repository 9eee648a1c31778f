// Mistakes in a configuration, all at once, and `check --connect` with a recipient that is not there.

import AuthoritySandbox
import Foundation
import RoundTripSupport
import Tabular
import Testing

@Suite("The configuration as the commands see it", .serialized)
struct CommandTestsConfiguration {
  private typealias Support = CommandTestsSupport

  /// What is written wrong, where, and what must be said of it.
  private struct Mistake {
    let file: String
    let find: String
    let write: String
    /// The text at whose beginning the place must be.
    let at: String
    let code: String
    let says: String
  }

  @Test func everyMistakeIsNamedAtOnceWithItsPlaceAndRemedy() async throws {
    try await RoundTrip.with { trip in
      let layout = trip.layout
      let folder = layout.configuration
      let rsa = layout.directory + "/rsa.pem"
      try await makeRSAKey(rsa)
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: layout.masterKey)
      let keys = try PrivateKeys(folder)
      let mistakes = [
        Mistake(
          file: "leaverlink.yaml", find: "settle: 200ms", write: "settle: soon\nsetle: 2s", at: "soon",
          code: "bad-duration", says: "\"soon\" is not a duration"),
        Mistake(
          file: "leaverlink.yaml", find: "mis: sims", write: "mis: simms", at: "simms", code: "unknown-header-map",
          says: "there is no header map \"simms\""),
        Mistake(
          file: "authorities/sefton.yaml", find: "from: legalSurname, case", write: "from: legalSurnam, case",
          at: "legalSurnam,", code: "unknown-choice", says: "\"legalSurnam\""),
        Mistake(
          file: "authorities/sefton.yaml", find: "codes: nccis-intended", write: "codes: nccis-intents",
          at: "nccis-intents", code: "unknown-code-set", says: "there is no code set \"nccis-intents\""),
        Mistake(
          file: "authorities/knowsley.yaml", find: "recipient: knowsley", write: "recipient: knowsly",
          at: "knowsly", code: "unknown-recipient", says: "knowsly"),
        Mistake(
          file: "recipients/liverpool.yaml", find: keys.liverpool, write: rsa, at: rsa, code: "secret-unusable",
          says: "is an RSA key, which does not work"),
        Mistake(
          file: "recipients/career-connect.yaml", find: keys.careerConnect, write: layout.directory,
          at: layout.directory, code: "secret-missing", says: "the private key \(layout.directory) is no file"),
        Mistake(
          file: "recipients/wirral.yaml", find: "ca.pem", write: "gone.pem", at: "\(keys.folderOfCA)/gone.pem",
          code: "file-missing", says: "gone.pem does not exist"),
      ]
      for mistake in mistakes {
        try Support.edit("\(folder)/\(mistake.file)") {
          $0.replacing(mistake.find, with: mistake.write, maxReplacements: 1)
        }
      }
      // No host key, which is a line that is not there.
      try Support.edit("\(folder)/recipients/career-connect.yaml") { text in
        text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.contains("host-key:") }
          .joined(separator: "\n")
      }

      let check = try await trip.program.run("check", "--json")
      #expect(check.status == 78)
      let found = try #require(check.json?["diagnostics"]?.array)
      for mistake in mistakes {
        let file = "\(folder)/\(mistake.file)"
        let place = try Support.place(of: mistake.at, in: file)
        let diagnostic = try #require(
          found.first { $0["code"]?.string == mistake.code && $0["file"]?.string == file },
          "\(mistake.code) in \(mistake.file) is not named: \(check.output)")
        #expect("\(diagnostic["line"]?.integer ?? 0):\(diagnostic["column"]?.integer ?? 0)" == place, "\(mistake.code)")
        #expect(diagnostic["severity"]?.string == "error")
        #expect(diagnostic["message"]?.string?.contains(mistake.says) == true, "\(diagnostic.text())")
      }
      // Those that have no text of their own in place of which they stand.
      func named(_ code: String, _ file: String, at text: String) throws {
        let place = try Support.place(of: text, in: "\(folder)/\(file)")
        #expect(
          found.contains {
            $0["code"]?.string == code && $0["file"]?.string == "\(folder)/\(file)"
              && "\($0["line"]?.integer ?? 0):\($0["column"]?.integer ?? 0)" == place
          }, "\(code) in \(file) at \(place): \(check.output)")
      }
      try named("unknown-key", "leaverlink.yaml", at: "setle: 2s")
      try named("no-host-key", "recipients/career-connect.yaml", at: "host: 127.0.0.1")
      try named("secret-exposed", "leaverlink.yaml", at: layout.masterKey)
      #expect(found.allSatisfy { $0["remedy"]?.string?.isEmpty == false })
      #expect(found.contains { $0["remedy"]?.string?.contains("settle") == true }, "the key that was meant")

      // As text, line by line, and from every command that needs the configuration.
      let text = try await trip.program.run("check")
      #expect(text.status == 78)
      let errors = found.filter { $0["severity"]?.string == "error" }
      #expect(text.output.split(separator: "\n").count { $0.contains(": error: ") } == errors.count)
      #expect(text.output.contains("\(errors.count) mistake(s)"))
      let status = try await trip.program.run("status")
      #expect(status.status == 78)
      #expect(status.output == "")
      #expect(status.errors.split(separator: "\n").count { $0.contains(": error: ") } == errors.count)
      let daemon = try trip.startDaemon()
      try await eventually("it to end") { !daemon.isRunning }
      #expect(daemon.exitStatus == 78)
      #expect(mistakes.filter { !daemon.logText.contains($0.says) }.map(\.code) == [])
      #expect(!FileManager.default.fileExists(atPath: layout.state + "/ledger.sqlite"), "nothing was begun")
    }
  }

  /// That nobody agreed to a format is said beside all other mistakes, not only when they are mended.
  @Test func mistakesDoNotHideTheEvidenceGate() async throws {
    try await Support.withFolder { folder in
      let file = try Support.exampleWithOneSchool(in: folder)
      let program = try Program(configuration: file)
      func gate() async throws -> (asked: Bool?, files: Set<String>) {
        let check = try await program.run("check", "--json")
        #expect(check.status == 78)
        let found = try #require(check.json?["diagnostics"]?.array)
        #expect(found.contains { $0["code"]?.string == "placeholder" }, "there are other mistakes")
        let files = found.filter { $0["code"]?.string == "evidence-gate" }.compactMap { $0["file"]?.string }
        return (check.json?["evidenceAsked"]?.bool, Set(files.map { URL(fileURLWithPath: $0).lastPathComponent }))
      }
      let all: Set = ["halton.yaml", "knowsley.yaml", "liverpool.yaml", "sefton.yaml", "st-helens.yaml", "wirral.yaml"]
      var (asked, files) = try await gate()
      #expect(asked == true && files == all)
      #expect(try await !program.run("check").output.contains("cannot be told"))

      // Of what cannot be read nothing is said, but that it could not be asked.
      try Support.edit(folder + "/config/authorities/sefton.yaml") {
        $0.replacing("evidence: illustrative", with: "evidence: perhaps")
      }
      (asked, files) = try await gate()
      #expect(asked == false && files == all.subtracting(["sefton.yaml"]))
      #expect(
        try await program.run("check").output.contains("it cannot be told of every authority whether real pupils"))
    }
  }

  @Test func aRecipientThatIsNotThereIsNamedAndTheOthersAreReached() async throws {
    try await RoundTrip.with { trip in
      let whole = try await trip.program.run("check", "--connect", "--json")
      #expect(whole.status == 0, "\(whole.output)")
      #expect(whole.json?["schemaVersion"]?.integer == 1)
      let connections = try #require(whole.json?["connections"]?.array)
      #expect(
        Set(connections.compactMap { $0["recipient"]?.string })
          == ["liverpool", "career-connect", "wirral", "halton", "knowsley"])
      #expect(connections.allSatisfy { $0["problem"]?.isNull == true })
      let desks = connections.filter { $0["recipient"]?.string == "knowsley" }
      // The third is there with the fictional authorities alone.
      #expect(Set(desks.compactMap { $0["school"]?.string }) == Set(RoundTrip.schools.prefix(2).map(\.laestab)))

      // A host key that is well formed and another server's.
      try Support.edit(trip.layout.configuration + "/recipients/liverpool.yaml") {
        $0.replacing(/SHA256:[A-Za-z0-9+\/]{43}/, with: "SHA256:" + String(repeating: "A", count: 43))
      }
      let broken = try await trip.program.run("check", "--connect")
      #expect(broken.status == 69, "\(broken.output)")
      let liverpool = broken.output.split(separator: "\n").filter { $0.hasPrefix("liverpool ") }
      #expect(!liverpool.isEmpty && liverpool.allSatisfy { $0.contains("host key") }, "\(liverpool)")
      #expect(broken.output.contains("career-connect inbound/sefton: reached"))
      #expect(broken.output.contains("knowsley desk of 3414787 in: reached"))
      let json = try await trip.program.run("check", "--connect", "--json")
      #expect(json.status == 69)
      #expect(json.json?["connections"]?.array?.count { $0["problem"]?.isNull == false } == liverpool.count)
      #expect(try await trip.program.run("check").status == 0, "without --connect nobody asks")
      #expect(!FileManager.default.fileExists(atPath: trip.layout.state + "/ledger.sqlite"), "check makes no state")
    }
  }

  // MARK: - Helpers

  /// Where the sandbox's configuration says that keys are.
  private struct PrivateKeys {
    let liverpool: String
    let careerConnect: String
    let folderOfCA: String

    init(_ folder: String) throws {
      func value(_ file: String, _ key: String) throws -> String {
        let text = try String(contentsOfFile: "\(folder)/recipients/\(file)", encoding: .utf8)
        let line = try #require(
          text.split(separator: "\n").first { $0.trimmingPrefix(while: \.isWhitespace).hasPrefix(key) })
        return String(
          line.dropFirst(line.distance(from: line.startIndex, to: line.firstIndex(of: "/") ?? line.startIndex))
        )
        .replacing("}", with: "")
      }
      liverpool = try value("liverpool.yaml", "key:")
      careerConnect = try value("career-connect.yaml", "key:")
      folderOfCA = URL(fileURLWithPath: try value("wirral.yaml", "ca:")).deletingLastPathComponent().path
    }
  }

  private func makeRSAKey(_ path: String) async throws {
    let arguments = ["-q", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "", "-f", path]
    try #require(try await runTool("/usr/bin/ssh-keygen", arguments) == 0)
  }
}
