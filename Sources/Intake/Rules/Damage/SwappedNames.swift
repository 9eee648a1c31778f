// Damage: surname and forename in each other's column. Always a question, never a repair. Pure.

import Leavers

/// Rows in which surname and forename seem to have changed places.
enum SwappedNames {
  /// Whether the preferred names of the same row say it the other way round.
  static func isSwapped(_ record: LeaverRecord) -> Bool {
    guard let surname = folded(record[.legalSurname]), let forename = folded(record[.legalForename]),
      surname != forename, let otherSurname = folded(record[.preferredSurname]),
      let otherForename = folded(record[.preferredForename])
    else { return false }
    return surname == otherForename && forename == otherSurname
  }

  /// Pairs of readings, by place, of one date of birth with the names of each other the other way round.
  static func pairs(_ readings: [RowReading]) -> [(Int, Int)] {
    // Most files have no such pair: a number for each row tells without comparing names.
    var seen: [Int: Int] = [:]
    var pairs: [(Int, Int)] = []
    for (index, reading) in readings.enumerated() {
      guard let surname = reading.record[.legalSurname], let forename = reading.record[.legalForename],
        let birth = reading.record[.dateOfBirth]
      else { continue }
      if let other = seen[number(forename, surname, birth)], isOtherWayRound(reading.record, readings[other].record) {
        pairs.append((other, index))
      }
      let own = number(surname, forename, birth)
      if seen[own] == nil { seen[own] = index }
    }
    return pairs
  }

  /// The same for names that differ in case, spaces and punctuation only (of ASCII).
  private static func number(_ first: String, _ second: String, _ birth: String) -> Int {
    var hasher = Hasher()
    for name in [first, second] {
      for byte in name.utf8 {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): hasher.combine(byte | 0x20)
        case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...: hasher.combine(byte)
        default: continue
        }
      }
      hasher.combine(UInt8(0))
    }
    hasher.combine(birth)
    return hasher.finalize()
  }

  private static func isOtherWayRound(_ left: LeaverRecord, _ right: LeaverRecord) -> Bool {
    guard let surname = folded(left[.legalSurname]), let forename = folded(left[.legalForename]) else { return false }
    return surname != forename && surname == folded(right[.legalForename]) && forename == folded(right[.legalSurname])
      && left[.dateOfBirth] == right[.dateOfBirth]
  }

  /// What is asked about the rows of such pairs, by place of the reading.
  static func remarks(_ readings: [RowReading]) -> [Int: [(remark: Remark, field: Field)]] {
    var remarks: [Int: [(remark: Remark, field: Field)]] = [:]
    for (first, second) in pairs(readings) {
      for (index, other) in [(first, second), (second, first)] {
        remarks[index, default: []].append(
          (Remark(.namesSwapped, "row \(readings[other].number) says it the other way round"), .legalSurname))
      }
    }
    return remarks
  }

  /// Whether a name is surname and forename in one, as lists print it: `ZZSURNAME, Qqforename`.
  static func isBothInOne(_ name: String) -> Bool {
    let parts = name.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmedOfBlanks }
    return parts.count == 2 && parts.allSatisfy { $0.contains(where: \.isLetter) }
  }

  private static func folded(_ name: String?) -> String? {
    guard let name else { return nil }
    let folded = PersonKey.folded(name)
    return folded.isEmpty ? nil : folded
  }
}
