// A year at the desk: everything that the school's people do is done by files, and every row's fate is explained.

import Leavers
import Ledger
import Tabular
import Testing

@Suite("A year at the desk") struct YearAtTheDeskTests {
  private static let headings = [
    "Admission Number", "UPN", "Legal Surname", "Legal Forename", "Date of Birth", "Year Group", "Postcode", "YSSA",
    "Intended Destination",
  ]
  /// Made-up pupils under UPNs of the published test vectors.
  private static let pupils: [(upn: String, surname: String, forename: String, born: (Int, Int, Int))] = [
    ("D341499924001", "Zzalder", "Ann", (2009, 10, 3)), ("N340499924002", "Zzbeech", "Ben", (2009, 11, 4)),
    ("V342499923017", "Zzcedar", "Cat", (2009, 12, 5)), ("J343499922105", "Zzdogwood", "Dan", (2010, 1, 6)),
    ("X344499921999", "Zzelm", "Eve", (2010, 2, 7)), ("N876499920000", "Zzfir", "Fay", (2010, 3, 8)),
  ]

  /// The report as it is saved by hand: dates are dates, and one cell was forgotten.
  private func workbook(
    without: Set<String> = [], year: String = "11", forgotten: String? = nil, destinations: [String: String] = [:]
  ) throws -> [UInt8] {
    let rows: [[CellDraft]] = Self.pupils.enumerated().filter { !without.contains($0.element.surname) }.map {
      number, pupil in
      let (y, m, d) = pupil.born
      return [
        .text("\(100 + number)"), .text(pupil.upn), .text(pupil.surname), .text(pupil.forename),
        pupil.surname == forgotten ? .blank : .date(year: y, month: m, day: d), .text(year), .text("L1 8JQ"),
        .text("Yes"), destinations[pupil.surname].map { .text($0) } ?? .blank,
      ]
    }
    return try WorkbookWriter(temporaryFilesIn: "/tmp").bytes(
      of: WorkbookDraft(
        sheets: [SheetDraft(name: "Students", columns: Self.headings.map { ColumnDraft($0) }, rows: rows)]),
      created: 1)
  }

  private func csv(_ rows: [[String]]) throws -> [UInt8] { try CSVWriter.bytes(of: rows, in: CSVDialect()) }

