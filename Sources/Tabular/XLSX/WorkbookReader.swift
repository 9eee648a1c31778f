// Bytes of an Excel workbook to sheets. No I/O.

/// Opens a workbook (`.xlsx`, `.xlsm`) that is in memory, and reads its sheets row by row.
///
/// ```swift
/// var workbook = try WorkbookReader(bytes)
/// var sheet = try workbook.read(workbook.sheets[0])
/// while try sheet.next() { sheet.withRow { row in … } }
/// ```
///
/// Reads what Excel, LibreOffice and others write, transitional and strict. Trusts nothing: the archive's names, sizes
/// and checksums, the XML and the numbers in it are checked, and all of it has limits. What is no such workbook is told
/// apart: encrypted, `.xls`, `.xlsb`, OpenDocument, another zip. One thread at a time may use a reader and the sheets it
/// gave.
package struct WorkbookReader: ~Copyable {
  /// The sheets in the order of their tabs, hidden ones too. At least one.
  package let sheets: [WorkbookSheet]
  package let dateSystem: DateSystem
  /// Whether the workbook asks to be calculated anew when it is opened: the values of its formulas were not made by the
  /// program that wrote it, and may be missing or old.
  package let calculatesOnOpening: Bool

  let limits: WorkbookLimits
  /// The entry of the workbook's main part.
  let mainEntry: String
  private let archive: ZipArchive
  private let relations: PartRelations
  private var meaning: CellMeaning?

  package init(_ bytes: [UInt8], limits: WorkbookLimits = WorkbookLimits()) throws(WorkbookError) {
    guard bytes.count <= limits.bytes else {
      throw WorkbookError(
        .tooManyBytes,
        message: "the file has more than \(limits.bytes) bytes, the limit; split it, or raise the limit")
    }
    if let refusal = FileSignature.refusal(of: bytes) { throw refusal }
    let archive = try ZipArchive(bytes, limits: limits)
    let entry = try Self.workbookEntry(archive, limits)
    let part = WorkbookPart.workbookRelations
    var relations = PartRelations()
    if let stream = try archive.stream(PartRelations.relationsEntry(of: entry), part) {
      relations = try PartRelations(
        PartReader(stream, part, limits), folder: PartRelations.folder(of: entry), limits)
    }
    guard let stream = try archive.stream(entry, .workbook) else {
      throw WorkbookPart.workbook.error(.missingPart, "it is missing; open the workbook and save it again")
    }
    let list = try WorkbookList(PartReader(stream, .workbook, limits), relations, limits)
    sheets = list.sheets
    dateSystem = list.dateSystem
    calculatesOnOpening = list.calculatesOnOpening
    self.limits = limits
    mainEntry = entry
    self.archive = archive
    self.relations = relations
  }

  /// Begins to read one of the workbook's sheets, from its first row.
  package mutating func read(_ sheet: WorkbookSheet) throws(WorkbookError) -> SheetReader {
    let part = WorkbookPart.sheet(sheet.number)
    guard sheet.isWorksheet else {
      throw part.error(.notAWorksheet, "it is a chart or a dialog and has no cells; choose another sheet")
    }
    guard let entry = sheet.entry, let stream = try archive.stream(entry, part) else {
      throw part.error(.missingPart, "its part is missing from the workbook; open the workbook and save it again")
    }
    let meaning = try readTables()
    return SheetReader(PartReader(stream, part, limits), sheet: sheet, meaning: meaning, limits: limits)
  }

  /// Reads all rows of a sheet.
  package mutating func forEachRow<Failure: Error>(
    of sheet: WorkbookSheet, _ body: (borrowing SheetRow) throws(Failure) -> Void
  ) throws {
    var reader = try read(sheet)
    while try reader.next() { try reader.withRow(body) }
  }

  /// The workbook's formats and texts, which all sheets share; read once.
  private mutating func readTables() throws(WorkbookError) -> CellMeaning {
    if let meaning { return meaning }
    var styles = WorkbookStyles()
    if let stream = try stream("styles", .styles) {
      styles = try WorkbookStyles(PartReader(stream, .styles, limits), limits)
    }
    var strings = SharedStrings()
    if let stream = try stream("sharedStrings", .sharedStrings) {
      strings = try SharedStrings(PartReader(stream, .sharedStrings, limits), limits)
    }
    let read = CellMeaning(styles: styles, strings: strings, dates: dateSystem)
    meaning = read
    return read
  }

  private func stream(_ kind: String, _ part: WorkbookPart) throws(WorkbookError) -> ZipStream? {
    guard let relation = relations.first(kind) else { return nil }
    guard let entry = relation.entry, let stream = try archive.stream(entry, part) else {
      throw part.error(.missingPart, "it is missing; open the workbook and save it again")
    }
    return stream
  }

  /// The workbook's main part from its beginning.
  func workbookStream() throws(WorkbookError) -> ZipStream? { try archive.stream(mainEntry, .workbook) }

  // MARK: For editing

  /// The entry of the table of formats; nil for a workbook without one.
  var stylesEntry: String? { relations.first("styles")?.entry }

  /// All bytes of an entry; nil where the archive has none of the name. `part`: as errors name it.
  func bytes(of entry: String, _ part: WorkbookPart) throws(WorkbookError) -> [UInt8]? {
    guard let stream = try archive.stream(entry, part) else { return nil }
    return try stream.rest()
  }

  /// What the workbook's formats mean.
  mutating func readStyles() throws(WorkbookError) -> WorkbookStyles { try readTables().styles }

  /// An entry from its beginning; nil where the archive has none of the name.
  func stream(ofEntry entry: String, _ part: WorkbookPart) throws(WorkbookError) -> ZipStream? {
    try archive.stream(entry, part)
  }

  // MARK: What the archive holds

  /// The entry of the workbook's list of sheets, or what the archive holds instead of a workbook.
  private static func workbookEntry(_ archive: ZipArchive, _ limits: WorkbookLimits) throws(WorkbookError) -> String {
    var entry = "xl/workbook.xml"
    let part = WorkbookPart.packageRelations
    if let stream = try archive.stream("_rels/.rels", part) {
      let relations = try PartRelations(PartReader(stream, part, limits), folder: "", limits)
      if let found = relations.first("officeDocument")?.entry { entry = found }
    }
    if entry.lowercased().hasSuffix(".bin") || (!archive.has(entry) && archive.has("xl/workbook.bin")) {
      throw WorkbookError(
        .binaryWorkbook, message: "the workbook is in Excel's binary format (.xlsb); save it as .xlsx")
    }
    let type = try archive.stream("mimetype", .mimeType)?.beginning(64) ?? []
    if type.starts(with: Array("application/vnd.oasis.opendocument".utf8)) {
      throw WorkbookError(
        .openDocument, message: "the file is an OpenDocument file, such as .ods; save it as .xlsx, or export CSV")
    }
    let folder = entry.split(separator: "/").first ?? ""
    if ["word", "ppt", "visio"].contains(folder) || archive.has("word/document.xml")
      || archive.has("ppt/presentation.xml")
    {
      throw WorkbookError(
        .otherOffice, message: "the file is a document of another Office program, no workbook; hand in the workbook")
    }
    if !archive.has(entry), !archive.has("[Content_Types].xml") {
      throw WorkbookError(
        .otherZip,
        message: "the file is a zip archive without a workbook in it; unpack it and hand in the workbook by itself")
    }
    return entry
  }
}
