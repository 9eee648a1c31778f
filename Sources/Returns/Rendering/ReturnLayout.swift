// What the look of a file is made of besides its headings and rows: where it changes, every row is another. Pure.

import Profiles

extension ReturnProfile {
  /// Empty for a plain CSV file, whose headings and dialect say it all.
  var layout: String {
    switch format {
    case .csv(let form):
      guard !form.isPlain else { return "" }
      let lines = (form.head + [["|"]].compactMap { try? $0.map { try LineText($0) } } + form.tail).map {
        $0.map(\.source).joined(separator: ",")
      }
      return "csv \(form.hasColumnNames) \(lines.joined(separator: ";"))\n"
    case .workbook(let form): return "xlsx \(form.sheet) \(kinds)\n"
    case .template(let form):
      let cells = form.cells.map { "\($0.place.sheet)!\($0.place.cell)=\($0.text.source)" }.joined(separator: ";")
      return "template \(form.first.sheet)!\(form.first.cell) \(digest) \(kinds) \(cells)\n"
    case .xml(let form):
      let head = form.head.map { "\($0.element)=\($0.text.source)" }.joined(separator: ";")
      let paths = columns.map { $0.element ?? $0.name }.joined(separator: ";")
      return "xml \(form.namespace ?? "") \(form.root) \(form.row) \(form.keepsEmpty) \(head) \(paths)\n"
    }
  }

  /// Which columns are days and numbers to a spreadsheet.
  private var kinds: String {
    columns.map { column in
      switch TypedCells.kind(of: column) {
      case .text: "t"
      case .day: "d"
      case .number: "n"
      }
    }.joined()
  }
}
