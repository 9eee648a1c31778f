// Places of a sheet as spreadsheets name them: `C14`, `A1:D1`. Pure.

/// A range of cells, such as those that are merged into one. Rows and columns from 1.
package struct SheetRange: Hashable, Sendable, CustomStringConvertible {
  package let firstRow: Int
  package let firstColumn: Int
  package let lastRow: Int
  package let lastColumn: Int

  /// From `A1:D1` or `A1`; nil where the text is no range.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    let middle = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
    guard let first = Self.cell(bytes[..<middle]) else { return nil }
    var last = first
    if middle < bytes.endIndex {
      guard let second = Self.cell(bytes[(middle + 1)...]) else { return nil }
      last = second
    }
    guard first.row <= last.row, first.column <= last.column else { return nil }
    (firstRow, firstColumn) = first
    (lastRow, lastColumn) = last
  }

  package var description: String {
    let first = "\(Self.letters(firstColumn))\(firstRow)"
    return firstRow == lastRow && firstColumn == lastColumn ? first : "\(first):\(Self.letters(lastColumn))\(lastRow)"
  }

  /// The most rows and columns that any spreadsheet has.
  static let rows = 1 << 20
  static let columns = 1 << 14

  /// The column's letters: 1 is A, 27 is AA.
  package static func letters(_ column: Int) -> String {
    var letters: [UInt8] = []
    var rest = column
    while rest > 0 {
      letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }

  /// The place that `C14` names; nil where the text names none.
  @inline(__always)
  static func cell(_ text: some Collection<UInt8>) -> (row: Int, column: Int)? {
    var column = 0
    var row = 0
    var letters = 0
    for byte in text {
      switch byte {
      case 0x41...0x5A where row == 0:
        column = column * 26 + Int(byte - 0x40)
        letters += 1
        guard letters <= 3 else { return nil }
      case 0x30...0x39:
        row = row * 10 + Int(byte - 0x30)
        guard row > 0, row <= rows else { return nil }
      default: return nil
      }
    }
    return row > 0 && column > 0 && column <= columns ? (row, column) : nil
  }
}
