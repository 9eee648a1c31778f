// A sheet's XML on the way from what it was to what it is to be: the place reached, and the bytes so far. Pure.

/// What every editing of a sheet does with its markup. Whatever is not replaced stays as it is, byte for byte.
struct SheetMarkup {
  /// The sheet cannot be edited as it is written.
  struct NotEditable: Error {}

  var scanner: MarkupScanner
  private(set) var prefix = ""
  private var result: [UInt8] = []
  private var copied = 0
  /// Formats of whole columns, for cells that are not there yet.
  private var columns: [(range: ClosedRange<Int>, style: Int)] = []

  /// At the beginning of what stands in the root.
  init(_ bytes: [UInt8]) throws(NotEditable) {
    scanner = MarkupScanner(bytes)
    guard scanner.isUTF8, let root = scanner.next(), root.kind == .start else { throw NotEditable() }
    let name = String(decoding: scanner.bytes[root.name], as: UTF8.self)
    if let colon = name.firstIndex(of: ":") { prefix = String(name[...colon]) }
    result.reserveCapacity(bytes.count + bytes.count / 4)
  }

  func isNamed(_ tag: MarkupTag, _ local: String) -> Bool {
    scanner.bytes[tag.name].elementsEqual((prefix + local).utf8)
  }

  func number(_ name: StaticString, of tag: MarkupTag) -> Int? {
    scanner.value(name, of: tag).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
  }

  // MARK: Bytes

  /// Takes over what stands before a place.
  mutating func copy(to place: Int) {
    result += scanner.bytes[copied..<place]
    copied = place
  }

  mutating func replace(_ range: Range<Int>, with bytes: [UInt8]) {
    copy(to: range.lowerBound)
    result += bytes
    copied = range.upperBound
  }

  mutating func write(_ bytes: some Sequence<UInt8>) { result += bytes }

  /// The whole sheet, with the rest as it was.
  consuming func finished() -> [UInt8] {
    copy(to: scanner.bytes.count)
    return result
  }

  // MARK: Around the rows

  /// The range that the sheet says it uses takes in rows and columns that come to it.
  mutating func extend(_ dimension: MarkupTag, rows: some Collection<Int>, columns: some Collection<Int>) {
    if let firstRow = rows.min(), let lastRow = rows.max(), let firstColumn = columns.min(),
      let lastColumn = columns.max(), let text = scanner.value("ref", of: dimension),
      let range = SheetRange(String(decoding: text, as: UTF8.self))
    {
      let first = CellReference(row: min(range.firstRow, firstRow), column: min(range.firstColumn, firstColumn))
      let last = CellReference(row: max(range.lastRow, lastRow), column: max(range.lastColumn, lastColumn))
      let extended = first == last ? "\(first)" : "\(first):\(last)"
      if !text.elementsEqual(extended.utf8) {
        replace(dimension.range, with: scanner.rewritten(dimension, "ref", Array(extended.utf8)))
      }
    }
    _ = scanner.skip(dimension)
  }

  mutating func readColumns() {
    while let tag = scanner.next(), tag.kind != .end {
      if isNamed(tag, "col"), let first = number("min", of: tag), let last = number("max", of: tag), first <= last,
        let style = number("style", of: tag)
      {
        columns.append((first...last, style))
      }
      _ = scanner.skip(tag)
    }
  }

  /// The format of a whole column; 0 where it has none.
  func style(ofColumn column: Int) -> Int { columns.first { $0.range.contains(column) }?.style ?? 0 }

  // MARK: Rows and cells

  /// The format that a row says its new cells have.
  func style(ofRow tag: MarkupTag) -> Int? {
    guard let custom = scanner.value("customFormat", of: tag),
      custom.elementsEqual("1".utf8) || custom.elementsEqual("true".utf8)
    else { return nil }
    return number("s", of: tag)
  }

  /// The number of a row, which stands below the one before.
  func row(of tag: MarkupTag, after last: Int) throws(NotEditable) -> Int {
    guard scanner.value("r", of: tag) != nil else { return last + 1 }
    guard let given = number("r", of: tag), given > last else { throw NotEditable() }
    return given
  }

  /// The column of a cell, which stands behind the one before.
  func column(of tag: MarkupTag, row: Int, after last: Int) throws(NotEditable) -> Int {
    guard let place = scanner.value("r", of: tag) else { return last + 1 }
    guard let given = SheetRange.cell(place), given.row == row, given.column > last else { throw NotEditable() }
    return given.column
  }

  /// A cell that holds a text; empty: that holds nothing.
  func cell(_ place: CellReference, style: Int, text: String) -> [UInt8] {
    let head = head(place, style)
    if text.isEmpty { return Array("\(head)/>".utf8) }
    return Array(
      ("\(head) t=\"inlineStr\"><\(prefix)is><\(prefix)t xml:space=\"preserve\">\(InlineText.escaped(text))"
        + "</\(prefix)t></\(prefix)is></\(prefix)c>").utf8)
  }

  /// A cell that holds a number as it is written.
  func cell(_ place: CellReference, style: Int, number: String) -> [UInt8] {
    Array("\(head(place, style))><\(prefix)v>\(number)</\(prefix)v></\(prefix)c>".utf8)
  }

  private func head(_ place: CellReference, _ style: Int) -> String {
    "<\(prefix)c r=\"\(place)\"" + (style == 0 ? "" : " s=\"\(style)\"")
  }
}
