// Bytes of a workbook to the records of the one sheet that is the export. Pure.

import Leavers
import Profiles
import Tabular

/// Finds the sheet of a workbook that holds leavers, and reads it.
///
/// Of the visible sheets in which headings are found it is the one with most rows, so that a list of two pupils for
/// somebody's use does not stand for the export; that another one was not read is said. Hidden sheets count where no
/// visible one has headings.
struct WorkbookScan {
  /// A report of leavers comes nowhere near these. Below the usual ones: all cells of the sheet are held at once.
  static let limits = WorkbookLimits(
    bytes: 1 << 26, entryBytes: 1 << 28, totalBytes: 1 << 29, columns: ExportScan.limits.columns, cells: 10_000_000,
    sharedStrings: 2_000_000, sharedStringBytes: 1 << 27)

  /// So many cells may be covered by merged ranges. A report has a few titles; a sheet that is merged all over is none.
  static let coveredLimit = 100_000

  /// What was found in a sheet.
  private struct Look {
    let sheet: WorkbookSheet
    var records: [ScannedRecord] = []
    var hidden: Set<Int> = []
    var formulas: Set<Int> = []
    var merges: [SheetRange] = []
    var columns: ExportColumns?
    /// Why the sheet could not be read to its end.
    var error: WorkbookError?

    /// Rows below the headings.
    var rows: Int { columns.map { records.count - $0.headerIndex - 1 } ?? 0 }
  }

  /// The records and headings of a workbook. `noHeader`: what to say where no sheet has any.
  static func open(
    _ bytes: [UInt8], map: HeaderMap, noHeader: Remark
  ) -> Result<(ExportScan, ExportColumns), UnreadableExport> {
    do throws(WorkbookError) {
      var workbook = try WorkbookReader(bytes, limits: limits)
      return try choose(in: &workbook, map: map, noHeader: noHeader)
    } catch {
      return .failure(UnreadableExport(WorkbookFindings.remark(error)))
    }
  }

  private static func choose(
    in workbook: inout WorkbookReader, map: HeaderMap, noHeader: Remark
  ) throws(WorkbookError) -> Result<(ExportScan, ExportColumns), UnreadableExport> {
    let sheets = workbook.sheets.filter(\.isWorksheet)
    if sheets.isEmpty { return .failure(UnreadableExport(Remark(.workbookWithoutCells))) }
    var looks: [Look] = []
    for sheet in sheets { looks.append(look(at: sheet, in: &workbook, map: map)) }
    let visible = looks.filter { $0.sheet.visibility == .visible }
    let hidden = looks.filter { $0.sheet.visibility != .visible }
    var candidates = visible.filter { $0.columns != nil }
    if candidates.isEmpty {
      // What a visible sheet that cannot be read holds, nobody knows: a hidden one does not stand for it.
      if let error = visible.lazy.compactMap(\.error).first { throw error }
      candidates = hidden.filter { $0.columns != nil }
    }
    // Which of them has most rows can be told only of whole ones.
    if let error = candidates.lazy.compactMap(\.error).first { throw error }
    guard let taken = candidates.max(by: { ($0.rows, $1.sheet.number) < ($1.rows, $0.sheet.number) }),
      let columns = taken.columns
    else {
      if let error = hidden.lazy.compactMap(\.error).first { throw error }
      return .failure(UnreadableExport(noHeader))
    }
    guard let records = marked(taken, columns) else {
      throw WorkbookError(.tooManyMerges, sheet: taken.sheet.number, message: "sheet \(taken.sheet.number)")
    }
    let source = SheetSource(
      number: taken.sheet.number, notes: notes(taken, looks), lastColumn: lastColumn(taken, columns),
      hiddenRows: taken.records.dropFirst(columns.headerIndex + 1).count { taken.hidden.contains($0.number) },
      uncalculated: workbook.calculatesOnOpening ? taken.formulas : [],
      reference: try workbook.constant(named: CheckedWorkbook.referenceName))
    return .success((ExportScan(source: .sheet(source), records: records), columns))
  }

  // MARK: One sheet

  /// Reads a sheet to its end, or as far as it is clear that it has no headings.
  private static func look(at sheet: WorkbookSheet, in workbook: inout WorkbookReader, map: HeaderMap) -> Look {
    var look = Look(sheet: sheet)
    do throws(WorkbookError) {
      var reader = try workbook.read(sheet)
      while try reader.next() {
        reader.withRow { row in take(row, into: &look) }
        if look.records.count == ExportColumns.headerDepth {
          look.columns = ExportColumns.find(in: look.records, map: map)
          if look.columns == nil { return look }
        }
      }
      look.merges = reader.merges
    } catch {
      look.error = error
    }
    look.columns = look.columns ?? ExportColumns.find(in: look.records, map: map)
    return look
  }

