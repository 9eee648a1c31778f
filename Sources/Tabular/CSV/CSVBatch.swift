// Many records of a CSV file as offsets into their bytes: the hot path for large files of the usual form. No I/O.

/// The cells of a batch of records, found in one pass and without a string.
///
/// Only the usual form is taken: as many cells in each record as there are headings, no blank line, no line break or
/// control character inside a cell, no text after a closing quotation mark. Anything else is `CSVReader`'s, which tells
/// what is the matter; a batch only says that it is not of the usual form.
///
/// The bytes stay the caller's. They must be readable, whatever is there, for `slack` bytes beyond the last.
package struct CSVBatch: ~Copyable {
  /// So many bytes beyond the last may be read.
  package static let slack = 64
  /// Cells keep their offsets in 30 bits.
  package static let mostBytes = 1 << 30

  /// One cell: where its content lies, quotation marks taken off.
  package struct Cell {
    package let start: UnsafeRawPointer
    package let count: Int
    /// Whether it stands in quotation marks.
    package let isQuoted: Bool
    /// Whether quotation marks are written twice in it: its content is `string`, not these bytes.
    package let isEscaped: Bool

    @inlinable
    package init(start: UnsafeRawPointer, count: Int, isQuoted: Bool, isEscaped: Bool) {
      self.start = start
      self.count = count
      self.isQuoted = isQuoted
      self.isEscaped = isEscaped
    }

    @inlinable
    package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    /// The content as text.
    package var string: String {
      guard isEscaped else { return String(decoding: bytes, as: UTF8.self) }
      var content: [UInt8] = []
      var afterQuote = false
      for byte in bytes {
        afterQuote = byte == 0x22 && !afterQuote
        if !afterQuote { content.append(byte) }
      }
      return String(decoding: content, as: UTF8.self)
    }
  }

  package let width: Int
  /// Records of the bytes that `scan` went through last.
  package private(set) var count = 0
  /// Whether any of the bytes is no ASCII.
  package private(set) var isASCII = true

  private let delimiter: UInt8
  @usableFromInline var base: UnsafeRawPointer?
  @usableFromInline var starts: UnsafeMutablePointer<UInt32>
  @usableFromInline var ends: UnsafeMutablePointer<UInt32>
  /// Ends of records, before the line end.
  @usableFromInline var rowEnds: UnsafeMutablePointer<UInt32>
  private var capacity: Int

  @usableFromInline static var quoted: UInt32 { 1 << 31 }
  @usableFromInline static var escaped: UInt32 { 1 << 30 }

  /// `width` cells a record, at least one.
  package init(width: Int, delimiter: CSVDialect.Delimiter) {
    precondition(width > 0, "a record has a cell")
    self.width = width
    self.delimiter = delimiter.rawValue
    capacity = 4096
    starts = .allocate(capacity: capacity * width)
    ends = .allocate(capacity: capacity * width)
    rowEnds = .allocate(capacity: capacity)
  }

  deinit {
    starts.deallocate()
    ends.deallocate()
    rowEnds.deallocate()
  }

  /// A cell of the record at a place, both from 0.
  @inlinable @inline(__always)
  package func cell(_ row: Int, _ column: Int) -> Cell {
    let index = row &* width &+ column
    let (start, end) = (starts[index], ends[index])
    return Cell(
      start: base.unsafelyUnwrapped + Int(start), count: Int(end & (Self.escaped &- 1)) &- Int(start),
      isQuoted: end & Self.quoted != 0, isEscaped: end & Self.escaped != 0)
  }

  /// Where a record begins and where it ends, before its line end.
  @inlinable @inline(__always)
  package func range(_ row: Int) -> Range<Int> {
    let first = starts[row &* width]
    let isQuoted = ends[row &* width] & Self.quoted != 0
    return Int(first) &- (isQuoted ? 1 : 0)..<Int(rowEnds[row])
  }

  /// The texts of a record.
  package func strings(_ row: Int) -> [String] { (0..<width).map { cell(row, $0).string } }

  /// Finds the cells of whole records: the bytes end with a line end, or with the file. False where they are not of the
  /// usual form; then there are no cells.
  package mutating func scan(_ bytes: UnsafeRawBufferPointer) -> Bool {
    count = 0
    isASCII = true
    guard let start = bytes.baseAddress, bytes.count < Self.mostBytes else { return bytes.isEmpty }
    base = start
    var found = findCells(start, bytes.count)
    if found, !isASCII {
      var check = UTF8Check()
      check.append(bytes)
      check.finish()
      found = check.firstInvalid == nil
    }
    if !found { count = 0 }
    return found
  }

  // MARK: The pass

  private enum Place { case cell, quoted, closed }

  /// Sixty-four bytes at a time: a bit for each that may end a cell, then one look at each of those.
  private mutating func findCells(_ bytes: UnsafeRawPointer, _ end: Int) -> Bool {
    let delimiters = UInt64(delimiter) &* Self.ones
    var place = Place.cell
    var cellStart = 0
    var column = 0
    var index = 0
    var isEscaped = false
    var closedAt = 0
    var afterCR = false
    var high: UInt64 = 0
    var block = 0
    while block < end {
      var mask: UInt64 = 0
      for step in 0..<8 {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: block &+ step &* 8, as: UInt64.self))
        let found =
          Self.zeros(word ^ delimiters) | Self.zeros(word ^ (0x22 &* Self.ones)) | Self.controls(word)
        mask |= Self.packed(found) << UInt64(step &* 8)
        high |= block &+ step &* 8 &+ 8 <= end ? word : word & Self.below(end &- block &- step &* 8)
      }
      if end &- block < 64 { mask &= (1 << UInt64(end &- block)) &- 1 }
      while mask != 0 {
        let at = block &+ mask.trailingZeroBitCount
        mask &= mask &- 1
        let byte = bytes.load(fromByteOffset: at, as: UInt8.self)
        if place == .quoted {
          if byte == 0x22 {
            (place, closedAt) = (.closed, at)
          } else if byte != delimiter {
            return false
          }
          continue
        }
        if byte == 0x22 {
          if afterCR { return false }
          if place == .closed, at == closedAt &+ 1 {
            (place, isEscaped) = (.quoted, true)
          } else if at == cellStart {
            place = .quoted
          } else if place == .closed {
            return false
          }
          continue
        }
        if afterCR {
          // The line feed of a carriage return, and nothing else.
          guard byte == 0x0A, at == cellStart else { return false }
          afterCR = false
          cellStart = at &+ 1
          continue
        }
        // The cell ends here, or the bytes are not of the usual form.
        if byte != delimiter, byte != 0x0A, byte != 0x0D { return false }
        if byte != delimiter, column != width &- 1 || at == cellStart && width == 1 { return false }
        if byte == delimiter, column == width &- 1 { return false }
        if place == .closed {
          guard at == closedAt &+ 1 else { return false }
          starts[index] = UInt32(truncatingIfNeeded: cellStart &+ 1)
          ends[index] = UInt32(truncatingIfNeeded: closedAt) | Self.quoted | (isEscaped ? Self.escaped : 0)
          (place, isEscaped) = (.cell, false)
        } else {
          starts[index] = UInt32(truncatingIfNeeded: cellStart)
          ends[index] = UInt32(truncatingIfNeeded: at)
        }
        index &+= 1
        cellStart = at &+ 1
        if byte == delimiter {
          column &+= 1
        } else {
          column = 0
          endRow(at)
          afterCR = byte == 0x0D
        }
      }
      block &+= 64
    }
    isASCII = high & 0x8080_8080_8080_8080 == 0
    if afterCR || place == .quoted { return false }
    return column == 0 && cellStart == end || finish(end, cellStart, column, index, place, closedAt, isEscaped)
  }

  /// A last record without a line end.
  private mutating func finish(
    _ end: Int, _ cellStart: Int, _ column: Int, _ index: Int, _ place: Place, _ closedAt: Int, _ isEscaped: Bool
  ) -> Bool {
    guard column == width - 1 else { return false }
    if place == .closed {
      guard end == closedAt + 1 else { return false }
      starts[index] = UInt32(cellStart + 1)
      ends[index] = UInt32(closedAt) | Self.quoted | (isEscaped ? Self.escaped : 0)
    } else {
      starts[index] = UInt32(cellStart)
      ends[index] = UInt32(end)
    }
    endRow(end)
    return true
  }

  @inline(__always)
  private mutating func endRow(_ at: Int) {
    rowEnds[count] = UInt32(truncatingIfNeeded: at)
    count &+= 1
    if count == capacity { grow() }
  }

  private mutating func grow() {
    func larger(_ old: UnsafeMutablePointer<UInt32>, _ each: Int) -> UnsafeMutablePointer<UInt32> {
      let new = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2 * each)
      new.update(from: old, count: capacity * each)
      old.deallocate()
      return new
    }
    starts = larger(starts, width)
    ends = larger(ends, width)
    rowEnds = larger(rowEnds, 1)
    capacity *= 2
  }

  // MARK: Eight bytes at a time

  private static var ones: UInt64 { 0x0101_0101_0101_0101 }
  private static var sevens: UInt64 { 0x7F7F_7F7F_7F7F_7F7F }
  private static var eights: UInt64 { 0x8080_8080_8080_8080 }

  /// The high bit of each byte that is zero, of no other.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 { ~(((word & sevens) &+ sevens) | word) & eights }

  /// The high bit of each byte below a space, of no other.
  @inline(__always)
  private static func controls(_ word: UInt64) -> UInt64 { ~(((word & sevens) &+ (0x60 &* ones)) | word) & eights }

  /// The high bits of the eight bytes as eight bits, that of the first byte lowest.
  @inline(__always)
  private static func packed(_ bits: UInt64) -> UInt64 { ((bits >> 7) &* 0x0102_0408_1020_4080) >> 56 }

  /// All bits of the first so many bytes.
  @inline(__always)
  private static func below(_ count: Int) -> UInt64 { count <= 0 ? 0 : (1 << UInt64(count * 8)) &- 1 }
}