  @Test func everythingByFilesOnTheDesk() async throws {
    let year = try await Year(on: "2026-03-02")

    // March: a report saved by hand, in which somebody has no date of birth.
    try await year.hand("Students (14).xlsx", try workbook(forgotten: "Zzfir"))
    #expect(try await year.exports().map(\.state) == [.decided])
    let first = year.names()
    for name in ["Students (14).checked.xlsx", "Students (14).xlsx.findings.csv", "Students (14).xlsx.summary.html"] {
      #expect(first.contains(name), "\(name) lies on the desk")
    }
    let page = try #require(year.out("START HERE.html"))
    #expect(!String(decoding: page, as: UTF8.self).contains("Zzfir"))
    let checked = try year.rows("Students (14).checked.xlsx")
    #expect(checked.first { $0.contains("Zzfir") }?.contains { $0.contains("no date of birth") } == true)
    #expect(try await year.returnsIn("waiting").map(\.rows) == [5])

    // The correction round, in the workbook that came back.
    let mended = try year.filled("Students (14).checked.xlsx", ["Zzfir": ["Date of Birth": "08/03/2010"]])
    try await year.hand("Students (14).checked.xlsx", mended)
    #expect(try await year.returnsIn("waiting").map(\.rows) == [6])

    // The careers lead's own sheet: no UPN, and words of her own.
    try year.on("2026-03-10")
    let own = try csv([
      ["First Name", "Surname", "DOB", "Destination"], ["Ann", "Zzalder", "03/10/2009", "6th form here"],
      ["Ben", "Zzbeech", "04/11/2009", "app w/ uncle"], ["Cat", "Zzcedar", "05/12/2009", "Carmel?"],
    ])
    try await year.hand("destinations.csv", own)
    #expect(try await year.returnsIn("waiting").map(\.rows) == [6], "nobody is hidden by a word, or taken away")
    #expect(try await year.record("Zzalder")?[.intendedDestination] == nil)
    let words = try year.rows("sheets/Words.xlsx")
    #expect(Set(words.dropFirst().map { $0[1] }) == ["6th form here", "app w/ uncle", "Carmel?"])
    try await year.hand(
      "Words.xlsx",
      try year.filled(
        "sheets/Words.xlsx",
        [
          "6th form here": ["Answer": "111 - Full-time education - same school", "Provider": ""],
          "app w/ uncle": ["Answer": "211 - Apprenticeship or traineeship", "Provider": ""],
          "Carmel?": ["Answer": "a person must ask the pupil", "Provider": "", "Course": ""],
        ]))
    #expect(try await year.record("Zzalder")?[.intendedDestination] == "111")
    #expect(try await year.record("Zzbeech")?[.intendedDestination] == "211")
    #expect(try await year.record("Zzcedar")?[.intendedDestination] == nil)

    // A sheet of ours for those whom nobody has asked yet.
    let name = "Intended destinations Y11-2026.xlsx"
    let asked = try year.filled(
      "sheets/\(name)",
      ["Zzdogwood": ["Intended destination": "121 - Full-time education or training - other institution"]])
    try await year.hand(name, asked)
    #expect(try await year.record("Zzdogwood")?[.intendedDestination] == "121")
    #expect(try await year.record("Zzalder")?[.intendedDestination] == "111", "the others stay as they were")

    // The same once more, by another name: nothing comes of it.
    let before = try await year.exports().count
    try await year.hand("copy of the sheet.xlsx", asked)
    #expect(try await year.exports().count == before)

    // A large file that is still being copied.
    let whole = try workbook(destinations: ["Zzelm": "111"])
    try year.put("Students (15).xlsx", Array(whole.prefix(whole.count / 2)))
    try year.put("Students (15).xlsx.part", [1])
    try await year.hand("Students (15).xlsx", whole)
    #expect(try await year.exports().last?.state == .decided)
    #expect(try await year.record("Zzelm")?[.intendedDestination] == "111")

    // The release, and the pack that somebody takes to the portal.
    let waiting = try await year.returnsIn("waiting")
    #expect(waiting.count == 1)
    let id = try #require(waiting.first).id.description
    try await year.hand(
      "Release returns.xlsx", try year.filled("sheets/Release returns.xlsx", [id: ["Decision": "release"]]))
    #expect(try await year.returnsIn("prepared").count == 1)
    #expect(year.names("liverpool").contains { $0.hasSuffix(".csv") })
    try await year.hand(
      "Release returns.xlsx", try year.filled("sheets/Release returns.xlsx", [id: ["Decision": "handed over"]]))
    let sent = try #require(try await year.returnsIn("delivered").first)
    #expect(try await year.text(of: sent).contains("V342499923017"))

    // An objection: on paper, written down by the data manager.
    try year.on("2026-05-04")
    try await year.hand(
      "objection.csv",
      try csv([
        ["Legal surname", "Legal forename", "Date of birth", "Decision", "Date of decision", "Who decided", "How"],
        ["Zzcedar", "Cat", "05/12/2009", "sharing refused", "02/05/2026", "the young person", "letter"],
      ]))
    let anew = try #require(try await year.returnsIn("waiting").last)
    let floor = try await year.text(of: anew)
    #expect(floor.contains("Zzcedar") && !floor.contains("V342499923017"), "the floor only")
    #expect(floor.contains("D341499924001"), "the others in full")

    // A leaver vanishes from the report.
    try year.on("2026-06-10")
    try await year.hand("Students (16).xlsx", try workbook(without: ["Zzbeech"]))
    let questions = try year.rows("sheets/Missing leavers.xlsx")
    #expect(questions.dropFirst().map { $0[1] } == ["Zzbeech"])
    try await year.hand(
      "Missing leavers.xlsx",
      try year.filled("sheets/Missing leavers.xlsx", ["Zzbeech": ["What became of them?": "moved away"]]))
    #expect(try year.rows("sheets/Missing leavers.xlsx").count == 1)

    // July: the system has rolled over; who left in Year 11 stays of that cohort, and the refusal holds.
    try year.on("2026-07-20")
    try await year.hand("Students (17).xlsx", try workbook(without: ["Zzbeech"], year: "12"))
    let newest = try #require(try await year.exports().last)
    let rows = try await year.ledger.returns.rows(of: newest.id)
    #expect(Set(rows.compactMap(\.cohort)) == [Cohort(stage: .y11, leavingYear: 2026)])
    let after = try #require(try await year.returnsIn("waiting").last)
    #expect(try await !year.text(of: after).contains("V342499923017"))

    // Every row of every export has its fate, and nothing was altered.
    for export in try await year.exports() {
      for line in try await year.ledger.overview.conservation(export: export.id) {
        #expect(line.holds && line.isDecided)
      }
    }
    #expect(try await year.ledger.audit().isClean)
  }
}
