// Any table that people save, as rows of strings, whole in memory. Pure.

/// A CSV file or one sheet of a workbook as rows of texts, for looking at a file whose shape nobody knows yet.
package struct LooseTable: Sendable {
  /// Why a file cannot be read as a table. Holds no part of a cell.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String
    package var description: String { message }
  }

  /// Rows with content, in their order, cells as texts; blank rows are left out.
  package let rows: [[String]]
  /// The sheet's place in its workbook, from 1; nil for a CSV file.
  package let sheet: Int?

  /// The tables of a file: one of a CSV file, one for each visible sheet of a workbook that has cells.
  package static func tables(of bytes: [UInt8], limits: CSVLimits = CSVLimits()) throws(Failure) -> [LooseTable] {
    // A zip archive, or an old or encrypted workbook: the reader of workbooks says which.
    if bytes.starts(with: [0x50, 0x4B]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      do { return try sheets(of: bytes) } catch let error as WorkbookError {
        throw Failure(message: error.message)
      } catch {
        throw Failure(message: "the workbook cannot be read")
      }
    }
    var rows: [[String]] = []
    do {
      try CSVReader.forEachRow(of: bytes, format: CSVSurvey.format(of: bytes), limits: limits) { row in
        Self.append(row.strings, to: &rows)
      }
    } catch let error as CSVError {
      throw Failure(message: error.message)
    } catch {
      throw Failure(message: "the file cannot be read")
    }
    return [LooseTable(rows: rows, sheet: nil)]
  }

  private static func sheets(of bytes: [UInt8]) throws -> [LooseTable] {
    var reader = try WorkbookReader(bytes)
    var tables: [LooseTable] = []
    for sheet in reader.sheets where sheet.visibility == .visible && sheet.isWorksheet {
      var rows: [[String]] = []
      try reader.forEachRow(of: sheet) { row in Self.append(row.strings, to: &rows) }
      tables.append(LooseTable(rows: rows, sheet: sheet.number))
    }
    return tables
  }

  private static func append(_ cells: [String], to rows: inout [[String]]) {
    if cells.contains(where: { !$0.unicodeScalars.allSatisfy(\.properties.isWhitespace) }) { rows.append(cells) }
  }
}

extension LooseTable: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The size only: cells may be personal data.
  package var description: String { "LooseTable(\(rows.count) rows)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
