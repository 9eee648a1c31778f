// What a sheet of pupils showed when it was written: what a cell still says of that is no answer. Pure.

package import Leavers
import Ledger

/// What stands in the hidden column beside a row of a sheet of pupils.
struct PupilRowKey {
  /// Whose row it is.
  let key: String
  /// The export up to which the sheet shows what the school said; nil in sheets of before this was written into them.
  let shown: ExportID?

  init(key: String, shown: ExportID?) {
    self.key = key
    self.shown = shown
  }

  init(cell: String) {
    let parts = cell.split(separator: " ", maxSplits: 1).map(String.init)
    key = RowKeyText.read(parts.first ?? "")
    shown = parts.count == 2 ? ExportID(parts[1].trimmedOfBlanks) : nil
  }

  var cell: String { shown.map { "\(key) \($0)" } ?? key }
}

/// What sheets of pupils showed, by the export up to which they did: the rolls of then.
package struct SheetBaselines: Sendable {
  /// A file with rows of more sheets than this is nobody's work; the newest count.
  static let most = 12

  private let rolls: [ExportID: Roll]

  package init(_ rolls: [ExportID: Roll] = [:]) { self.rolls = rolls }

  subscript(_ export: ExportID?) -> Roll? { export.flatMap { rolls[$0] } }

  func lacks(_ export: ExportID) -> Bool { rolls[export] == nil }
}

/// What a row of a sheet showed before somebody had it.
///
/// A sheet lies with people for weeks. Where the school says something else in the meantime, a cell that still says what the
/// sheet showed takes nothing of that back.
struct SheetBaseline {
  let shown: LeaverRecord
  /// The fields that the sheet has a column for. Others follow from these, by what words mean now.
  let columns: Set<Field>

  /// Takes out of a row what it only repeats of the sheet, where something else is known since.
  ///
  /// An answer and what belongs to it are one: who changed one cell of it has looked at the others.
  ///
  /// - Parameter texts: what stands in the cells that something is to be said of. A code that ended meanwhile cannot be read
  ///   any more, and is no answer for that.
  func takeOut(
    of record: inout LeaverRecord, _ words: inout [RowWord], unread: inout Set<Field>, texts: [Field: String] = [:],
    known: LeaverRecord
  ) {
    for field in record.fields where !RollCompletion.destination.contains(field) {
      guard record[field] == shown[field] else { continue }
      record[field] = known[field]
      unread.remove(field)
    }
    let unreadable = unread.filter { record[$0] == nil && !repeats($0, texts[$0]) }
    let isAnswered = RollCompletion.destination.intersection(columns).contains { field in
      unreadable.contains(field) || record[field] != nil && record[field] != shown[field]
    }
    if isAnswered { return }
    for field in RollCompletion.destination { record[field] = nil }
    unread.subtract(RollCompletion.destination)
    words.removeAll { RollCompletion.destination.contains($0.field) }
  }

  /// Whether a cell says the code that the sheet showed, alone or with its meaning beside it.
  private func repeats(_ field: Field, _ text: String?) -> Bool {
    guard let text, let code = shown[field] else { return false }
    return text == code || text.hasPrefix("\(code) - ")
  }
}
