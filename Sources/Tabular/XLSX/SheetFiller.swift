// Writes cells into the XML of a sheet; every byte that is not concerned stays. Pure.

/// What is to be written into one sheet. Rows and columns from 1.
struct SheetFilling {
  private(set) var rows: [Int: [Int: CellDraft.Content]] = [:]
  /// The row whose formats rows have that have none of their own.
  var sampleRow: Int?

  mutating func set(_ content: CellDraft.Content, at place: CellReference) {
    rows[place.row, default: [:]][place.column] = content
  }

  subscript(row: Int, column: Int) -> CellDraft.Content? { rows[row]?[column] }
}

/// Fills one sheet. For XML that the reader has read to its end.
struct SheetFiller {
  typealias NotEditable = SheetMarkup.NotEditable

  private var markup: SheetMarkup
  private let filling: SheetFilling
  private let dates: DateSystem
  /// What formats mean.
  private let table: WorkbookStyles
  private(set) var styles: StyleSheetEditor?
  /// Column → format of the sample row.
  private var sample: [Int: Int] = [:]

  init(
    _ bytes: [UInt8], _ filling: SheetFilling, dates: DateSystem, table: WorkbookStyles, styles: StyleSheetEditor?
  ) throws(NotEditable) {
    markup = try SheetMarkup(bytes)
    self.filling = filling
    self.dates = dates
    self.table = table
    self.styles = styles
  }

  mutating func run() throws(NotEditable) -> [UInt8] {
    var isFilled = false
    while let tag = markup.scanner.next(), tag.kind != .end {
      if markup.isNamed(tag, "dimension") {
        markup.extend(tag, rows: filling.rows.keys, columns: filling.rows.values.flatMap(\.keys))
      } else if markup.isNamed(tag, "cols"), tag.kind == .start {
        markup.readColumns()
      } else if markup.isNamed(tag, "sheetData") {
        try fill(tag)
        isFilled = true
      } else {
        _ = markup.scanner.skip(tag)
      }
    }
    guard isFilled else { throw NotEditable() }
    return markup.finished()
  }

  // MARK: Rows

  private mutating func fill(_ data: MarkupTag) throws(NotEditable) {
    // From the last to the first, so that the next one is taken off the end.
    var pending = filling.rows.keys.sorted(by: >)
    guard data.kind == .start else {
      markup.replace(data.range, with: Array("<\(markup.prefix)sheetData>".utf8))
      while let row = pending.popLast() { writeRow(row) }
      markup.write("</\(markup.prefix)sheetData>".utf8)
      return
    }
    var last = 0
    while let tag = markup.scanner.next() {
      if tag.kind == .end {
        markup.copy(to: tag.range.lowerBound)
        while let row = pending.popLast() { writeRow(row) }
        return
      }
      guard markup.isNamed(tag, "row") else {
        _ = markup.scanner.skip(tag)
        continue
      }
      let row = try markup.row(of: tag, after: last)
      last = row
      while let next = pending.last, next < row {
        markup.copy(to: tag.range.lowerBound)
        writeRow(next)
        pending.removeLast()
      }
      guard pending.last == row else {
        _ = markup.scanner.skip(tag)
        continue
      }
      pending.removeLast()
      // How far the row reaches is told for speed only, and would no longer be so.
      let head = markup.scanner.rewritten(tag, "spans", nil)
      let style = markup.style(ofRow: tag)
      if tag.kind == .empty {
        markup.replace(tag.range, with: Array(head.dropLast(2)) + [UInt8(ascii: ">")])
        for column in columnsToWrite(row) { write(row, column, style) }
        markup.write("</\(markup.prefix)row>".utf8)
      } else {
        markup.replace(tag.range, with: head)
        try fillCells(row, style)
      }
    }
    throw NotEditable()
  }

  private func columnsToWrite(_ row: Int) -> [Int] { (filling.rows[row] ?? [:]).keys.sorted() }

  private mutating func writeRow(_ row: Int) {
    markup.write("<\(markup.prefix)row r=\"\(row)\">".utf8)
    for column in columnsToWrite(row) { write(row, column, nil) }
    markup.write("</\(markup.prefix)row>".utf8)
  }

  private mutating func fillCells(_ row: Int, _ rowStyle: Int?) throws(NotEditable) {
    var pending = Array(columnsToWrite(row).reversed())
    var last = 0
    while let tag = markup.scanner.next() {
      if tag.kind == .end {
        markup.copy(to: tag.range.lowerBound)
        while let column = pending.popLast() { write(row, column, rowStyle) }
        return
      }
      guard markup.isNamed(tag, "c") else {
        _ = markup.scanner.skip(tag)
        continue
      }
      let column = try markup.column(of: tag, row: row, after: last)
      last = column
      while let next = pending.last, next < column {
        markup.copy(to: tag.range.lowerBound)
        write(row, next, rowStyle)
        pending.removeLast()
      }
      let style = markup.number("s", of: tag) ?? 0
      if row == filling.sampleRow { sample[column] = style }
      let end = markup.scanner.skip(tag)
      if pending.last == column {
        pending.removeLast()
        let content = filling[row, column] ?? .blank
        markup.replace(tag.range.lowerBound..<end, with: cell(row, column, style, content))
      }
    }
    throw NotEditable()
  }

  /// Writes a cell that the row does not have yet, in the format of the sample, of the row, or of the column.
  private mutating func write(_ row: Int, _ column: Int, _ rowStyle: Int?) {
    let isBelowSample = filling.sampleRow.map { row > $0 } ?? false
    let style = (isBelowSample ? sample[column] : nil) ?? rowStyle ?? markup.style(ofColumn: column)
    markup.write(cell(row, column, style, filling[row, column] ?? .blank))
  }

  // MARK: One cell

  private mutating func cell(_ row: Int, _ column: Int, _ style: Int, _ content: CellDraft.Content) -> [UInt8] {
    let place = CellReference(row: row, column: column)
    switch content {
    case .blank: return markup.cell(place, style: style, text: "")
    case .text(let text): return markup.cell(place, style: style, text: text)
    case .number(let number):
      let text = number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
      return markup.cell(place, style: style, number: text)
    case .date(let year, let month, let day):
      let text = SheetWriting.isoText(year, month, day)
      guard SheetWriting.isDay(year, month, day), let serial = dates.serial(year: year, month: month, day: day) else {
        return markup.cell(place, style: style, text: text)
      }
      var dated = style
      if table.format(style)?.meaning != .date {
        guard let made = styles?.dated(style) else { return markup.cell(place, style: style, text: text) }
        dated = made
      }
      return markup.cell(place, style: dated, number: String(serial))
    }
  }
}
