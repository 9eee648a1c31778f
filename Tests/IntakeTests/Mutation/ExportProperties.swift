// What holds of every examination, whatever the bytes are.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

/// Takes bytes the whole way of an export: examination, files for the desk, and what holds of them.
enum ExportProperties {
  private static let school: School = {
    var school = Fixture.school()
    school.exportsAre = .partial
    return school
  }()

  private static let configuration = FindingExample.configuration

  /// What the school said before, so that rows are joined and completed.
  private static let roll = Roll(
    Fixture.examine((0..<4).map { Fixture.row($0) }).rows.enumerated().map {
      RollEntry(
        pupil: PupilID(rawValue: Int64($0.offset + 1)), record: $0.element.record,
        cohort: Cohort(stage: .y11, leavingYear: 2026), verdict: $0.element.verdict, export: ExportID(rawValue: 1))
    })

  /// Every other seed with a roll; every eighth twice, to see that the same bytes give the same.
  static func check(_ bytes: [UInt8], named name: String, seed: UInt64) {
    let roll = seed % 2 == 0 ? roll : Roll()
    func look() -> Examination {
      examine(bytes, named: name, school: school, configuration: configuration, day: Fixture.day, roll: roll)
    }
    let examination = look()
    // Told as a word each: what was found would fill a screen.
    let isHeld = holds(examination)
    #expect(isHeld, "seed \(seed)")
    let isWritten = isWritten(examination, examination.deskFiles(named: name, export: bytes)[0].bytes)
    #expect(isWritten, "seed \(seed)")
    let isSame = seed % 8 != 0 || isSame(examination, look())
    #expect(isSame, "seed \(seed)")
    _ = schoolOf(bytes, configuration: configuration)
  }

  /// No row is lost or counted twice; what holds a row says why; findings stand in the file.
  private static func holds(_ examination: Examination) -> Bool {
    let (rows, summary) = (examination.rows, examination.summary)
    if let fatal = examination.fatal {
      return rows.isEmpty && examination.carried.isEmpty && examination.details == [fatal] && fatal.severity == .fatal
    }
    let numbers = rows.map(\.rowNumber) + examination.carried.map(\.rowNumber)
    return !rows.isEmpty && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 } && numbers[0] >= 1
      && summary.rowsRead == rows.count && summary.rowsRead == summary.clear + summary.held + summary.merged
      && examination.details.allSatisfy { finding in
        (finding.row.map { numbers.contains($0) } ?? true) && (finding.columnNumber ?? 1) >= 1
          && finding.severity != .fatal && FindingsCatalogue.entry(finding.code) != nil
      }
      && rows.allSatisfy { row in
        guard case .held = row.verdict else { return true }
        return row.details.contains { $0.severity == .error }
      }
  }

  /// The findings file can be read again and has a row a finding, and one more where a workbook cannot be edited.
  private static func isWritten(_ examination: Examination, _ bytes: [UInt8]) -> Bool {
    guard let table = try? TableFile(bytes) else { return false }
    return table.header == FindingsFile.header
      && [0, 1].contains(table.rows.count - examination.listed.count)
  }

  private static func isSame(_ first: Examination, _ second: Examination) -> Bool {
    first.details == second.details && first.summary == second.summary
      && first.rows.map(\.verdict) == second.rows.map(\.verdict)
      && first.rows.map(\.record) == second.rows.map(\.record)
  }
}
