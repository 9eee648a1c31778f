// The two small changes that a filled workbook needs outside its sheets; every other byte stays. Pure.

/// Marks a workbook's formulas to be calculated when it is opened: the values that the file holds are of before.
enum CalculationMark {
  /// The workbook's main part with the mark; nil where it has it, or is written in a way that is not edited.
  static func part(_ bytes: [UInt8]) -> [UInt8]? {
    var scanner = MarkupScanner(bytes)
    guard scanner.isUTF8, let root = scanner.next(), root.kind == .start else { return nil }
    let name = String(decoding: bytes[root.name], as: UTF8.self)
    let prefix = name.firstIndex(of: ":").map { String(name[...$0]) } ?? ""
    // The order of the parts is fixed: this one stands behind these, where there are any.
    let before = ["sheets", "functionGroups", "externalReferences", "definedNames"]
    var place: Int?
    while let tag = scanner.next(), tag.kind != .end {
      if bytes[tag.name].elementsEqual("\(prefix)calcPr".utf8) {
        let marked = scanner.rewritten(tag, "fullCalcOnLoad", Array("1".utf8))
        let result = Array(bytes[..<tag.range.lowerBound]) + marked + bytes[tag.range.upperBound...]
        return result == bytes ? nil : result
      }
      let end = scanner.skip(tag)
      if before.contains(where: { bytes[tag.name].elementsEqual("\(prefix)\($0)".utf8) }) { place = end }
    }
    return place.map { place in
      Array(bytes[..<place]) + Array("<\(prefix)calcPr fullCalcOnLoad=\"1\"/>".utf8) + bytes[place...]
    }
  }
}

/// Grows a table of Excel's so that it holds the rows that were filled in below its headings.
struct TableGrowth {
  /// The table's part with its range grown.
  let bytes: [UInt8]
  /// The rows that come to it, and its columns.
  let newRows: Range<Int>
  let columns: ClosedRange<Int>

  /// Nil where its headings do not stand above the rows, where its columns are not all of those that are filled, where it
  /// holds the rows already, and where it ends with totals, which rows would have to be pushed down for.
  init?(_ bytes: [UInt8], _ region: TemplateWorkbook.Region) {
    var scanner = MarkupScanner(bytes)
    guard scanner.isUTF8, let root = scanner.next() else { return nil }
    let lastRow = region.rowRange.upperBound - 1
    guard let text = scanner.value("ref", of: root), let range = SheetRange(String(decoding: text, as: UTF8.self)),
      range.firstRow == region.first.row - 1, range.firstColumn <= region.first.column,
      range.lastColumn >= region.columnRange.upperBound - 1, range.lastRow < lastRow,
      scanner.value("totalsRowCount", of: root) == nil
    else { return nil }
    let old = Array(text)
    let first = CellReference(row: range.firstRow, column: range.firstColumn)
    let grown = Array("\(first):\(CellReference(row: lastRow, column: range.lastColumn))".utf8)
    var edits = [(root.range, scanner.rewritten(root, "ref", grown))]
    while let tag = scanner.next(), tag.kind != .end {
      if scanner.value("ref", of: tag).map({ Array($0) == old }) == true {
        edits.append((tag.range, scanner.rewritten(tag, "ref", grown)))
      }
      _ = scanner.skip(tag)
    }
    var result: [UInt8] = []
    var copied = 0
    for (range, piece) in edits {
      result += bytes[copied..<range.lowerBound] + piece
      copied = range.upperBound
    }
    self.bytes = result + bytes[copied...]
    newRows = range.lastRow + 1..<lastRow + 1
    columns = range.firstColumn...range.lastColumn
  }
}
