// The XML of one sheet to rows, one at a time.

/// Reads the rows of a sheet.
///
/// Rows without content are passed over; their numbers count. Cells stand in the column that the spreadsheet has them in,
/// so leading blank columns are cells too. What the sheet says of its own size is not looked at. After an error the
/// reader is spent; only the false of `next` proves that the sheet was whole.
package struct SheetReader: ~Copyable {
  private enum Phase {
    case before, rows, ended
  }

  package let sheet: WorkbookSheet
  /// The merged ranges; complete once `next` was false. The content of a merged range is that of its first cell.
  package private(set) var merges: [SheetRange] = []
  /// How many cells so far have a formula without the value that it gives.
  package private(set) var formulasWithoutValue = 0

  private var part: PartReader
  private let meaning: CellMeaning
  private let limits: WorkbookLimits
  private var phase = Phase.before
  private var cells: [SheetCellRecord] = []
  private var bytes: [UInt8] = []
  private var number = 0
  private var isHidden = false
  private var rowCount = 0
  private var cellCount = 0
  private var hasRow = false

  init(
    _ part: consuming PartReader, sheet: WorkbookSheet, meaning: CellMeaning, limits: WorkbookLimits
  ) {
    self.part = part
    self.sheet = sheet
    self.meaning = meaning
    self.limits = limits
  }

  /// Goes to the next row that has content; false at the end of the sheet.
  package mutating func next() throws(WorkbookError) -> Bool {
    hasRow = false
    if phase == .before {
      try part.root("worksheet")
      try findRows()
    }
    while phase == .rows {
      guard try part.nextChild(of: 2) else {
        try readRest()
        break
      }
      guard part.xml.isNamed("row") else { continue }
      try readRow()
      guard !cells.isEmpty else { continue }
      rowCount += 1
      guard rowCount <= limits.rows else {
        throw part.part.error(
          .tooManyRows, row: number,
          "the sheet has more than \(limits.rows) rows, the limit; split it, or raise the limit")
      }
      hasRow = true
      return true
    }
    return false
  }

  /// Lends the current row: the one that the last `next`, which was true, went to.
  package func withRow<Value, Failure: Error>(
    _ body: (borrowing SheetRow) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    precondition(hasRow, "withRow follows a next() that was true")
    return try body(
      SheetRow(
        number: number, isHidden: isHidden, cells: cells, bytes: bytes, shared: meaning.strings,
        styles: meaning.styles))
  }

  // MARK: The sheet

  private mutating func findRows() throws(WorkbookError) {
    while try part.nextChild(of: 1) {
      if part.xml.isNamed("sheetData") {
        phase = .rows
        return
      }
    }
    throw part.part.error(.badStructure, "it has no table of cells; open the workbook and save it again")
  }

  /// What follows the rows: merged ranges. To the end, so that the whole part was seen to be sound.
  private mutating func readRest() throws(WorkbookError) {
    phase = .ended
    while try part.nextChild(of: 1) {
      if part.xml.isNamed("sheetData") {
        throw part.part.error(.badStructure, "it has two tables of cells; open the workbook and save it again")
      }
      guard part.xml.isNamed("mergeCells") else { continue }
      while try part.nextChild(of: 2) {
        guard part.xml.isNamed("mergeCell"), let text = part.xml.attribute("ref") else { continue }
        guard let range = SheetRange(text) else {
          throw part.part.error(.badReference, "a merged range names no cells; open the workbook and save it again")
        }
        guard merges.count < limits.merges else {
          throw part.part.error(.tooManyMerges, "it has more than \(limits.merges) merged ranges, the limit")
        }
        merges.append(range)
      }
    }
    try part.finish()
  }

  // MARK: A row

  private mutating func readRow() throws(WorkbookError) {
    cells.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    isHidden = false
    var given: Int? = number + 1
    var hidden = false
    part.xml.forEachPlainAttribute { name, value in
      if name.equals("r") {
        given = DecimalText.integer(value)
      } else if name.equals("hidden") {
        hidden = value.elementsEqual("1".utf8) || value.elementsEqual("true".utf8)
      }
    }
    guard let given, given > number, given <= SheetRange.rows else {
      throw part.part.error(
        .badReference, row: number,
        "the row after this one has a number that is none, or is not above it; open the workbook and save it again")
    }
    number = given
    isHidden = hidden
    part.row = number
    var column = 0
    while try part.nextChild(of: 3) {
      if part.xml.isNamed("c") { column = try readCell(after: column) }
    }
  }

  // MARK: A cell

  /// Reads a cell and says in which column it stands.
  private mutating func readCell(after last: Int) throws(WorkbookError) -> Int {
    cellCount += 1
    guard cellCount <= limits.cells else {
      throw part.part.error(
        .tooManyCells, row: number,
        "the sheet has more than \(limits.cells) cells, the limit; split it, or raise the limit")
    }
    var head = SheetCellHead(row: number, column: last + 1)
    part.xml.forEachPlainAttribute { head.take($0, $1) }
    guard head.isSound, head.row == number, head.column > last, head.column <= SheetRange.columns else {
      throw part.part.error(
        .badReference, row: number,
        "a cell of this row stands elsewhere, or where another does; open the workbook and save it again")
    }
    guard let type = head.type else {
      throw error(
        .badValue, head.column, "the cell is of a type that nobody knows; open the workbook and save it again")
    }
    var record = SheetCellRecord()
    record.style = Int32(clamping: head.style)
    let start = bytes.count
    let hasValue = try readContent(of: &record, column: head.column)
    // Cells keep their places in the row in 32 bits.
    guard bytes.count < 1 << 29 else { throw tooLong(head.column) }
    if hasValue {
      record.start = Int32(start)
      record.end = Int32(bytes.count)
      do throws(CellFlaw) { try meaning.interpret(&record, type, &bytes) } catch {
        throw self.error(error.code, head.column, error.message)
      }
    }
    if record.isFormula, record.kind == .blank {
      record.lacksValue = true
      formulasWithoutValue += 1
    }
    // Cells that are there for their colour only do not count.
    if record.hasContent {
      guard head.column <= limits.columns else {
        throw error(
          .tooManyColumns, head.column, "the sheet has more than \(limits.columns) columns, the limit; raise the limit")
      }
      while cells.count < head.column - 1 { cells.append(SheetCellRecord()) }
      cells.append(record)
    }
    return head.column
  }

  /// Reads what a cell holds to the end of the row's bytes; false where it holds no value.
  private mutating func readContent(of record: inout SheetCellRecord, column: Int) throws(WorkbookError) -> Bool {
    let start = bytes.count
    var hasValue = false
    while let event = try part.next() {
      if event == .end, part.xml.depth == 4 { break }
      guard event == .start else { continue }
      guard part.xml.depth == 5, part.xml.isInRootNamespace else {
        try part.skipElement()
        continue
      }
      if part.xml.isNamed("v") {
        hasValue = true
        while let event = try part.next() {
          if event == .end, part.xml.depth == 5 { break }
          guard event == .text, part.xml.depth == 5 else { continue }
          part.xml.withText { bytes.append(contentsOf: $0) }
          if bytes.count - start > limits.cellBytes { throw tooLong(column) }
        }
      } else if part.xml.isNamed("is") {
        hasValue = true
        guard try StringItem.append(from: &part, to: &bytes, limit: limits.cellBytes) else {
          throw tooLong(column)
        }
      } else {
        if part.xml.isNamed("f") { record.isFormula = true }
        try part.skipElement()
      }
    }
    return hasValue
  }

  private func tooLong(_ column: Int) -> WorkbookError {
    error(.cellTooLong, column, "the cell has more than \(limits.cellBytes) bytes, the limit")
  }

  private func error(_ code: WorkbookError.Code, _ column: Int, _ message: String) -> WorkbookError {
    part.part.error(code, row: number, column: column, message)
  }
}
