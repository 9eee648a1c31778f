// What cannot be decoded or encoded, and where. Pure.

/// Bytes that are no text in an encoding, or a character that an encoding does not have.
package struct TextEncodingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Which of the two it is.
  package enum Direction: Hashable, Sendable { case decoding, encoding }

  package let direction: Direction
  package let encoding: TextEncoding
  /// Decoding: the offset of the first wrong byte, from 0. Encoding: the character's place in the text, from 1.
  package let position: Int
  /// Encoding: the character that the encoding does not have. A single character gives nobody away.
  package let scalar: Unicode.Scalar?

  static func undecodable(_ encoding: TextEncoding, position: Int) -> Self {
    Self(direction: .decoding, encoding: encoding, position: position, scalar: nil)
  }

  static func unencodable(_ encoding: TextEncoding, position: Int, scalar: Unicode.Scalar) -> Self {
    Self(direction: .encoding, encoding: encoding, position: position, scalar: scalar)
  }

  package var description: String {
    switch direction {
    case .decoding: "the byte at offset \(position) is not \(encoding) text; save the file as CSV UTF-8"
    case .encoding:
      "character \(position) (U+\(hexadecimal)) does not exist in \(encoding); use encoding utf-8 or leave it out"
    }
  }

  private var hexadecimal: String {
    let digits = String(scalar?.value ?? 0, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
