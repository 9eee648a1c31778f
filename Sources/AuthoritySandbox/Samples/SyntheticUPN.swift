// Unique pupil numbers for made-up pupils, by the far side's own reckoning of the check letter. Pure.

/// Makes and checks unique pupil numbers without the code that it helps to test.
///
/// A number made here may coincide with a real pupil's: use it beside fictional names only.
package enum SyntheticUPN {
  /// The letters by value, 0 to 22 (no I, O, S). Source: government data standards catalogue, UniquePupilNumber.
  private static let letters = Array("ABCDEFGHJKLMNPQRTUVWXYZ".utf8)

  /// A permanent number, or a temporary one where `temporary` gives the value (0 to 22) of its last letter.
  ///
  /// - Parameters: authority three digits, establishment four, year two, serial three (two, if temporary); what is too
  ///   large loses its leading digits.
  package static func make(authority: Int, establishment: Int, year: Int, serial: Int, temporary: Int? = nil) -> String
  {
    var body = digits(authority, 3) + digits(establishment, 4) + digits(year, 2)
    if let temporary {
      body += digits(serial, 2) + [letters[temporary % 23]]
    } else {
      body += digits(serial, 3)
    }
    return String(decoding: [letters[remainder(of: body) ?? 0]] + body, as: UTF8.self)
  }

  /// Whether the text is thirteen characters of which the first is the right check letter. Exact: no blanks, capitals
  /// only, as a tracking team's import would have it.
  package static func isValid(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 13, let remainder = remainder(of: Array(bytes.dropFirst())) else { return false }
    return bytes[0] == letters[remainder]
  }

  /// The same number with another check letter: wrong by one step.
  package static func spoiled(_ upn: String) -> String {
    guard let first = upn.utf8.first, let value = letters.firstIndex(of: first) else { return upn }
    return String(decoding: [letters[(value + 1) % 23]] + upn.utf8.dropFirst(), as: UTF8.self)
  }

  private static func remainder(of body: [UInt8]) -> Int? {
    guard body.count == 12 else { return nil }
    var sum = 0
    for (index, byte) in body.enumerated() {
      if (48...57).contains(byte) {
        sum += (index + 2) * Int(byte - 48)
      } else if index == 11, let value = letters.firstIndex(of: byte) {
        sum += 13 * value
      } else {
        return nil
      }
    }
    return sum % 23
  }

  private static func digits(_ number: Int, _ width: Int) -> [UInt8] {
    var left = abs(number)
    var result = [UInt8](repeating: 48, count: width)
    for index in result.indices.reversed() {
      result[index] = 48 + UInt8(left % 10)
      left /= 10
    }
    return result
  }
}
