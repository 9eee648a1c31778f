// Writes texts and colours into the XML of a sheet; every byte that is not concerned stays. Pure.

/// Edits one sheet. For XML that the reader has read to its end.
struct SheetXMLEditor {
  private var scanner: MarkupScanner
  private let edits: SheetEdits
  private var styles: StyleSheetEditor?
  private var result: [UInt8] = []
  private var copied = 0
  private var prefix = ""
  /// Formats of whole columns, for cells that are not there yet.
  private var columns: [(range: ClosedRange<Int>, style: Int)] = []

  /// The sheet cannot be edited as it is written.
  struct NotEditable: Error {}

  /// `styles`: nil where cells cannot be coloured.
  init(_ bytes: [UInt8], _ edits: SheetEdits, styles: StyleSheetEditor?) throws(NotEditable) {
    scanner = MarkupScanner(bytes)
    guard scanner.isUTF8 else { throw NotEditable() }
    self.edits = edits
    self.styles = styles
    result.reserveCapacity(bytes.count + bytes.count / 4)
  }

  /// The edited sheet, and the table of formats that it needs; nil where that is as it was.
  mutating func run() throws(NotEditable) -> (sheet: [UInt8], styles: [UInt8]?) {
    guard let root = scanner.next(), root.kind == .start else { throw NotEditable() }
    let name = String(decoding: scanner.bytes[root.name], as: UTF8.self)
    if let colon = name.firstIndex(of: ":") { prefix = String(name[...colon]) }
    while let tag = scanner.next(), tag.kind != .end {
      if isNamed(tag, "dimension") {
        extend(tag)
        _ = scanner.skip(tag)
      } else if isNamed(tag, "cols"), tag.kind == .start {
        try readColumns()
      } else if isNamed(tag, "sheetData"), tag.kind == .start {
        try editRows()
      } else {
        _ = scanner.skip(tag)
      }
    }
    result += scanner.bytes[copied...]
    return (result, styles?.bytes)
  }

  private func isNamed(_ tag: MarkupTag, _ local: String) -> Bool {
    scanner.bytes[tag.name].elementsEqual((prefix + local).utf8)
  }

  /// Replaces bytes of the sheet.
  private mutating func replace(_ range: Range<Int>, with bytes: [UInt8]) {
    result += scanner.bytes[copied..<range.lowerBound] + bytes
    copied = range.upperBound
  }

  // MARK: Around the rows

  /// The range that the sheet says it uses takes in the cells that come to it.
  private mutating func extend(_ tag: MarkupTag) {
    guard let text = scanner.value("ref", of: tag), let range = SheetRange(String(decoding: text, as: UTF8.self)),
      let column = edits.rows.values.flatMap(\.texts.keys).max(), column > range.lastColumn
    else { return }
    let first = "\(SheetRange.letters(range.firstColumn))\(range.firstRow)"
    let extended = "\(first):\(SheetRange.letters(column))\(max(range.lastRow, edits.rows.keys.max() ?? 0))"
    replace(tag.range, with: scanner.rewritten(tag, "ref", Array(extended.utf8)))
  }

  private mutating func readColumns() throws(NotEditable) {
    while let tag = scanner.next(), tag.kind != .end {
      if isNamed(tag, "col"), let first = number("min", of: tag), let last = number("max", of: tag), first <= last,
        let style = number("style", of: tag)
      {
        columns.append((first...last, style))
      }
      _ = scanner.skip(tag)
    }
  }

  private func number(_ name: StaticString, of tag: MarkupTag) -> Int? {
    scanner.value(name, of: tag).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
  }

  // MARK: Rows

  private mutating func editRows() throws(NotEditable) {
    var last = 0
    while let tag = scanner.next(), tag.kind != .end {
      guard isNamed(tag, "row") else {
        _ = scanner.skip(tag)
        continue
      }
      var row = last + 1
      if scanner.value("r", of: tag) != nil {
        guard let given = number("r", of: tag) else { throw NotEditable() }
        row = given
      }
      last = row
      guard let edit = edits.rows[row], tag.kind == .start else {
        _ = scanner.skip(tag)
        continue
      }
      // How far the row reaches is told for speed only, and would no longer be so.
      replace(tag.range, with: scanner.rewritten(tag, "spans", nil))
      try editCells(row, edit, rowStyle: rowStyle(tag))
    }
  }

  private func rowStyle(_ tag: MarkupTag) -> Int? {
    guard let custom = scanner.value("customFormat", of: tag),
      custom.elementsEqual("1".utf8) || custom.elementsEqual("true".utf8)
    else { return nil }
    return number("s", of: tag)
  }

  private mutating func editCells(_ row: Int, _ edit: SheetEdits.Row, rowStyle: Int?) throws(NotEditable) {
    // From the last to the first, so that the next one is taken off the end.
    var pending = Set(edit.texts.keys).union(edit.colours.keys).sorted(by: >)
    var last = 0
    var lastStyle: Int?
    while let tag = scanner.next() {
      if tag.kind == .end {
        result += scanner.bytes[copied..<tag.range.lowerBound]
        copied = tag.range.lowerBound
        while let column = pending.popLast() { write(row, column, edit, rowStyle, lastStyle) }
        return
      }
      guard isNamed(tag, "c") else {
        _ = scanner.skip(tag)
        continue
      }
      var column = last + 1
      if let place = scanner.value("r", of: tag) {
        guard let given = SheetRange.cell(place), given.row == row, given.column > last else { throw NotEditable() }
        column = given.column
      }
      last = column
      while let next = pending.last, next < column {
        result += scanner.bytes[copied..<tag.range.lowerBound]
        copied = tag.range.lowerBound
        write(row, next, edit, rowStyle, lastStyle)
        pending.removeLast()
      }
      if pending.last == column { pending.removeLast() }
      let base = number("s", of: tag) ?? 0
      lastStyle = base
      let end = scanner.skip(tag)
      let style = styles?.format(base, edit.colours[column]) ?? base
      if let text = edit.texts[column] {
        replace(tag.range.lowerBound..<end, with: cell(row, column, style, text))
      } else if style != base {
        replace(tag.range, with: scanner.rewritten(tag, "s", Array("\(style)".utf8)))
      }
    }
    throw NotEditable()
  }

  /// Writes a cell that the row does not have yet, where there is anything to write.
  private mutating func write(_ row: Int, _ column: Int, _ edit: SheetEdits.Row, _ rowStyle: Int?, _ left: Int?) {
    let text = edit.texts[column]
    let colour = edit.colours[column]
    if text?.isEmpty ?? (colour == nil || styles == nil) { return }
    var style = rowStyle ?? columns.first { $0.range.contains(column) }?.style ?? 0
    if text != nil, row == edits.headerRow, let left { style = left }
    style = styles?.format(style, colour) ?? style
    result += cell(row, column, style, text ?? "")
  }

  // MARK: One cell

  private func cell(_ row: Int, _ column: Int, _ style: Int, _ text: String) -> [UInt8] {
    let head = "<\(prefix)c r=\"\(SheetRange.letters(column))\(row)\"" + (style == 0 ? "" : " s=\"\(style)\"")
    if text.isEmpty { return Array("\(head)/>".utf8) }
    return Array(
      ("\(head) t=\"inlineStr\"><\(prefix)is><\(prefix)t xml:space=\"preserve\">\(InlineText.escaped(text))"
        + "</\(prefix)t></\(prefix)is></\(prefix)c>").utf8)
  }
}
