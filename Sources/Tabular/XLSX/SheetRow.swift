// One row of a sheet as a view on the reader's buffers: strings only when asked for. Pure.

/// One row, lent by the reader for as long as a closure runs.
package struct SheetRow: ~Copyable {
  /// The row's number in the spreadsheet, from 1.
  package let number: Int
  /// Whether the row is hidden, by hand or by a filter. Its cells are data like others.
  package let isHidden: Bool
  /// Cells up to the last one with content. Column A is the first, whether it has content or not.
  package var count: Int { cells.count }
  let cells: [SheetCellRecord]
  let bytes: [UInt8]
  let shared: SharedStrings
  let styles: WorkbookStyles

  /// The kind of a cell; `blank` beyond the last. `index` from 0.
  package func kind(_ index: Int) -> SheetCell.Kind {
    cells.indices.contains(index) ? cells[index].kind : .blank
  }

  /// Whether a formula gave a cell's content. `index` from 0.
  package func isFormula(_ index: Int) -> Bool { cells.indices.contains(index) && cells[index].isFormula }

  /// Whether a cell has a formula and the file does not hold its value. `index` from 0.
  package func lacksValue(_ index: Int) -> Bool { cells.indices.contains(index) && cells[index].lacksValue }

  /// The text of a cell as UTF-8; nil where the row ends before it. `index` from 0.
  package func withBytes<Value, Failure: Error>(
    _ index: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
  ) throws(Failure) -> Value? {
    guard cells.indices.contains(index) else { return nil }
    let cell = cells[index]
    if cell.shared >= 0 { return try shared.withBytes(Int(cell.shared), body) }
    return try bytes.lend(Int(cell.start), Int(cell.end), body)
  }

  /// The text of a cell, empty where it is blank; nil where the row ends before it. `index` from 0.
  package func string(_ index: Int) -> String? {
    withBytes(index) { String(decoding: $0, as: UTF8.self) }
  }

  /// The texts of all cells, empty where they are blank.
  package var strings: [String] {
    var result: [String] = []
    result.reserveCapacity(count)
    for index in 0..<count { result.append(string(index) ?? "") }
    return result
  }

  /// All that is known of a cell; nil where the row ends before it. `index` from 0.
  package func cell(_ index: Int) -> SheetCell? {
    guard cells.indices.contains(index), let text = string(index) else { return nil }
    let cell = cells[index]
    let number = bytes.withUnsafeBufferPointer {
      NumberText.value(UnsafeBufferPointer(rebasing: $0[Int(cell.rawStart)..<Int(cell.rawEnd)]))
    }
    return SheetCell(
      kind: cell.kind, text: text, number: number, formatCode: styles.format(Int(cell.style))?.code ?? "General",
      isFormula: cell.isFormula, lacksValue: cell.lacksValue)
  }
}
