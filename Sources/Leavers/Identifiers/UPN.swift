// The unique pupil number: its form, its check letter and what can be wrong with one. Pure.

/// A unique pupil number whose check letter is right.
///
/// Form: check letter, authority (3 digits), establishment (4), year (2), serial (3). A temporary number ends in a letter
/// in place of the last digit. The letters I, O and S are used nowhere. Source: DfE, *Unique pupil numbers*, and the
/// government data standards catalogue, "UniquePupilNumber".
///
/// Twelve characters determine the thirteenth, so that the value is kept as one integer.
package struct UPN: Hashable, Comparable, Sendable, RedactedPrinting {
  /// Whether the number stays with the pupil.
  package enum Kind: Sendable, Hashable {
    /// Thirteen characters that end in a digit.
    case permanent
    /// Given until the permanent one is known; ends in a letter.
    case temporary
  }

  /// The letters of the check, by value 0 to 22: the alphabet without I, O and S.
  static let letters = Array("ABCDEFGHJKLMNPQRTUVWXYZ".utf8)

  /// The value of each capital letter, from A; 255 for I, O and S.
  private static let values: [UInt8] = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { letter in
    letters.firstIndex(of: letter).map { UInt8($0) } ?? 255
  }

  /// Eleven digits times 33, plus the last character: 0–9 a digit, 10–32 a letter.
  private let packed: UInt64

  /// Reads a cell: blanks left out, small letters taken as capitals.
  package init(_ text: String) throws(Flaw) {
    self = try text.withRawUTF8(Self.read).get()
  }

  /// Reads a cell's UTF-8 bytes, by the same rules.
  package init(bytes: UnsafeRawBufferPointer) throws(Flaw) {
    self = try Self.read(bytes).get()
  }

  private init(packed: UInt64) { self.packed = packed }

  private static func read(_ bytes: UnsafeRawBufferPointer) -> Result<UPN, Flaw> {
    let text = IdentifierText(bytes)
    if text.isEmpty { return .failure(.missing) }
    if text.count == 3, text[0] == UInt8(ascii: "U"), text[1] == UInt8(ascii: "N"),
      text[2] >= UInt8(ascii: "1"), text[2] <= UInt8(ascii: "5")
    {
      return .failure(.noUPN(reason: Int(text[2] - UInt8(ascii: "0"))))
    }
    if let position = text.firstForeign { return .failure(.wrongCharacters(position: position)) }
    guard text.count == 13 else { return .failure(.wrongLength(text.count)) }
    guard text[0].isCapital else { return .failure(.wrongCharacters(position: 1)) }
    let check = values[Int(text[0] - UInt8(ascii: "A"))]
    guard check != 255 else { return .failure(.letterNotUsed(position: 1)) }
    for position in 1...11 where !text[position].isDigit {
      let flaw: Flaw =
        text[position].isCapital
        ? .letterInMiddle(position: position + 1) : .wrongCharacters(position: position + 1)
      return .failure(flaw)
    }
    let last: UInt64
    if text[12].isDigit {
      last = UInt64(text[12] - UInt8(ascii: "0"))
    } else if text[12].isCapital {
      let value = values[Int(text[12] - UInt8(ascii: "A"))]
      guard value != 255 else { return .failure(.letterNotUsed(position: 13)) }
      last = UInt64(value) + 10
    } else {
      return .failure(.wrongCharacters(position: 13))
    }
    let upn = UPN(packed: text.number(1, 12) * 33 + last)
    guard upn.checkValue == Int(check) else { return .failure(.wrongCheckLetter) }
    return .success(upn)
  }

  /// The weighted sum of characters 2 to 13, each times its position, modulo 23.
  private var checkValue: Int {
    let last = packed % 33
    var digits = packed / 33
    var sum = 13 * Int(last < 10 ? last : last - 10)
    var weight = 12
    while weight >= 2 {
      sum += weight * Int(digits % 10)
      digits /= 10
      weight -= 1
    }
    return sum % 23
  }

  /// The check letter that belongs before `body`: the twelve characters after it. Nil where `body` is not eleven digits
  /// followed by a digit or one of the 23 letters.
  package static func checkLetter(for body: String) -> Character? {
    let bytes = Array(body.utf8)
    guard bytes.count == 12, bytes.prefix(11).allSatisfy(\.isDigit) else { return nil }
    let digits = bytes.prefix(11).reduce(UInt64(0)) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) }
    let last: UInt64
    if bytes[11].isDigit {
      last = UInt64(bytes[11] - UInt8(ascii: "0"))
    } else if let value = letters.firstIndex(of: bytes[11]) {
      last = UInt64(value) + 10
    } else {
      return nil
    }
    return Character(Unicode.Scalar(letters[UPN(packed: digits * 33 + last).checkValue]))
  }

  /// The thirteen characters. Personal data.
  package var rawValue: String {
    let last = packed % 33
    let lastCharacter = last < 10 ? UInt8(ascii: "0") + UInt8(last) : Self.letters[Int(last) - 10]
    let check = Character(Unicode.Scalar(Self.letters[checkValue]))
    return "\(check)\(String(packed / 33, width: 11))\(Character(Unicode.Scalar(lastCharacter)))"
  }

  package var kind: Kind { packed % 33 < 10 ? .permanent : .temporary }

  /// The authority that the number was first given in (characters 2 to 4). Where the pupil lives or learns now may
  /// differ, and pseudo codes (001–005, 660–681, 701–708) occur, so nothing is routed or refused by it.
  package var localAuthorityPart: LACode { LACode(unchecked: UInt16(packed / 33 / 100_000_000)) }

  package static func < (left: UPN, right: UPN) -> Bool { left.packed < right.packed }

  /// What is wrong with the text of a cell that should hold a UPN. Carries no part of the text.
  package enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
    /// The cell is empty or blank.
    case missing
    /// `UN1` to `UN5`: children's-services files say with it why there is no UPN. Treat as absent, not as wrong.
    case noUPN(reason: Int)
    /// Not thirteen characters; how many there are.
    case wrongLength(Int)
    /// A character that is neither a letter nor a digit, or a digit in place of the check letter. Position from 1.
    case wrongCharacters(position: Int)
    /// One of the letters I, O, S, which no UPN has. Position from 1.
    case letterNotUsed(position: Int)
    /// A letter in positions 2 to 12, where only digits stand.
    case letterInMiddle(position: Int)
    /// Form right, check letter wrong: a digit was mistyped or swapped.
    case wrongCheckLetter

    package var description: String {
      switch self {
      case .missing: "no UPN is given"
      case .noUPN(let reason): "the cell says that there is no UPN (reason UN\(reason))"
      case .wrongLength(let count): "a UPN has 13 characters; this has \(count)"
      case .wrongCharacters(let position): "character \(position) cannot stand there in a UPN"
      case .letterNotUsed(let position): "character \(position) is I, O or S, which are not used in a UPN"
      case .letterInMiddle(let position): "character \(position) is a letter, where a UPN has a digit"
      case .wrongCheckLetter: "the first letter does not fit the rest: a character was mistyped or swapped"
      }
    }
  }
}
