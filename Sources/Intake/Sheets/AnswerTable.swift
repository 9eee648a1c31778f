// A file that came back to the desk as a table of answers: which sheet it is, and its rows. Pure.

import Leavers
import Tabular

/// The rows of a sheet of answers, out of a workbook or a text.
struct AnswerTable: Sendable {
  struct Row: Sendable {
    /// In the file, from 1.
    let number: Int
    let cells: [String]
  }

  let kind: SheetKind
  /// The worksheet's place in its workbook, from 1; nil for a text.
  let sheet: Int?
  /// The row with the headings.
  let headerNumber: Int
  /// The columns that have a heading.
  let headings: [String]
  /// Those below the headings.
  let rows: [Row]

  /// A sheet of answers has a few hundred rows; what is larger is not looked at as one.
  static let sizeLimit = 8 << 20
  /// Nobody writes much above the headings.
  private static let headerDepth = 10

  /// Finds the sheet; nil where the file is none, or cannot be read: then it is an export, and told what is wrong with it.
  init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.sizeLimit else { return nil }
    let found = ExportScan.isPacked(bytes) ? Self.inWorkbook(bytes) : Self.inText(bytes)
    guard let found else { return nil }
    self = found
  }

  private init?(_ rows: [Row], sheet: Int?) {
    for (index, row) in rows.prefix(Self.headerDepth).enumerated() {
      let names = row.cells.map(\.trimmedOfBlanks)
      guard let kind = SheetKind.allCases.first(where: { kind in names.contains { Self.isSame($0, kind.keyHeading) } })
      else { continue }
      self.kind = kind
      self.sheet = sheet
      headerNumber = row.number
      headings = names
      self.rows = Array(rows.dropFirst(index + 1))
      return
    }
    return nil
  }

  private static func inWorkbook(_ bytes: [UInt8]) -> AnswerTable? {
    guard var workbook = try? WorkbookReader(bytes, limits: WorkbookScan.limits) else { return nil }
    for sheet in workbook.sheets where sheet.isWorksheet && sheet.visibility == .visible {
      var rows: [Row] = []
      guard
        (try? workbook.forEachRow(of: sheet, { row in rows.append(Row(number: row.number, cells: row.strings)) }))
          != nil
      else { continue }
      if let table = AnswerTable(rows, sheet: sheet.number) { return table }
    }
    return nil
  }

  private static func inText(_ bytes: [UInt8]) -> AnswerTable? {
    // Every export comes by here: most are told by this look at their beginning.
    guard holdsMark(bytes.prefix(1 << 16)) else { return nil }
    var rows: [Row] = []
    guard
      (try? CSVReader.forEachRow(of: bytes, format: CSVSurvey.format(of: bytes), limits: ExportScan.limits) { row in
        rows.append(Row(number: row.number, cells: row.strings))
      }) != nil
    else { return nil }
    return AnswerTable(rows, sheet: nil)
  }

  /// Whether `leaverlink` stands in the bytes, in UTF-8 or UTF-16.
  private static func holdsMark(_ bytes: ArraySlice<UInt8>) -> Bool {
    String(decoding: bytes.lazy.filter { $0 != 0 }, as: UTF8.self).lowercased().contains("leaverlink ")
  }

  private static func isSame(_ left: String, _ right: String) -> Bool { left.lowercased() == right.lowercased() }

  /// The text of a row under a heading, without blanks at its ends; empty where there is none.
  func cell(_ row: Row, _ heading: String) -> String {
    guard let column = headings.firstIndex(where: { Self.isSame($0, heading) }) else { return "" }
    return CellText.plain(row.cells.element(at: column) ?? "").trimmedOfBlanks
  }

  /// The row key.
  func key(_ row: Row) -> String { cell(row, kind.keyHeading).lowercased() }
}

extension AnswerTable: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { "AnswerTable(\(kind.rawValue), \(rows.count) rows)" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
