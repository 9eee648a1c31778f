// Why a workbook cannot be read: what, where, and what to do. Pure; carries no cell's text, no sheet's or part's name.

/// A file that cannot be read as a workbook, or a sheet that cannot be read to its end.
package struct WorkbookError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong; open, so that further codes break nobody.
  package struct Code: Hashable, Sendable, CustomStringConvertible {
    private let name: String
    private init(_ name: String) { self.name = name }
    package var description: String { name }

    // The file is something else.

    package static let empty = Code("empty")
    /// Neither a workbook nor anything of the formats below.
    package static let notAWorkbook = Code("not-a-workbook")
    /// Protected by a password to open.
    package static let encrypted = Code("encrypted")
    /// The format of Excel before 2007, `.xls`.
    package static let oldExcel = Code("old-excel")
    /// Excel's binary workbook, `.xlsb`.
    package static let binaryWorkbook = Code("binary-workbook")
    /// `.ods` and its kin.
    package static let openDocument = Code("open-document")
    /// A document of another Office program, such as Word.
    package static let otherOffice = Code("other-office")
    /// A zip archive that holds no workbook.
    package static let otherZip = Code("other-zip")

    // The archive is damaged or made to harm.

    /// The archive begins, and its end is missing.
    package static let truncated = Code("truncated")
    package static let damaged = Code("damaged")
    /// A part's bytes are not those that its checksum was made of.
    package static let badChecksum = Code("bad-checksum")
    package static let duplicateEntry = Code("duplicate-entry")
    package static let unsafeEntryName = Code("unsafe-entry-name")
    package static let encryptedEntry = Code("encrypted-entry")
    package static let unsupportedCompression = Code("unsupported-compression")

    // What is inside does not fit together.

    /// A part is not well-formed XML, or not in its encoding.
    package static let badXML = Code("bad-xml")
    package static let doctype = Code("doctype")
    /// A part is no part of the kind that it is named as.
    package static let badStructure = Code("bad-structure")
    package static let missingPart = Code("missing-part")
    package static let noSheets = Code("no-sheets")
    /// A sheet without cells, such as a chart.
    package static let notAWorksheet = Code("not-a-worksheet")
    /// A row or cell that does not stand where it says, or stands there twice.
    package static let badReference = Code("bad-reference")
    /// A cell whose content is not of the type that it names.
    package static let badValue = Code("bad-value")
    package static let badStyle = Code("bad-style")
    package static let badSharedString = Code("bad-shared-string")

    /// The workbook can be read, and cannot be written into as it is.
    package static let notEditable = Code("not-editable")

    // Limits.

    package static let tooManyBytes = Code("too-many-bytes")
    package static let tooManyEntries = Code("too-many-entries")
    package static let entryTooLarge = Code("entry-too-large")
    package static let totalTooLarge = Code("total-too-large")
    /// A part is packed so tightly that it looks like a zip bomb.
    package static let ratioTooHigh = Code("ratio-too-high")
    package static let tooManySheets = Code("too-many-sheets")
    package static let tooManyRows = Code("too-many-rows")
    package static let tooManyColumns = Code("too-many-columns")
    package static let tooManyCells = Code("too-many-cells")
    package static let cellTooLong = Code("cell-too-long")
    package static let tooManySharedStrings = Code("too-many-shared-strings")
    package static let sharedStringsTooLarge = Code("shared-strings-too-large")
    package static let tooManyStyles = Code("too-many-styles")
    package static let tooManyMerges = Code("too-many-merges")
    package static let tooDeep = Code("too-deep")
    /// A tag with too many attributes or namespaces, or too long.
    package static let tooMuchMarkup = Code("too-much-markup")
  }

  package let code: Code
  /// The sheet's place in the workbook, from 1, where the error lies in one.
  package let sheet: Int?
  /// The row's number, from 1, where one is known.
  package let row: Int?
  /// The column's number, from 1, where one is known.
  package let column: Int?
  /// What is wrong, where, and what to do; no part of a cell.
  package let message: String

  package init(_ code: Code, sheet: Int? = nil, row: Int? = nil, column: Int? = nil, message: String) {
    self.code = code
    self.sheet = sheet
    self.row = row
    self.column = column
    self.message = message
  }

  package var description: String { message }
}
