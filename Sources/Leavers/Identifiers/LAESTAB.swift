// The DfE number of an establishment: authority and establishment number. Pure.

/// A DfE establishment number: authority (3 digits) and establishment (4 digits). Public, so it prints itself.
///
/// Written `3414787`, `341/4787`, `341-4787` or `341 4787`; all mean the same.
package struct LAESTAB: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let number: UInt32

  /// Reads a cell: blanks left out, one `/` or `-` allowed after the third digit.
  package init(_ text: String) throws(Flaw) {
    self = try text.withRawUTF8(Self.read).get()
  }

  /// Reads a cell's UTF-8 bytes, by the same rules.
  package init(bytes: UnsafeRawBufferPointer) throws(Flaw) {
    self = try Self.read(bytes).get()
  }

  private static func read(_ bytes: UnsafeRawBufferPointer) -> Result<LAESTAB, Flaw> {
    let text = IdentifierText(bytes)
    if text.isEmpty { return .failure(.missing) }
    if let position = text.firstForeign { return .failure(.wrongCharacters(position: position)) }
    let divided = text.count == 8 && (text[3] == UInt8(ascii: "/") || text[3] == UInt8(ascii: "-"))
    for position in 0..<min(text.count, IdentifierText.capacity)
    where !text[position].isDigit && !(divided && position == 3) {
      return .failure(.wrongCharacters(position: position + 1))
    }
    guard divided || text.count == 7 else { return .failure(.wrongLength(text.count)) }
    let authority = text.number(0, 3)
    let establishment = divided ? text.number(4, 8) : text.number(3, 7)
    return .success(LAESTAB(number: UInt32(authority * 10_000 + establishment)))
  }

  /// - Parameter establishment: the last four digits, below 10,000.
  package init(authority: LACode, establishment: UInt16) {
    precondition(establishment < 10_000, "an establishment number has four digits")
    self.init(number: UInt32(authority.number) * 10_000 + UInt32(establishment))
  }

  private init(number: UInt32) { self.number = number }

  /// The authority in whose area the establishment lies: the first three digits.
  package var authority: LACode { LACode(unchecked: UInt16(number / 10_000)) }
  /// The last four digits.
  package var establishment: String { String(number % 10_000, width: 4) }
  /// The seven digits.
  package var rawValue: String { String(number, width: 7) }
  package var description: String { rawValue }

  package static func < (left: LAESTAB, right: LAESTAB) -> Bool { left.number < right.number }

  /// What is wrong with the text of a cell that should hold a DfE number.
  package enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
    case missing
    /// Not seven digits; how many there are. Four: the establishment number without the authority's three digits.
    case wrongLength(Int)
    /// A character that is not a digit. Position from 1.
    case wrongCharacters(position: Int)

    package var description: String {
      switch self {
      case .missing: "no DfE number is given"
      case .wrongLength(4): "this is the establishment number alone; write the authority's 3 digits before it"
      case .wrongLength(let count): "a DfE number has 7 digits; this has \(count)"
      case .wrongCharacters(let position): "character \(position) is not a digit"
      }
    }
  }
}
