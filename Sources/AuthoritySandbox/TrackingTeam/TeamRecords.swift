// A strict reader of separated values for the far side: what a fussy import takes, and nothing that it would not. Pure.

import Tabular

/// Bytes to records by one form exactly: no sniffing, nothing forgiven.
enum TeamRecords {
  struct Flaw: Error, Equatable { let why: String }

  static func split(_ bytes: [UInt8], _ form: TeamForm) -> Result<[[String]], Flaw> {
    var body = bytes[...]
    let mark: [UInt8] = form.encoding == .utf16LittleEndian ? [0xFF, 0xFE] : [0xEF, 0xBB, 0xBF]
    if form.byteOrderMark {
      guard body.starts(with: mark) else { return .failure(Flaw(why: "the byte order mark is missing")) }
      body = body.dropFirst(mark.count)
    } else if body.starts(with: mark) {
      return .failure(Flaw(why: "the file begins with a byte order mark"))
    }
    if form.encoding == .utf16LittleEndian {
      guard let text = utf16(body) else { return .failure(Flaw(why: "the text is not in the expected encoding")) }
      body = Array(text.utf8)[...]
    }
    var records: [[String]] = []
    var record: [String] = []
    var cell: [UInt8] = []
    var quoted = false
    var wasQuoted = false
    var line = 1
    var index = body.startIndex
    func fail(_ why: String) -> Result<[[String]], Flaw> { .failure(Flaw(why: "line \(line): \(why)")) }

    func text() -> String? {
      switch form.encoding {
      case .utf8, .utf16LittleEndian: String(validating: cell, as: UTF8.self)
      case .windows1252: try? TextEncoding.windows1252.decode(cell)
      }
    }
    /// Ends the cell; the reason why it is refused, if it is.
    func endCell() -> String? {
      if form.allQuoted && !wasQuoted { return "a cell does not stand in quotes" }
      guard let value = text() else { return "the text is not in the expected encoding" }
      record.append(value)
      cell.removeAll(keepingCapacity: true)
      wasQuoted = false
      return nil
    }

    while index < body.endIndex {
      let byte = body[index]
      index += 1
      if quoted {
        if byte == UInt8(ascii: "\"") {
          if index < body.endIndex, body[index] == byte {
            cell.append(byte)
            index += 1
          } else {
            quoted = false
          }
        } else {
          if byte == 10 { line += 1 }
          cell.append(byte)
        }
        continue
      }
      switch byte {
      case 0: return fail("a NUL byte")
      case UInt8(ascii: "\""):
        guard cell.isEmpty, !wasQuoted else { return fail("a quote within a cell") }
        quoted = true
        wasQuoted = true
      case form.delimiter:
        if let why = endCell() { return fail(why) }
      case 13 where form.crlf:
        guard index < body.endIndex, body[index] == 10 else { return fail("a carriage return alone") }
        index += 1
        if let why = endCell() { return fail(why) }
        records.append(record)
        record = []
        line += 1
      case 10 where !form.crlf:
        if let why = endCell() { return fail(why) }
        records.append(record)
        record = []
        line += 1
      case 10, 13: return fail("rows end in another way than agreed")
      default:
        guard !wasQuoted else { return fail("text after a closing quote") }
        cell.append(byte)
      }
    }
    if quoted { return fail("a quote is never closed") }
    // A file cut short in the middle of a row must not pass as a whole one.
    guard record.isEmpty, cell.isEmpty, !wasQuoted else { return fail("the last row does not end") }
    return .success(records)
  }
  /// Pairs of bytes, the lower first; nil where they are no text.
  private static func utf16(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.count % 2 == 0 else { return nil }
    let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map {
      UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
    }
    return String(validating: units, as: UTF16.self)
  }
}

extension TeamForm.Encoding {
  /// For writing, with the product's own writer.
  var textEncoding: TextEncoding {
    switch self {
    case .utf8: .utf8
    case .windows1252: .windows1252
    case .utf16LittleEndian: .utf16LittleEndian
    }
  }
}
