// A telephone number of the United Kingdom, and the repair of the zero that spreadsheets drop. Pure.

/// A telephone number in national form, digits only, beginning with 0.
///
/// `+44` and `0044` become 0. A ten-digit number that begins with 7, 1 or 2 has lost its zero in a spreadsheet; it is
/// repaired, and `wasRepaired` says so.
package struct PhoneNumber: Sendable, RedactedPrinting {
  /// The digits after the first zero; the first of them is never zero.
  private let number: UInt64
  /// Whether the leading zero was put back.
  package let wasRepaired: Bool

  /// Reads a cell: blanks, brackets, hyphens, full stops and slashes left out.
  package init(_ text: String) throws(Flaw) {
    self = try text.withRawUTF8(Self.read).get()
  }

  /// Reads a cell's UTF-8 bytes, by the same rules.
  package init(bytes: UnsafeRawBufferPointer) throws(Flaw) {
    self = try Self.read(bytes).get()
  }

  private init(number: UInt64, wasRepaired: Bool) {
    self.number = number
    self.wasRepaired = wasRepaired
  }

  private static func read(_ bytes: UnsafeRawBufferPointer) -> Result<PhoneNumber, Flaw> {
    let text = IdentifierText(bytes)
    if text.isEmpty { return .failure(.missing) }
    if text.isScientificNotation { return .failure(.scientificNotation) }
    if let position = text.firstForeign { return .failure(.wrongCharacters(position: position)) }
    guard text.count <= IdentifierText.capacity else { return .failure(.wrongLength(text.count)) }
    var digits: [UInt8] = []
    digits.reserveCapacity(16)
    var international = false
    for position in 0..<text.count {
      switch text[position] {
      case let byte where byte.isDigit: digits.append(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "+") where digits.isEmpty && !international: international = true
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"): continue
      default: return .failure(.wrongCharacters(position: position + 1))
      }
    }
    if !international, digits.starts(with: [0, 0]) {
      international = true
      digits.removeFirst(2)
    }
    var repaired = false
    if international {
      guard digits.starts(with: [4, 4]) else { return .failure(.notUnitedKingdom) }
      digits.removeFirst(2)
      // "+44 (0)151 …" writes the zero as well.
      if digits.first == 0 { digits.removeFirst() }
    } else if digits.first == 0 {
      digits.removeFirst()
    } else if digits.count == 10, let first = digits.first, [7, 1, 2].contains(first) {
      repaired = true
    } else {
      return .failure(.noLeadingZero)
    }
    guard let first = digits.first else { return .failure(.wrongLength(0)) }
    let lengths: ClosedRange<Int>
    switch first {
    case 1, 8: lengths = 9...10
    case 2, 3, 7: lengths = 10...10
    default: return .failure(.wrongPrefix)
    }
    guard lengths.contains(digits.count) else { return .failure(.wrongLength(digits.count + 1)) }
    return .success(PhoneNumber(number: digits.reduce(0) { $0 * 10 + UInt64($1) }, wasRepaired: repaired))
  }

  /// The digits, from the leading zero. Personal data.
  package var rawValue: String { "0\(number)" }
  /// Whether it is a number in the range of mobile telephones (07).
  package var isMobile: Bool { number >= 7_000_000_000 && number < 8_000_000_000 }

  /// What is wrong with the text of a cell that should hold a telephone number. Carries no part of the text.
  package enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
    case missing
    /// Too few or too many digits; how many there are with the leading zero.
    case wrongLength(Int)
    /// A character that stands in no telephone number. Position from 1, blanks not counted.
    case wrongCharacters(position: Int)
    /// A spreadsheet wrote the number as `7.7009E+09`; its last digits are lost.
    case scientificNotation
    /// The country code is not 44.
    case notUnitedKingdom
    /// Does not begin with 0, and is not one that has lost it.
    case noLeadingZero
    /// No number begins with 0 and this digit.
    case wrongPrefix

    package var description: String {
      switch self {
      case .missing: "no telephone number is given"
      case .wrongLength(let count): "a telephone number has 10 or 11 digits; this has \(count)"
      case .wrongCharacters(let position): "character \(position) does not belong in a telephone number"
      case .scientificNotation: "a spreadsheet shortened the number and its last digits are lost"
      case .notUnitedKingdom: "the country code is not that of the United Kingdom"
      case .noLeadingZero: "a telephone number begins with 0"
      case .wrongPrefix: "no telephone number begins with these two digits"
      }
    }
  }
}

extension PhoneNumber: Hashable {
  /// Two numbers are the same when their digits are, however the zero came to be there.
  package static func == (left: PhoneNumber, right: PhoneNumber) -> Bool { left.number == right.number }
  package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
