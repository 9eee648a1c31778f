// A workbook that is to be written, as a value. Pure.

/// What a workbook is to hold; `WorkbookWriter` makes the bytes.
package struct WorkbookDraft: Hashable, Sendable {
  /// What the program shows as the properties of the file. Not personal data.
  package struct Properties: Hashable, Sendable {
    package var title: String
    package var subject: String
    package var author: String
    package var comments: String

    package init(title: String = "", subject: String = "", author: String = "", comments: String = "") {
      self.title = title
      self.subject = subject
      self.author = author
      self.comments = comments
    }
  }

  /// A word about the workbook for the program that reads it again, such as its kind or a reference.
  package struct Mark: Hashable, Sendable {
    package let key: String
    package let value: String

    package init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  /// In the order of their tabs; at least one is not hidden, and the first of those is open.
  package var sheets: [SheetDraft]
  package var properties: Properties
  /// Kept in a hidden sheet, `WorkbookReader.marks(in:)` reads them; none, and there is no such sheet. Not personal data.
  package var marks: [Mark]
  /// The name of the hidden sheet of the marks.
  package var marksSheet: String

  package init(
    sheets: [SheetDraft], properties: Properties = Properties(), marks: [Mark] = [], marksSheet: String = "About"
  ) {
    self.sheets = sheets
    self.properties = properties
    self.marks = marks
    self.marksSheet = marksSheet
  }

  /// The name of the hidden sheet with lists of allowed answers that do not fit into the cells' own rule.
  static let listsSheet = "Lists"

  /// The lists that need the hidden sheet, each once, in the order of their columns.
  var longLists: [[String]] {
    var lists: [[String]] = []
    for column in sheets.flatMap(\.columns)
    where !column.allowed.isEmpty && !AllowedAnswers.fitsRule(column.allowed) && !lists.contains(column.allowed) {
      lists.append(column.allowed)
    }
    return lists
  }

  /// All sheets: those of the draft, then the hidden ones with lists and marks.
  var allSheets: [SheetDraft] {
    var result = sheets
    let lists = longLists
    if let longest = lists.map(\.count).max() {
      let rows = (0..<longest).map { row in
        lists.map { row < $0.count ? CellDraft.text($0[row]) : .blank }
      }
      result.append(
        SheetDraft(
          name: Self.listsSheet, columns: lists.indices.map { ColumnDraft("List \($0 + 1)", width: 40) }, rows: rows,
          isProtected: true, hasFilter: false, isHidden: true))
    }
    if !marks.isEmpty {
      result.append(
        SheetDraft(
          name: marksSheet, columns: [ColumnDraft("Property"), ColumnDraft("Value", width: 60)],
          rows: marks.map { [.text($0.key), .text($0.value)] }, isProtected: true, hasFilter: false, isHidden: true))
    }
    return result
  }
}

extension WorkbookDraft: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The workbook's size, without its cells, which may be personal data.
  package var description: String { "WorkbookDraft(\(sheets.count) sheets)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
