// Dates that a cell holds as ISO 8601 text (type `d`), in the form that other dates are given in. Pure.

/// Text such as `2007-09-01T00:00:00`.
enum ISODateText {
  /// The text as `yyyy-MM-dd`, with ` HH:mm:ss` where it has a time of day; nil where it is no date. Fractions of a
  /// second and the zone are left out: a spreadsheet has neither.
  static func normalised(_ text: some Collection<UInt8>) -> [UInt8]? {
    let bytes = Array(text)
    guard matches("0000-00-00", bytes, at: 0) else { return nil }
    let date = Array(bytes[0..<10])
    if bytes.count == 10 { return date }
    guard bytes[10] == UInt8(ascii: "T") || bytes[10] == 0x20, matches("00:00", bytes, at: 11) else { return nil }
    var time = Array(bytes[11..<16])
    var rest = 16
    if matches(":00", bytes, at: rest) {
      time += bytes[16..<19]
      rest = 19
      if rest < bytes.count, bytes[rest] == UInt8(ascii: ".") {
        rest += 1
        while rest < bytes.count, bytes[rest] &- 0x30 < 10 { rest += 1 }
      }
    } else {
      time += Array(":00".utf8)
    }
    let zone = bytes[rest...]
    let isZone =
      zone.isEmpty || zone.elementsEqual([UInt8(ascii: "Z")])
      || (zone.count == 6 && (zone.first == UInt8(ascii: "+") || zone.first == UInt8(ascii: "-"))
        && matches("00:00", bytes, at: rest + 1))
    guard isZone else { return nil }
    return time.elementsEqual("00:00:00".utf8) ? date : date + [0x20] + time
  }

  /// Whether the bytes at a place are as the pattern, a zero standing for any digit.
  private static func matches(_ pattern: StaticString, _ bytes: [UInt8], at place: Int) -> Bool {
    guard place + pattern.utf8CodeUnitCount <= bytes.count else { return false }
    for index in 0..<pattern.utf8CodeUnitCount {
      let (expected, found) = (pattern.utf8Start[index], bytes[place + index])
      guard expected == 0x30 ? found &- 0x30 < 10 : found == expected else { return false }
    }
    return true
  }
}
