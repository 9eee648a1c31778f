// What the value of a cell means, by the cell's type and number format. Pure.

/// Why a cell's value cannot be taken for what it says it is.
struct CellFlaw: Error {
  let code: WorkbookError.Code
  let message: String

  init(_ code: WorkbookError.Code, message: String) {
    self.code = code
    self.message = message
  }
}

/// What a workbook knows that gives values their meaning.
struct CellMeaning {
  let styles: WorkbookStyles
  let strings: SharedStrings
  let dates: DateSystem

  /// Makes of a cell's value what it means, by the cell's type and style.
  func interpret(
    _ record: inout SheetCellRecord, _ type: SheetCellHead.CellType, _ bytes: inout [UInt8]
  ) throws(CellFlaw) {
    let start = Int(record.start)
    switch type {
    case .string:
      StringItem.decodeEscapes(&bytes, from: start)
      record.end = Int32(bytes.count)
      record.kind = .text
    case .inline: record.kind = .text
    case .number: try interpretNumber(&record, &bytes)
    case .shared:
      StringItem.trim(&bytes, from: start)
      if bytes.count == start { break }
      guard
        let index = bytes.withUnsafeBufferPointer({ DecimalText.integer(UnsafeBufferPointer(rebasing: $0[start...])) }),
        index < strings.count
      else {
        throw CellFlaw(
          .badSharedString, message: "the cell names a text that the workbook does not hold; open it and save it again")
      }
      bytes.removeSubrange(start...)
      record.shared = Int32(index)
      record.kind = .text
    case .boolean:
      StringItem.trim(&bytes, from: start)
      if bytes.count == start { break }
      let isTrue = bytes[start...].elementsEqual("1".utf8) || bytes[start...].elementsEqual("true".utf8)
      guard isTrue || bytes[start...].elementsEqual("0".utf8) || bytes[start...].elementsEqual("false".utf8) else {
        throw CellFlaw(.badValue, message: "the cell is said to be true or false and is neither; type it again")
      }
      bytes.replaceSubrange(start..., with: isTrue ? "TRUE".utf8 : "FALSE".utf8)
      record.end = Int32(bytes.count)
      record.kind = .boolean
    case .error: record.kind = .error
    case .date:
      StringItem.trim(&bytes, from: start)
      if bytes.count == start { break }
      record.kind = .text
      if let date = ISODateText.normalised(bytes[start...]) {
        bytes.replaceSubrange(start..., with: date)
        record.kind = .date
      }
      record.end = Int32(bytes.count)
    }
  }

  private func interpretNumber(_ record: inout SheetCellRecord, _ bytes: inout [UInt8]) throws(CellFlaw) {
    let start = Int(record.start)
    StringItem.trim(&bytes, from: start)
    let end = bytes.count
    if end == start { return }
    record.kind = .number
    record.end = Int32(end)
    (record.rawStart, record.rawEnd) = (record.start, record.end)
    guard let format = styles.format(Int(record.style)) else {
      throw CellFlaw(
        .badStyle, message: "the cell has a format that the workbook does not hold; open it and save it again")
    }
    let look = bytes.withUnsafeBufferPointer { NumberText.look(UnsafeBufferPointer(rebasing: $0[start...])) }
    if case .general = format.meaning {
      switch look {
      case .plain, .whole: return
      case .other, .none: break
      }
    }
    guard let value = bytes.withUnsafeBufferPointer({ NumberText.value(UnsafeBufferPointer(rebasing: $0[start...])) })
    else {
      throw CellFlaw(.badValue, message: "the cell is said to be a number and is none; type it again")
    }
    switch format.meaning {
    case .date:
      if dates.appendDate(value, to: &bytes) { record.kind = .date }
    case .time:
      if value < 1 ? dates.appendTime(value, to: &bytes) : dates.appendDate(value, to: &bytes) {
        record.kind = .date
      }
    case .elapsed:
      if dates.appendTime(value, to: &bytes) { record.kind = .date }
    case .zeros(let pattern):
      if value >= 0, value < 1e15, value == value.rounded() {
        pattern.append(Array(String(Int(value)).utf8), to: &bytes)
      }
    case .general: break
    }
    if bytes.count == end { NumberText.append(value, to: &bytes) }
    record.start = Int32(end)
    record.end = Int32(bytes.count)
  }
}
