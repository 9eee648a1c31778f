// Rows of one pupil in the hot path: what `Repeats` says of a file in which every repeat contradicts itself. Pure.

import Leavers

/// What other rows make of a row.
struct BulkRepeats: Sendable {
  /// What is to be said of a row because of others.
  enum Note: Sendable, Hashable {
    /// Others have the same name and date of birth, and another UPN.
    case samePerson
    /// Others without UPN have them, and say something else in these of the decisive fields, by bit.
    case contradicts(UInt16)
  }

  /// Rows of one name and date of birth, where there are several.
  struct Group: Sendable {
    var count: UInt32 = 0
    /// The numbers of the first ten.
    var first: [UInt32] = []
    /// What was said in each decisive field, 0 where nothing was; empty where the rows have UPNs.
    var seen: [UInt64] = []
    var differing: UInt16 = 0
  }

  /// By row: the place of its group, beyond all groups where it has none.
  private let groupOf: [UInt32]
  private let groups: [Group]
  // Of each group, side by side.
  private let differing: [UInt16]
  private let counts: [UInt32]
  private let lastNamed: [Int]
  private let firstNumber: Int

  /// Nil where rows would have to be merged, or an identifier taken out of two: `Repeats` does that.
  init?(_ rows: inout BulkRows, _ classes: [BulkClass], firstNumber: Int) {
    self.firstNumber = firstNumber
    guard Self.areDistinct(rows.upns.lazy.filter { $0 < BulkRows.noUPN }, rows.count) else { return nil }
    guard Self.areDistinct(rows.ulns.lazy.filter { $0 != 0 }, rows.count) else { return nil }
    rows.ulns = []

    var persons = NumberTable(capacity: rows.count)
    // By row: the first row of the same name and date of birth; and of first rows whether others followed.
    var groupOf = Array(repeating: UInt32.max, count: rows.count)
    var isShared = Array(repeating: false, count: rows.count)
    for row in 0..<rows.count where rows.persons[row] != 0 {
      let first = Int(persons.findOrAdd(rows.persons[row], UInt32(row)))
      groupOf[row] = UInt32(first)
      if first != row {
        // A row without UPN beside one with it is one of that pupil's, or nobody knows whose.
        guard (rows.upns[row] >= BulkRows.noUPN) == (rows.upns[first] >= BulkRows.noUPN) else { return nil }
        isShared[first] = true
      }
    }
    for row in 0..<rows.count where rows.swapped[row] != 0 {
      if persons.find(rows.swapped[row]) != nil { return nil }
    }
    rows.swapped = []
    rows.persons = []

    var groups: [Group] = []
    var places = Array(repeating: UInt32.max, count: rows.count)
    for row in 0..<rows.count where groupOf[row] != .max {
      let first = Int(groupOf[row])
      guard isShared[first] else {
        groupOf[row] = .max
        continue
      }
      if places[first] == .max {
        places[first] = UInt32(groups.count)
        groups.append(Group())
      }
      let place = Int(places[first])
      groupOf[row] = UInt32(place)
      groups[place].count += 1
      if groups[place].first.count < 10 { groups[place].first.append(UInt32(firstNumber + row)) }
      if rows.upns[row] >= BulkRows.noUPN {
        groups[place].see(classes[Int(rows.classes[row])].decisive, postcode: rows.upns[row] & ~BulkRows.noUPN)
      }
    }
    guard groups.allSatisfy({ $0.seen.isEmpty || $0.differing != 0 }) else { return nil }
    rows.upns = []
    self.groupOf = groupOf
    self.groups = groups
    differing = groups.map(\.differing)
    counts = groups.map(\.count)
    lastNamed = groups.map { Int($0.first.last ?? 0) }
  }

  private static func areDistinct(_ numbers: some Sequence<UInt64>, _ count: Int) -> Bool {
    var table = NumberTable(capacity: count)
    var place: UInt32 = 0
    for number in numbers {
      // A UPN may be 0 in no file: the key is one more.
      if table.findOrAdd(number + 1, place) != place { return false }
      place += 1
    }
    return true
  }

  /// The group of a row; nil where nothing is to be said of it because of others.
  @inline(__always)
  func group(_ row: Int) -> Int? {
    let place = groupOf[row]
    return place == .max ? nil : Int(place)
  }

  var groupCount: Int { groups.count }

  /// What is to be said of the rows of a group.
  func note(of group: Int) -> Note {
    isSamePerson(group) ? .samePerson : .contradicts(differing[group])
  }

  /// Whether the rows of a group have UPNs.
  @inline(__always)
  func isSamePerson(_ group: Int) -> Bool { differing[group] == 0 }

  /// Whether the other rows' numbers are written with a comma.
  @inline(__always)
  func isLong(_ group: Int) -> Bool { counts[group] > 3 }

  /// The numbers of the other rows in words, as `Repeats.rows` has them.
  func others(of row: Int, in group: Int) -> String {
    let group = groups[group]
    let own = UInt32(firstNumber + row)
    let others = group.first.filter { $0 != own }
    let count = Int(group.count) - 1
    if count <= 9 { return Repeats.rows(others.map { Int($0) }) }
    let shown = others.prefix(8).map(String.init).joined(separator: ", ")
    return "rows \(shown) and \(count - 8) more"
  }

  /// Whether a row is among those that are named to the others.
  @inline(__always)
  func isNamed(_ row: Int, in group: Int) -> Bool { firstNumber + row <= lastNamed[group] }

  /// The decisive fields of bits, in order.
  static func fields(_ bits: UInt16) -> [Field] {
    Repeats.decisive.enumerated().filter { bits & (1 << UInt16($0.offset)) != 0 }.map(\.element)
  }
}

extension BulkRepeats.Note {
  fileprivate static let postcode = Repeats.decisive.firstIndex(of: .postcode)
}

extension BulkRepeats.Group {
  /// Takes in what another row says; a field in which two differ stays noted.
  mutating func see(_ decisive: [UInt32], postcode: UInt64) {
    if seen.isEmpty { seen = Array(repeating: 0, count: decisive.count) }
    for index in decisive.indices {
      let value = index == BulkRepeats.Note.postcode ? postcode : UInt64(decisive[index])
      if value == 0 { continue }
      if seen[index] == 0 { seen[index] = value } else if seen[index] != value { differing |= 1 << UInt16(index) }
    }
  }
}
