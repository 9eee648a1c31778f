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
    // Under the name of a workbook Excel opens neither.
    if let types = try workbook.bytes(of: "[Content_Types].xml", .packageRelations) {
      let text = String(decoding: types, as: UTF8.self)
      for word in ["template.main+xml", "macroEnabled"] where text.contains(word) {
        throw WorkbookError(
          .notEditable,
          message: "the file is a template (.xltx) or has macros (.xlsm); open it and save it as Excel workbook (.xlsx)"
        )
      }
    }
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
  ///   - rows: each with a content a column, as many as `columns`.
  ///   - replacesSample: whether the first row may hold something, which is written over.
  ///   - cells: single cells, which may hold something.
  package func filled(
    at place: SheetPlace, columns: Int, rows: [[CellDraft.Content]], replacesSample: Bool,
    cells: [(place: SheetPlace, content: CellDraft.Content)]
  ) throws(WorkbookError) -> [UInt8] {
    var workbook = try WorkbookReader(bytes, limits: limits)
    let dates = workbook.dateSystem
    let main = try SheetContent(try Self.sheet(place.sheet, in: workbook), &workbook)
    let region = Region(first: place.cell, columns: columns, rows: max(rows.count, replacesSample ? 1 : 0))
    try check(region, main, replacesSample: replacesSample)
    var fillings: [String: SheetFilling] = [:]
    var before: [String: SheetContent] = [place.sheet: main]
    for (single, content) in cells {
      if before[single.sheet] == nil {
        before[single.sheet] = try SheetContent(try Self.sheet(single.sheet, in: workbook), &workbook)
      }
      if let content = before[single.sheet] {
        try check(single, content, single.sheet == place.sheet ? region : nil)
      }
      guard fillings[single.sheet]?[single.cell.row, single.cell.column] == nil else {
        throw WorkbookError(.badReference, message: "cell \(single.cell) is filled in twice; name it once")
      }
      fillings[single.sheet, default: SheetFilling()].set(content, at: single.cell)
    }
    var filling = fillings[place.sheet] ?? SheetFilling()
    filling.sampleRow = place.cell.row
    for (row, contents) in rows.enumerated() {
      for (column, content) in contents.enumerated() {
        filling.set(content, at: CellReference(row: place.cell.row + row, column: place.cell.column + column))
      }
    }
    // A sample that no row takes the place of would go out as a pupil.
    if rows.isEmpty, replacesSample {
      for column in region.columnRange {
        filling.set(.blank, at: CellReference(row: place.cell.row, column: column))
      }
    }
    fillings[place.sheet] = filling

    var replaced: [(name: String, bytes: [UInt8])] = []
    let stylesEntry = workbook.stylesEntry
    var styles = try stylesEntry.flatMap { (entry) throws(WorkbookError) in
      try workbook.bytes(of: entry, .styles).flatMap { StyleSheetEditor($0) }
    }
    let table = try workbook.readStyles()
    for (name, filling) in fillings.sorted(by: { $0.key < $1.key }) {
      let sheet = try Self.sheet(name, in: workbook)
      if before[name] == nil { before[name] = try SheetContent(sheet, &workbook) }
      guard let entry = sheet.entry, let xml = try workbook.bytes(of: entry, .sheet(sheet.number)) else {
        throw Self.notEditable(sheet.number, "it has no cells; choose another sheet")
      }
      do throws(SheetFiller.NotEditable) {
        var filler = try SheetFiller(xml, filling, dates: dates, table: table, styles: styles)
        replaced.append((entry, try filler.run()))
        styles = filler.styles
      } catch {
        throw Self.notEditable(
          sheet.number, "its XML is written in a way that is not edited; save the workbook in Excel")
      }
      if name == place.sheet, !rows.isEmpty {
        replaced += try tables(of: entry, region, main, workbook)
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

  /// Where the rows go.
  struct Region {
    let first: CellReference
    let columns: Int
    let rows: Int

    var rowRange: Range<Int> { first.row..<first.row + rows }
    var columnRange: Range<Int> { first.column..<first.column + columns }

    func meets(_ range: SheetRange) -> Bool {
      range.firstRow < rowRange.upperBound && range.lastRow >= first.row && range.firstColumn < columnRange.upperBound
        && range.lastColumn >= first.column
    }
  }

  /// Nothing of theirs is written over, no formula even where a sample is, and nothing is written where nobody sees it.
  private func check(_ region: Region, _ content: SheetContent, replacesSample: Bool) throws(WorkbookError) {
    let sheet = content.sheet.number
    guard region.rowRange.upperBound - 1 <= SheetRange.rows, region.columnRange.upperBound - 1 <= SheetRange.columns
    else {
      throw WorkbookError(.tooManyRows, message: "a sheet does not hold so many rows; split the return")
    }
    for merge in content.merges where region.meets(merge) {
      throw Self.notEditable(
        sheet, "the cells \(merge) are merged, where rows are to go; ask the authority for a template without")
    }
    for row in region.rowRange {
      for column in region.columnRange {
        guard let cell = content[row, column], cell.kind != .blank || cell.isFormula || cell.lacksValue else {
          continue
        }
        let isSample = replacesSample && row == region.first.row
        if isSample, !cell.isFormula, !cell.lacksValue { continue }
        let place = CellReference(row: row, column: column)
        throw Self.notEditable(
          sheet,
          isSample
            ? "cell \(place) of the sample row holds a formula, which would be written over; leave that column out, or ask "
              + "the authority"
            : "cell \(place) holds something, where row \(row - region.first.row + 1) of \(region.rows) is to go; ask the "
              + "authority for a template with room for all rows"
              + (row == region.first.row ? ", or write sample-row: true where it is a sample" : ""))
      }
    }
  }

  /// A single cell may hold a text of theirs, such as a prompt; no formula, and it must be seen.
  private func check(_ place: SheetPlace, _ content: SheetContent, _ region: Region?) throws(WorkbookError) {
    let (row, column) = (place.cell.row, place.cell.column)
    let sheet = content.sheet.number
    if let region, region.rowRange.contains(row), region.columnRange.contains(column) {
      throw Self.notEditable(sheet, "cell \(place.cell) is where rows go; name another under cells")
    }
    if let cell = content[row, column], cell.isFormula || cell.lacksValue {
      throw Self.notEditable(sheet, "cell \(place.cell) holds a formula, which would be written over")
    }
    for merge in content.merges
    where (merge.firstRow...merge.lastRow).contains(row) && (merge.firstColumn...merge.lastColumn).contains(column)
      && (merge.firstRow, merge.firstColumn) != (row, column)
    {
      throw Self.notEditable(
        sheet, "cell \(place.cell) is hidden in the merged cells \(merge); name their first cell")
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

  /// The tables whose headings stand above the rows, grown to hold them all; nothing of theirs comes to lie in one.
  private func tables(
    of sheet: String, _ region: Region, _ content: SheetContent, _ workbook: borrowing WorkbookReader
  ) throws(WorkbookError) -> [(name: String, bytes: [UInt8])] {
    let part = WorkbookPart.workbookRelations
    guard let stream = try workbook.stream(ofEntry: PartRelations.relationsEntry(of: sheet), part) else { return [] }
    let relations = try PartRelations(
      PartReader(stream, part, limits), folder: PartRelations.folder(of: sheet), limits)
    var replaced: [(name: String, bytes: [UInt8])] = []
    for relation in relations.relations where relation.kind == "table" {
      guard let entry = relation.entry, let xml = try workbook.bytes(of: entry, part),
        let growth = TableGrowth(xml, region)
      else { continue }
      for row in growth.newRows {
        for column in growth.columns where !region.columnRange.contains(column) {
          guard let cell = content[row, column], cell.kind != .blank || cell.isFormula else { continue }
          throw Self.notEditable(
            content.sheet.number,
            "cell \(CellReference(row: row, column: column)) holds something, where the table grows to; ask the authority "
              + "for a template with room for all rows")
        }
      }
      replaced.append((entry, growth.bytes))
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
