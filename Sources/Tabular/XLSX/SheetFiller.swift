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
  /// The sheet cannot be edited as it is written.
  struct NotEditable: Error {}

  private var scanner: MarkupScanner
  private let filling: SheetFilling
  private let dates: DateSystem
  /// What formats mean; nil where the workbook has no table of them.
  private let table: WorkbookStyles?
  private(set) var styles: StyleSheetEditor?
  private var result: [UInt8] = []
  private var copied = 0
  private var prefix = ""
  private var columns: [(range: ClosedRange<Int>, style: Int)] = []
  /// Column → format of the sample row.
  private var sample: [Int: Int] = [:]

  init(
    _ bytes: [UInt8], _ filling: SheetFilling, dates: DateSystem, table: WorkbookStyles?, styles: StyleSheetEditor?
  ) throws(NotEditable) {
    scanner = MarkupScanner(bytes)
    guard scanner.isUTF8 else { throw NotEditable() }
    self.filling = filling
    self.dates = dates
    self.table = table
    self.styles = styles
    result.reserveCapacity(bytes.count * 2)
  }

  mutating func run() throws(NotEditable) -> [UInt8] {
    guard let root = scanner.next(), root.kind == .start else { throw NotEditable() }
    let name = String(decoding: scanner.bytes[root.name], as: UTF8.self)
    if let colon = name.firstIndex(of: ":") { prefix = String(name[...colon]) }
    var isFilled = false
    while let tag = scanner.next(), tag.kind != .end {
      if isNamed(tag, "dimension") {
        extend(tag)
        _ = scanner.skip(tag)
      } else if isNamed(tag, "cols"), tag.kind == .start {
        readColumns()
      } else if isNamed(tag, "sheetData") {
        try fill(tag)
        isFilled = true
      } else {
        _ = scanner.skip(tag)
      }
    }
    guard isFilled else { throw NotEditable() }
    result += scanner.bytes[copied...]
    return result
  }

  private func isNamed(_ tag: MarkupTag, _ local: String) -> Bool {
    scanner.bytes[tag.name].elementsEqual((prefix + local).utf8)
  }

  private func number(_ name: StaticString, of tag: MarkupTag) -> Int? {
    scanner.value(name, of: tag).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
  }

  private mutating func copy(to place: Int) {
    result += scanner.bytes[copied..<place]
    copied = place
  }

  private mutating func replace(_ range: Range<Int>, with bytes: [UInt8]) {
    copy(to: range.lowerBound)
    result += bytes
    copied = range.upperBound
  }

  // MARK: Around the rows

  /// The range that the sheet says it uses takes in the cells that come to it.
  private mutating func extend(_ tag: MarkupTag) {
    guard let text = scanner.value("ref", of: tag), let range = SheetRange(String(decoding: text, as: UTF8.self)),
      let firstRow = filling.rows.keys.min(), let lastRow = filling.rows.keys.max(),
      let firstColumn = filling.rows.values.flatMap(\.keys).min(),
      let lastColumn = filling.rows.values.flatMap(\.keys).max()
    else { return }
    let first = CellReference(row: min(range.firstRow, firstRow), column: min(range.firstColumn, firstColumn))
    let last = CellReference(row: max(range.lastRow, lastRow), column: max(range.lastColumn, lastColumn))
    let extended = first == last ? "\(first)" : "\(first):\(last)"
    if !text.elementsEqual(extended.utf8) {
      replace(tag.range, with: scanner.rewritten(tag, "ref", Array(extended.utf8)))
    }
  }

  private mutating func readColumns() {
    while let tag = scanner.next(), tag.kind != .end {
      if isNamed(tag, "col"), let first = number("min", of: tag), let last = number("max", of: tag), first <= last,
        let style = number("style", of: tag)
      {
        columns.append((first...last, style))
      }
      _ = scanner.skip(tag)
    }
  }

  // MARK: Rows

  private mutating func fill(_ data: MarkupTag) throws(NotEditable) {
    // From the last to the first, so that the next one is taken off the end.
    var pending = filling.rows.keys.sorted(by: >)
    guard data.kind == .start else {
      replace(data.range, with: Array("<\(prefix)sheetData>".utf8))
      while let row = pending.popLast() { writeRow(row) }
      result += "</\(prefix)sheetData>".utf8
      return
    }
    var last = 0
    while let tag = scanner.next() {
      if tag.kind == .end {
        copy(to: tag.range.lowerBound)
        while let row = pending.popLast() { writeRow(row) }
        return
      }
      guard isNamed(tag, "row") else {
        _ = scanner.skip(tag)
        continue
      }
      var row = last + 1
      if scanner.value("r", of: tag) != nil {
        guard let given = number("r", of: tag), given > last else { throw NotEditable() }
        row = given
      }
      last = row
      while let next = pending.last, next < row {
        copy(to: tag.range.lowerBound)
        writeRow(next)
        pending.removeLast()
      }
      guard pending.last == row else {
        _ = scanner.skip(tag)
        continue
      }
      pending.removeLast()
      // How far the row reaches is told for speed only, and would no longer be so.
      let head = scanner.rewritten(tag, "spans", nil)
      let style = rowStyle(tag)
      if tag.kind == .empty {
        replace(tag.range, with: Array(head.dropLast(2)) + [UInt8(ascii: ">")])
        for column in columnsToWrite(row) { write(row, column, style) }
        result += "</\(prefix)row>".utf8
      } else {
        replace(tag.range, with: head)
        try fillCells(row, style)
      }
    }
    throw NotEditable()
  }

  private func columnsToWrite(_ row: Int) -> [Int] { (filling.rows[row] ?? [:]).keys.sorted() }

  private func rowStyle(_ tag: MarkupTag) -> Int? {
    guard let custom = scanner.value("customFormat", of: tag),
      custom.elementsEqual("1".utf8) || custom.elementsEqual("true".utf8)
    else { return nil }
    return number("s", of: tag)
  }

  private mutating func writeRow(_ row: Int) {
    result += "<\(prefix)row r=\"\(row)\">".utf8
    for column in columnsToWrite(row) { write(row, column, nil) }
    result += "</\(prefix)row>".utf8
  }

  private mutating func fillCells(_ row: Int, _ rowStyle: Int?) throws(NotEditable) {
    var pending = Array(columnsToWrite(row).reversed())
    var last = 0
    while let tag = scanner.next() {
      if tag.kind == .end {
        copy(to: tag.range.lowerBound)
        while let column = pending.popLast() { write(row, column, rowStyle) }
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
        copy(to: tag.range.lowerBound)
        write(row, next, rowStyle)
        pending.removeLast()
      }
      let style = number("s", of: tag) ?? 0
      if row == filling.sampleRow { sample[column] = style }
      let end = scanner.skip(tag)
      if pending.last == column {
        pending.removeLast()
        let content = filling[row, column] ?? .blank
        replace(tag.range.lowerBound..<end, with: cell(row, column, style, content))
      }
    }
    throw NotEditable()
  }

  /// Writes a cell that the row does not have yet, in the format of the sample, of the row, or of the column.
  private mutating func write(_ row: Int, _ column: Int, _ rowStyle: Int?) {
    let isBelowSample = filling.sampleRow.map { row > $0 } ?? false
    let style =
      (isBelowSample ? sample[column] : nil) ?? rowStyle ?? columns.first { $0.range.contains(column) }?.style ?? 0
    result += cell(row, column, style, filling[row, column] ?? .blank)
  }

  // MARK: One cell

  private mutating func cell(_ row: Int, _ column: Int, _ style: Int, _ content: CellDraft.Content) -> [UInt8] {
    func head(_ style: Int) -> String {
      "<\(prefix)c r=\"\(SheetRange.letters(column))\(row)\"" + (style == 0 ? "" : " s=\"\(style)\"")
    }
    func text(_ text: String) -> [UInt8] {
      guard !text.isEmpty else { return Array("\(head(style))/>".utf8) }
      return Array(
        ("\(head(style)) t=\"inlineStr\"><\(prefix)is><\(prefix)t xml:space=\"preserve\">\(InlineText.escaped(text))"
          + "</\(prefix)t></\(prefix)is></\(prefix)c>").utf8)
    }
    switch content {
    case .blank: return Array("\(head(style))/>".utf8)
    case .text(let string): return text(string)
    case .number(let number):
      return value(
        "\(number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number))", head(style))
    case .date(let year, let month, let day):
      guard SheetWriting.isDay(year, month, day), let serial = dates.serial(year: year, month: month, day: day) else {
        return text(SheetWriting.isoText(year, month, day))
      }
      var dated = style
      if table?.format(style)?.meaning != .date {
        guard let made = styles?.dated(style) else { return text(SheetWriting.isoText(year, month, day)) }
        dated = made
      }
      return value(String(serial), head(dated))
    }
  }

  private func value(_ text: String, _ head: String) -> [UInt8] {
    Array("\(head)><\(prefix)v>\(text)</\(prefix)v></\(prefix)c>".utf8)
  }
}
