// Bytes to records: RFC 4180 with the dirt of real files, in one pass over a buffer of its own. No I/O.

/// Reads records out of chunks of bytes, however they are cut.
///
/// ```swift
/// var reader = CSVReader(format: survey.finish())
/// for chunk in chunks {
///   try reader.feed(chunk)
///   while try reader.next() { reader.withRow { row in … } }
/// }
/// reader.end()
/// while try reader.next() { reader.withRow { row in … } }
/// ```
///
/// Cells may be in quotes; a doubled quote inside stands for one; line breaks and delimiters inside belong to the cell.
/// A quote inside a cell that does not begin with one is a character like any other. Rows end in CR, LF or CRLF, mixed as
/// they come; empty lines are no rows. Memory is one chunk and the longest row. After an error the reader is spent.
///
/// The encoding is taken from the format and not checked again: bytes that are not UTF-8 although the format says so show
/// as U+FFFD. `CSVSurvey` finds the format that fits.
package struct CSVReader: ~Copyable {
  /// Chunks of this many bytes serve best.
  package static let chunkSize = 1 << 18

  private enum State {
    case rowStart, cellStart, plain, quoted, quoteInQuoted, afterQuote
  }

  package let format: CSVFormat
  private let limits: CSVLimits
  private let delimiter: UInt8
  private let delimiters: UInt64

  private var buffer: UnsafeMutableRawBufferPointer
  private var filled = 0
  private var rowStart = 0
  private var scan = 0
  /// Bytes that lay before the buffer's first.
  private var discarded = 0
  private var cells: UnsafeMutablePointer<CSVCell>
  private var cellCapacity = 64
  private var cellCount = 0
  private var cellStart = 0

  private var state = State.rowStart
  private var form = CSVCell.Form.plain
  private var misquoted: Int?
  /// Whether the last byte was a CR, so that an LF now belongs to it.
  private var afterCR = false
  private var line = 1
  private var rowLine = 1
  private var quoteLine = 0
  private var number = 0
  private var hasRow = false
  private var rowLength = 0
  private var nextScan = 0
  private var begun = false
  private var ended = false
  private var transcoder: UTF16Transcoder?

  package init(format: CSVFormat, limits: CSVLimits = CSVLimits()) {
    self.format = format
    self.limits = limits
    delimiter = format.delimiter.rawValue
    delimiters = UInt64(format.delimiter.rawValue) &* 0x0101_0101_0101_0101
    buffer = .allocate(byteCount: 1 << 12, alignment: 16)
    cells = .allocate(capacity: cellCapacity)
    if !format.encoding.isASCIICompatible {
      transcoder = UTF16Transcoder(bigEndian: format.encoding == .utf16BigEndian)
    }
  }

  deinit {
    buffer.deallocate()
    cells.deallocate()
  }

  /// Records so far, blank lines counted.
  package var recordCount: Int { number }

  /// Takes the next bytes of the file. The current row, if any, ends to be valid.
  package mutating func feed(_ chunk: UnsafeRawBufferPointer) throws(CSVError) {
    finishRow()
    if transcoder != nil {
      var utf8: [UInt8] = []
      do throws(TextEncodingError) {
        try transcoder?.append(chunk, to: &utf8)
      } catch {
        throw CSVError(.undecodable, line: line, message: "line \(line): \(error)")
      }
      utf8.withUnsafeBytes { store($0) }
    } else {
      store(chunk)
    }
    if discarded + filled > limits.bytes {
      throw CSVError(
        .tooManyBytes, line: line,
        message: "the file has more than \(limits.bytes) bytes, the limit; split it, or raise the limit")
    }
  }

  private mutating func store(_ chunk: UnsafeRawBufferPointer) {
    guard !chunk.isEmpty, let source = chunk.baseAddress else { return }
    let kept = filled - rowStart
    if kept + chunk.count > buffer.count {
      // The next power of two: what is kept of a row differs from chunk to chunk, and must not cost a new buffer each.
      let needed = kept + chunk.count
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 1 << (Int.bitWidth - (needed - 1).leadingZeroBitCount), alignment: 16)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[rowStart..<filled]))
      buffer.deallocate()
      buffer = larger
    } else if rowStart > 0, kept > 0, let start = buffer.baseAddress {
      start.copyMemory(from: start + rowStart, byteCount: kept)
    }
    scan -= rowStart
    cellStart -= rowStart
    discarded += rowStart
    rowStart = 0
    filled = kept
    buffer.baseAddress?.advanced(by: filled).copyMemory(from: source, byteCount: chunk.count)
    filled += chunk.count
  }

  /// There are no more bytes. `next` then gives the rows that are left.
  package mutating func end() {
    finishRow()
    ended = true
  }

  /// Goes to the next row; false where more bytes are needed or, after `end`, where there is none.
  package mutating func next() throws(CSVError) -> Bool {
    finishRow()
    if !begun {
      guard filled >= 3 || ended else { return false }
      begun = true
      if filled >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF {
        rowStart = 3
        scan = 3
      }
    }
    let found = try findRow()
    if found { hasRow = true }
    return found
  }

  /// Lends the current row: the one that the last `next`, which was true, went to.
  package func withRow<Value, Failure: Error>(
    _ body: (borrowing CSVRow) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    precondition(hasRow, "withRow follows a next() that was true")
    let row = CSVRow(
      number: number, line: rowLine, offset: discarded + rowStart, count: cellCount, misquotedCell: misquoted,
      encoding: format.encoding == .windows1252 ? .windows1252 : .utf8,
      base: UnsafeRawPointer(buffer.baseAddress.unsafelyUnwrapped + rowStart), length: rowLength, cells: cells)
    return try body(row)
  }

  /// Lends the current row for a yes or no: `withRow` where that is asked of rows by the million.
  package func rowSatisfies(_ condition: (borrowing CSVRow) -> Bool) -> Bool { withRow(condition) }

  private mutating func finishRow() {
    guard hasRow else { return }
    hasRow = false
    rowStart = nextScan
    scan = nextScan
  }

  // MARK: The automaton

  /// Goes on from where it stopped, to the end of a row or of the bytes.
  private mutating func findRow() throws(CSVError) -> Bool {
    let bytes = UnsafeRawPointer(buffer.baseAddress.unsafelyUnwrapped)
    let end = filled
    var index = scan
    while true {
      switch state {
      case .rowStart:
        guard index < end else {
          rowStart = index
          scan = index
          if ended { try finishText() }
          return false
        }
        let byte = bytes.load(fromByteOffset: index, as: UInt8.self)
        if byte == 0x0A || byte == 0x0D {
          index += 1
          if byte == 0x0A, afterCR {
            afterCR = false
          } else {
            afterCR = byte == 0x0D
            line += 1
            number += 1
          }
          rowStart = index
          continue
        }
        afterCR = false
        rowStart = index
        rowLine = line
        cellStart = index
        cellCount = 0
        misquoted = nil
        state = .cellStart

      case .cellStart:
        guard index < end else {
          if ended { return try finish(index) }
          scan = index
          return false
        }
        if bytes.load(fromByteOffset: index, as: UInt8.self) == 0x22 {
          quoteLine = line
          form = .quoted
          afterCR = false
          index += 1
          state = .quoted
        } else {
          form = .plain
          state = .plain
        }

      case .plain, .afterQuote:
        index = skipPlain(bytes, index, end)
        guard index < end else {
          try checkLength(index)
          if ended { return try finish(index) }
          scan = index
          return false
        }
        let byte = bytes.load(fromByteOffset: index, as: UInt8.self)
        if byte == 0 { throw nul() }
        if try closeCell(byte, at: index) { return true }
        index += 1

      case .quoted:
        index = skipQuoted(bytes, index, end)
        guard index < end else {
          try checkLength(index)
          if ended { throw unclosedQuote() }
          scan = index
          return false
        }
        switch bytes.load(fromByteOffset: index, as: UInt8.self) {
        case 0x22:
          afterCR = false
          state = .quoteInQuoted
        case 0x0A:
          if !afterCR { line += 1 }
          afterCR = false
        case 0x0D:
          line += 1
          afterCR = true
        default: throw nul()
        }
        index += 1

      case .quoteInQuoted:
        guard index < end else {
          if ended { return try finish(index) }
          scan = index
          return false
        }
        let byte = bytes.load(fromByteOffset: index, as: UInt8.self)
        if byte == 0x22 {
          form = .escaped
          index += 1
          state = .quoted
        } else if byte == delimiter || byte == 0x0A || byte == 0x0D {
          if try closeCell(byte, at: index) { return true }
          index += 1
        } else {
          if misquoted == nil { misquoted = cellCount }
          form = .escaped
          state = .afterQuote
        }
      }
    }
  }

  /// The first byte from `index` that a plain cell cannot go over: delimiter, CR, LF or NUL. Eight at a time.
  private func skipPlain(_ bytes: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
    var index = start
    while index + 8 <= end {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let found =
        Self.zeros(word ^ delimiters) | Self.zeros(word ^ 0x0A0A_0A0A_0A0A_0A0A)
        | Self.zeros(word ^ 0x0D0D_0D0D_0D0D_0D0D) | Self.zeros(word)
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < end {
      let byte = bytes.load(fromByteOffset: index, as: UInt8.self)
      if byte == delimiter || byte == 0x0A || byte == 0x0D || byte == 0 { return index }
      index += 1
    }
    return index
  }

  /// The first byte from `index` that matters in a quoted cell: a quote, CR, LF or NUL.
  private mutating func skipQuoted(_ bytes: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end {
      if index + 8 <= end {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let found =
          Self.zeros(word ^ 0x2222_2222_2222_2222) | Self.zeros(word ^ 0x0A0A_0A0A_0A0A_0A0A)
          | Self.zeros(word ^ 0x0D0D_0D0D_0D0D_0D0D) | Self.zeros(word)
        if found == 0 {
          index += 8
          continue
        }
        index += found.trailingZeroBitCount / 8
        break
      }
      let byte = bytes.load(fromByteOffset: index, as: UInt8.self)
      if byte == 0x22 || byte == 0x0A || byte == 0x0D || byte == 0 { break }
      index += 1
    }
    if index > start { afterCR = false }
    return index
  }

  /// The high bit of the first zero byte, counted from the lowest, is set; those of later bytes may be, wrongly.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// Ends the cell before `index`, at a delimiter or line break; true where the row ends with it.
  private mutating func closeCell(_ byte: UInt8, at index: Int) throws(CSVError) -> Bool {
    try addCell(end: index)
    if byte == delimiter {
      cellStart = index + 1
      state = .cellStart
      return false
    }
    afterCR = byte == 0x0D
    try endRow(end: index, next: index + 1)
    line += 1
    return true
  }

  private mutating func addCell(end: Int) throws(CSVError) {
    try checkLength(end)
    guard cellCount < limits.columns else {
      throw CSVError(
        .tooManyColumns, line: rowLine, row: number + 1,
        message: "line \(rowLine): the row has more than \(limits.columns) cells, the limit")
    }
    if cellCount == cellCapacity {
      let larger = UnsafeMutablePointer<CSVCell>.allocate(capacity: cellCapacity * 2)
      larger.update(from: cells, count: cellCount)
      cells.deallocate()
      cells = larger
      cellCapacity *= 2
    }
    cells[cellCount] = CSVCell(start: UInt32(cellStart - rowStart), end: UInt32(end - rowStart), form: form)
    cellCount += 1
  }

  private mutating func endRow(end: Int, next: Int) throws(CSVError) {
    number += 1
    guard number <= limits.rows else {
      throw CSVError(
        .tooManyRows, line: rowLine, row: number,
        message: "line \(rowLine): the file has more than \(limits.rows) rows, the limit; split it, or raise the limit")
    }
    rowLength = end - rowStart
    nextScan = next
    state = .rowStart
  }

  /// The file ends within a row that no line break ended.
  private mutating func finish(_ index: Int) throws(CSVError) -> Bool {
    try finishText()
    if state == .cellStart { form = .plain }
    try addCell(end: index)
    try endRow(end: index, next: index)
    return true
  }

  private mutating func finishText() throws(CSVError) {
    do throws(TextEncodingError) {
      try transcoder?.finish()
    } catch {
      throw CSVError(.undecodable, line: line, message: "line \(line): \(error)")
    }
  }

  private func checkLength(_ end: Int) throws(CSVError) {
    // Cells keep their offsets in 32 bits.
    guard end - cellStart > limits.cellBytes || end - rowStart > Int(UInt32.max) else { return }
    let column = cellCount + 1
    guard state == .quoted else {
      throw CSVError(
        .cellTooLong, line: rowLine, row: number + 1, column: column,
        message: "line \(rowLine), column \(column): the cell has more than \(limits.cellBytes) bytes, the limit")
    }
    throw CSVError(
      .cellTooLong, line: quoteLine, row: number + 1, column: column,
      message:
        "line \(quoteLine), column \(column): the cell that begins here has more than \(limits.cellBytes) bytes, the "
        + "limit; perhaps its quote is never closed")
  }

  private func nul() -> CSVError {
    CSVError(
      .nulByte, line: line, row: number + 1, column: cellCount + 1,
      message:
        "line \(line), column \(cellCount + 1): the character NUL does not belong in a text file; export it again as CSV"
    )
  }

  private func unclosedQuote() -> CSVError {
    CSVError(
      .unclosedQuote, line: quoteLine, row: number + 1, column: cellCount + 1,
      message:
        "line \(quoteLine), column \(cellCount + 1): a quote is opened here and never closed, so that all that follows "
        + "would be one cell; close it or write it twice")
  }
}

extension CSVReader {
  /// Feeds a whole file that is in memory, row by row.
  package static func forEachRow<Failure: Error>(
    of bytes: [UInt8], format: CSVFormat, limits: CSVLimits = CSVLimits(),
    _ body: (borrowing CSVRow) throws(Failure) -> Void
  ) throws {
    var reader = CSVReader(format: format, limits: limits)
    var start = 0
    while start < bytes.count {
      let end = min(start + chunkSize, bytes.count)
      let fed = bytes.withUnsafeBytes { all -> CSVError? in
        do throws(CSVError) {
          try reader.feed(UnsafeRawBufferPointer(rebasing: all[start..<end]))
          return nil
        } catch { return error }
      }
      if let fed { throw fed }
      while try reader.next() { try reader.withRow(body) }
      start = end
    }
    reader.end()
    while try reader.next() { try reader.withRow(body) }
  }
}
