// Writes texts and colours into the XML of a sheet; every byte that is not concerned stays. Pure.

/// Edits one sheet. For XML that the reader has read to its end.
struct SheetXMLEditor {
  typealias NotEditable = SheetMarkup.NotEditable

  private var markup: SheetMarkup
  private let edits: SheetEdits
  private var styles: StyleSheetEditor?

  /// `styles`: nil where cells cannot be coloured.
  init(_ bytes: [UInt8], _ edits: SheetEdits, styles: StyleSheetEditor?) throws(NotEditable) {
    markup = try SheetMarkup(bytes)
    self.edits = edits
    self.styles = styles
  }

  /// The edited sheet, and the table of formats that it needs; nil where that is as it was.
  mutating func run() throws(NotEditable) -> (sheet: [UInt8], styles: [UInt8]?) {
    while let tag = markup.scanner.next(), tag.kind != .end {
      if markup.isNamed(tag, "dimension") {
        let written = edits.rows.filter { !$0.value.texts.isEmpty }
        markup.extend(tag, rows: written.keys, columns: written.values.flatMap(\.texts.keys))
      } else if markup.isNamed(tag, "cols"), tag.kind == .start {
        markup.readColumns()
      } else if markup.isNamed(tag, "sheetData"), tag.kind == .start {
        try editRows()
      } else {
        _ = markup.scanner.skip(tag)
      }
    }
    return (markup.finished(), styles?.bytes)
  }

  // MARK: Rows

  private mutating func editRows() throws(NotEditable) {
    var last = 0
    while let tag = markup.scanner.next(), tag.kind != .end {
      guard markup.isNamed(tag, "row") else {
        _ = markup.scanner.skip(tag)
        continue
      }
      let row = try markup.row(of: tag, after: last)
      last = row
      guard let edit = edits.rows[row], tag.kind == .start else {
        _ = markup.scanner.skip(tag)
        continue
      }
      // How far the row reaches is told for speed only, and would no longer be so.
      markup.replace(tag.range, with: markup.scanner.rewritten(tag, "spans", nil))
      try editCells(row, edit, rowStyle: markup.style(ofRow: tag))
    }
  }

  private mutating func editCells(_ row: Int, _ edit: SheetEdits.Row, rowStyle: Int?) throws(NotEditable) {
    // From the last to the first, so that the next one is taken off the end.
    var pending = Set(edit.texts.keys).union(edit.colours.keys).sorted(by: >)
    var last = 0
    var lastStyle: Int?
    while let tag = markup.scanner.next() {
      if tag.kind == .end {
        markup.copy(to: tag.range.lowerBound)
        while let column = pending.popLast() { write(row, column, edit, rowStyle, lastStyle) }
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
        write(row, next, edit, rowStyle, lastStyle)
        pending.removeLast()
      }
      if pending.last == column { pending.removeLast() }
      let base = markup.number("s", of: tag) ?? 0
      lastStyle = base
      let end = markup.scanner.skip(tag)
      let style = styles?.format(base, edit.colours[column]) ?? base
      if let text = edit.texts[column] {
        markup.replace(
          tag.range.lowerBound..<end,
          with: markup.cell(CellReference(row: row, column: column), style: style, text: text))
      } else if style != base {
        markup.replace(tag.range, with: markup.scanner.rewritten(tag, "s", Array("\(style)".utf8)))
      }
    }
    throw NotEditable()
  }

  /// Writes a cell that the row does not have yet, where there is anything to write.
  private mutating func write(_ row: Int, _ column: Int, _ edit: SheetEdits.Row, _ rowStyle: Int?, _ left: Int?) {
    let text = edit.texts[column]
    let colour = edit.colours[column]
    if text?.isEmpty ?? (colour == nil || styles == nil) { return }
    var style = rowStyle ?? markup.style(ofColumn: column)
    if text != nil, row == edits.headerRow, let left { style = left }
    style = styles?.format(style, colour) ?? style
    markup.write(markup.cell(CellReference(row: row, column: column), style: style, text: text ?? ""))
  }
}
