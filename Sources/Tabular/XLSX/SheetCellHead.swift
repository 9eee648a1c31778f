// The start tag of a cell. Pure.

/// What a cell's start tag says: where it stands, of which type and style it is.
struct SheetCellHead {
  enum CellType {
    case number, shared, string, inline, boolean, error, date
  }

  var row: Int
  var column: Int
  /// Nil for a type that is none.
  var type: CellType? = .number
  var style = 0
  /// Whether the place was one.
  var isSound = true

  init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  @inline(__always)
  mutating func take(_ name: XMLName, _ value: UnsafeBufferPointer<UInt8>) {
    if name.equals("r") {
      if let place = SheetRange.cell(value) {
        (row, column) = place
      } else {
        isSound = false
      }
    } else if name.equals("s") {
      style = DecimalText.integer(value) ?? -1
    } else if name.equals("t") {
      type = Self.type(value)
    }
  }

  private static func type(_ text: UnsafeBufferPointer<UInt8>) -> CellType? {
    switch text.count {
    case 1:
      switch text[0] {
      case UInt8(ascii: "n"): .number
      case UInt8(ascii: "s"): .shared
      case UInt8(ascii: "b"): .boolean
      case UInt8(ascii: "e"): .error
      case UInt8(ascii: "d"): .date
      default: nil
      }
    case 3 where text.elementsEqual("str".utf8): .string
    case 9 where text.elementsEqual("inlineStr".utf8): .inline
    default: nil
    }
  }
}
