// What nearly all cells of a free column look like, told from their bytes: such a cell is kept as it stands. Pure.

import Leavers

/// The usual shapes of cells whose values are as many as the pupils: names, identifiers, addresses.
///
/// Of a cell in a usual shape the rules say the same whatever it holds, so that one row stands for all like it. A test
/// asks the rules about each shape; whatever has none is asked about by itself.
enum CellShape {
  /// The codes of shapes; those of other cells are higher.
  static let blank: UInt32 = 0
  /// Kept as it stands, nothing to say.
  static let kept: UInt32 = 1
  /// A name with a digit or sign that no name has: kept, and said.
  static let oddName: UInt32 = 2
  /// A UPN with a wrong check letter: left out, and said.
  static let wrongCheckLetter: UInt32 = 3
  static let other: UInt32 = .max
  /// The first code that is none of a shape.
  static let first: UInt32 = 16

  /// What kind of cell is looked for.
  enum Kind: Sendable { case upn, uln, name, text, email, postcode, phone }

  private static let letter: UInt8 = 1
  private static let digit: UInt8 = 2
  private static let space: UInt8 = 4
  /// Apostrophe, hyphen, full stop, brackets, grave accent.
  private static let inNames: UInt8 = 8
  private static let comma: UInt8 = 16
  private static let sign: UInt8 = 32
  /// Quotation marks, controls, and all that is not ASCII.
  private static let unusual: UInt8 = 128

  private static let kinds: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): letter
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit
    case 0x20: space
    case UInt8(ascii: "'"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "`"):
      inNames
    case UInt8(ascii: ","): comma
    // A circumflex by itself is one of the marks that names may have.
    case UInt8(ascii: "\""), UInt8(ascii: "^"): unusual
    case 0x21...0x7E: sign
    default: unusual
    }
  }

  /// The kinds of all bytes, if spaces stand singly and none at an end; else `unusual`.
  @inline(__always)
  private static func seen(_ bytes: UnsafeRawBufferPointer) -> UInt8 {
    kinds.withUnsafeBufferPointer { kinds in
      var seen: UInt8 = 0
      var last = space
      for byte in bytes {
        let kind = kinds[Int(byte)]
        seen |= kind
        seen |= (kind & last & space) << 5
        last = kind
      }
      return seen | (last & space) << 5
    }
  }

  /// A name: of letters and what stands between them, or with something else in it.
  static func name(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    if bytes.isEmpty { return blank }
    let seen = seen(bytes)
    guard seen & unusual == 0, !beginsOddly(bytes[0]) else { return other }
    if seen & (digit | sign) != 0 { return seen & (letter | digit) != 0 ? oddName : other }
    guard seen & comma == 0, seen & letter != 0 else { return other }
    // Words that stand in the place of a name begin with these letters, and none is longer.
    if bytes.count <= 10, beginsLikeNoName(bytes[0] | 0x20),
      NameRule.notNames.contains(String(decoding: bytes, as: UTF8.self).lowercased())
    {
      return other
    }
    return kept
  }

  /// A text on one line that says something.
  static func text(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    if bytes.isEmpty { return blank }
    let seen = seen(bytes)
    guard seen & unusual == 0, !beginsOddly(bytes[0]) else { return other }
    if seen & (letter | digit) == 0 { return other }
    if bytes.count <= 14, bytes[0] | 0x20 == UInt8(ascii: "n"),
      CellText.isBlank(String(decoding: bytes, as: UTF8.self), in: .addressLine1)
    {
      return other
    }
    return kept
  }

  /// An address with one `@` and labels of letters, digits and hyphens behind it.
  static func email(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    if bytes.isEmpty { return blank }
    guard bytes.count <= 254, !beginsOddly(bytes[0]) else { return other }
    var at = -1
    var labels = 0
    var labelStart = 0
    for index in 0..<bytes.count {
      let byte = bytes[index]
      guard byte > 0x20, byte < 0x7F else { return other }
      if at < 0 {
        switch byte {
        case UInt8(ascii: "@"):
          guard index > 0 else { return other }
          (at, labelStart) = (index, index + 1)
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ","),
          UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "\\"), UInt8(ascii: "["), UInt8(ascii: "]"),
          UInt8(ascii: "\""):
          return other
        default: continue
        }
      } else if byte == UInt8(ascii: ".") {
        guard index > labelStart else { return other }
        (labels, labelStart) = (labels + 1, index + 1)
      } else {
        let isHyphen = byte == UInt8(ascii: "-")
        guard isHyphen || kinds[Int(byte)] & (letter | digit) != 0, !(isHyphen && index == labelStart) else {
          return other
        }
      }
    }
    return at > 0 && labels > 0 && labelStart < bytes.count ? kept : other
  }

  @inline(__always)
  private static func beginsLikeNoName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "t"), UInt8(ascii: "u"), UInt8(ascii: "d"), UInt8(ascii: "n"), UInt8(ascii: "x"),
      UInt8(ascii: "z"):
      true
    default: false
    }
  }

  /// What a formula, a text apostrophe or the error of a spreadsheet begins with.
  @inline(__always)
  private static func beginsOddly(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "'"),
      UInt8(ascii: "#"):
      true
    default: false
    }
  }
}

/// Names as far as spelling does not matter, as numbers: what `PersonKey` compares, for rows by the million.
///
/// Two persons have the same number by chance once in some hundred million files of a million; both would be asked about.
enum PersonNumber {
  /// Of a name in a usual shape: its letters in lower case.
  @inline(__always)
  static func ofLetters(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes {
      let lower = byte | 0x20
      if lower >= UInt8(ascii: "a"), lower <= UInt8(ascii: "z") {
        hash = (hash ^ UInt64(lower)) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
      }
    }
    return hash
  }

  /// Of any name.
  static func of(_ name: String) -> UInt64 {
    let folded = PersonKey.folded(name)
    if folded.utf8.allSatisfy({ $0 < 0x80 }) { return Array(folded.utf8).withUnsafeBytes(ofLetters) }
    // Equal texts may have different bytes.
    var hasher = Hasher()
    hasher.combine(folded)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }

  /// Of surname, forename and date of birth, of which the last has a number of its own; never zero.
  @inline(__always)
  static func of(_ surname: UInt64, _ forename: UInt64, birth: UInt32) -> UInt64 {
    let names = Mix.of(surname &* 3) &+ Mix.of(forename &* 5 &+ 1)
    return Mix.of(names ^ UInt64(birth) &* 0xD6E8_FEB8_6659_FD93) | 1
  }
}
