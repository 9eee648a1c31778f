// Damage: letters typed for the digits that they look like, in UPNs. Pure.

import Leavers

/// The letter O for the digit 0, I or L for 1, S for 5, and others that look alike.
enum LookalikeCharacters {
  /// Letter → the digit that it looks like. I, O and S are used nowhere in a UPN (DfE, Unique pupil numbers).
  private static let digits: [UInt8: UInt8] = Dictionary(
    uniqueKeysWithValues: zip("OILSZB".utf8, "011528".utf8))

  /// The one UPN that the text becomes when each letter in the place of a digit is read as the digit it looks like; nil
  /// where nothing is to be changed, or where not exactly one reading has the right check letter.
  static func upn(_ text: String) -> UPN? {
    let bytes = plain(text)
    guard bytes.count == 13 else { return nil }
    var middle = bytes
    for place in 1...11 { if let digit = digits[bytes[place]] { middle[place] = digit } }
    var readings = [middle]
    // The last character may be a letter; one that no UPN has, and one that makes the check fail, is a digit.
    if let digit = digits[bytes[12]] {
      middle[12] = digit
      readings.append(middle)
    }
    let found = readings.filter { $0 != bytes }.compactMap { try? UPN(String(decoding: $0, as: UTF8.self)) }
    return found.count == 1 ? found[0] : nil
  }

  /// What the likely cause is, in words; nil where it is another.
  static func cause(_ text: String) -> String? {
    let bytes = plain(text)
    guard bytes.count == 13 else { return nil }
    for place in 1...12 {
      guard let digit = digits[bytes[place]], place < 12 || "IOS".utf8.contains(bytes[place]) else { continue }
      let letter = Character(Unicode.Scalar(bytes[place]))
      return "character \(place + 1) is the letter \(letter), probably for the digit "
        + String(Character(Unicode.Scalar(digit)))
    }
    return nil
  }

  /// Capitals without blanks; what is not ASCII makes the text no candidate.
  private static func plain(_ text: String) -> [UInt8] {
    text.unicodeScalars.compactMap { scalar in
      if Blank.isBlank(scalar) { return nil }
      guard scalar.isASCII else { return 0 }
      let byte = UInt8(scalar.value)
      return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte & 0xDF : byte
    }
  }
}
