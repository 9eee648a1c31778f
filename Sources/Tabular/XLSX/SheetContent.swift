// All cells of one sheet, by place. Holds what a person reads there: does not print.

/// The content of a sheet, whole in memory: for workbooks that are filled in.
struct SheetContent {
  let sheet: WorkbookSheet
  let merges: [SheetRange]
  private let cells: [Int: [SheetCell?]]

  init(_ sheet: WorkbookSheet, _ workbook: inout WorkbookReader) throws(WorkbookError) {
    var reader = try workbook.read(sheet)
    var cells: [Int: [SheetCell?]] = [:]
    while try reader.next() {
      reader.withRow { row in cells[row.number] = (0..<row.count).map { row.cell($0) } }
    }
    self.sheet = sheet
    self.cells = cells
    merges = reader.merges
  }

  var rows: Set<Int> { Set(cells.keys) }
  func columns(of row: Int) -> Set<Int> { Set((cells[row] ?? []).indices.map { $0 + 1 }) }
  var hasFormula: Bool { cells.values.contains { $0.contains { $0?.isFormula == true || $0?.lacksValue == true } } }

  subscript(row: Int, column: Int) -> SheetCell? {
    guard let row = cells[row], row.indices.contains(column - 1) else { return nil }
    return row[column - 1]
  }

  static func same(_ left: SheetCell?, _ right: SheetCell?) -> Bool {
    if let left, let right { return left == right }
    return [left, right].allSatisfy { cell in cell.map { $0.kind == .blank && !$0.lacksValue } ?? true }
  }

  static func says(_ cell: SheetCell?, _ content: CellDraft.Content) -> Bool {
    switch content {
    case .blank: return cell.map { $0.kind == .blank && !$0.lacksValue } ?? true
    case .text(let text):
      return cell.map { ($0.kind == .text || text.isEmpty) && $0.text == InlineText.fitted(text) } ?? text.isEmpty
    case .number(let number): return cell?.number == number
    case .date(let year, let month, let day):
      let text = SheetWriting.isoText(year, month, day)
      return cell?.text == text && (cell?.kind == .date || !SheetWriting.isDay(year, month, day))
    }
  }
}
