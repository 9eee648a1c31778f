// What is said once of a file's columns: near misses, and what an authority requires.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Findings about columns") struct ColumnFindingTests {
  private func details(_ heading: String, instead: String) -> [ExportFinding] {
    var row = Fixture.row()
    row[heading] = row.removeValue(forKey: instead) ?? ""
    let columns = Fixture.columns.map { $0 == instead ? heading : $0 }
    return Fixture.examine(Fixture.export([row], columns: columns)).details.filter { $0.code == .unknownColumn }
  }

  @Test func anUnknownColumnLikeAKnownOneIsAsked() {
    let said = details("Intended Destinaton", instead: "Intended Destination")
    #expect(said.map(\.what) == ["A column is not known and is not kept: did you mean \"Intended Destination\"?"])
    #expect(said.first?.column == "Intended Destinaton")
    #expect(details("Home Local Authority", instead: "Home LA").first?.what.contains("\"Home LA\"?") == true)
  }

  @Test func nothingIsGuessedWhereTheFieldIsThereOrNothingIsNear() {
    let plain = ["A column is not known and is not kept."]
    #expect(details("Favourite Colour", instead: "SEN Status").map(\.what) == plain)
    // The postcode is in the export already.
    let row = Fixture.row(0, ["Postcodes": "L20 3DL"])
    let both = Fixture.examine(Fixture.export([row], columns: Fixture.columns + ["Postcodes"]))
    #expect(both.details.map(\.what) == plain)
  }

  // MARK: Required columns

  private func examine(
    without columns: [String], authorities: [AuthorityProfile], rows: [[String: String]] = [Fixture.row()]
  ) -> Examination {
    var configuration = Fixture.configuration()
    configuration.authorities = authorities
    let bytes = Fixture.export(rows, columns: Fixture.columns.filter { !columns.contains($0) })
    return Intake.examine(bytes, school: Fixture.school(), configuration: configuration, day: Fixture.day)
  }

  @Test func aMissingRequiredColumnIsOneFindingOnTheFile() {
    let liverpool = Recipes.authority(
      "liverpool", "Liverpool City Council", 341, required: [.upn, .postcode, .legalSurname])
    let wirral = Recipes.authority("wirral", "Wirral Council", 344, routedBy: .resident, required: [.postcode])
    let rows = (0..<5).map { Fixture.row($0) }
    let examination = examine(without: ["Postcode", "UPN"], authorities: [liverpool, wirral], rows: rows)
    let said = examination.details.filter { $0.code == .requiredColumnMissing }
    #expect(
      said.map(\.what) == [
        "A column that an authority requires is missing, so that every record is held for it: UPN, for Liverpool City Council.",
        "A column that an authority requires is missing, so that every record is held for it: Postcode, for Liverpool City "
          + "Council and Wirral Council.",
      ])
    #expect(said.allSatisfy { $0.row == nil && $0.severity == .error })
    // Said once: neither again in general nor for each row; and no row is held by it here.
    #expect(!examination.details.contains { $0.code == .noUPNColumn || $0.row != nil })
    #expect(examination.rows.allSatisfy { $0.verdict == .clear })
    #expect(examination.summary.errors == 2)
  }

  @Test func whoCannotGetARecordRequiresNothing() {
    let elsewhere = Recipes.authority("wirral", "Wirral Council", 344, required: [.postcode])
    let others = Recipes.authority("liverpool", "Liverpool City Council", 341, cohorts: [.y13], required: [.postcode])
    let confirmed = Recipes.authority(
      "liverpool", "Liverpool City Council", 341, kind: .confirmedDestinations, required: [.activity, .postcode])
    let early = Recipes.authority(
      "liverpool", "Liverpool City Council", 341, kind: .earlyLeavers, required: [.postcode])
    let unknown = Recipes.authority(
      "liverpool", "Liverpool City Council", 341, kind: .unknownAnswers, required: [.postcode])
    for authority in [elsewhere, others, confirmed, early, unknown] {
      #expect(examine(without: ["Postcode"], authorities: [authority]).details.isEmpty)
    }
    let there = Recipes.authority("liverpool", "Liverpool City Council", 341, required: [.postcode])
    #expect(examine(without: [], authorities: [there]).details.isEmpty)
    #expect(examine(without: ["Postcode"], authorities: [there]).codes(row: nil) == ["L019"])
  }

  @Test func withoutAYearGroupColumnTheFileSaysSoAndNoRow() {
    let examination = examine(without: ["Year Group"], authorities: [], rows: (0..<3).map { Fixture.row($0) })
    #expect(examination.details.map(\.code) == [.noYearGroupColumn])
    #expect(examination.rows.allSatisfy { $0.cohort == nil && $0.verdict == .clear })
    // A blank cell in a column that is there is still the row's own.
    let blank = examine(without: [], authorities: [], rows: [Fixture.row(0, ["Year Group": ""])])
    #expect(blank.details.map(\.code) == [.noCohort])
  }
}
