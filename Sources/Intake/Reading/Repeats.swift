// Rows of one pupil within a file: merged where they say the same, held where they contradict. Pure.

import Leavers

/// Finds the rows that are about one pupil and what becomes of each.
struct Repeats {
  /// What becomes of a row because of other rows.
  enum Verdict: Equatable {
    case alone
    /// The first of several rows: its record was completed from the others.
    case first
    /// Says what an earlier row says; `differing` are the fields in which it differs without harm.
    case merged(into: Int, differing: [Field])
    /// Contradicts other rows of the pupil, whose numbers these are.
    case contradicts([Int], fields: [Field])
  }

  /// Fields in which rows of one pupil may not differ: who it is, what may be shared, where the record goes, and what
  /// the return says.
  static let decisive: [Field] = [
    .legalSurname, .legalForename, .dateOfBirth, .sharing, .intendedDestination, .guaranteeStatus, .activity,
    .homeAuthority, .placedByAuthority, .protectedAddress, .postcode, .yearGroup,
  ]

  /// By place of the reading.
  private(set) var verdicts: [Verdict]
  /// Further remarks about a reading, with the field they are about.
  private(set) var remarks: [Int: [(remark: Remark, field: Field)]] = [:]

  /// Compares the readings, completes first rows, takes out identifiers that belong to two pupils.
  init(_ readings: inout [RowReading]) {
    verdicts = Array(repeating: .alone, count: readings.count)
    var groups = Self.grouped(readings)
    judge(&groups, &readings)
    let pupils = groups.filter { !$0.isEmpty }
    warnOfSamePerson(pupils, readings)
    takeOutShared(.uln, .ulnOfAnother, pupils, &readings)
    takeOutFormerUPNs(pupils, &readings)
  }

  // MARK: Groups

  /// Places of readings by pupil, each group in the order of the file: by UPN; a row without one joins the only UPN that
  /// has its name and date of birth. Where several have, it cannot be told whose it is, and joins all of them.
  private static func grouped(_ readings: [RowReading]) -> [[Int]] {
    var groups: [[Int]] = []
    var byUPN: [String: Int] = [:]
    var byPerson: [PersonKey: [Int]] = [:]
    for (index, reading) in readings.enumerated() where reading.hold != .cellsOutOfPlace {
      guard let upn = reading.record[.upn] else { continue }
      if let group = byUPN[upn] {
        groups[group].append(index)
      } else {
        byUPN[upn] = groups.count
        groups.append([index])
      }
    }
    for (group, members) in groups.enumerated() {
      for key in Set(members.compactMap({ PersonKey(readings[$0].record) })) {
        byPerson[key, default: []].append(group)
      }
    }
    var withoutUPN: [PersonKey: Int] = [:]
    for (index, reading) in readings.enumerated() where reading.hold != .cellsOutOfPlace && reading.record[.upn] == nil
    {
      guard let key = PersonKey(reading.record) else {
        groups.append([index])
        continue
      }
      if let candidates = byPerson[key], let group = candidates.first {
        groups[group].append(index)
        // Whose row it is cannot be told: the groups become one, which contradicts itself in its UPN.
        for other in candidates.dropFirst() where other != group {
          groups[group].append(contentsOf: groups[other])
          groups[other] = []
        }
        byPerson[key] = [group]
      } else if let group = withoutUPN[key] {
        groups[group].append(index)
      } else {
        withoutUPN[key] = groups.count
        groups.append([index])
      }
    }
    return groups.map { $0.sorted() }
  }

  // MARK: Verdicts

  private mutating func judge(_ groups: inout [[Int]], _ readings: inout [RowReading]) {
    for members in groups where members.count > 1 {
      guard let first = members.first else { continue }
      let contradicting = (Self.decisive + [.upn]).filter { field in
        var seen: String?
        for member in members {
          guard let value = readings[member].record[field] else { continue }
          let folded = Self.folded(value, field)
          if let seen, seen != folded { return true }
          seen = folded
        }
        return false
      }
      if !contradicting.isEmpty {
        for member in members {
          let others = members.filter { $0 != member }.map { readings[$0].number }
          verdicts[member] = .contradicts(others, fields: contradicting)
        }
        continue
      }
      verdicts[first] = .first
      for member in members.dropFirst() {
        var differing: [Field] = []
        for field in readings[member].record.fields {
          let value = readings[member].record[field]
          if let kept = readings[first].record[field] {
            if let value, Self.folded(kept, field) != Self.folded(value, field) { differing.append(field) }
          } else {
            readings[first].record[field] = value
          }
        }
        readings[first].takeWords(of: readings[member])
        if readings[first].hold == nil, let hold = readings[member].hold {
          readings[first].hold = hold
          // The first row says why it is held although the cell stands in another.
          for finding in readings[member].findings where finding.severity == .error {
            if let field = finding.field {
              say(Remark(finding.code, "on row \(readings[member].number)"), field, about: first)
            }
          }
        }
        verdicts[member] = .merged(into: readings[first].number, differing: differing)
      }
    }
  }

