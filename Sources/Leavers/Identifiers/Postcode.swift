// A postcode of the United Kingdom: its form, the placeholder, and what can be wrong with one. Pure.

/// A postcode in its usual form: capitals, one space before the last three characters (`L20 3DL`).
///
/// Only the form is checked, not whether the postcode exists. A district (`L20`) says nothing certain about the
/// authority: L covers four of them. Source of the form: Royal Mail's Programmers' Guide, as commonly restated.
package struct Postcode: Hashable, Comparable, Sendable, RedactedPrinting {
  /// The characters without the space, first in the highest byte, zeros after the last.
  private let packed: UInt64

  /// Reads a cell: blanks left out wherever they stand, small letters taken as capitals.
  package init(_ text: String) throws(Flaw) {
    self = try text.withRawUTF8(Self.read).get()
  }

  /// Reads a cell's UTF-8 bytes, by the same rules.
  package init(bytes: UnsafeRawBufferPointer) throws(Flaw) {
    self = try Self.read(bytes).get()
  }

  private init(packed: UInt64) { self.packed = packed }

  private static func read(_ bytes: UnsafeRawBufferPointer) -> Result<Postcode, Flaw> {
    let text = IdentifierText(bytes)
    if text.isEmpty { return .failure(.missing) }
    if let position = text.firstForeign { return .failure(.wrongCharacters(position: position)) }
    for position in 0..<min(text.count, IdentifierText.capacity)
    where !text[position].isDigit && !text[position].isCapital {
      return .failure(.wrongCharacters(position: position + 1))
    }
    guard text.count <= 7 else { return .failure(.wrongLength(text.count)) }
    var packed: UInt64 = 0
    for position in 0..<8 { packed = packed << 8 | UInt64(text[position]) }
    let postcode = Postcode(packed: packed)
    // The placeholder breaks the rules of the form (no area is called ZZ), so it is looked for first.
    if postcode.isPlaceholder || packed == girobank { return .success(postcode) }
    if text.count <= 4, isOutward(text, length: text.count) { return .failure(.districtOnly) }
    guard text.count >= 5 else { return .failure(.wrongLength(text.count)) }
    let split = text.count - 3
    guard text[split].isDigit, isInwardLetter(text[split + 1]), isInwardLetter(text[split + 2]),
      isOutward(text, length: split)
    else { return .failure(.wrongShape) }
    return .success(postcode)
  }

  private static let placeholder = pack("ZZ999ZZ")
  private static let girobank = pack("GIR0AA")

  private static func pack(_ text: String) -> UInt64 {
    let bytes = Array(text.utf8)
    return (0..<8).reduce(UInt64(0)) { $0 << 8 | UInt64($1 < bytes.count ? bytes[$1] : 0) }
  }

  private static func isInwardLetter(_ byte: UInt8) -> Bool {
    byte.isCapital && !"CIKMOV".utf8.contains(byte)
  }

  /// `A9 A99 AA9 AA99 A9A AA9A`, each letter from the ones that its place allows.
  private static func isOutward(_ text: IdentifierText, length: Int) -> Bool {
    guard length >= 2, text[0].isCapital, !"QVX".utf8.contains(text[0]) else { return false }
    if text[1].isDigit {
      if length == 2 { return true }
      return length == 3 && (text[2].isDigit || "ABCDEFGHJKPSTUW".utf8.contains(text[2]))
    }
    guard text[1].isCapital, !"IJZ".utf8.contains(text[1]), length >= 3, text[2].isDigit else { return false }
    if length == 3 { return true }
    return length == 4 && (text[3].isDigit || "ABEHMNPRVWXY".utf8.contains(text[3]))
  }

  private var characters: String {
    var text = ""
    for shift in stride(from: 56, through: 0, by: -8) {
      let byte = UInt8(truncatingIfNeeded: packed >> UInt64(shift))
      if byte != 0 { text.unicodeScalars.append(Unicode.Scalar(byte)) }
    }
    return text
  }

  /// `ZZ99 9ZZ`: no fixed or no known address. Never routed on, never held against the row.
  package var isPlaceholder: Bool { packed == Self.placeholder }
  /// The part before the space (`L20`).
  package var outward: String { String(characters.dropLast(3)) }
  /// The part after the space (`3DL`).
  package var inward: String { String(characters.suffix(3)) }
  /// The whole, with one space. Personal data.
  package var rawValue: String { "\(outward) \(inward)" }

  package static func < (left: Postcode, right: Postcode) -> Bool { left.packed < right.packed }

  /// What is wrong with the text of a cell that should hold a postcode. Carries no part of the text.
  package enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
    case missing
    /// Fewer than five or more than seven characters without the space; how many there are.
    case wrongLength(Int)
    /// A character that is neither a letter nor a digit. Position from 1, the space not counted.
    case wrongCharacters(position: Int)
    /// Only the part before the space.
    case districtOnly
    /// Letters and digits stand where no postcode has them.
    case wrongShape

    package var description: String {
      switch self {
      case .missing: "no postcode is given"
      case .wrongLength(let count): "a postcode has 5 to 7 letters and digits; this has \(count)"
      case .wrongCharacters(let position): "character \(position) is neither a letter nor a digit"
      case .districtOnly: "only the first half of the postcode is given"
      case .wrongShape: "letters and digits do not stand as in a postcode (often O for 0, or I for 1)"
      }
    }
  }
}
