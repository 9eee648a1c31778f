// Loads a return as a tracking system would: strictly, against the team's own specification. Pure.

import Leavers
import Tabular

/// Loads one return file: the whole file is refused for its form, single rows for their content.
struct ReturnLoader {
  /// What became of a file.
  struct Outcome {
    /// Why the whole file is refused; nil where it is taken.
    var refusal: String?
    /// How many rows were taken: more than there are pupils where a pupil may have several.
    var rows = 0
    var loaded: [TeamPupil] = []
    var rejections: [Rejection] = []
  }
  /// Why a row is refused: its number in the file (of a table with the header as 1, of XML the first record as 1), the
  /// column, the reason. Never the value.
  struct Rejection: Equatable {
    let row: Int
    let column: String
    let why: String
  }

  let specification: TeamReturn

  /// Loads a file; `named` is what its name says.
  func load(_ bytes: [UInt8], named reading: TeamFileName.Reading) -> Outcome {
    switch TeamRows.read(bytes, specification, named: reading) {
    case .failure(let flaw): Outcome(refusal: flaw.why)
    case .success(let rows): load(rows)
    }
  }

  private func load(_ rows: TeamRows) -> Outcome {
    var outcome = Outcome()
    // By who they are: where the pupil stands among the loaded, and the cells of the first row.
    var known: [String: (place: Int, cells: [String])] = [:]
    for (index, cells) in rows.cells.enumerated() {
      let row = rows.first + index
      if let rejection = check(cells, row: row) {
        outcome.rejections.append(rejection)
        continue
      }
      let pupil = pupil(cells, row: row)
      guard let earlier = known[pupil.identity] else {
        known[pupil.identity] = (outcome.loaded.count, cells)
        outcome.loaded.append(pupil)
        outcome.rows += 1
        continue
      }
      if let rejection = check(cells, of: pupil, after: earlier.cells, of: outcome.loaded[earlier.place]) {
        outcome.rejections.append(rejection)
      } else {
        outcome.loaded[earlier.place].characteristics += pupil.characteristics
        outcome.rows += 1
      }
    }
    return outcome
  }

  /// Checks a further row of a pupil: it must be about another characteristic, and say nothing else than the first.
  private func check(
    _ cells: [String], of pupil: TeamPupil, after first: [String], of known: TeamPupil
  ) -> Rejection? {
    guard let place = specification.place(of: .characteristic) else {
      return Rejection(row: pupil.row, column: "", why: "is about somebody of an earlier row")
    }
    if let other = cells.indices.first(where: { $0 != place && cells[$0] != first[$0] }) {
      return Rejection(
        row: pupil.row, column: specification.columns[other].header, why: "is another than in the pupil's first row")
    }
    guard let code = pupil.characteristics.first, !known.characteristics.contains(code) else {
      return Rejection(
        row: pupil.row, column: specification.columns[place].header, why: "says nothing that no earlier row says")
    }
    return nil
  }

  private func check(_ cells: [String], row: Int) -> Rejection? {
    guard cells.count == specification.columns.count else {
      return Rejection(
        row: row, column: "", why: "\(cells.count) cells; \(specification.columns.count) are expected")
    }
    for (cell, column) in zip(cells, specification.columns) {
      if let why = flaw(of: cell, in: column) { return Rejection(row: row, column: column.header, why: why) }
    }
    return nil
  }

  private func flaw(of cell: String, in column: TeamColumn) -> String? {
    if cell.isEmpty { return column.required ? "is required" : nil }
    if let max = column.max, cell.count > max { return "is longer than \(max) characters" }
    if cell.first?.isWhitespace == true || cell.last?.isWhitespace == true { return "begins or ends with a space" }
    switch column.content {
    case .text: return nil
    case .capitals: return cell == cell.uppercased() ? nil : "is not in capitals"
    case .upn: return SyntheticUPN.isValid(cell) ? nil : "is not a UPN with the right check letter"
    case .uln: return SyntheticULN.isValid(cell) ? nil : "is not a ULN with the right check digit"
    case .postcode: return Self.isPostcode(cell) ? nil : "is not a postcode"
    case .date(let notation): return notation.date(cell) != nil ? nil : "is not a date as \(notation.example)"
    case .code(let codes): return codes.contains(cell) ? nil : "is not a code that we know"
    case .digits(let count):
      return cell.utf8.count == count && cell.utf8.allSatisfy { (48...57).contains($0) }
        ? nil : "is not \(count) digits"
    case .exactly(let text): return cell == text ? nil : "is not what it always is"
    }
  }

  /// One space before the last three characters, capitals and digits.
  private static func isPostcode(_ cell: String) -> Bool {
    let parts = cell.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, (2...4).contains(parts[0].count), parts[1].count == 3 else { return false }
    return cell.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || $0 == 32 }
      && parts[1].first?.isNumber == true
  }

  private func pupil(_ cells: [String], row: Int) -> TeamPupil {
    func value(_ role: TeamColumn.Role) -> String {
      specification.place(of: role).map { cells[$0] } ?? ""
    }
    var birth: CalendarDate?
    if let place = specification.place(of: .dateOfBirth),
      case .date(let notation) = specification.columns[place].content
    {
      birth = notation.date(cells[place])
    }
    return TeamPupil(
      row: row, upn: value(.upn), uln: value(.uln), surname: value(.surname), forename: value(.forename),
      dateOfBirth: birth, postcode: value(.postcode), intention: value(.intention),
      characteristics: [value(.characteristic)].filter { !$0.isEmpty }, isClosed: value(.change) == "C")
  }
}

/// A young person as the team loaded them. Prints redacted.
struct TeamPupil: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  let row: Int
  let upn: String
  let uln: String
  let surname: String
  let forename: String
  let dateOfBirth: CalendarDate?
  let postcode: String
  let intention: String
  /// NCCIS codes in the order of the rows; none where the file does not tell them.
  var characteristics: [String] = []
  /// Whether the pupil moved to another authority, so that the team keeps the record no longer.
  var isClosed = false

  var description: String { "TeamPupil(redacted)" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(self, children: []) }

  /// By what the team tells people apart.
  var identity: String {
    upn.isEmpty ? "\(surname)|\(forename)|\(dateOfBirth.map(String.init(describing:)) ?? "")" : upn
  }
}

extension TeamDate {
  /// How a date looks in this notation.
  var example: String { CalendarDate(iso: "2010-01-31").map(text) ?? "" }
}
