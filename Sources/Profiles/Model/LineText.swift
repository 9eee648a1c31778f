// A text about a return as a whole, with placeholders: for lines above and below its rows. Pure.

package import Leavers

/// A text such as `{rows} leavers of {school}`.
package struct LineText: Sendable, Hashable {
  package enum Placeholder: Sendable, Hashable {
    case laestab, urn, ukprn, school, authority, authorityCode, kind, cohort, cycle, sequence
    /// The day of the return, in a form.
    case date(DatePattern)
    /// Rows and pupils of the file.
    case rows, pupils
    /// Control totals: in how many rows a column says something, and the sum of its whole numbers.
    case count(String)
    case sum(String)
  }
  package enum Piece: Sendable, Hashable {
    case text(String)
    case placeholder(Placeholder)
  }
  package let pieces: [Piece]
  /// As it was written.
  package let source: String

  package struct Flaw: Error, Hashable, Sendable {
    package let message: String
    package let remedy: String
  }

  /// The words that may stand in braces, as a person writes them.
  package static let words = [
    "laestab", "urn", "ukprn", "school", "authority", "code", "kind", "cohort", "cycle", "sequence", "date",
    "date:dd/MM/yyyy", "rows", "pupils", "count:COLUMN", "sum:COLUMN",
  ]

  package init(_ text: String) throws(Flaw) {
    var pieces: [Piece] = []
    var plain = ""
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      plain += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else {
        throw Flaw(message: "a brace is opened and not closed", remedy: "write {rows}, or leave the brace out")
      }
      if !plain.isEmpty { pieces.append(.text(plain)) }
      plain = ""
      pieces.append(.placeholder(try Self.placeholder(String(rest[rest.index(after: open)..<close]))))
      rest = rest[rest.index(after: close)...]
    }
    plain += rest
    if !plain.isEmpty { pieces.append(.text(plain)) }
    self.pieces = pieces
    source = text
  }

  private static func placeholder(_ word: String) throws(Flaw) -> Placeholder {
    let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
    let argument = parts.count == 2 ? parts[1] : nil
    switch (parts.first ?? "", argument) {
    case ("laestab", nil): return .laestab
    case ("urn", nil): return .urn
    case ("ukprn", nil): return .ukprn
    case ("school", nil): return .school
    case ("authority", nil): return .authority
    case ("code", nil): return .authorityCode
    case ("kind", nil): return .kind
    case ("cohort", nil): return .cohort
    case ("cycle", nil): return .cycle
    case ("sequence", nil): return .sequence
    case ("rows", nil): return .rows
    case ("pupils", nil): return .pupils
    case ("count", let column?): return .count(column)
    case ("sum", let column?): return .sum(column)
    case ("date", let form):
      do { return .date(try form.map { try DatePattern($0) } ?? .usual) } catch {
        throw Flaw(message: "{\(word)} is not a form of dates: \(error)", remedy: "write it like {date:dd/MM/yyyy}")
      }
    default:
      throw Flaw(
        message: "{\(word)} stands for nothing",
        remedy: "use one of: " + words.map { "{\($0)}" }.joined(separator: ", "))
    }
  }

  /// The columns of the return that it counts or sums.
  package var columns: [String] {
    pieces.compactMap {
      switch $0 {
      case .placeholder(.count(let column)), .placeholder(.sum(let column)): column
      default: nil
      }
    }
  }
}
