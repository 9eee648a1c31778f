// The first look at a file, chunk by chunk: which encoding, which delimiter. Pure; keeps only the beginning.

/// Finds out how a file is written. The whole file has to pass through, since one byte near its end can be the first that
/// is not UTF-8.
///
/// Encoding: a byte order mark decides; else zeros in every other byte at the beginning mean UTF-16; else text that is
/// valid UTF-8 is taken as that, and all other as Windows-1252. Delimiter: the one of comma, semicolon, tab and bar that
/// stands most often in the header line, outside quotes.
package struct CSVSurvey: Sendable {
  private static let headLength = 1 << 16

  private var head: [UInt8] = []
  private var utf8 = UTF8Check()

  package init() {}

  /// Takes the next bytes of the file.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    if head.count < Self.headLength { head.append(contentsOf: bytes.prefix(Self.headLength - head.count)) }
    utf8.append(bytes)
  }

  /// Bytes taken so far.
  package var byteCount: Int { utf8.count }

  /// The verdict, once all bytes were taken.
  package func finish() -> CSVFormat {
    var check = utf8
    check.finish()
    var format = CSVFormat()
    if head.starts(with: TextEncoding.utf16LittleEndian.byteOrderMark) {
      (format.encoding, format.byteOrderMark) = (.utf16LittleEndian, true)
    } else if head.starts(with: TextEncoding.utf16BigEndian.byteOrderMark) {
      (format.encoding, format.byteOrderMark) = (.utf16BigEndian, true)
    } else if head.count >= 4, head[0] != 0, head[1] == 0, head[2] != 0, head[3] == 0 {
      format.encoding = .utf16LittleEndian
    } else if head.count >= 4, head[0] == 0, head[1] != 0, head[2] == 0, head[3] != 0 {
      format.encoding = .utf16BigEndian
    } else {
      format.byteOrderMark = head.starts(with: TextEncoding.utf8.byteOrderMark)
      format.encoding = check.firstInvalid == nil ? .utf8 : .windows1252
    }
    sniff(&format)
    return format
  }

  /// Delimiter and line ends, from the first line that is not empty.
  private func sniff(_ format: inout CSVFormat) {
    var counts: [UInt8: Int] = [:]
    var inQuotes = false
    var seen = false
    let line = asciiHead(format.encoding)
    scan: for (index, byte) in line.enumerated() {
      switch byte {
      case 0x22: inQuotes.toggle()
      case 0x0A, 0x0D:
        if inQuotes { continue }
        if !seen { continue }
        let crlf = byte == 0x0D && index + 1 < line.count && line[index + 1] == 0x0A
        format.newline = crlf || byte == 0x0D ? .crlf : .lf
        break scan
      default:
        if !inQuotes { counts[byte, default: 0] += 1 }
      }
      seen = true
    }
    var best = 0
    for delimiter in CSVDialect.Delimiter.allCases {
      let count = counts[delimiter.rawValue] ?? 0
      if count > best { (best, format.delimiter) = (count, delimiter) }
    }
  }

  /// The beginning of the file with one byte a character, as far as that is ASCII; others do not matter here.
  private func asciiHead(_ encoding: TextEncoding) -> [UInt8] {
    switch encoding {
    case .utf8, .windows1252: head
    case .utf16LittleEndian, .utf16BigEndian:
      stride(from: 0, to: head.count - 1, by: 2).map { index in
        let (high, low) =
          encoding == .utf16LittleEndian ? (head[index + 1], head[index]) : (head[index], head[index + 1])
        return high == 0 ? low : 0xFF
      }
    }
  }

  /// The format of a file that is in memory.
  package static func format(of bytes: [UInt8]) -> CSVFormat {
    var survey = CSVSurvey()
    bytes.withUnsafeBytes { survey.append($0) }
    return survey.finish()
  }
}
