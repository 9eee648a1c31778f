// How a cohort stands, by whichever file told last of it: the system's export, a list kept by hand, a sheet of ours.

import Leavers
import Ledger
import Tabular
import Testing

@Suite("The numbers of a cohort at the desk") struct CohortNumbersTests {
  /// Made-up pupils under UPNs of the published test vectors; nobody knows when the last was born.
  private static let pupils = [
    ("D341499924001", "Zzalder", "03/10/2009"), ("N340499924002", "Zzbeech", "04/11/2009"),
    ("V342499923017", "Zzcedar", "05/12/2009"), ("J343499922105", "Zzdogwood", "06/01/2010"),
    ("X344499921999", "Zzelm", "07/02/2010"), ("N876499920000", "Zzfir", ""),
  ]

  private static let calendar = """
    what,cohorts,authority,opens,due,closes
    intended-destinations,Y11,*,-10-01,03-10,
    """

  private func export(_ pupils: ArraySlice<(String, String, String)>, born: String? = nil) throws -> [UInt8] {
    let header = [
      "Admission Number", "UPN", "Legal Surname", "Legal Forename", "Date of Birth", "Year Group", "Postcode", "YSSA",
      "Intended Destination",
    ]
    let rows = zip(pupils.indices, pupils).map { number, pupil in
      ["\(100 + number)", pupil.0, pupil.1, "Ann", born ?? pupil.2, "11", "L1 8JQ", "Yes", ""]
    }
    return try CSVWriter.bytes(of: [header] + rows, in: CSVDialect())
  }

  private struct Numbers: Equatable {
    let leavers, without, held: Int
  }

  private func numbers(_ year: Year) async throws -> Numbers {
    let found = try await year.ledger.overview.coverage(since: 2026)
    #expect(found.count == 1)
    let one = try #require(found.first)
    return Numbers(leavers: one.leavers, without: one.without, held: one.held)
  }

  /// Whatever the school says of its exports, a list and a sheet hold a few, and tell of the whole cohort all the same.
  @Test(arguments: ["full", "partial"]) func theNewestOfAnySeriesTellsOfTheWholeCohort(_ extent: String) async throws {
    let year = try await Year(on: "2026-03-02", exportsAre: extent, calendar: Self.calendar)
    try await year.hand("a.csv", try export(Self.pupils[...]))
    #expect(try await numbers(year) == Numbers(leavers: 5, without: 5, held: 1))

    // The careers lead's own list of two, who is not the system and has no UPNs.
    let list = [
      ["First Name", "Surname", "DOB", "Destination"],
      ["Ann", "Zzalder", "03/10/2009", "111"], ["Ann", "Zzbeech", "04/11/2009", "111"],
    ]
    try await year.hand("destinations.csv", try CSVWriter.bytes(of: list, in: CSVDialect()))
    #expect(try await numbers(year) == Numbers(leavers: 5, without: 3, held: 1))

    // Our sheet, filled in for the others.
    let name = "Intended destinations Y11-2026.xlsx"
    let answer = ["Intended destination": "121 - Full-time education or training - other institution"]
    let sheet = try year.filled(
      "sheets/\(name)", ["Zzcedar": answer, "Zzdogwood": answer, "Zzelm": answer])
    try await year.hand(name, sheet)
    #expect(try await numbers(year) == Numbers(leavers: 5, without: 0, held: 1))
    let text = try await year.todo().first { $0.code == .returnDue }?.text
    #expect(text?.contains("0 of 5 pupils without an intention, 1 more held; nothing has been delivered yet") == true)

    // Who was held is named anew, alone where the school's exports may be of a few.
    let anew = extent == "full" ? Self.pupils[...] : Self.pupils.suffix(1)
    try await year.hand("b.csv", try export(anew, born: extent == "full" ? nil : "08/03/2010"))
    #expect(
      try await numbers(year)
        == (extent == "full"
          ? Numbers(leavers: 5, without: 0, held: 1) : Numbers(leavers: 6, without: 1, held: 0)))
    #expect(try await year.ledger.audit().isClean)
  }
}
