// Every finding of the catalogue has an example that raises it and one that comes near and does not.

import Leavers
import Profiles
import Testing

@testable import Intake

@Suite("Examples of findings") struct FindingExamplesTests {
  @Test func everyFindingHasAnExample() throws {
    var shown = FindingExample.all.map(\.code) + FindingExample.elsewhere.keys
    #expect(Set(shown).count == shown.count, "one example a finding")
    // The tests of the workbook reader raise each of its errors.
    shown += WorkbookFindings.codes.values.map(\.rawValue)
    #expect(Set(shown) == Set(FindingsCatalogue.entries.map(\.code.rawValue)))
    for (code, file) in FindingExample.elsewhere {
      let test = Fixture.bytes(of: "\(Fixture.root)/Tests/IntakeTests/\(file)")
      #expect(String(decoding: test, as: UTF8.self).contains("\"\(code)\""), "\(code) is not in \(file)")
    }
  }

  @Test(arguments: FindingExample.all)
  func isRaisedAndMissed(_ example: FindingExample) {
    let raised = FindingExample.codes(example.raising)
    #expect(raised.contains(example.code), "\(example.code) was not raised, but \(raised)")
    let near = FindingExample.codes(example.near)
    #expect(!near.contains(example.code), "\(example.code) was raised by what only comes near it")
  }

  /// What Profiles lets a school set is what the catalogue says holds nothing.
  @Test func adjustableFindings() {
    let soft = FindingsCatalogue.entries.filter { $0.severity <= .warning }.map(\.code)
    #expect(AdjustableFindings.codes == AdjustableFindings.codes.sorted())
    #expect(Set(AdjustableFindings.codes).isDisjoint(with: AdjustableFindings.fixed))
    #expect(Set(AdjustableFindings.codes + AdjustableFindings.fixed) == Set(soft))
  }

  /// A repair is a note or a warning of one cell, and says what became of it.
  @Test func repairsHaveBeforeAndAfter() {
    for example in FindingExample.all
    where FindingsCatalogue.repairs.contains(FindingCode(rawValue: example.code)) {
      let found = examine(
        example.raising, school: Fixture.school(), configuration: FindingExample.configuration, day: Fixture.day
      ).details.first { $0.code.rawValue == example.code }
      #expect(found?.value?.exposed.isEmpty == false, "\(example.code)")
      #expect(found?.after?.exposed.isEmpty == false, "\(example.code)")
    }
  }

  @Test func aSchoolTakesAFindingLessSeriously() {
    var school = Fixture.school()
    school.findings = [.oddName: .note, .unknownColumn: .warning]
    let bytes = Fixture.export(
      [Fixture.row(0, ["Legal Forename": "Qq1"])], columns: Fixture.columns + ["Favourite Colour"])
    let usual = Fixture.examine(bytes)
    let set = Fixture.examine(bytes, school: school)
    #expect(usual.details.map(\.severity) == [.note, .warning])
    #expect(set.details.map(\.severity) == [.warning, .note])
    #expect(set.details.map(\.code) == usual.details.map(\.code))
    #expect(usual.summary.warnings == 1 && set.summary.warnings == 1)
    #expect(set.row(2)?.record == usual.row(2)?.record, "only what is said changes")
  }
}
