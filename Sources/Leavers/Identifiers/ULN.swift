// The unique learner number: its form, its check digit and what can be wrong with one. Pure.

/// A unique learner number whose check digit is right.
///
/// Ten digits, the first not zero. Digits 1 to 9 are weighted 10 to 2; the remainder of their sum by 11 is never 0, and
/// the tenth digit is 10 less the remainder. Source: HESA, data item ULN; Learning Records Service.
package struct ULN: Hashable, Comparable, Sendable, RedactedPrinting {
  private let number: UInt64

  /// Reads a cell: blanks left out.
  package init(_ text: String) throws(Flaw) {
    self = try text.withRawUTF8(Self.read).get()
  }

  /// Reads a cell's UTF-8 bytes, by the same rules.
  package init(bytes: UnsafeRawBufferPointer) throws(Flaw) {
    self = try Self.read(bytes).get()
  }

  private init(number: UInt64) { self.number = number }

  private static func read(_ bytes: UnsafeRawBufferPointer) -> Result<ULN, Flaw> {
    let text = IdentifierText(bytes)
    if text.isEmpty { return .failure(.missing) }
    if text.isScientificNotation { return .failure(.scientificNotation) }
    if let position = text.firstForeign ?? text.firstNonDigit(length: IdentifierText.capacity) {
      return .failure(.wrongCharacters(position: position))
    }
    guard text.count == 10 else { return .failure(.wrongLength(text.count)) }
    guard text[0] != UInt8(ascii: "0") else { return .failure(.leadingZero) }
    let number = text.number(0, 10)
    guard number != 9_999_999_999 else { return .failure(.placeholder) }
    guard let check = checkDigit(body: number / 10) else { return .failure(.noSuchNumber) }
    guard check == number % 10 else { return .failure(.wrongCheckDigit) }
    return .success(ULN(number: number))
  }

  private static func checkDigit(body: UInt64) -> UInt64? {
    var sum: UInt64 = 0
    var digits = body
    for weight in UInt64(2)...10 {
      sum += weight * (digits % 10)
      digits /= 10
    }
    let remainder = sum % 11
    return remainder == 0 ? nil : 10 - remainder
  }

  /// The check digit that belongs after `body`: the first nine digits. Nil where no number with this body exists
  /// (remainder 0) or `body` is not nine digits with the first not zero.
  package static func checkDigit(for body: String) -> Int? {
    let bytes = Array(body.utf8)
    guard bytes.count == 9, bytes.allSatisfy(\.isDigit), bytes[0] != UInt8(ascii: "0") else { return nil }
    return checkDigit(body: bytes.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) }).map { Int($0) }
  }

  /// The ten digits. Personal data.
  package var rawValue: String { String(number) }

  package static func < (left: ULN, right: ULN) -> Bool { left.number < right.number }

  /// What is wrong with the text of a cell that should hold a ULN. Carries no part of the text.
  package enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
    /// The cell is empty or blank.
    case missing
    /// `9999999999`, which colleges write for "unknown". Treat as absent, not as wrong.
    case placeholder
    /// Not ten digits; how many there are. Nine: a spreadsheet or a hand lost one.
    case wrongLength(Int)
    /// A spreadsheet wrote the number as `9.27631E+09`; its last digits are lost.
    case scientificNotation
    /// A character that is not a digit. Position from 1.
    case wrongCharacters(position: Int)
    /// The first digit is never zero.
    case leadingZero
    /// The first nine digits belong to no number: their remainder is 0.
    case noSuchNumber
    /// Form right, check digit wrong.
    case wrongCheckDigit

    package var description: String {
      switch self {
      case .missing: "no ULN is given"
      case .placeholder: "9999999999 stands for an unknown ULN"
      case .wrongLength(let count): "a ULN has 10 digits; this has \(count)"
      case .scientificNotation: "a spreadsheet shortened the number and its last digits are lost"
      case .wrongCharacters(let position): "character \(position) is not a digit"
      case .leadingZero: "a ULN never begins with 0"
      case .noSuchNumber: "no ULN begins with these nine digits"
      case .wrongCheckDigit: "the last digit does not fit the rest: a digit was mistyped or swapped"
      }
    }
  }
}
