// Early leavers are told of on the day after: all of a day together, and once.

import Leavers
import Ledger
import Profiles
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

  /// The whole sixth form, of which the first so many have left, without those named.
  private func export(left: Int, without: Set<Int> = []) throws -> [UInt8] {
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
    let there = rows.enumerated().filter { !without.contains($0.offset) }.map(\.element)
    return try CSVWriter.bytes(of: [header] + there, in: CSVDialect())
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

  /// A sixth former who is in the export no more, and of whom a person says in the sheet on which day that was: told as if
  /// the export had said it, once, and no more once the pupil is in an export again.
  @Test func whoVanishedIsToldOfOnceAPersonSaidWhen() async throws {
    let year = try await Year(on: "2026-03-02", wants: Self.wants, exportsAre: "full")
    try await year.hand("a.csv", try export(left: 1))
    let first = try #require(try await year.returnsIn("waiting").first)
    try await year.ledger.returns.release(first.id, by: Person(name: "Pat Example", known: "login user"), why: nil)
    try await year.settle()
    #expect(packs(year) == [surnames(0..<1)])

    // 5 is missing: a question, never a conclusion.
    try year.on("2026-03-03")
    try await year.hand("b.csv", try export(left: 1, without: [5]))
    #expect(try await year.returnsIn("waiting").isEmpty && packs(year).count == 1)
    // Without a day nobody can be told; with a day that is none, or beside another answer, it comes back.
    let question = "What became of them?"
    for (answer, day, says) in [
      ("left the school", "some time in March", "the leaving date is none"),
      ("died", "02/03/2026", "a leaving date goes with"),
    ] {
      try await year.hand(
        "Missing leavers.xlsx",
        try year.filled("sheets/Missing leavers.xlsx", ["Zzleaver5": [question: answer, "Leaving date": day]]))
      #expect(try year.rows("Missing leavers.checked.xlsx").joined().contains { $0.hasPrefix(says) }, "\(answer)")
    }
    try await year.hand(
      "Missing leavers (2).xlsx",
      try year.filled(
        "sheets/Missing leavers.xlsx", ["Zzleaver5": [question: "left the school", "Leaving date": "27/02/2026"]]))
    #expect(
      try year.rows("Missing leavers (2).checked.xlsx").joined().contains {
        $0 == "Q1 is answered: left the school, on 27 Feb 2026"
      })
    #expect(try await year.returnsIn("waiting").map(\.rows) == [2])
    try year.on("2026-03-04")
    try await year.settle()
    #expect(packs(year).last == ["Zzleaver0", "Zzleaver5"])

    // The export goes on without the pupil: nothing is new, and nobody is asked again.
    try await year.hand("c.csv", try export(left: 1, without: [5]) + Array("\r\n".utf8))
    try year.on("2026-03-06")
    try await year.settle()
    #expect(packs(year).count == 2)
    #expect(try await year.ledger.questions.open(school: year.school.id).isEmpty)

    // Back again: the pupil has not left.
    try await year.hand("d.csv", try export(left: 2))
    try year.on("2026-03-09")
    try await year.settle()
    #expect(packs(year).last == surnames(0..<2))
    #expect(try await year.record("Zzleaver5")?[.leavingDate] == nil)
    #expect(try await year.ledger.audit().isClean)
  }

  @Test func withoutADayNobodyIsTold() async throws {
    let year = try await Year(on: "2026-03-02", wants: Self.wants, exportsAre: "full")
    try await year.hand("a.csv", try export(left: 0))
    try await year.hand("b.csv", try export(left: 0, without: [5]))
    try await year.hand(
      "Missing leavers.xlsx",
      try year.filled("sheets/Missing leavers.xlsx", ["Zzleaver5": ["What became of them?": "left the school"]]))
    #expect(
      try year.rows("Missing leavers.checked.xlsx").joined().contains {
        $0.hasSuffix("without the day no authority is told that a sixth former left early")
      })
    #expect(try await year.ledger.returns.list(ReturnFilter()).isEmpty)
  }

  /// A list that somebody keeps by hand after an export without a pupil does not bring the pupil back, nor answer for
  /// anybody what became of the pupil.
  @Test func aListDoesNotBringBackWhoIsMissing() async throws {
    let year = try await Year(on: "2026-03-02", wants: Self.wants, exportsAre: "full")
    try await year.hand("a.csv", try export(left: 1))
    try await year.hand("b.csv", try export(left: 1, without: [5]))
    let list = [["Surname", "Forename", "Date of birth", "Notes"], ["Zzleaver1", "Ann", "02/10/2008", "here"]]
    try await year.hand("list.csv", try CSVWriter.bytes(of: list, in: CSVDialect()))
    let newest = try #require(try await year.exports().last)
    let rows = try await year.ledger.returns.rows(of: newest.id)
    #expect(rows.count == 5 && !rows.contains { $0.record[.legalSurname] == "Zzleaver5" })
    #expect(try await year.ledger.questions.open(school: year.school.id).count == 1)
    // Left out by mistake: whoever it was belongs there.
    try await year.hand(
      "Missing leavers.xlsx",
      try year.filled(
        "sheets/Missing leavers.xlsx", ["Zzleaver5": ["What became of them?": "left out of the report by mistake"]]))
    try await year.hand(
      "list (2).csv", try CSVWriter.bytes(of: list + [["Zzleaver2", "Ann", "03/10/2008", ""]], in: CSVDialect()))
    let again = try #require(try await year.exports().last)
    #expect(try await year.ledger.returns.rows(of: again.id).count == 6)
  }
}
