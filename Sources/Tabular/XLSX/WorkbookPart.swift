// A part of a workbook, as errors name it, and how its XML is read.

/// Which part of a workbook.
enum WorkbookPart: Hashable {
  case mimeType, packageRelations, workbook, workbookRelations, styles, sharedStrings
  /// The sheet's place, from 1.
  case sheet(Int)

  private var words: String {
    switch self {
    case .mimeType: "the workbook's part that tells its type"
    case .packageRelations: "the workbook's table of contents"
    case .workbook: "the workbook's list of sheets"
    case .workbookRelations: "the workbook's table of parts"
    case .styles: "the workbook's table of formats"
    case .sharedStrings: "the workbook's table of texts"
    case .sheet(let number): "sheet \(number)"
    }
  }

  private var sheet: Int? {
    if case .sheet(let number) = self { number } else { nil }
  }

  /// An error of this part; with a row or cell, where one is known.
  func error(_ code: WorkbookError.Code, row: Int? = nil, column: Int? = nil, _ message: String) -> WorkbookError {
    var place = words
    if let row, let column {
      place += ", cell \(SheetRange.letters(column))\(row)"
    } else if let row {
      place += ", row \(row)"
    }
    return WorkbookError(code, sheet: sheet, row: row, column: column, message: "\(place): \(message)")
  }

  /// What an error of the XML means for this part. `row`: the last row that was read, where it is a sheet.
  func error(_ error: XMLError, row: Int?) -> WorkbookError {
    // Spreadsheet programs write a whole sheet in one line: the row says more than the line.
    let place = row.map { "after row \($0), " } ?? ""
    let code: WorkbookError.Code
    switch error.code {
    case .doctype: code = .doctype
    case .tooDeep: code = .tooDeep
    case .textTooLong: code = .cellTooLong
    case .tooManyAttributes, .tooManyNamespaces, .markupTooLong: code = .tooMuchMarkup
    case .tooManyBytes: code = .entryTooLarge
    case .unreadable: code = .damaged
    default: code = .badXML
    }
    return WorkbookError(code, sheet: sheet, row: row, message: "\(words), \(place)\(error.message)")
  }
}

/// The XML of one part, with errors of the workbook's own.
struct PartReader: ~Copyable {
  let part: WorkbookPart
  var xml: XMLReader
  /// The last row that was read, where the part is a sheet.
  var row: Int?
  private let stream: ZipStream

  init(_ stream: ZipStream, _ part: WorkbookPart, _ limits: WorkbookLimits) {
    self.part = part
    self.stream = stream
    xml = XMLReader(limits: limits.xml) { [stream] in stream.read($0) }
  }

  @inline(__always)
  mutating func next() throws(WorkbookError) -> XMLReader.Event? {
    do throws(XMLError) { return try xml.next() } catch { throw translated(error) }
  }

  mutating func skipElement() throws(WorkbookError) {
    do throws(XMLError) { try xml.skipElement() } catch { throw translated(error) }
  }

  /// Goes to the root's start tag, which must have this name.
  mutating func root(_ name: StaticString) throws(WorkbookError) {
    _ = try next()
    guard xml.isNamed(name) else {
      throw part.error(.badStructure, "it is not what it is listed as; open the workbook and save it again")
    }
  }

  /// Goes to the next start tag among the children of the element at `depth`, passing over all below those before it and
  /// over elements of other namespaces, which spreadsheet programs add for one another; false at the end of the element.
  mutating func nextChild(of depth: Int) throws(WorkbookError) -> Bool {
    while let event = try next() {
      if event == .end, xml.depth == depth { return false }
      guard event == .start else { continue }
      if xml.depth == depth + 1, xml.isInRootNamespace { return true }
      try skipElement()
    }
    return false
  }

  /// Reads on to the end of the part, so that the whole was seen to be sound.
  mutating func finish() throws(WorkbookError) {
    while try next() != nil {}
  }

  private func translated(_ error: XMLError) -> WorkbookError { stream.failure ?? part.error(error, row: row) }
}
