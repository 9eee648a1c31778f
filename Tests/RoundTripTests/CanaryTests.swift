import AuthoritySandbox
import Foundation
import RoundTripSupport
import Tabular
import Testing

/// Personal data stays in: no token of any personal value is found in clear anywhere but on the desk.
@Suite("Canaries", .serialized)
struct CanaryTests {
  @Test func noPersonalValueStandsInClearAnywhereButOnTheDesk() async throws {
    try await RoundTrip.with(survey: 0.5, chase: 0.2) { trip in
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      let sample = trip.sample(leavers: 40, seed: 11, canaries: true)
      #expect(sample.tokens.count > 40)
      try trip.save(sample.bytes, as: "Students.csv")
      try await trip.waitUntilDecided(1)
      try await trip.releaseAll()
      try await eventually("everything to be sent") { try await trip.returns(state: "queued").isEmpty }
      try await trip.handOverAll()
      try await eventually("acknowledgements to be in") {
        try await trip.returns().allSatisfy(\.isFinished)
      }

      var places: [(String, Data)] = []
      for (name, data) in try files(below: trip.layout.state) { places.append((name, data)) }
      places.append(("log", Data(daemon.logText.utf8)))
      for command in [
        ["status", "--json"], ["todo", "--json"], ["returns", "--json"], ["replies", "--json"], ["log", "--json"],
      ] {
        places.append((command.joined(separator: " "), Data(try await trip.program.run(command).output.utf8)))
      }
      places.append(("arguments", try Data(contentsOf: URL(fileURLWithPath: "/proc/\(daemon.pid)/cmdline"))))
      places.append(("environment", try Data(contentsOf: URL(fileURLWithPath: "/proc/\(daemon.pid)/environ"))))
      #expect(places.contains { $0.0.hasSuffix("ledger.sqlite-wal") || $0.0.hasSuffix("ledger.sqlite") })
      for (name, data) in places { #expect(tokens(sample.tokens, in: data) == [], "found in \(name)") }

      // The search itself finds what is there: the desk and the far side hold the tokens in clear.
      let desk = try files(below: trip.layout.desk("example-high")).map(\.1)
      #expect(desk.contains { !tokens(sample.tokens, in: $0).isEmpty })
      _ = try await daemon.terminate()
      for (name, data) in try files(below: trip.layout.state) {
        #expect(tokens(sample.tokens, in: data) == [], "found in \(name) after the end")
      }
    }
  }

  /// The tokens that a file holds: as they are, in either case, and as UTF-16.
  private func tokens(_ tokens: [String], in data: Data) -> [String] {
    let folded = Data(data.map { (65...90).contains($0) ? $0 + 32 : $0 })
    return tokens.filter { token in
      let plain = Data(token.lowercased().utf8)
      let wide = Data(token.lowercased().utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
      return folded.range(of: plain) != nil || folded.range(of: wide) != nil
    }
  }

  private func files(below folder: String) throws -> [(String, Data)] {
    guard let names = FileManager.default.enumerator(atPath: folder) else { return [] }
    var found: [(String, Data)] = []
    while let name = names.nextObject() as? String {
      var isFolder: ObjCBool = false
      let path = folder + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else { continue }
      // A temporary file may be gone by now.
      if let data = FileManager.default.contents(atPath: path) { found.append((name, data)) }
    }
    return found
  }
}
