// Configurations changed at random: loaded, or refused with errors that name a place, but never a crash and never a hang.

import MutationSupport
import Testing

@testable import Profiles

@Suite("Configurations changed at random") struct ConfigurationMutationTests {
  private static let mutator = Mutator(
    words: [
      ":", ": ", "- ", "{", "}", "[", "]", ",", "&a ", "*a", "&a [*a]", "<<: *a", "!!binary ", "!!set ", "!x ", "|\n",
      ">-\n",
      "\"", "'", "#", "\t", "---\n", "...\n", "? ", "%YAML 1.2\n", "~", "null", ".inf", "0x1F", "1e999",
      "9223372036854775808", "2026-02-30", "\n", "\n  ", "\r\n", "\\", "\\x", "\\uD800", "schools:", "columns:",
      "from: upn",
      "{laestab}", "\u{FEFF}", "\u{E000}", "é", "\u{1F600}", "\u{2028}",
    ], bytes: [[0], [0xFF], [0xC3], [0xED, 0xA0, 0x80]])

  /// A configuration on the disk, one file of which is other with each input.
  private final class Ground {
    let directory: String
    let files: [(path: String, bytes: [UInt8])]

    init() throws {
      let fixture = Fixture()
      directory = try fixture.write().path
      let directory = directory
      files = try fixture.files.keys.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".csv") }.sorted().map {
        ("\(directory)/\($0)", Array(try Checkout.text("\(directory)/\($0)").utf8))
      }
    }

    deinit { Fixture.remove(directory) }

    func check(_ seed: UInt64) throws {
      var generator = SeededGenerator(seed: seed)
      let file = files[Int(seed % UInt64(files.count))]
      try Fixture.write(mutator.changed(file.bytes, &generator), to: file.path)
      defer { try? Fixture.write(file.bytes, to: file.path) }
      let diagnostics: [ConfigurationDiagnostic]
      do throws(ConfigurationErrors) {
        let loader = ConfigurationLoader(environment: [:], inspectKey: { _ in .usable("ed25519") })
        diagnostics = try loader.load(directory + "/leaverlink.yaml", requiring: .everything).warnings
      } catch {
        diagnostics = error.diagnostics
        #expect(!diagnostics.isEmpty, "seed \(seed)")
      }
      for diagnostic in diagnostics {
        #expect(!diagnostic.file.isEmpty && !diagnostic.message.isEmpty && !diagnostic.remedy.isEmpty, "seed \(seed)")
        #expect(diagnostic.line >= 0 && diagnostic.column >= 0, "seed \(seed)")
      }
    }
  }

  private func run() throws -> MutationRun {
    let ground = try Ground()
    return MutationRun("yaml") { try ground.check($0) }
  }

  @Test func aFew() throws { try run().few(300) }

  @Test(.enabled(if: MutationRun.seconds > 0)) func aLongTime() throws { try run().long() }
}
