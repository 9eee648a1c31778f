// Loads a return as a tracking system would: strictly, against the team's own specification. Pure.

import Leavers
import Tabular

/// Loads one return file: the whole file is refused for its form, single rows for their content.
struct ReturnLoader {
  /// What became of a file.
  struct Outcome {
    /// Why the whole file is refused; nil where it is taken.
    var refusal: String?
    var loaded: [TeamPupil] = []
    var rejections: [Rejection] = []
  }
  /// Why a row is refused: its number in the file with the header as 1, the column, the reason. Never the value.
  struct Rejection: Equatable {
    let row: Int
    let column: String
    let why: String
  }

  let specification: TeamReturn

  func load(_ bytes: [UInt8]) -> Outcome {
    let records: [[String]]
    switch TeamRecords.split(bytes, specification.form) {
    case .failure(let flaw): return Outcome(refusal: flaw.why)
    case .success(let found): records = found
    }
    guard let header = records.first else { return Outcome(refusal: "the file is empty") }
    let expected = specification.columns.map(\.header)
    if header != expected {
      if header.count != expected.count {
        return Outcome(refusal: "the header has \(header.count) columns; \(expected.count) are expected")
      }
      let place = zip(header, expected).enumerated().first { $1.0 != $1.1 }?.offset ?? 0
      return Outcome(refusal: "header \(place + 1) is not \(expected[place])")
    }
    guard records.count > 1 else { return Outcome(refusal: "the file has a header and no rows") }
    var outcome = Outcome()
    var known: Set<String> = []
    for (index, cells) in records.enumerated().dropFirst() {
      if let rejection = check(cells, row: index + 1) {
        outcome.rejections.append(rejection)
        continue
      }
      let pupil = pupil(cells, row: index + 1)
      if known.insert(pupil.identity).inserted {
        outcome.loaded.append(pupil)
      } else {
        outcome.rejections.append(Rejection(row: index + 1, column: "", why: "is about somebody of an earlier row"))
      }
    }
    return outcome
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
      specification.columns.firstIndex { $0.role == role }.map { cells[$0] } ?? ""
    }
    var birth: CalendarDate?
    if let place = specification.columns.firstIndex(where: { $0.role == .dateOfBirth }),
      case .date(let notation) = specification.columns[place].content
    {
      birth = notation.date(cells[place])
    }
    return TeamPupil(
      row: row, upn: value(.upn), uln: value(.uln), surname: value(.surname), forename: value(.forename),
      dateOfBirth: birth, postcode: value(.postcode), intention: value(.intention))
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
