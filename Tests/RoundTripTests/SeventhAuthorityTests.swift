// An authority that somebody added to the examples, tried in the sandbox at once: its returns are handed over by hand.

import AuthoritySandbox
import Foundation
import RoundTripSupport
import Tabular
import Testing

@Suite("A seventh authority in the sandbox", .serialized)
struct SeventhAuthorityTests {
  private typealias Support = CommandTestsSupport

  @Test func itsReturnsAreMadeAndHandedOver() async throws {
    try await Support.withFolder { folder in
      let examples = folder + "/config"
      try FileManager.default.copyItem(atPath: Support.checkout + "/config", toPath: examples)
      let added = examples + "/authorities/northshire.yaml"
      try FileManager.default.copyItem(atPath: examples + "/templates/authority.yaml", toPath: added)
      try Support.edit(added) {
        $0.replacing("code: \"999\", gss: E10000099", with: "code: \"896\", gss: E06000050")
          .replacing("routed-by: educated", with: "routed-by: resident")
      }
      try await RoundTrip.with(examples: examples) { trip in
        let check = try await trip.program.run("check", "--connect", "--json")
        #expect(check.status == 0, "\(check.output)")
        #expect(check.json?["connections"]?.array?.contains { $0["recipient"]?.string == "northshire" } == true)

        let daemon = try trip.startDaemon()
        try await daemon.waitUntilReady()
        try trip.save(try Self.export(trip), as: "Report.csv")
        try await trip.waitUntilDecided(1)
        try await trip.releaseAll()
        try await eventually("its pack to be prepared") {
          try await trip.returns().contains { $0.authority == "northshire" && $0.state == "prepared" }
        }
        let pack = try #require(try await trip.returns().first { $0.authority == "northshire" })
        let desk = trip.layout.desk("example-high")
        let table = try TableFile(
          [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(desk)/out/northshire/\(pack.fileName)"))))
        #expect(table.header.first == "UPN" && !table.rows.isEmpty)
        #expect(try await trip.program.run("handed-over", pack.id).status == 0)
        #expect(try await trip.returns().first { $0.id == pack.id }?.isFinished == true)
        // No team answers for it, and none loads what was handed over.
        #expect(try trip.journal().verdict().allSatisfy { $0.authority != "northshire" })
        #expect(try await daemon.terminate() == 0)
        #expect(try await trip.auditIsClean())
      }
    }
  }

  /// A sample in which everybody lives in the area of the authority that was added.
  private static func export(_ trip: RoundTrip) throws -> [UInt8] {
    let sample = trip.sample(leavers: 20, seed: 4)
    var rows = try #require(try LooseTable.tables(of: sample.bytes).first).rows
    let home = try #require(rows[0].firstIndex(of: "Home LA"))
    for index in rows.indices.dropFirst() { rows[index][home] = "896" }
    return try CSVWriter.bytes(of: rows, in: CSVDialect())
  }
}
