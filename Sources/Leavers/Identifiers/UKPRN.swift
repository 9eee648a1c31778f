// The UK provider reference number of an establishment. Pure.

/// A UK provider reference number. The UK Register of Learning Providers gives every provider one; eight digits, the first a 1. Public, so it prints itself.
package struct UKPRN: Hashable, Comparable, Sendable, CustomStringConvertible {
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

  private static func read(_ bytes: UnsafeRawBufferPointer) -> Result<UKPRN, Flaw> {
    let text = IdentifierText(bytes)
    if text.isEmpty { return .failure(.missing) }
    if let position = text.firstForeign ?? text.firstNonDigit(length: IdentifierText.capacity) {
      return .failure(.wrongCharacters(position: position))
    }
    guard text.count == 8 else { return .failure(.wrongLength(text.count)) }
    guard text[0] == UInt8(ascii: "1") else { return .failure(.wrongFirstDigit) }
    return .success(UKPRN(number: UInt32(text.number(0, 8))))
  }

  /// The 8 digits.
  package var rawValue: String { String(number, width: 8) }
  package var description: String { rawValue }

  package static func < (left: UKPRN, right: UKPRN) -> Bool { left.number < right.number }

  /// What is wrong with the text of a cell that should hold a UKPRN.
  package enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
    case missing
    /// Not 8 digits; how many there are.
    case wrongLength(Int)
    /// A character that is not a digit. Position from 1.
    case wrongCharacters(position: Int)
    /// The first digit is always 1.
    case wrongFirstDigit

    package var description: String {
      switch self {
      case .missing: "no UKPRN is given"
      case .wrongLength(let count): "a UKPRN has 8 digits; this has \(count)"
      case .wrongCharacters(let position): "character \(position) is not a digit"
      case .wrongFirstDigit: "a UKPRN begins with 1"
      }
    }
  }
}
