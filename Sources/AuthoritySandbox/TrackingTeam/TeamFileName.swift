// The shape of the file names that a team takes, read by the far side's own hand. Pure.

/// The shape of a file name: fixed text and things that vary.
package struct TeamFileName: Sendable {
  package enum Piece: Sendable {
    case text(String)
    /// Seven digits.
    case laestab
    /// Such as `Y11-2026`.
    case cohort
    /// Four digits or more.
    case sequence
    /// Eight digits.
    case day
  }
  package let pieces: [Piece]

  package init(_ pieces: [Piece]) { self.pieces = pieces }

  /// What a name says of the file.
  package struct Reading: Sendable, Equatable {
    package var laestab = ""
    package var cohort = ""
    package var sequence = 0
  }

  /// What a name says, or nil where it is not of this shape.
  package func read(_ name: String) -> Reading? {
    var rest = Substring(name)
    var reading = Reading()
    func digits(_ least: Int, _ most: Int) -> Substring? {
      let found = rest.prefix(most).prefix { $0.isASCII && $0.isNumber }
      guard found.count >= least else { return nil }
      rest = rest.dropFirst(found.count)
      return found
    }
    for piece in pieces {
      switch piece {
      case .text(let text):
        guard rest.hasPrefix(text) else { return nil }
        rest = rest.dropFirst(text.count)
      case .laestab:
        guard let found = digits(7, 7) else { return nil }
        reading.laestab = String(found)
      case .cohort:
        guard rest.hasPrefix("Y") else { return nil }
        rest = rest.dropFirst()
        guard let stage = digits(2, 2), rest.hasPrefix("-") else { return nil }
        rest = rest.dropFirst()
        guard let year = digits(4, 4) else { return nil }
        reading.cohort = "Y\(stage)-\(year)"
      case .sequence:
        guard let found = digits(4, 9), let number = Int(found) else { return nil }
        reading.sequence = number
      case .day:
        guard digits(8, 8) != nil else { return nil }
      }
    }
    return rest.isEmpty ? reading : nil
  }
}