  /// Names in another case or with another apostrophe are the same name.
  private static func folded(_ value: String, _ field: Field) -> String {
    field.type == .name ? PersonKey.folded(value) : value
  }

  // MARK: Two pupils, one identifier

  private mutating func warnOfSamePerson(_ groups: [[Int]], _ readings: [RowReading]) {
    var byPerson: [PersonKey: [[Int]]] = [:]
    for group in groups {
      guard let first = group.first, readings[first].record[.upn] != nil, let key = PersonKey(readings[first].record)
      else { continue }
      byPerson[key, default: []].append(group)
    }
    for same in byPerson.values where same.count > 1 {
      for group in same {
        guard let first = group.first else { continue }
        let others = same.compactMap(\.first).filter { $0 != first }.map { readings[$0].number }.sorted()
        say(Remark(.samePersonTwoUPNs, Self.rows(others)), .upn, about: first)
      }
    }
  }

  /// A number that two pupils have could make one of them: it is taken out of both.
  private mutating func takeOutShared(
    _ field: Field, _ code: FindingCode, _ groups: [[Int]], _ readings: inout [RowReading]
  ) {
    var owners: [String: Set<Int>] = [:]
    for (number, group) in groups.enumerated() {
      for member in group {
        if let value = readings[member].record[field] { owners[value, default: []].insert(number) }
      }
    }
    for (value, shared) in owners where shared.count > 1 {
      let members = shared.flatMap { groups[$0] }.filter { readings[$0].record[field] == value }
      takeOut(field, code, members, &readings)
    }
  }

  private mutating func takeOutFormerUPNs(_ groups: [[Int]], _ readings: inout [RowReading]) {
    takeOutShared(.formerUPN, .formerUPNOfAnother, groups, &readings)
    let present = Set(readings.compactMap { $0.record[.upn] })
    let members = readings.indices.filter { index in
      guard let former = readings[index].record[.formerUPN] else { return false }
      return present.contains(former)
    }
    for member in members { takeOut(.formerUPN, .formerUPNOfAnother, [member], &readings) }
  }

  private mutating func takeOut(
    _ field: Field, _ code: FindingCode, _ members: [Int], _ readings: inout [RowReading]
  ) {
    for member in members {
      let others = members.filter { $0 != member }.map { readings[$0].number }.sorted()
      say(Remark(code, others.isEmpty ? nil : Self.rows(others)), field, about: member)
      readings[member].record[field] = nil
    }
  }

  private mutating func say(_ remark: Remark, _ field: Field, about index: Int) {
    remarks[index, default: []].append((remark, field))
  }

  /// `row 7`, `rows 7 and 9`, `rows 7, 9 and 11`.
  static func rows(_ numbers: [Int]) -> String {
    guard let last = numbers.last else { return "" }
    if numbers.count == 1 { return "row \(last)" }
    let shown = numbers.dropLast().prefix(8).map(String.init).joined(separator: ", ")
    return numbers.count > 9 ? "rows \(shown) and \(numbers.count - 8) more" : "rows \(shown) and \(last)"
  }
}

/// Name and date of birth, as far as spelling does not matter. Personal: does not print.
struct PersonKey: Hashable, CustomStringConvertible {
  private let surname: String
  private let forename: String
  private let dateOfBirth: String

  /// Nil without a date of birth or without both names.
  init?(_ record: LeaverRecord) {
    guard let date = record[.dateOfBirth], let surname = record[.legalSurname], let forename = record[.legalForename]
    else { return nil }
    self.surname = Self.folded(surname)
    self.forename = Self.folded(forename)
    dateOfBirth = date
  }

  /// Letters in lower case, all else left out.
  static func folded(_ name: String) -> String { String(name.lowercased().filter(\.isLetter)) }

  var description: String { "PersonKey(redacted)" }
}
