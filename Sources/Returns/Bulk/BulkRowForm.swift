// The form of rows that are alike in one return: what is the same in all of them, and which cells are put in. Pure.

package import Leavers
import Profiles
import Tabular

/// How the rows of a class are written into one return.
package final class BulkRowForm: Sendable {
  /// A part of a row. Plain numbers, so that writing a row counts no references.
  struct Piece: Sendable {
    enum Kind: UInt8 { case bytes, cell, upper, lower, value }
    let kind: Kind
    /// The column of the export; of bytes none.
    let column: Int32
    /// Bytes: where they lie among the form's own. A value: its place in `values`.
    let start: Int32
    let count: Int32
  }

  /// What a column of a return says by the value of a field.
  struct Value: Sendable {
    /// Its number among the columns of all returns.
    let number: Int
    let scope: Int
    let column: Int
    let field: Field
    let disclosure: Disclosure
    /// The table in which values are numbered.
    let place: Int
  }

  package let scope: Int
  package let cohort: Cohort
  package let isFloor: Bool
  /// The row as it is written.
  let pieces: [Piece]
  let bytes: [UInt8]
  /// The row as it is read, a piece a cell.
  let cells: [Piece]
  let texts: [UInt8]
  let values: [Value]
  let delimiter: UInt8
  let isAlwaysQuoted: Bool

  private init(_ builder: Builder, scope: Int, cohort: Cohort, isFloor: Bool) {
    self.scope = scope
    self.cohort = cohort
    self.isFloor = isFloor
    pieces = builder.pieces
    bytes = builder.bytes
    cells = builder.cells
    texts = builder.texts
    values = builder.values
    delimiter = builder.dialect.delimiter.rawValue
    isAlwaysQuoted = builder.dialect.quoting == .always
  }

  /// Puts a form together, cell by cell.
  struct Builder {
    let dialect: CSVDialect
    let isAlone: Bool
    fileprivate var pieces: [Piece] = []
    fileprivate var bytes: [UInt8] = []
    fileprivate var cells: [Piece] = []
    fileprivate var texts: [UInt8] = []
    fileprivate var values: [Value] = []
    private var runStart = 0

    init(_ dialect: CSVDialect, isAlone: Bool) {
      self.dialect = dialect
      self.isAlone = isAlone
    }

    private mutating func begin() {
      if !cells.isEmpty { bytes.append(dialect.delimiter.rawValue) }
    }

    private mutating func endRun() {
      pieces.append(
        Piece(kind: .bytes, column: 0, start: Int32(runStart), count: Int32(bytes.count - runStart)))
      runStart = bytes.count
    }

    /// A text, in the file's encoding, that is the same in all rows.
    mutating func add(_ text: [UInt8]) {
      begin()
      bytes += BulkRowForm.written(text, dialect, isAlone: isAlone)
      cells.append(Piece(kind: .bytes, column: 0, start: Int32(texts.count), count: Int32(text.count)))
      texts += text
    }

    /// The cell of a column of the export.
    mutating func add(cell column: Int, _ letters: ReturnColumn.LetterCase?) {
      begin()
      endRun()
      let kind: Piece.Kind = letters == nil ? .cell : letters == .upper ? .upper : .lower
      pieces.append(Piece(kind: kind, column: Int32(column), start: 0, count: 0))
      cells.append(Piece(kind: kind, column: Int32(column), start: 0, count: 0))
    }

    /// What is written for the value of a column of the export.
    mutating func add(value column: Int, _ value: Value) {
      begin()
      endRun()
      let piece = Piece(kind: .value, column: Int32(column), start: Int32(values.count), count: 0)
      pieces.append(piece)
      cells.append(piece)
      values.append(value)
    }

    mutating func finish(scope: Int, cohort: Cohort, isFloor: Bool) -> BulkRowForm {
      bytes += dialect.newline.bytes
      endRun()
      return BulkRowForm(self, scope: scope, cohort: cohort, isFloor: isFloor)
    }
  }

  /// A text in the file's encoding as `CSVWriter` writes it as a cell.
  static func written(_ text: [UInt8], _ dialect: CSVDialect, isAlone: Bool) -> [UInt8] {
    let isQuoted =
      dialect.quoting == .always || isAlone && text.isEmpty
      || text.contains { $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == dialect.delimiter.rawValue }
    guard isQuoted else { return text }
    return [0x22] + text.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] } + [0x22]
  }

  static func cased(_ text: String, _ letters: ReturnColumn.LetterCase?) -> String {
    switch letters {
    case .upper: text.uppercased()
    case .lower: text.lowercased()
    case .title, nil: text
    }
  }
}
