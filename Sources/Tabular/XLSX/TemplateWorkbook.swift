// Somebody else's workbook, filled in: rows from a cell on, and single cells; all else stays as it was made. No I/O.

/// A workbook that is filled in.
///
/// Only the XML of the sheets that are filled changes, in it only the cells that are filled; besides that the table of
/// formats where a day has no format of a day, a table of Excel's whose rows grow, and the mark that formulas are to be
/// calculated when the workbook is opened. Everything else is copied as it is packed. The same input gives the same bytes.
package struct TemplateWorkbook: Sendable {
  private let bytes: [UInt8]
  private let limits: WorkbookLimits
  /// The names of its sheets, hidden ones too, in the order of their tabs.
  package let sheetNames: [String]

  /// Refuses what is no workbook, as `WorkbookReader` does.
  package init(_ bytes: [UInt8], limits: WorkbookLimits = WorkbookLimits()) throws(WorkbookError) {
    let workbook = try WorkbookReader(bytes, limits: limits)
    self.bytes = bytes
    self.limits = limits
    sheetNames = workbook.sheets.map(\.name)
  }

  /// The texts of the cells above a place, from its column on.
  package func headings(above place: SheetPlace, count: Int) throws(WorkbookError) -> [String] {
    var workbook = try WorkbookReader(bytes, limits: limits)
    let content = try SheetContent(try Self.sheet(place.sheet, in: workbook), &workbook)
    return (0..<count).map { content[place.cell.row - 1, place.cell.column + $0]?.text ?? "" }
  }

  /// The workbook with rows from a cell on, and with single cells.
  ///
  /// - Parameters:
  ///   - rows: each with a content a column.
  ///   - replacesSample: whether the first row may hold something, which is written over.
  ///   - cells: single cells, which may hold something.
  package func filled(
    at place: SheetPlace, rows: [[CellDraft.Content]], replacesSample: Bool,
    cells: [(place: SheetPlace, content: CellDraft.Content)]
  ) throws(WorkbookError) -> [UInt8] {
    var workbook = try WorkbookReader(bytes, limits: limits)
    let dates = workbook.dateSystem
    var fillings: [String: SheetFilling] = [:]
    for (place, content) in cells {
      fillings[place.sheet, default: SheetFilling()].set(content, at: place.cell)
    }
    let main = try SheetContent(try Self.sheet(place.sheet, in: workbook), &workbook)
    try check(rows, at: place.cell, main, replacesSample: replacesSample)
    var filling = fillings[place.sheet] ?? SheetFilling()
    filling.sampleRow = place.cell.row
    for (row, contents) in rows.enumerated() {
      for (column, content) in contents.enumerated() {
        filling.set(content, at: CellReference(row: place.cell.row + row, column: place.cell.column + column))
      }
    }
    // A sample that no row takes the place of would go out as a pupil.
    if rows.isEmpty, replacesSample {
      for column in main.columns(of: place.cell.row) where column >= place.cell.column {
        if main[place.cell.row, column]?.isFormula == false {
          filling.set(.blank, at: CellReference(row: place.cell.row, column: column))
        }
      }
    }
    fillings[place.sheet] = filling

    var replaced: [(name: String, bytes: [UInt8])] = []
    var before: [String: SheetContent] = [place.sheet: main]
    let stylesEntry = workbook.stylesEntry
    var styles = try stylesEntry.flatMap { (entry) throws(WorkbookError) in
      try workbook.bytes(of: entry, .styles).flatMap { StyleSheetEditor($0) }
    }
    for (name, filling) in fillings.sorted(by: { $0.key < $1.key }) {
      let sheet = try Self.sheet(name, in: workbook)
      if before[name] == nil { before[name] = try SheetContent(sheet, &workbook) }
      guard let entry = sheet.entry, let xml = try workbook.bytes(of: entry, .sheet(sheet.number)) else {
        throw Self.notEditable(sheet.number, "it has no cells; choose another sheet")
      }
      do throws(SheetFiller.NotEditable) {
        var filler = try SheetFiller(xml, filling, dates: dates, table: try? workbook.readStyles(), styles: styles)
        replaced.append((entry, try filler.run()))
        styles = filler.styles
      } catch {
        throw Self.notEditable(
          sheet.number, "its XML is written in a way that is not edited; save the workbook in Excel")
      }
      if name == place.sheet, !rows.isEmpty {
        replaced += try tables(of: entry, place.cell, rows.count, rows.first?.count ?? 0, workbook)
      }
    }
    if let stylesEntry, let table = styles?.bytes { replaced.append((stylesEntry, table)) }
    if try hasFormulas(&workbook), let part = try workbook.bytes(of: workbook.mainEntry, .workbook),
      let marked = CalculationMark.part(part)
    {
      replaced.append((workbook.mainEntry, marked))
    }
    let result = try ZipRewriter.replace(replaced, in: bytes)
    try prove(result, fillings, before)
    return result
  }

  // MARK: Before and after

  private static func sheet(_ name: String, in workbook: borrowing WorkbookReader) throws(WorkbookError)
    -> WorkbookSheet
  {
    for sheet in workbook.sheets where sheet.name == name { return sheet }
    throw WorkbookError(
      .missingPart, message: "the workbook has no sheet \"\(name)\"; correct the name in the authority's file")
  }

  /// Nothing of theirs is written over.
  private func check(
    _ rows: [[CellDraft.Content]], at place: CellReference, _ content: SheetContent, replacesSample: Bool
  ) throws(WorkbookError) {
    let width = rows.map(\.count).max() ?? 0
    guard !rows.isEmpty, width > 0 else { return }
    let (lastRow, lastColumn) = (place.row + rows.count - 1, place.column + width - 1)
    guard lastRow <= SheetRange.rows, lastColumn <= SheetRange.columns else {
      throw WorkbookError(.tooManyRows, message: "a sheet does not hold so many rows; split the return")
    }
    for merge in content.merges
    where merge.firstRow <= lastRow && merge.lastRow >= place.row && merge.firstColumn <= lastColumn
      && merge.lastColumn >= place.column
    {
      throw Self.notEditable(
        content.sheet.number,
        "the cells \(merge) are merged, where rows are to go; ask the authority for a template without")
    }
    for row in (replacesSample ? place.row + 1 : place.row)..<max(place.row + 1, lastRow + 1) {
      for column in place.column...lastColumn {
        guard let cell = content[row, column], cell.kind != .blank || cell.isFormula || cell.lacksValue else {
          continue
        }
        throw Self.notEditable(
          content.sheet.number,
          "cell \(CellReference(row: row, column: column)) holds something, where row \(row - place.row + 1) of "
            + "\(rows.count) is to go; ask the authority for a template with room for all rows"
            + (row == place.row ? ", or write sample-row: true where it is a sample" : ""))
      }
    }
  }

  private func hasFormulas(_ workbook: inout WorkbookReader) throws(WorkbookError) -> Bool {
    for sheet in workbook.sheets where sheet.isWorksheet {
      if try SheetContent(sheet, &workbook).hasFormula { return true }
    }
    return false
  }

  /// What was written is read back: each cell as meant, all others as they were.
  private func prove(
    _ result: [UInt8], _ fillings: [String: SheetFilling], _ before: [String: SheetContent]
  ) throws(WorkbookError) {
    var written = try WorkbookReader(result, limits: limits)
    for (name, filling) in fillings {
      let sheet = try Self.sheet(name, in: written)
      let after = try SheetContent(sheet, &written)
      guard let before = before[name] else { continue }
      for row in before.rows.union(after.rows) {
        for column in before.columns(of: row).union(after.columns(of: row)) {
          let cell = after[row, column]
          let isAsMeant =
            if let content = filling[row, column] {
              SheetContent.says(cell, content)
            } else {
              SheetContent.same(before[row, column], cell)
            }
          guard isAsMeant else { throw Self.notEditable(sheet.number, "it does not read back as it was written") }
        }
      }
    }
  }

  // MARK: Tables of Excel's

  /// The tables whose headings stand above the rows, grown to hold them all.
  private func tables(
    of sheet: String, _ place: CellReference, _ count: Int, _ width: Int, _ workbook: borrowing WorkbookReader
  ) throws(WorkbookError) -> [(name: String, bytes: [UInt8])] {
    let part = WorkbookPart.workbookRelations
    guard let stream = try workbook.stream(ofEntry: PartRelations.relationsEntry(of: sheet), part) else { return [] }
    let relations = try PartRelations(
      PartReader(stream, part, limits), folder: PartRelations.folder(of: sheet), limits)
    var replaced: [(name: String, bytes: [UInt8])] = []
    for relation in relations.relations where relation.kind == "table" {
      guard let entry = relation.entry, let xml = try workbook.bytes(of: entry, part) else { continue }
      if let grown = TableGrowth.part(xml, at: place, rows: count, columns: width) { replaced.append((entry, grown)) }
    }
    return replaced
  }

  static func notEditable(_ sheet: Int, _ message: String) -> WorkbookError {
    WorkbookPart.sheet(sheet).error(.notEditable, message)
  }
}

extension TemplateWorkbook: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "TemplateWorkbook(\(bytes.count) bytes)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
