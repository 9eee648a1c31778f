// The rows of a return as they stand in its file, whatever the file's form; nothing in a cell is checked yet. Pure.

import Tabular

/// Cells in the order of the specification's columns. Prints redacted.
struct TeamRows: CustomStringConvertible, CustomReflectable {
  let specification: TeamReturn
  var cells: [[String]]
  /// The number of the first row in the file, as the school would count.
  let first: Int

  var description: String { "TeamRows(\(cells.count), redacted)" }
  var customMirror: Mirror { Mirror(self, children: []) }

  /// The rows of a file, or why the file as a whole is refused.
  static func read(
    _ bytes: [UInt8], _ specification: TeamReturn, named reading: TeamFileName.Reading
  ) -> Result<TeamRows, TeamRecords.Flaw> {
    switch specification.shape {
    case .table(let form):
      TeamRecords.split(bytes, form).flatMap { table($0, specification) }
    case .framedTable(let form, let frame):
      TeamRecords.split(bytes, form).flatMap { framedTable($0, frame, specification, reading) }
    case .document(let document):
      document.rows(of: bytes, specification, named: reading)
    }
  }

  // MARK: Separated values

  /// Headings, then rows.
  private static func table(
    _ records: [[String]], _ specification: TeamReturn, below above: Int = 0
  ) -> Result<TeamRows, TeamRecords.Flaw> {
    func refuse(_ why: String) -> Result<TeamRows, TeamRecords.Flaw> { .failure(TeamRecords.Flaw(why: why)) }
    guard let header = records.first else { return refuse("the file is empty") }
    let expected = specification.columns.map(\.header)
    if header != expected {
      if header.count != expected.count {
        return refuse("the header has \(header.count) columns; \(expected.count) are expected")
      }
      let place = zip(header, expected).enumerated().first { $1.0 != $1.1 }?.offset ?? 0
      return refuse("header \(place + 1) is not \(expected[place])")
    }
    guard records.count > 1 else { return refuse("the file has a header and no rows") }
    return .success(TeamRows(specification: specification, cells: Array(records.dropFirst()), first: above + 2))
  }

  /// A head line, headings, rows, a trailer.
  private static func framedTable(
    _ records: [[String]], _ frame: TeamFrame, _ specification: TeamReturn, _ reading: TeamFileName.Reading
  ) -> Result<TeamRows, TeamRecords.Flaw> {
    guard records.count > 2, let head = records.first, let trailer = records.last else {
      return .failure(TeamRecords.Flaw(why: "the file has no head line, headings and trailer"))
    }
    return table(Array(records.dropFirst().dropLast()), specification, below: 1).flatMap { rows in
      for (line, controls, what) in [(head, frame.head, "the head line"), (trailer, frame.trailer, "the trailer")] {
        guard line.count == controls.count else {
          return .failure(
            TeamRecords.Flaw(why: "\(what) has \(line.count) cells; \(controls.count) are expected"))
        }
        for (place, (cell, control)) in zip(line, controls).enumerated() {
          guard let why = control.flaw(of: cell, reading, rows) else { continue }
          return .failure(TeamRecords.Flaw(why: "cell \(place + 1) of \(what) \(why)"))
        }
      }
      return .success(rows)
    }
  }

  // MARK: Totals

  /// The cells of a column, "" where a row has none.
  func texts(of header: String) -> [String] {
    guard let place = specification.columns.firstIndex(where: { $0.header == header }) else { return [] }
    return cells.map { $0.indices.contains(place) ? $0[place] : "" }
  }

  /// How many pupils the rows are about: by UPN, else by names and date of birth.
  var pupils: Int {
    let roles: [TeamColumn.Role] = [.surname, .forename, .dateOfBirth]
    let upn = specification.place(of: .upn)
    let names = roles.compactMap(specification.place)
    return Set(
      cells.map { row in
        if let upn, row.indices.contains(upn), !row[upn].isEmpty { return [row[upn]] }
        return names.map { row.indices.contains($0) ? row[$0] : "" }
      }
    ).count
  }
}
