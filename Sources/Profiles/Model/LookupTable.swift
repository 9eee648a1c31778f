// A table of an authority's: what it calls things that we know by another name. Pure.

package import Leavers

/// A table of which the first column is our value; a row may hold for some days only.
package struct LookupTable: Sendable, Hashable {
  package struct Row: Sendable, Hashable {
    package var cells: [String]
    package var from: CalendarDate?
    package var until: CalendarDate?

    package init(cells: [String], from: CalendarDate? = nil, until: CalendarDate? = nil) {
      self.cells = cells
      self.from = from
      self.until = until
    }

    func holds(on day: CalendarDate) -> Bool { from.map { $0 <= day } != false && until.map { day <= $0 } != false }
  }
  package let id: String
  /// The headings of the columns behind the first, without `from` and `until`.
  package let columns: [String]
  private let rows: [String: [Row]]

  /// `rows`: our value, and the cells of `columns`.
  package init(id: String, columns: [String], rows: [(value: String, row: Row)]) {
    self.id = id
    self.columns = columns
    self.rows = Dictionary(rows.map { ($0.value, [$0.row]) }, uniquingKeysWith: +)
  }

  /// Our values, sorted.
  package var values: [String] { rows.keys.sorted() }

  /// What a column says of a value on a day; nil where the table does not name it then.
  package func text(of value: String, column: String, on day: CalendarDate) -> String? {
    guard let place = columns.firstIndex(of: column) else { return nil }
    return rows[value]?.first { $0.holds(on: day) }?.cells[place]
  }

  /// A column as a map.
  package func map(_ column: String) -> ValueMap {
    guard let place = columns.firstIndex(of: column) else { return ValueMap() }
    return ValueMap(
      values.flatMap { value in
        (rows[value] ?? []).map {
          ValueMap.Entry(ours: value, theirs: $0.cells[place], from: $0.from, until: $0.until)
        }
      })
  }
}
