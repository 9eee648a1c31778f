// What several tests need: a reader that is fed in pieces.

@testable import Tabular

/// What a reader said of one row, as an owned value.
struct ReadRow: Equatable {
  var number: Int
  var line: Int
  var cells: [String]
  var misquoted: Int?
  var raw: [UInt8]
  var offset: Int
}

/// Reads bytes that come in pieces of the lengths given, the last length over and over.
func read(
  _ bytes: [UInt8], _ format: CSVFormat = CSVFormat(), limits: CSVLimits = CSVLimits(), pieces: [Int] = [1 << 16]
) throws(CSVError) -> [ReadRow] {
  var reader = CSVReader(format: format, limits: limits)
  var rows: [ReadRow] = []
  var start = 0
  var piece = 0
  while start < bytes.count {
    let end = min(bytes.count, start + max(1, pieces[min(piece, pieces.count - 1)]))
    piece += 1
    let fed = bytes.withUnsafeBytes { all -> CSVError? in
      do throws(CSVError) {
        try reader.feed(UnsafeRawBufferPointer(rebasing: all[start..<end]))
        return nil
      } catch { return error }
    }
    if let fed { throw fed }
    while try reader.next() { rows.append(owned(reader)) }
    start = end
  }
  reader.end()
  while try reader.next() { rows.append(owned(reader)) }
  return rows
}

func read(_ text: String, _ format: CSVFormat = CSVFormat(), limits: CSVLimits = CSVLimits()) throws(CSVError)
  -> [ReadRow]
{
  try read(Array(text.utf8), format, limits: limits)
}

private func owned(_ reader: borrowing CSVReader) -> ReadRow {
  reader.withRow { row in
    ReadRow(
      number: row.number, line: row.line, cells: row.strings, misquoted: row.misquotedCell,
      raw: row.withRawBytes { Array($0) }, offset: row.offset)
  }
}
