// What a file is by the ending of its name. Pure.

/// The kinds of export that names tell of.
enum NamedKind: Equatable {
  case text
  /// `.xml`: of such files a Common Transfer File is read.
  case transferFile
  /// `.xlsx` or `.xlsm`.
  case workbook
  /// A spreadsheet's other formats. Some systems give their names to text, a web page or an `.xlsx`.
  case otherSpreadsheet

  static let endings: [(ending: String, kind: NamedKind)] = [
    (".csv", .text), (".txt", .text), (".tsv", .text), (".xml", .transferFile), (".xlsx", .workbook),
    (".xlsm", .workbook),
    (".xls", .otherSpreadsheet), (".xlsb", .otherSpreadsheet), (".xlt", .otherSpreadsheet),
    (".xltx", .otherSpreadsheet), (".xltm", .otherSpreadsheet), (".ods", .otherSpreadsheet),
    (".fods", .otherSpreadsheet), (".ots", .otherSpreadsheet),
  ]

  /// What a file of the kind is, in words.
  var words: String {
    switch self {
    case .text: "it is text, such as CSV"
    case .workbook, .otherSpreadsheet: "it is a workbook (XLSX)"
    case .transferFile: "it is a Common Transfer File (XML)"
    }
  }

  /// Nil for a name that is no table's.
  init?(_ name: String) {
    let lower = name.lowercased()
    guard let found = Self.endings.first(where: { lower.hasSuffix($0.ending) }) else { return nil }
    self = found.kind
  }
}