  private static func take(_ row: borrowing SheetRow, into look: inout Look) {
    var cells: [String] = []
    cells.reserveCapacity(row.count)
    var tooLong: [Int] = []
    var unclear: [Int: UnclearCell] = [:]
    var hasLineBreaks = false
    for index in 0..<row.count {
      if row.isFormula(index) {
        if row.lacksValue(index) { unclear[index] = .formula } else { look.formulas.insert(index) }
      }
      let (length, breaks) = row.withBytes(index) { ($0.count, ExportScan.hasLineBreaks($0)) } ?? (0, false)
      if breaks { hasLineBreaks = true }
      // One of several lines keeps its text: whether it is other rows is decided by that, and it does not go further.
      if length > ExportScan.cellLimit, !breaks {
        tooLong.append(index)
        cells.append("")
      } else {
        cells.append(text(row, index))
      }
    }
    if row.isHidden { look.hidden.insert(row.number) }
    look.records.append(
      ScannedRecord(
        number: row.number, line: row.number, cells: cells, tooLong: tooLong, hasLineBreaks: hasLineBreaks, end: 0,
        misquotedCell: nil, unclear: unclear))
  }

  private static func text(_ row: borrowing SheetRow, _ index: Int) -> String {
    let text = row.string(index) ?? ""
    // Spreadsheets invent new errors; to the rules each is one.
    return row.kind(index) == .error && !CellText.isSpreadsheetError(text) ? "#VALUE!" : text
  }

  // MARK: The sheet that was taken

  /// The records, each as wide as the headings, with the cells marked that are covered by a merged one with content; nil
  /// where that is too much to look at.
  private static func marked(_ look: Look, _ columns: ExportColumns) -> [ScannedRecord]? {
    var records = look.records.enumerated().map { index, record in
      // A sheet does not hold the blank cells at the end of a row.
      guard index > columns.headerIndex, record.cells.count < columns.width else { return record }
      let blanks = Array(repeating: "", count: columns.width - record.cells.count)
      return ScannedRecord(
        number: record.number, line: record.line, cells: record.cells + blanks, tooLong: record.tooLong,
        hasLineBreaks: record.hasLineBreaks, end: 0, misquotedCell: nil, unclear: record.unclear)
    }
    let header = look.records[columns.headerIndex].number
    let places = Dictionary(uniqueKeysWithValues: look.records.indices.map { (look.records[$0].number, $0) })
    var covered = 0
    for merge in look.merges where merge.lastRow > header && merge.firstColumn <= columns.width {
      guard let first = places[merge.firstRow], let cell = look.records[first].cells.element(at: merge.firstColumn - 1),
        !cell.isEmpty || look.records[first].unclear[merge.firstColumn - 1] != nil
      else { continue }
      let last = min(merge.lastRow, look.records.last?.number ?? 0)
      guard last >= merge.firstRow else { continue }
      for row in merge.firstRow...last {
        covered += 1
        guard covered <= coveredLimit else { return nil }
        guard row > header, let place = places[row] else { continue }
        for column in merge.firstColumn...min(merge.lastColumn, columns.width) {
          covered += 1
          if row == merge.firstRow, column == merge.firstColumn { continue }
          if records[place].cells[column - 1].isEmpty { records[place].unclear[column - 1] = .merged }
        }
      }
    }
    return records
  }

  /// The last column, from 1, beside which there is room.
  private static func lastColumn(_ look: Look, _ columns: ExportColumns) -> Int {
    let header = look.records[columns.headerIndex].number
    let content = look.records.map(\.cells.count).max() ?? 0
    // A merged range that reaches across the whole sheet, such as a line below the table, leaves no room anywhere.
    let merged = look.merges.filter { $0.lastRow >= header && $0.lastColumn <= limits.columns }.map(\.lastColumn).max()
    return max(content, merged ?? 0)
  }

  // MARK: What is said of the choice

  private static func notes(_ taken: Look, _ looks: [Look]) -> [SheetSource.Note] {
    var notes: [SheetSource.Note] = []
    func say(_ code: FindingCode, _ detail: String, _ sheet: WorkbookSheet) {
      notes.append(SheetSource.Note(remark: Remark(code, detail), sheetName: sheet.name))
    }
    let isVisible = taken.sheet.visibility == .visible
    let others = looks.filter { $0.sheet.number != taken.sheet.number }
    let rivals = others.filter { $0.columns != nil && ($0.sheet.visibility == .visible || !isVisible) }
    if !others.isEmpty || !isVisible {
      let why =
        !isVisible
        ? "it is hidden, and no visible sheet has headings of leavers"
        : rivals.isEmpty ? "it alone has headings of leavers" : "of those with headings of leavers it has most rows"
      say(.sheetTaken, "sheet \(taken.sheet.number); \(why)", taken.sheet)
    }
    for other in others {
      let place = "sheet \(other.sheet.number)"
      if rivals.contains(where: { $0.sheet.number == other.sheet.number }) {
        say(.otherSheet, "\(place), with \(other.rows) \(other.rows == 1 ? "row" : "rows")", other.sheet)
      } else if other.columns != nil {
        say(.hiddenSheet, place, other.sheet)
      } else if other.error != nil, other.sheet.visibility == .visible {
        say(.sheetUnread, place, other.sheet)
      }
    }
    return notes
  }
}
