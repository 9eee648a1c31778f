// How a return is written: as text, as a workbook, into a workbook of the authority's, as XML.

package import Tabular

/// The type of a return's file and all that belongs to it.
package enum ReturnFormat: Sendable {
  case csv(CSVForm)
  case workbook(WorkbookForm)
  /// Into the authority's own workbook.
  case template(TemplateForm)
  case xml(XMLForm)

  /// By the word for it in configuration.
  package var word: String {
    switch self {
    case .csv: "csv"
    case .workbook, .template: "xlsx"
    case .xml: "xml"
    }
  }

  package var csvDialect: CSVDialect? { if case .csv(let form) = self { form.dialect } else { nil } }
}

/// A CSV file.
package struct CSVForm: Sendable, Hashable {
  package var dialect: CSVDialect
  /// Whether the names of the columns stand above the rows.
  package var hasColumnNames: Bool
  /// Lines above the names of the columns, and below the last row.
  package var head: [[LineText]]
  package var tail: [[LineText]]

  package init(
    dialect: CSVDialect = .standard, hasColumnNames: Bool = true, head: [[LineText]] = [], tail: [[LineText]] = []
  ) {
    self.dialect = dialect
    self.hasColumnNames = hasColumnNames
    self.head = head
    self.tail = tail
  }

  /// Whether it is names of columns and rows, nothing else.
  package var isPlain: Bool { hasColumnNames && head.isEmpty && tail.isEmpty }
}

/// A workbook of our own.
package struct WorkbookForm: Sendable, Hashable {
  package var sheet: String
  /// Whether columns with codes offer the codes as a list.
  package var offersLists: Bool

  package init(sheet: String, offersLists: Bool = true) {
    self.sheet = sheet
    self.offersLists = offersLists
  }
}

/// The authority's own workbook, and where in it the rows go.
package struct TemplateForm: Sendable {
  package struct Place: Sendable, Hashable {
    package var sheet: String
    /// Such as `B7`.
    package var cell: String

    package init(sheet: String, cell: String) {
      self.sheet = sheet
      self.cell = cell
    }
  }
  package struct Cell: Sendable, Hashable {
    package var place: Place
    package var text: LineText

    package init(place: Place, text: LineText) {
      self.place = place
      self.text = text
    }
  }
  /// The workbook as the authority gave it.
  package var workbook: [UInt8]
  /// The file that it was read from, for messages.
  package var file: String
  package var first: Place
  /// Single cells, such as the school's name.
  package var cells: [Cell]
  /// Whether the first row is a sample that is written over.
  package var replacesSample: Bool

  package init(workbook: [UInt8], file: String, first: Place, cells: [Cell] = [], replacesSample: Bool = false) {
    self.workbook = workbook
    self.file = file
    self.first = first
    self.cells = cells
    self.replacesSample = replacesSample
  }
}

/// An XML document: an element tree with an element a row.
package struct XMLForm: Sendable {
  package struct Head: Sendable, Hashable {
    /// Under the root, such as `Header/School` or `@version`.
    package var element: String
    package var text: LineText

    package init(element: String, text: LineText) {
      self.element = element
      self.text = text
    }
  }
  package var root: String
  package var namespace: String?
  package var head: [Head]
  /// The path of a row's element under the root, such as `Leavers/Leaver`.
  package var row: String
  /// Whether a cell that says nothing is an empty element; else there is no element.
  package var keepsEmpty: Bool
  /// The XML Schema that a document must meet before it may leave; nil where the authority gave none.
  package var schema: [UInt8]?
  package var schemaFile: String?

  package init(
    root: String, namespace: String? = nil, head: [Head] = [], row: String, keepsEmpty: Bool = false,
    schema: [UInt8]? = nil, schemaFile: String? = nil
  ) {
    self.root = root
    self.namespace = namespace
    self.head = head
    self.row = row
    self.keepsEmpty = keepsEmpty
    self.schema = schema
    self.schemaFile = schemaFile
  }
}
