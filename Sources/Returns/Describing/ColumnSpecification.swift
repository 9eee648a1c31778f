// One column as the specification of a feed tells it: what it says, where it stands, which words it can hold. Pure.

import Leavers
import Profiles
import Tabular

/// One column of a return.
struct ColumnSpecification: Sendable {
  /// The words and codes of a column, or of a part of it, with what they mean.
  struct Words: Sendable {
    /// The part that they are of; nil for the column itself.
    let part: String?
    let rows: [(written: String, means: String)]
  }

  let column: ReturnColumn
  /// What its cells are made of and how they are written.
  let says: String
  /// What is asked of a cell.
  let asked: [String]
  /// In XML the path of its element from the root, in a template the cell of its first row; else nil.
  let place: String?
  /// Whether it tells what people wrote in words of their own.
  let isFreeText: Bool
  /// What a cell of a workbook offers as a list.
  let offered: [String]
  let words: [Words]

  init(_ column: ReturnColumn, at number: Int, of profile: ReturnProfile, codes: CodeTables) {
    self.column = column
    says = FormWords.words(column.form)
    isFreeText = column.form.fields.contains(where: \.isFreeText)
    offered =
      if case .workbook(let form) = profile.format {
        WorkbookRendering(profile: profile, form: form).offered(column)
      } else { [] }
    place = Self.place(column, number, profile.format)
    var asked: [String] = []
    if column.required { asked.append("a pupil without it waits at the school") }
    if let max = column.max { asked.append("at most \(max) characters; a longer text is never cut, the pupil waits") }
    if isFreeText { asked.append("free text: people's own words, which nobody checked") }
    switch profile.format {
    case .csv, .xml: break
    case .workbook, .template: asked.append(Self.words(TypedCells.kind(of: column)))
    }
    if !offered.isEmpty { asked.append("the cell offers its words as a list") }
    self.asked = asked
    words = column.form.all.compactMap { Self.words(of: $0, in: column, codes) }
  }

  private static func place(_ column: ReturnColumn, _ number: Int, _ format: ReturnFormat) -> String? {
    switch format {
    case .csv, .workbook: return nil
    case .xml(let form): return "\(form.root)/\(form.row)/\(column.element ?? column.name)"
    case .template(let form):
      // What is no cell is told of by `check`.
      return CellReference(form.first.cell).map { "\(CellReference(row: $0.row, column: $0.column + number))" }
    }
  }

  private static func words(_ kind: TypedCells.Kind) -> String {
    switch kind {
    case .text: "the cell is a text"
    case .day: "the cell is a date"
    case .number: "the cell is a number"
    }
  }

  // MARK: Codes and words

  /// In the authority's own words where it has them.
  private static func words(of form: CellForm, in column: ReturnColumn, _ codes: CodeTables) -> Words? {
    let own: String? = if case .code(let set)? = form.source.field?.type { set } else { nil }
    let entries = (form.codes ?? own).flatMap { codes[$0]?.entries } ?? []
    let rows: [(written: String, means: String)]
    if !form.map.isEmpty {
      rows = Self.rows(form.map, entries)
    } else if let lookup = form.lookup {
      rows = Self.rows(lookup.table.map(lookup.column), entries)
    } else if form.codes != nil {
      rows = entries.filter { !$0.isLegacy }.map { ($0.code, $0.label) }
    } else {
      return nil
    }
    // A part has no heading of its own: its field tells which it is.
    return Words(part: form == column.form ? nil : form.source.field.map(FormWords.name), rows: rows)
  }

  private static func rows(_ map: ValueMap, _ entries: [CodeEntry]) -> [(written: String, means: String)] {
    map.entries.map { entry in
      let label = entries.first { $0.code == entry.ours }?.label ?? entry.ours
      let days = [entry.from.map { "from \($0)" }, entry.until.map { "until \($0)" }].compactMap { $0 }
      return (entry.theirs, label + (days.isEmpty ? "" : " (\(days.joined(separator: " ")))"))
    }
  }
}
