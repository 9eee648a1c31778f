// The words that a workbook of our own carries about itself. Pure.

extension WorkbookReader {
  /// The marks that `WorkbookDraft.marks` wrote, by key; nil where the workbook has no such sheet, or the sheet is no
  /// list of marks. A person can change them: what they say is to be checked like any other input.
  package mutating func marks(in sheet: String = "About") throws(WorkbookError) -> [String: String]? {
    guard let found = sheets.first(where: { $0.name == sheet && $0.isWorksheet }) else { return nil }
    var marks: [String: String] = [:]
    var reader = try read(found)
    var isFirst = true
    while try reader.next() {
      let (key, value) = reader.withRow { ($0.string(0) ?? "", $0.string(1) ?? "") }
      if isFirst {
        guard key == "Property", value == "Value" else { return nil }
        isFirst = false
      } else if !key.isEmpty {
        marks[key] = value
      }
    }
    return isFirst ? nil : marks
  }
}
