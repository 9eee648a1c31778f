// The unique reference number of an establishment. Pure.

/// A unique reference number. Get Information about Schools gives every establishment one; six digits. Public, so it prints itself.
package struct URN: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let number: UInt32

  /// Reads a cell: blanks left out.
  package init(_ text: String) throws(Flaw) {
    self = try text.withRawUTF8(Self.read).get()
  }

  /// Reads a cell's UTF-8 bytes, by the same rules.
  package init(bytes: UnsafeRawBufferPointer) throws(Flaw) {
    self = try Self.read(bytes).get()
  }

  private init(number: UInt32) { self.number = number }

  private static func read(_ bytes: UnsafeRawBufferPointer) -> Result<URN, Flaw> {
    let text = IdentifierText(bytes)
    if text.isEmpty { return .failure(.missing) }
    if let position = text.firstForeign ?? text.firstNonDigit(length: IdentifierText.capacity) {
      return .failure(.wrongCharacters(position: position))
    }
    guard text.count == 6 else { return .failure(.wrongLength(text.count)) }
    return .success(URN(number: UInt32(text.number(0, 6))))
  }

  /// The 6 digits.
  package var rawValue: String { String(number, width: 6) }
  package var description: String { rawValue }

  package static func < (left: URN, right: URN) -> Bool { left.number < right.number }

  /// What is wrong with the text of a cell that should hold a URN.
  package enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
    case missing
    /// Not 6 digits; how many there are.
    case wrongLength(Int)
    /// A character that is not a digit. Position from 1.
    case wrongCharacters(position: Int)

    package var description: String {
      switch self {
      case .missing: "no URN is given"
      case .wrongLength(let count): "a URN has 6 digits; this has \(count)"
      case .wrongCharacters(let position): "character \(position) is not a digit"
      }
    }
  }
}
