// From the school's own weights to a return of risk: nobody is in one but those whom a person confirmed in the sheet.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@Suite("Risk of NEET at the desk") struct RiskAtTheDeskTests {
  private static let weights = """
        risk:
          weights:
            - {field: senProvision, is: [E], score: 3, indicator: EHC plan}
            - {field: intendedDestination, is: absent, score: 2, indicator: no plan}
          bands: {substantial: 4, additional: 2}
    """
  private static let wants = """
    agreements:
      - {kinds: [risk-of-neet], basis: public-task, reference: DSA-TEST-2, from: 2026-01-15, until: 2030-08-31}
    returns:
      risk-of-neet:
        cohorts: [Y11]
        routed-by: educated
        file: "LIV_{laestab}_RONI_{cohort}_{sequence}.csv"
        format: {type: csv, encoding: utf-8, newline: crlf}
        columns:
          - {name: Surname, from: legalSurname, required: true}
          - {name: Band, from: riskBand}
          - {name: Referral, from: riskReferral, yes-no: {true: Referred, false: For information}}
    """
  /// Made-up pupils under UPNs of the published test vectors: by the weights 5, 3, 2, 0 and 5 points.
  private static let pupils: [(upn: String, surname: String, sen: String, intended: String, sharing: String)] = [
    ("D341499924001", "Zzalder", "E", "", "Yes"), ("N340499924002", "Zzbeech", "E", "121", "Yes"),
    ("V342499923017", "Zzcedar", "N", "", "Yes"), ("J343499922105", "Zzdogwood", "N", "121", "Yes"),
    ("X344499921999", "Zzelm", "E", "", "No"),
  ]
  private static let sheet = "Risk of NEET.xlsx"

  private func export(_ changes: [String: String] = [:]) throws -> [UInt8] {
    let headings = [
      "UPN", "Legal Surname", "Legal Forename", "Date of Birth", "Year Group", "Postcode", "YSSA", "SEN Status",
      "Intended Destination",
    ]
    let rows = Self.pupils.enumerated().map { number, pupil in
      [
        pupil.upn, pupil.surname, "Pat", "0\(number + 1)/03/2010", "11", "L1 8JQ",
        changes[pupil.surname] ?? pupil.sharing, pupil.sen, pupil.intended,
      ]
    }
    return try CSVWriter.bytes(of: [headings] + rows, in: CSVDialect())
  }

  /// A year in which the export was put in.
  private func year() async throws -> Year {
    let year = try await Year(on: "2026-03-02", wants: Self.wants, risk: Self.weights)
    try await year.hand("Students.csv", try export())
    return year
  }

  private func answer(_ year: Year, _ answers: [String: String], as name: String = sheet) async throws {
    try await year.hand(
      name, try year.filled("sheets/\(Self.sheet)", answers.mapValues { ["Decision": $0] }))
  }

  /// The returns of risk that may still go, and the lines of the newest.
  private func told(_ year: Year) async throws -> (states: [String], lines: [String]) {
    let returns = try await year.ledger.returns.list(ReturnFilter(kind: .riskOfNEET))
      .filter { ![.superseded, .withdrawn].contains($0.state) }
    guard let newest = returns.last else { return ([], []) }
    return (
      returns.map { "\($0.state)" },
      try await year.text(of: newest).split(whereSeparator: \.isNewline).dropFirst().map(String.init)
    )
  }

  private func clean(_ year: Year) async throws {
    for export in try await year.exports() {
      for line in try await year.ledger.overview.conservation(export: export.id) {
        #expect(line.holds && line.isDecided)
      }
    }
    #expect(try await year.ledger.audit().isClean)
  }

  @Test func withoutAnAnswerNobodyIsInAReturn() async throws {
    let year = try await year()
    #expect(
      try year.rows("sheets/\(Self.sheet)").dropFirst().map { $0[1] } == ["Zzalder", "Zzelm", "Zzbeech", "Zzcedar"])
    #expect(try await told(year).states.isEmpty)
    // Put back as it was, and exported again.
    try await year.hand(Self.sheet, try #require(year.out("sheets/\(Self.sheet)")))
    try await year.hand("Students (2).csv", try export(["Zzdogwood": "SNR"]))
    #expect(try await told(year).states.isEmpty)
    #expect(try await year.ledger.register.standing(school: year.school.id).isEmpty)
    try await clean(year)
  }

  @Test func exactlyThoseWhoWereConfirmedAreInTheReturn() async throws {
    let year = try await year()
    try await answer(year, ["Zzalder": "refer", "Zzbeech": "confirm", "Zzcedar": "not at risk", "Zzelm": "confirm"])
    // Without a new export; and nobody whose sharing was refused, whatever was confirmed.
    #expect(try await told(year).lines == ["Zzalder,substantial,Referred", "Zzbeech,additional,For information"])
    #expect(try await told(year).states.count == 1)
    #expect(try await year.returnsIn("waiting").contains { $0.kind == .riskOfNEET }, "a person releases it")
    try await clean(year)
  }

  /// What waits is made anew without whoever was taken back, and without whoever refuses since.
  @Test func whatIsTakenBackIsNotInItAnyMore() async throws {
    let year = try await year()
    try await answer(year, ["Zzalder": "refer", "Zzbeech": "confirm", "Zzcedar": "confirm"])
    #expect(try await told(year).lines.count == 3)
    try year.on("2026-03-09")
    try await answer(year, ["Zzalder": "not at risk"])
    #expect(try await told(year).lines == ["Zzbeech,additional,For information", "Zzcedar,additional,For information"])
    try await year.hand("Students (2).csv", try export(["Zzbeech": "No"]))
    #expect(try await told(year).lines == ["Zzcedar,additional,For information"])
    try await clean(year)
  }

  /// A sheet that lay with somebody while the family objected, and one that is put in twice.
  @Test func anOldSheetNamesNobodyAndTheSameTwiceChangesNothing() async throws {
    let year = try await year()
    let old = try year.filled(
      "sheets/\(Self.sheet)", ["Zzalder": ["Decision": "refer"], "Zzbeech": ["Decision": "confirm"]])
    try await year.hand("Students (2).csv", try export(["Zzalder": "No"]))
    try await year.hand(Self.sheet, old)
    #expect(try await told(year).lines == ["Zzbeech,additional,For information"])
    let checked = try year.rows("Risk of NEET.checked.xlsx")
    #expect(checked.first { $0[1] == "Zzalder" }?.contains("not done") == true)
    let exports = try await year.exports().count
    try await year.hand("again.xlsx", old)
    #expect(try await year.exports().count == exports)
    #expect(try await year.ledger.register.standing(school: year.school.id).count == 1)
    #expect(try await told(year).states.count == 1)
    try await clean(year)
  }
}
