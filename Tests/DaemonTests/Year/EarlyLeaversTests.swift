// Early leavers are told of on the day after: all of a day together, and once.

import Leavers
import Ledger
import Tabular
import Testing

@Suite("Early leavers at the desk") struct EarlyLeaversTests {
  private static let wants = """
    agreements:
      - {kinds: [early-leavers], basis: esa-2008-s13, reference: DSA-TEST-2, from: 2026-01-15, until: 2030-08-31}
    returns:
      early-leavers:
        cohorts: [Y12]
        routed-by: educated
        send: at-once
        file: "LIV_{laestab}_Left_{cohort}_{sequence}.csv"
        format: {type: csv, encoding: utf-8, newline: crlf}
        columns:
          - {name: UPN, from: upn}
          - {name: Surname, from: legalSurname, required: true}
    """
  /// Made-up pupils under UPNs of the published test vectors.
  private static let upns = [
    "D341499924001", "N340499924002", "V342499923017", "J343499922105", "X344499921999", "N876499920000",
  ]

  /// The whole sixth form, of which the first so many have left.
  private func export(left: Int) throws -> [UInt8] {
    let header = [
      "Admission Number", "UPN", "Legal Surname", "Legal Forename", "Date of Birth", "Year Group", "Postcode", "YSSA",
      "Leaving Date",
    ]
    let rows = Self.upns.enumerated().map { number, upn in
      [
        "\(100 + number)", upn, "Zzleaver\(number)", "Ann", "0\(number + 1)/10/2008", "12", "L1 8JQ", "Yes",
        number < left ? "13/02/2026" : "",
      ]
    }
    return try CSVWriter.bytes(of: [header] + rows, in: CSVDialect())
  }

  /// The surnames in each pack that was ever put on the desk, in the order of their sequence.
  private func packs(_ year: Year) -> [[String]] {
    year.names("liverpool").filter { $0.hasSuffix(".csv") }.map { name in
      String(decoding: year.out("liverpool/\(name)") ?? [], as: UTF8.self).split(separator: "\r\n").dropFirst()
        .compactMap { $0.split(separator: ",").last.map(String.init) }
    }
  }

  private func surnames(_ numbers: Range<Int>) -> [String] { numbers.map { "Zzleaver\($0)" } }

  @Test func thoseOfADayGoTogetherOnTheNextAndOnce() async throws {
    let year = try await Year(on: "2026-03-02", wants: Self.wants)
    // The first file ever waits for a person.
    try await year.hand("a.csv", try export(left: 1))
    let first = try #require(try await year.returnsIn("waiting").first)
    try await year.ledger.returns.release(first.id, by: Person(name: "Pat Example", known: "login user"), why: nil)
    try await year.settle()
    #expect(packs(year) == [surnames(0..<1)])

    // Three saves of the report in a day.
    try year.on("2026-03-03")
    for left in 2...4 { try await year.hand("b\(left).csv", try export(left: left)) }
    #expect(packs(year).count == 1)
    #expect(try await year.returnsIn("waiting").map(\.rows) == [4])

    // The next morning, before the first save of that day.
    try year.on("2026-03-04")
    try await year.settle()
    #expect(packs(year) == [surnames(0..<1), surnames(0..<4)])
    #expect(try await year.returnsIn("waiting").isEmpty)

    // Whoever is told of on that day goes on the day after, and the report as it is sends nothing again.
    try await year.hand("c.csv", try export(left: 5))
    #expect(packs(year).count == 2)
    try year.on("2026-03-05")
    try await year.settle()
    try await year.hand("d.csv", try export(left: 5))
    try year.on("2026-03-09")
    try await year.settle()
    #expect(packs(year) == [surnames(0..<1), surnames(0..<4), surnames(0..<5)])
    #expect(try await year.ledger.audit().isClean)
  }
}
