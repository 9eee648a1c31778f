// What a file is by the ending of its name. Pure.

/// The kinds of table that names tell of.
enum NamedKind: Equatable {
  case text
  /// `.xlsx` or `.xlsm`.
  case workbook
  /// A spreadsheet's other formats. Some systems give their names to text, a web page or an `.xlsx`.
  case otherSpreadsheet

  private static let endings: [(ending: String, kind: NamedKind)] = [
    (".csv", .text), (".txt", .text), (".tsv", .text), (".xlsx", .workbook), (".xlsm", .workbook),
    (".xls", .otherSpreadsheet), (".xlsb", .otherSpreadsheet), (".xlt", .otherSpreadsheet),
    (".xltx", .otherSpreadsheet), (".xltm", .otherSpreadsheet), (".ods", .otherSpreadsheet),
    (".fods", .otherSpreadsheet), (".ots", .otherSpreadsheet),
  ]

  /// Nil for a name that is no table's.
  init?(_ name: String) {
    let lower = name.lowercased()
    guard let found = Self.endings.first(where: { lower.hasSuffix($0.ending) }) else { return nil }
    self = found.kind
  }
}
