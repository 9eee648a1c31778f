// From a record as an authority may see it to the rows that it wants, or why it cannot have them. Pure.

package import Leavers
package import Profiles
import Tabular

/// The mapping of one authority's return on a day: what its columns say of a record.
///
/// Whatever an authority could not read, or would read wrongly, holds the row for this authority alone; nothing is cut,
/// replaced or guessed.
package struct Mapping: Sendable {
  package enum Outcome: Sendable, Equatable {
    /// At least one row.
    case rows([RowCells])
    /// The row waits for a person because of the column named; with the code that the authority does not know.
    case held(HoldReason, column: String, code: String? = nil)
    /// The column named cannot be told.
    case withheld(WithholdReason, column: String)
  }

  /// The texts of a row, by column. Does not print.
  package struct RowCells: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package let texts: [String]
    package var description: String { "RowCells(redacted)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
  }

  package let profile: ReturnProfile
  private let evaluation: CellEvaluation

  package init(profile: ReturnProfile, school: School, codes: CodeTables, day: CalendarDate) {
    self.profile = profile
    evaluation = CellEvaluation(school: school, codes: codes, day: day)
  }

  /// The rows of a record.
  ///
  /// Columns that are about the school, and constants, stand in a floor row too: they say nothing of the pupil that the
  /// file's name does not. What a floor row cannot give it goes without, whatever the authority requires.
  package func map(_ record: DisclosedRecord) -> Outcome {
    var rows: [RowCells] = []
    for (destination, record) in record.rows(profile.rows) {
      var texts: [String] = []
      texts.reserveCapacity(profile.columns.count)
      for column in profile.columns {
        do throws(CellObstacle) {
          texts.append(try text(of: column, record, destination))
        } catch {
          switch error.reason {
          case .held(let reason): return .held(reason, column: column.name, code: error.code)
          case .withheld(let reason): return .withheld(reason, column: column.name)
          }
        }
      }
      rows.append(RowCells(texts: texts))
    }
    return .rows(rows)
  }

  /// The text of one column, as `map` gives it for a return with a row a pupil; nil where that keeps the row.
  package func text(at column: Int, of record: DisclosedRecord) -> String? {
    do throws(CellObstacle) { return try text(of: profile.columns[column], record, nil) } catch { return nil }
  }

  func text(
    of column: ReturnColumn, _ record: DisclosedRecord, _ destination: DisclosedRecord.Destination?
  ) throws(CellObstacle) -> String {
    guard let text = try evaluation.text(of: column.form, record, destination), !text.isEmpty else {
      if column.required, !record.isClosing, record.extent == .full || isInFloor(column) {
        throw CellObstacle(.requiredMissing)
      }
      return ""
    }
    // No cell of a spreadsheet holds more, whatever the file is; nor does what reads a file back, with quotes doubled.
    if text.utf8.count > 32_767 { throw CellObstacle(.tooLongForAuthority) }
    if let max = column.max, text.unicodeScalars.count > max { throw CellObstacle(.tooLongForAuthority) }
    if !isWritable(text) { throw CellObstacle(.notInEncoding) }
    return text
  }

  /// Whether a row of the floor can be asked for the column.
  private func isInFloor(_ column: ReturnColumn) -> Bool {
    column.form.fields.allSatisfy { $0.tier == .floor }
  }

  /// What no file takes: characters that its encoding does not have, NUL, and what XML has no way to write.
  private func isWritable(_ text: String) -> Bool {
    guard !text.utf8.contains(0) else { return false }
    if case .csv = profile.format {
      return (try? profile.encoding.encode(text)) != nil
    }
    return text.unicodeScalars.allSatisfy { $0.value >= 0x20 || [0x09, 0x0A, 0x0D].contains($0.value) }
      && text.unicodeScalars.allSatisfy { $0.value != 0xFFFE && $0.value != 0xFFFF }
  }
}
