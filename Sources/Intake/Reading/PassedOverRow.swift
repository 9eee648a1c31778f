// Which records below the header are no pupils: blank ones, totals, headings once more. Pure.

import Leavers

/// A record that is no pupil.
enum PassedOverRow {
  case blank, total, header

  /// What the record is, if no pupil. Anything doubtful is taken for a pupil, and held if it has no name.
  init?(_ record: ScannedRecord, columns: ExportColumns) {
    // What stood in a cell that was blanked for its length, nobody knows.
    guard record.tooLong.isEmpty else { return nil }
    // A formula without its value has one all the same: where it stands beside "Total", a number.
    let texts = record.cells.enumerated().map { index, cell in
      record.unclear[index] == .formula ? "0" : cell.trimmedOfBlanks
    }.filter { !$0.isEmpty }
    if texts.isEmpty {
      self = .blank
    } else if Self.isTotal(texts) {
      self = .total
    } else if columns.isHeader(record) {
      self = .header
    } else {
      return nil
    }
  }

  /// One to three cells, the first of which says "total" or the like, with a number in it or beside it.
  private static func isTotal(_ texts: [String]) -> Bool {
    guard texts.count <= 3, let first = texts.first?.lowercased() else { return false }
    let words = ["total", "grand total", "sub-total", "subtotal", "count", "number of", "record count", "records"]
    guard let word = words.first(where: { first.hasPrefix($0) }) else { return false }
    let rest = first.dropFirst(word.count)
    // "Totaler" or "Countess" are names.
    if let next = rest.first, next.isLetter, !(word.hasPrefix("total") && rest.hasPrefix("s")) { return false }
    let others = texts.dropFirst()
    guard others.allSatisfy(isNumber) else { return false }
    return !others.isEmpty || rest.contains(where: \.isNumber)
  }

  private static func isNumber(_ text: String) -> Bool {
    text.allSatisfy { $0.isASCII && ($0.isNumber || ".,%".contains($0)) }
  }
}
