// Bytes of a Common Transfer File to records, a pupil each, under the paths of their elements. Pure.

import Leavers
import Tabular

/// Reads a DfE Common Transfer File (CTF) as an export: what a table has in columns it has in elements.
enum TransferScan {
  /// More paths than these are counted and no longer named.
  static let namedPaths = 60

  /// Whether the bytes begin as XML does, or with the root of a Common Transfer File; a web page does not count.
  static func isXML(_ bytes: [UInt8]) -> Bool {
    // Of UTF-16 every other byte of the beginning is zero.
    let head = bytes.prefix(1024).filter { $0 != 0 && $0 < 0x80 }
    let text = String(decoding: head, as: UTF8.self).trimmedOfBlanks.lowercased()
    guard !text.contains("<!doctype html"), !text.contains("<html") else { return false }
    if text.hasPrefix("<?xml") || text.hasPrefix("<!doctype ctfile") { return true }
    guard text.hasPrefix("<") else { return false }
    let name = text.dropFirst().prefix { $0 != ">" && $0 != "/" && !$0.isWhitespace }
    return name.split(separator: ":").last == "ctfile"
  }

  /// The records and columns of a file, or the one finding why there are none.
  static func open(
    _ bytes: [UInt8], limits: TransferLimits = TransferLimits()
  ) -> Result<(ExportScan, ExportColumns), UnreadableExport> {
    do throws(UnreadableExport) {
      return .success(try read(bytes, limits))
    } catch {
      return .failure(error)
    }
  }

  private static func read(
    _ bytes: [UInt8], _ limits: TransferLimits
  ) throws(UnreadableExport) -> (ExportScan, ExportColumns) {
    var pupils: [TransferPupil] = []
    var source: TransferElement?
    var unkept: Set<String> = []
    var reader = TransferReader(bytes, limits: limits)
    try reader.read { part in
      switch part {
      case .header(let header):
        source = source ?? header["SourceSchool"]
        if header["DestSchool"]?.isBlank == false { unkept.insert("Header/DestSchool") }
      case .pupil(let pupil):
        pupils.append(TransferPupil(pupil, source: source))
        if unkept.count <= namedPaths { unkept.formUnion(TransferPupil.unkept(pupil).map { "Pupil/\($0)" }) }
      case .other(let path): if unkept.count <= namedPaths { unkept.insert(path) }
      }
    }
    if pupils.isEmpty { throw UnreadableExport(Remark(.transferWithoutPupils)) }
    return table(pupils, source, unkept.sorted())
  }

  /// Where a column stands in the table: one that stands twice in some pupil has a second place.
  private struct Place {
    let column: TransferColumn
    let number: Int
    var name: String { number == 0 ? column.rawValue : "\(column.rawValue) (\(number + 1))" }
  }

  private static func table(
    _ pupils: [TransferPupil], _ source: TransferElement?, _ unkept: [String]
  ) -> (ExportScan, ExportColumns) {
    let school = source.map(TransferPupil.number) ?? ""
    let schoolName = source?.value("SchoolName") ?? ""
    var counts: [TransferColumn: Int] = [.school: school.isEmpty ? 0 : 1, .schoolName: schoolName.isEmpty ? 0 : 1]
    for pupil in pupils {
      for (column, values) in pupil.values { counts[column] = max(counts[column] ?? 0, values.count) }
      for column in pupil.undated { counts[column] = max(counts[column] ?? 0, 1) }
    }
    // What no pupil has is no column: it is not blank, it is not said.
    let places = TransferColumn.allCases.flatMap { column in
      (0..<(counts[column] ?? 0)).map { Place(column: column, number: $0) }
    }
    var records = [record(number: 0, places.map(\.name), [:])]
    for (index, pupil) in pupils.enumerated() {
      var unclear: [Int: UnclearCell] = [:]
      let cells = places.enumerated().map { place, column in
        if pupil.undated.contains(column.column) { unclear[place] = .undated }
        switch column.column {
        case .school: return school
        case .schoolName: return schoolName
        default: return pupil.values[column.column]?.element(at: column.number) ?? ""
        }
      }
      records.append(record(number: index + 1, cells, unclear))
    }
    let columns = ExportColumns(header: records[0], fields: places.map(\.column.field))
    return (ExportScan(source: .transferFile(TransferSource(unkept: unkept)), records: records), columns)
  }

  private static func record(number: Int, _ cells: [String], _ unclear: [Int: UnclearCell]) -> ScannedRecord {
    let tooLong = cells.indices.filter { cells[$0].utf8.count > ExportScan.cellLimit }
    return ScannedRecord(
      number: number, line: number, cells: cells.enumerated().map { tooLong.contains($0.offset) ? "" : $0.element },
      tooLong: tooLong, hasLineBreaks: false, end: 0, misquotedCell: nil, unclear: unclear)
  }
}
