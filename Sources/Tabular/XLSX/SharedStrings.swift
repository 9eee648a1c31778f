// The texts that a workbook's cells name by number. From `sharedStrings.xml`.

/// The table of texts, in one block of bytes.
final class SharedStrings: Sendable {
  private let bytes: [UInt8]
  /// Where each text ends.
  private let ends: [Int]

  /// A workbook without a table.
  init() {
    bytes = []
    ends = []
  }

  init(_ reader: consuming PartReader, _ limits: WorkbookLimits) throws(WorkbookError) {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    let part = WorkbookPart.sharedStrings
    try reader.root("sst")
    while try reader.nextChild(of: 1) {
      guard reader.xml.isNamed("si") else { continue }
      guard ends.count < limits.sharedStrings else {
        throw part.error(
          .tooManySharedStrings,
          "it has more than \(limits.sharedStrings) texts, the limit; split the workbook, or raise the limit")
      }
      guard try StringItem.append(from: &reader, to: &bytes, limit: limits.cellBytes) else {
        throw part.error(
          .cellTooLong, "text \(ends.count + 1) has more than \(limits.cellBytes) bytes, the limit of a cell")
      }
      guard bytes.count <= limits.sharedStringBytes else {
        throw part.error(
          .sharedStringsTooLarge,
          "it has more than \(limits.sharedStringBytes) bytes of text, the limit; split the workbook, or raise the limit"
        )
      }
      ends.append(bytes.count)
    }
    try reader.finish()
    self.bytes = bytes
    self.ends = ends
  }

  var count: Int { ends.count }

  /// Lends a text as UTF-8. The number must be one of the table.
  @inline(__always)
  func withBytes<Value, Failure: Error>(
    _ number: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try bytes.lend(number == 0 ? 0 : ends[number - 1], ends[number], body)
  }
}

extension [UInt8] {
  /// Lends some of the bytes.
  @inline(__always)
  func lend<Value, Failure: Error>(
    _ start: Int, _ end: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try withUnsafeBufferPointer { all throws(Failure) -> Value in
      try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: all[start..<end])))
    }
  }
}
