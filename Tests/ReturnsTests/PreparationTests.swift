// The dry run: files, fates, what is kept and why, and what it cannot know.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Returns

struct PreparationTests {
  private let sefton = Synthetic.authority(
    "sefton", code: "343", returns: [Synthetic.profile(), Synthetic.profile(.confirmedDestinations)])
  private let wirral = Synthetic.authority(
    "wirral", code: "344", returns: [Synthetic.profile(routedBy: .resident)])

  private func prepare(
    _ rows: [LeaverRow], _ authorities: [AuthorityProfile], school: School = Synthetic.school(laestab: "3436900")
  ) throws -> PreparedReturns {
    try Preparation.prepare(
      rows: rows, school: school,
      configuration: Synthetic.configuration(schools: [school], authorities: authorities), day: Synthetic.day)
  }

  @Test func itGivesNameBytesAndEveryFate() throws {
    let rows = [
      Synthetic.row(2), Synthetic.row(3, [.sharing: "NO"]), Synthetic.row(4, verdict: .merged(into: 2)),
      Synthetic.row(5, cohort: Synthetic.y13), Synthetic.row(6, [.legalSurname: nil]),
    ]
    let prepared = try prepare(rows, [sefton])
    #expect(
      prepared.files.map(\.fileName) == [
        "3436900_sefton_intended-destinations_Y11-2026_0001.csv",
        "3436900_sefton_confirmed-destinations_Y11-2026_0001.csv",
      ])
    #expect(prepared.files[0].pupils == 2)
    #expect(prepared.files[0].floorPupils == 1)
    let table = try TableFile(prepared.files[0].bytes)
    #expect(table.header == Synthetic.columns.map(\.name))
    #expect(table.rows.map { $0.cells[1] } == ["EXAMPLE-2", "EXAMPLE-3"])
    #expect(
      table.rows[1].cells == ["", "EXAMPLE-3", "Pat3", "04/03/2010", "3 Sample Street", "L1 1AA", "3436900", "", ""])
    #expect(
      prepared.lines.first?.counts == [.sent: 2, .merged: 1, .notInKind: 1, .held: 1])
    #expect(
      prepared.kept.first
        == .init(
          row: 6, authority: sefton.id, kind: .intendedDestinations, why: .held(.requiredMissing), column: "Surname"))
    #expect(prepared.files[0].lines == 2)
    #expect(prepared.unrouted == [])
    #expect(!Preparation.notChecked.isEmpty)
  }

  @Test func aRowInScopeOfNobodyIsListed() throws {
    let rows = [Synthetic.row(2), Synthetic.row(3, [.homeAuthority: "344"]), Synthetic.row(4, [.homeAuthority: nil])]
    // The school lies in Liverpool, which is not configured; row 3 lives in Wirral; of row 4 nobody knows.
    let liverpool = Synthetic.authority("knowsley", code: "340", returns: [Synthetic.profile()])
    let region = Synthetic.authority(
      "liverpool", code: "341", returns: [Synthetic.profile(.confirmedDestinations, cohorts: [.y13])])
    let prepared = try prepare(rows, [liverpool, wirral, region], school: Synthetic.school())
    #expect(prepared.unrouted == [.init(row: 2, why: .livesElsewhere)])
    #expect(prepared.lines.map { $0[.notRouted] } == [3, 1, 0])
  }

  /// No authority hears of a pupil of whom nobody can tell when they leave: a person must.
  @Test func aRowWithoutCohortIsListed() throws {
    let rows = [
      Synthetic.row(2), Synthetic.row(3, cohort: nil), Synthetic.row(4, cohort: nil, verdict: .held(.noName)),
      Synthetic.row(5, cohort: Synthetic.y13),
    ]
    let prepared = try prepare(rows, [Synthetic.authority()], school: Synthetic.school())
    #expect(prepared.unrouted == [.init(row: 3, why: .noCohort)])
  }

  @Test func aPupilOfASchoolThatLiesElsewhereIsListed() throws {
    let prepared = try prepare([Synthetic.row(2)], [sefton], school: Synthetic.school())
    #expect(prepared.unrouted == [.init(row: 2, why: .educatedElsewhere)])
    #expect(prepared.decisions.unrouted == [2])
  }

  /// Where a pupil has several lines, both are counted.
  @Test func pupilsAndLinesAreCounted() throws {
    var profile = Synthetic.profile()
    profile.rows = .characteristic
    var authority = Synthetic.authority("sefton", code: "343", returns: [profile])
    authority.agreements = [Synthetic.agreement(special: true)]
    let prepared = try prepare(
      [Synthetic.row(2, [.characteristics: "110; 120"]), Synthetic.row(3, [.characteristics: nil])], [authority])
    #expect(prepared.files.map(\.pupils) == [2])
    #expect(prepared.files.map(\.lines) == [3])
  }

  /// The number that a dry run takes is one that a schema may ask for: the service begins with it.
  @Test func theSequenceIsTheFirstThatTheLedgerGives() throws {
    var profile = Synthetic.profile()
    guard case .csv(var form) = profile.format else { return }
    form.head = [[try LineText("{sequence}")]]
    profile.format = .csv(form)
    let prepared = try prepare([Synthetic.row(2)], [Synthetic.authority("sefton", code: "343", returns: [profile])])
    let file = try #require(prepared.files.first)
    #expect(file.fileName.contains("_0001"))
    #expect(String(decoding: file.bytes, as: UTF8.self).hasPrefix("1\r\n"))
    #expect(Preparation.notChecked.contains { $0.contains("the number 1 in names and contents here is a placeholder") })
  }

  @Test func aFormatThatNobodyConfirmedIsPrepared() throws {
    var example = sefton
    example.evidence = .illustrative
    example.agreements = [Synthetic.agreement(reference: "EXAMPLE-1")]
    #expect(try prepare([Synthetic.row(2)], [example]).files.count == 2)
  }

  @Test func withoutAgreementEverythingIsWithheld() throws {
    var bare = sefton
    bare.agreements = []
    let prepared = try prepare([Synthetic.row(2)], [bare])
    #expect(prepared.files.isEmpty)
    #expect(prepared.lines.map { $0[.withheld] } == [1, 1])
    #expect(prepared.kept.map(\.why) == [.withheld(.noAgreement), .withheld(.noAgreement)])
  }

  @Test func theSameRowsGiveTheSameBytes() throws {
    let rows = (2..<40).map { Synthetic.row($0) }
    let first = try prepare(rows, [sefton])
    let second = try prepare(rows.reversed(), [sefton])
    #expect(first.files.map(\.bytes) == second.files.map(\.bytes))
  }

  @Test func anExportWithoutRowsIsConserved() throws {
    let prepared = try prepare([], [sefton, wirral])
    #expect(prepared.files.isEmpty)
    #expect(prepared.lines.allSatisfy { $0.isConserved && $0.rowsRead == 0 })
  }

  @Test func whatIsPreparedDoesNotPrint() throws {
    let prepared = try prepare([Synthetic.row(2)], [sefton])
    var text = "\(prepared)"
    dump(prepared.files, to: &text)
    #expect(!text.uppercased().contains("EXAMPLE-2"))
  }
}
