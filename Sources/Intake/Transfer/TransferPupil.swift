// One pupil of a Common Transfer File to cells. Pure; does not print.

import Leavers

/// What a pupil of a Common Transfer File says, by column.
struct TransferPupil {
  /// More different values of one element than these say nothing new: that they contradict is known by then.
  static let mostValues = 4

  /// The different values, in the order of the file; none is blank.
  private(set) var values: [TransferColumn: [String]] = [:]
  /// What stands several times, and nobody can tell which is the newest.
  private(set) var undated: Set<TransferColumn> = []

  /// `source`: the school that made the file, whose dates of entry and leaving are the pupil's.
  init(_ pupil: TransferElement, source: TransferElement?) {
    for column in TransferColumn.allCases {
      guard let path = column.path else { continue }
      for element in pupil.all(path) { add(element.value, column) }
    }
    addProvision(pupil)
    addHistory(pupil, source)
    let address = pupil["Address"].map { TransferAddress($0) }
    if let address {
      for (line, column) in zip(address.lines, [TransferColumn.addressLine1, .addressLine2, .addressLine3]) {
        add(line, column)
      }
      add(address.town, .town)
      add(address.county, .county)
      add(address.postcode, .postcode)
    }
    addParent(pupil, address)
  }

  private mutating func add(_ value: String, _ column: TransferColumn) {
    guard !value.isEmpty, values[column]?.contains(value) != true else { return }
    guard values[column, default: []].count < Self.mostValues else { return }
    values[column, default: []].append(value)
  }

  // MARK: What is newest

  private mutating func addProvision(_ pupil: TransferElement) {
    let entries = pupil.all(["SENhistory", "SEN"]).filter { !$0.value("SENprovision").isEmpty }
    switch Self.newest(entries, by: "StartDate", telling: ["SENprovision"]) {
    case .none: break
    case .one(let entry): add(entry.value("SENprovision"), .senProvision)
    case .untold: undated.insert(.senProvision)
    }
  }

  private mutating func addHistory(_ pupil: TransferElement, _ source: TransferElement?) {
    guard let source, !Self.number(source).isEmpty else { return }
    let stays = pupil.all(["SchoolHistory", "School"]).filter { Self.number($0) == Self.number(source) }
    let columns: [(name: String, column: TransferColumn)] = [
      ("EntryDate", .entryDate), ("LeavingDate", .leavingDate), ("LeavingReason", .leavingReason),
    ]
    switch Self.newest(stays, by: "EntryDate", telling: columns.map(\.name)) {
    case .none: break
    case .one(let stay): for (name, column) in columns { add(stay.value(name), column) }
    case .untold: undated.formUnion(columns.map(\.column))
    }
  }

  /// The number of a school: of its authority, and its own.
  static func number(_ school: TransferElement) -> String { school.value("LEA") + school.value("Estab") }

  private enum Newest {
    case none
    case one(TransferElement)
    case untold
  }

  /// The newest of several elements by a date in them. `telling` are the values that matter: where they are the same
  /// everywhere, it does not matter which is the newest.
  private static func newest(_ elements: [TransferElement], by date: String, telling names: [String]) -> Newest {
    guard let first = elements.first else { return .none }
    func said(_ element: TransferElement) -> [String] { names.map(element.value) }
    if elements.allSatisfy({ said($0) == said(first) }) { return .one(first) }
    var newest: (date: CalendarDate, elements: [TransferElement])?
    for element in elements {
      guard let day = try? CalendarDate.parse(element.value(date)).date else { return .untold }
      if let found = newest, day <= found.date {
        if day == found.date { newest?.elements.append(element) }
      } else {
        newest = (day, [element])
      }
    }
    guard let newest, newest.elements.allSatisfy({ said($0) == said(newest.elements[0]) }) else { return .untold }
    return .one(newest.elements[0])
  }

  // MARK: The parent

  /// The first of the contacts who have parental responsibility. Where nobody has, or two are first, it is not certain
  /// who is meant, and nobody is taken.
  private mutating func addParent(_ pupil: TransferElement, _ home: TransferAddress?) {
    let responsible = pupil.all(["Contacts", "Contact"]).filter { Self.isTrue($0.value("Responsibility")) }
    let ordered = responsible.compactMap { contact in Int(contact.value("Order")).map { ($0, contact) } }
    let first: TransferElement
    if responsible.count == 1 {
      first = responsible[0]
    } else {
      guard ordered.count == responsible.count, let least = ordered.map(\.0).min() else { return }
      let candidates = ordered.filter { $0.0 == least }
      guard candidates.count == 1 else { return }
      first = candidates[0].1
    }
    let name = [first.value("Forename"), first.value("Surname")].filter { !$0.isEmpty }.joined(separator: " ")
    guard !name.isEmpty else { return }
    add(name, .parentName)
    if Self.isTrue(first.value("AddressAsPupil")) {
      add(home?.text ?? "", .parentAddress)
    } else if let address = first["Address"] {
      add(TransferAddress(address).text, .parentAddress)
    }
  }

  private static func isTrue(_ text: String) -> Bool { FlagRule.check(text, .lookedAfter).value == FlagRule.yes }

  // MARK: What is not kept

  /// The paths, from the pupil, of what it says and nobody keeps; of a whole branch the topmost.
  static func unkept(_ pupil: TransferElement) -> Set<String> {
    var paths: Set<String> = []
    collect(pupil, "", &paths)
    return paths
  }

  private static func collect(_ element: TransferElement, _ path: String, _ paths: inout Set<String>) {
    for child in element.children where !child.isBlank {
      let place = path + child.name
      if TransferColumn.known.contains(place) { continue }
      if branches.contains(place) {
        collect(child, "\(place)/", &paths)
      } else {
        paths.insert(place)
      }
    }
  }

  /// The paths above those that are known.
  private static let branches: Set<String> = {
    var branches: Set<String> = []
    for path in TransferColumn.known {
      var parts = path.split(separator: "/").dropLast()
      while !parts.isEmpty {
        branches.insert(parts.joined(separator: "/"))
        parts = parts.dropLast()
      }
    }
    return branches
  }()
}

extension TransferPupil: CustomStringConvertible, CustomReflectable {
  var description: String { "TransferPupil(redacted)" }
  var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
