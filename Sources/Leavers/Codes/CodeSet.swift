// A table of codes with the dates between which each is in force; built from rows that others read. Pure.

/// A code set: versioned data, never an enumeration, so that a code that DfE adds needs no release.
package struct CodeSet: Hashable, Sendable {
  /// What a code is on a day.
  package enum Lookup: Hashable, Sendable {
    case current(CodeEntry)
    /// Known, in force later.
    case notYet(CodeEntry)
    /// Known, no longer in force, or of an older generation.
    case expired(CodeEntry)
    case unknown

    /// The entry, whether in force or not; nil where the code is unknown.
    package var entry: CodeEntry? {
      switch self {
      case .current(let entry), .notYet(let entry), .expired(let entry): entry
      case .unknown: nil
      }
    }
  }

  /// The name by which configuration refers to the set, for example `nccis-activity`.
  package let id: String
  /// The entries in the order of the table. A code whose meaning changed stands more than once, with other dates.
  package let entries: [CodeEntry]
  /// Indices of `entries` by folded code, and by folded alias.
  private let byCode: [String: [Int]]
  private let byAlias: [String: Int]

  /// Makes a set of checked entries, or says what is wrong with them.
  package init(id: String, entries: [CodeEntry]) throws(CodeTableFlaws) {
    try self.init(id: id, entries: entries, lines: Array(1...max(1, entries.count)))
  }

  /// Reads a table: `header` the names of its columns, `rows` the cells below it, each with its line in the file.
  ///
  /// Columns `code` and `label` must be there; `from` and `until` are `yyyy-MM-dd` or blank; all others become attributes.
  /// Everything wrong is said at once.
  package init(id: String, header: [String], rows: [CodeTableRow]) throws(CodeTableFlaws) {
    var flaws: [CodeTableFlaw] = []
    let names = header.map { $0.trimmedOfBlanks.lowercased() }
    for name in ["code", "label"] where !names.contains(name) {
      flaws.append(
        CodeTableFlaw(
          line: 1, column: name, problem: .missingColumn, remedy: "add a column named \(name) to the header"))
    }
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      flaws.append(
        CodeTableFlaw(line: 1, column: name, problem: .repeatedColumn, remedy: "give each column a name of its own"))
    }
    guard flaws.isEmpty else { throw CodeTableFlaws(set: id, flaws: flaws) }
    var entries: [CodeEntry] = []
    var lines: [Int] = []
    for row in rows {
      let cells = row.cells.map(\.trimmedOfBlanks)
      if cells.allSatisfy(\.isEmpty) { continue }
      guard cells.count == names.count else {
        flaws.append(
          CodeTableFlaw(
            line: row.line, column: nil, problem: .wrongColumnCount,
            remedy: "the header has \(names.count) columns and this row \(cells.count); quote a cell that holds a comma"
          ))
        continue
      }
      var attributes: [String: String] = [:]
      for (name, cell) in zip(names, cells) where !cell.isEmpty { attributes[name] = cell }
      func take(_ name: String) -> String? { attributes.removeValue(forKey: name) }
      func date(_ name: String) -> CalendarDate? {
        guard let text = take(name) else { return nil }
        guard let date = CalendarDate(iso: text) else {
          flaws.append(
            CodeTableFlaw(line: row.line, column: name, problem: .badDate, remedy: "write the date as yyyy-mm-dd"))
          return nil
        }
        return date
      }
      let (code, label) = (take("code"), take("label"))
      for (name, value) in [("code", code), ("label", label)] where value == nil {
        flaws.append(
          CodeTableFlaw(line: row.line, column: name, problem: .blank, remedy: "give the row a \(name) or remove it"))
      }
      let (from, until) = (date("from"), date("until"))
      guard let code, let label else { continue }
      entries.append(CodeEntry(code: code, label: label, from: from, until: until, attributes: attributes))
      lines.append(row.line)
    }
    guard flaws.isEmpty else { throw CodeTableFlaws(set: id, flaws: flaws) }
    try self.init(id: id, entries: entries, lines: lines)
  }

  private init(id: String, entries: [CodeEntry], lines: [Int]) throws(CodeTableFlaws) {
    var flaws: [CodeTableFlaw] = []
    var byCode: [String: [Int]] = [:]
    var byAlias: [String: Int] = [:]
    for (index, entry) in entries.enumerated() {
      if let from = entry.from, let until = entry.until, until < from {
        flaws.append(
          CodeTableFlaw(line: lines[index], column: "until", problem: .endsBeforeItBegins, remedy: "correct the dates"))
      }
      let key = Self.folded(entry.code)
      for other in byCode[key] ?? [] where Self.overlap(entries[other], entry) {
        flaws.append(
          CodeTableFlaw(
            line: lines[index], column: "code", problem: .repeatedCode,
            remedy: "the code stands on line \(lines[other]) for the same days; give each its own dates or remove one"))
      }
      byCode[key, default: []].append(index)
    }
    for (index, entry) in entries.enumerated() {
      for alias in entry.aliases {
        let key = Self.folded(alias)
        let taken = (byCode[key] ?? byAlias[key].map { [$0] })?.contains {
          Self.folded(entries[$0].code) != Self.folded(entry.code)
        }
        if taken == true {
          flaws.append(
            CodeTableFlaw(
              line: lines[index], column: "aliases", problem: .repeatedAlias,
              remedy: "an alias must mean one code and be no code itself"))
        }
        if byAlias[key] == nil { byAlias[key] = index }
      }
    }
    guard flaws.isEmpty else { throw CodeTableFlaws(set: id, flaws: flaws) }
    self.id = id
    self.entries = entries
    self.byCode = byCode
    self.byAlias = byAlias
  }

  private static func overlap(_ left: CodeEntry, _ right: CodeEntry) -> Bool {
    (left.from ?? .first) <= (right.until ?? .last) && (right.from ?? .first) <= (left.until ?? .last)
  }

  private static func folded(_ code: String) -> String { code.trimmedOfBlanks.uppercased() }

  /// What a code is on a day. Blanks at the ends and the case of letters do not matter; the entry has the code as it is
  /// to be sent. Aliases are looked for after codes.
  package func entry(_ code: String, on date: CalendarDate) -> Lookup {
    let key = Self.folded(code)
    guard let indices = byCode[key] ?? byAlias[key].flatMap({ byCode[Self.folded(entries[$0].code)] }) else {
      return .unknown
    }
    var latest: CodeEntry?
    var coming: CodeEntry?
    for entry in indices.map({ entries[$0] }) {
      if entry.isCurrent(on: date) { return .current(entry) }
      if !entry.isLegacy, let from = entry.from, from > date {
        if coming.flatMap(\.from).map({ from < $0 }) != false { coming = entry }
      } else if latest.map({ ($0.until ?? .first) <= (entry.until ?? .first) }) != false {
        latest = entry
      }
    }
    if let latest { return .expired(latest) }
    if let coming { return .notYet(coming) }
    return .unknown
  }

  /// The entries in force on a day, in the order of the table: what a sheet offers as a list.
  package func current(on date: CalendarDate) -> [CodeEntry] { entries.filter { $0.isCurrent(on: date) } }
}

/// The cells of one row of a code table and the line on which it begins.
package struct CodeTableRow: Hashable, Sendable {
  package let line: Int
  package let cells: [String]

  package init(line: Int, cells: [String]) {
    self.line = line
    self.cells = cells
  }
}
