// Identifiers in the form in which nearly all of them stand, told from their bytes alone: for rows by the million. Pure.
//
// Each says of bytes that are in that form what the type itself says of them, and nothing of all others.

extension UPN {
  /// A cell that is a check letter, eleven digits and a digit, and nothing else.
  package enum UsualForm: Sendable, Hashable {
    /// A permanent number, as an integer of its own.
    case permanent(UInt64)
    case wrongCheckLetter

    /// The authority (characters 2 to 4) of such a number.
    package static func authority(of number: UInt64) -> Int { Int(number >> 6) / 100_000_000 }
  }

  /// Nil where the cell is in another form, right or wrong.
  package static func usualForm(_ bytes: UnsafeRawBufferPointer) -> UsualForm? {
    guard bytes.count == 13 else { return nil }
    let first = bytes[0]
    guard first.isCapital, first != UInt8(ascii: "I"), first != UInt8(ascii: "O"), first != UInt8(ascii: "S") else {
      return nil
    }
    var sum: UInt64 = 0
    var number: UInt64 = 0
    for position in 1..<13 {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number &* 10 &+ UInt64(digit)
      sum &+= UInt64(position &+ 1) &* UInt64(digit)
    }
    guard letters[Int(sum % 23)] == first else { return .wrongCheckLetter }
    return .permanent((number / 10) << 6 | number % 10)
  }

  /// The integer that `usualForm` gives of this number; of a temporary one an integer that no other has.
  package var number: UInt64 {
    let text = rawValue
    let last = text.utf8.last.map { $0.isDigit ? UInt64($0 - UInt8(ascii: "0")) : UInt64($0 - UInt8(ascii: "A")) + 10 }
    return (UInt64(text.dropFirst().dropLast()) ?? 0) << 6 | (last ?? 0)
  }
}

extension ULN {
  /// The number of a cell that is ten digits with the right check digit, and nothing else; nil for all other cells, right
  /// or wrong.
  package static func usualForm(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
    guard bytes.count == 10, bytes[0] != UInt8(ascii: "0") else { return nil }
    var sum: UInt64 = 0
    var number: UInt64 = 0
    for position in 0..<9 {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number &* 10 &+ UInt64(digit)
      sum &+= UInt64(10 &- position) &* UInt64(digit)
    }
    let check = bytes[9] &- UInt8(ascii: "0")
    guard check < 10, sum % 11 != 0, 10 &- sum % 11 == UInt64(check) else { return nil }
    number = number &* 10 &+ UInt64(check)
    return number == 9_999_999_999 ? nil : number
  }
}

extension Postcode {
  /// Whether a cell is a postcode in capitals with one space before its last three characters, and no placeholder.
  package static func isUsualForm(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard (6...8).contains(bytes.count) else { return false }
    let space = bytes.count &- 4
    for position in 0..<bytes.count {
      let byte = bytes[position]
      guard position == space ? byte == 0x20 : byte.isCapital || byte.isDigit else { return false }
    }
    guard let postcode = try? Postcode(bytes: bytes) else { return false }
    return !postcode.isPlaceholder
  }
}

extension PhoneNumber {
  /// Whether a cell is eleven digits of a number that begins with 01, 02, 03, 07 or 08, and nothing else.
  package static func isUsualForm(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count == 11, bytes[0] == UInt8(ascii: "0"), bytes.allSatisfy(\.isDigit) else { return false }
    return [0x31, 0x32, 0x33, 0x37, 0x38].contains(bytes[1])
  }
}
