// The three digits by which DfE knows a local authority. Pure.

/// A DfE local authority code: three digits, for example 341 for Liverpool. Public, so it prints itself.
///
/// Any three digits pass: authorities come and go, and which codes a configuration knows is its business.
package struct LACode: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Below 1000.
  let number: UInt16

  /// Reads a cell: blanks left out.
  package init(_ text: String) throws(Flaw) {
    self = try text.withRawUTF8(Self.read).get()
  }

  /// Reads a cell's UTF-8 bytes, by the same rules.
  package init(bytes: UnsafeRawBufferPointer) throws(Flaw) {
    self = try Self.read(bytes).get()
  }

  /// `number` must be below 1000.
  init(unchecked number: UInt16) { self.number = number }

  private static func read(_ bytes: UnsafeRawBufferPointer) -> Result<LACode, Flaw> {
    let text = IdentifierText(bytes)
    if text.isEmpty { return .failure(.missing) }
    if let position = text.firstForeign ?? text.firstNonDigit(length: IdentifierText.capacity) {
      return .failure(.wrongCharacters(position: position))
    }
    guard text.count == 3 else { return .failure(.wrongLength(text.count)) }
    return .success(LACode(unchecked: UInt16(text.number(0, 3))))
  }

  /// The three digits.
  package var rawValue: String { String(number, width: 3) }
  package var description: String { rawValue }

  package static func < (left: LACode, right: LACode) -> Bool { left.number < right.number }

  /// What is wrong with the text of a cell that should hold an authority's code.
  package enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
    case missing
    /// Not three digits; how many there are.
    case wrongLength(Int)
    /// A character that is not a digit. Position from 1.
    case wrongCharacters(position: Int)

    package var description: String {
      switch self {
      case .missing: "no authority code is given"
      case .wrongLength(let count): "an authority's code has 3 digits; this has \(count)"
      case .wrongCharacters(let position): "character \(position) is not a digit"
      }
    }
  }
}
