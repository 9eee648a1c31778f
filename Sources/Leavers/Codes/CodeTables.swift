// All code sets of a configuration, by id. Pure.

/// The code sets that a configuration holds.
package struct CodeTables: Hashable, Sendable {
  private var sets: [String: CodeSet]

  /// A later set takes the place of an earlier one with the same id.
  package init(_ sets: [CodeSet] = []) {
    self.sets = Dictionary(sets.map { ($0.id, $0) }, uniquingKeysWith: { _, later in later })
  }

  /// The set with an id; nil where the configuration has none such.
  package subscript(id: String) -> CodeSet? { sets[id] }

  /// The ids, sorted.
  package var ids: [String] { sets.keys.sorted() }

  /// What a code of a set is on a day; nil where the configuration has no such set.
  package func entry(_ code: String, in id: String, on date: CalendarDate) -> CodeSet.Lookup? {
    sets[id]?.entry(code, on: date)
  }
}
