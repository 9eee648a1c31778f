// The words that people write instead of codes, as data: built from rows that others read. Pure.

/// A vocabulary: which words may stand for which code, and which turn, weaken or deny what is said.
package struct WordVocabulary: Hashable, Sendable {
  /// The rows in the order of the table.
  package let entries: [VocabularyEntry]

  package init(_ entries: [VocabularyEntry] = []) { self.entries = entries }

  /// The names of the columns; all must be there.
  package static let columns = ["words", "set", "code", "where", "strength", "note"]

  /// Reads a table: `header` the names of its columns, `rows` the cells below it, each with its line in the file.
  ///
  /// `words` may hold several spellings, divided by `|`. `set` is a code set of `codes`; or `mark`, and then `code` is a
  /// `WordMark`; or `same`, and then `code` is words of another row, which these stand for. A code must be in its set and
  /// of the present generation; whether it is in force is asked on the day of use. Everything wrong is said at once.
  package init(header: [String], rows: [CodeTableRow], codes: CodeTables) throws(VocabularyFlaws) {
    let names = header.map { $0.trimmedOfBlanks.lowercased() }
    var flaws: [VocabularyFlaw] = []
    for name in Self.columns where !names.contains(name) {
      flaws.append(
        VocabularyFlaw(line: 1, column: name, problem: "a column is missing", remedy: "add a column named \(name)"))
    }
    guard flaws.isEmpty else { throw VocabularyFlaws(flaws: flaws) }
    var entries: [VocabularyEntry] = []
    var seen: [VocabularyEntry: Int] = [:]
    var same: [(line: Int, words: [String], of: [String])] = []
    func add(_ entry: VocabularyEntry, line: Int) {
      if let earlier = seen.updateValue(line, forKey: entry.bare) {
        flaws.append(
          VocabularyFlaw(
            line: line, column: "words",
            problem: "\"\(entry.words.joined(separator: " "))\" stands twice for one thing",
            remedy: "it comes from line \(earlier) already; remove one"))
      } else {
        entries.append(entry)
      }
    }
    for row in rows {
      let cells = row.cells.map(\.trimmedOfBlanks)
      if cells.allSatisfy(\.isEmpty) { continue }
      guard cells.count == names.count else {
        flaws.append(
          VocabularyFlaw(
            line: row.line, column: nil, problem: "the row has more or fewer cells than the header",
            remedy: "the header has \(names.count) columns and this row \(cells.count); quote a cell that holds a comma"
          ))
        continue
      }
      let byName = Dictionary(zip(names, cells), uniquingKeysWith: { first, _ in first })
      do throws(VocabularyFlaw.Cell) {
        let spellings = try Self.spellings(byName["words"] ?? "", column: "words")
        if byName["set"] == "same" {
          let other = try Self.spellings(byName["code"] ?? "", column: "code")
          same += spellings.flatMap { words in other.map { (row.line, words, $0) } }
        } else {
          let sense = try Self.sense(byName, codes)
          for words in spellings {
            add(VocabularyEntry(words: words, sense: sense, note: byName["note"] ?? ""), line: row.line)
          }
        }
      } catch {
        flaws.append(
          VocabularyFlaw(line: row.line, column: error.column, problem: error.problem, remedy: error.remedy))
      }
    }
    let originals = Dictionary(grouping: entries, by: \.words)
    for (line, words, other) in same {
      guard let meant = originals[other] else {
        // Where the row that is meant is itself wrong, that has been said.
        if flaws.isEmpty {
          flaws.append(
            VocabularyFlaw(
              line: line, column: "code", problem: "no row says what these words stand for",
              remedy: "write words that have a code or a mark of their own in another row"))
        }
        continue
      }
      for entry in meant { add(VocabularyEntry(words: words, sense: entry.sense, note: entry.note), line: line) }
    }
    guard flaws.isEmpty else { throw VocabularyFlaws(flaws: flaws.sorted { $0.line < $1.line }) }
    self.entries = entries
  }

  private static func spellings(_ cell: String, column: String) throws(VocabularyFlaw.Cell) -> [[String]] {
    var spellings: [[String]] = []
    for part in cell.split(separator: "|", omittingEmptySubsequences: false) {
      guard let words = VocabularyEntry.words(String(part)) else {
        throw VocabularyFlaw.Cell(
          column: column, problem: "there are no words, or a * that is not the last sign",
          remedy: "write words as people do, such as 6th form or apprentic*, divided by |")
      }
      spellings.append(words)
    }
    return spellings
  }

  private static func sense(
    _ cells: [String: String], _ codes: CodeTables
  ) throws(VocabularyFlaw.Cell) -> VocabularyEntry.Sense {
    func cell(_ name: String) -> String { cells[name] ?? "" }
    if cell("set") == "mark" {
      guard let mark = WordMark(rawValue: cell("code")) else {
        throw VocabularyFlaw.Cell(
          column: "code", problem: "this is no mark",
          remedy: "use one of: \(WordMark.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      guard cell("where").isEmpty, cell("strength").isEmpty else {
        throw VocabularyFlaw.Cell(
          column: "where", problem: "a mark has neither place nor strength", remedy: "leave where and strength blank")
      }
      return .mark(mark)
    }
    let sets = WordMeaning.codedSets
    guard sets.contains(cell("set")), let set = codes[cell("set")] else {
      throw VocabularyFlaw.Cell(
        column: "set", problem: "this is no code set that words can stand for",
        remedy: "use one of: \((sets + ["mark", "same"]).joined(separator: ", "))")
    }
    guard let known = set.entries.first(where: { $0.code == cell("code") }) else {
      throw VocabularyFlaw.Cell(
        column: "code", problem: "this code is not in \(set.id)", remedy: "use a code of config/codes/\(set.id).csv")
    }
    guard !known.isLegacy else {
      throw VocabularyFlaw.Cell(
        column: "code", problem: "this code is of an older generation",
        remedy: "use the code that took its place\(known.successor.map { ": \($0)" } ?? "")")
    }
    guard let place = VocabularyEntry.Place(rawValue: cell("where").isEmpty ? "any" : cell("where")) else {
      throw VocabularyFlaw.Cell(
        column: "where", problem: "this is not known here",
        remedy: "use one of: \(VocabularyEntry.Place.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    guard let strength = WordStrength(cell("strength")) else {
      throw VocabularyFlaw.Cell(
        column: "strength", problem: "this is not known here", remedy: "use one of: weak, fair, strong")
    }
    return .code(set: set.id, code: known.code, place, strength)
  }
}

extension VocabularyEntry {
  /// What makes an entry the same as another: its note does not.
  fileprivate var bare: VocabularyEntry { VocabularyEntry(words: words, sense: sense) }
}

extension VocabularyFlaw {
  /// A flaw of one cell, before its line is known.
  fileprivate struct Cell: Error {
    var column: String
    var problem: String
    var remedy: String
  }
}

extension WordMeaning {
  /// The code sets of `codedFields`.
  package static let codedSets: [String] = codedFields.compactMap {
    if case .code(let set) = $0.type { set } else { nil }
  }
}
