// What a return's file says of the return as a whole: school, authority, series, day. Values.

package import Leavers
package import Profiles

/// All that the bytes of a return depend on besides its rows and its profile.
package struct RenderSetting: Sendable {
  package let school: School
  package let authority: AuthorityID
  package let authorityName: String
  package let authorityCode: LACode
  package let kind: ReturnKind
  package private(set) var cohort: Cohort
  package let sequence: Int
  /// The day of the return in London.
  package let day: CalendarDate
  /// An existing directory for the temporary files of libxlsxwriter, which only the service can read.
  package let scratch: String

  package init(
    school: School, authority: AuthorityProfile, kind: ReturnKind, cohort: Cohort, sequence: Int, day: CalendarDate,
    scratch: String
  ) {
    self.school = school
    self.authority = authority.id
    authorityName = authority.name
    authorityCode = authority.laCode
    self.kind = kind
    self.cohort = cohort
    self.sequence = sequence
    self.day = day
    self.scratch = scratch
  }

  /// The same for another cohort.
  func of(_ cohort: Cohort) -> RenderSetting {
    var setting = self
    setting.cohort = cohort
    return setting
  }

  /// A text with its placeholders filled in, for these rows.
  func text(_ line: LineText, of rows: ReturnRows) -> String {
    var text = ""
    for piece in line.pieces {
      switch piece {
      case .text(let plain): text += plain
      case .placeholder(let placeholder): text += value(of: placeholder, rows)
      }
    }
    return text
  }

  private func value(of placeholder: LineText.Placeholder, _ rows: ReturnRows) -> String {
    switch placeholder {
    case .laestab: school.laestab.rawValue
    case .urn: school.urn?.rawValue ?? ""
    case .ukprn: school.ukprn?.rawValue ?? ""
    case .school: school.name
    case .authority: authorityName
    case .authorityCode: authorityCode.rawValue
    case .kind: kind.rawValue
    case .cohort: cohort.description
    case .cycle: ReturnNaming.cycle(of: cohort)
    case .sequence: String(sequence)
    case .date(let pattern): pattern.format(day)
    case .rows: String(rows.lines.count)
    case .pupils: String(rows.pupils)
    case .count(let column): String(rows.texts(of: column).count { !$0.isEmpty })
    case .sum(let column): String(rows.texts(of: column).reduce(0) { $0 &+ (Int($1) ?? 0) })
    }
  }
}

/// The rows of a file in the order in which they stand there.
struct ReturnRows: Sendable {
  let columns: [String]
  /// Each line with the pupil's row in the export.
  let lines: [(row: Int, cells: [String])]
  let pupils: Int

  init(_ rows: [MappedRow], profile: ReturnProfile) {
    let names = profile.columns.map(\.name)
    columns = names
    pupils = rows.count
    var ordered = rows.sorted { $0.rowNumber < $1.rowNumber }
    if !profile.sort.isEmpty {
      let places = profile.sort.compactMap { names.firstIndex(of: $0) }
      let keyed = ordered.map { row in (key: places.map { Self.key(row.cells, $0) }, row: row) }
      // The order of the export decides between equals: sorting keeps it by the row's number.
      ordered =
        keyed.sorted { left, right in
          for (a, b) in zip(left.key, right.key) where a != b { return a.lexicographicallyPrecedes(b) }
          return left.row.rowNumber < right.row.rowNumber
        }.map(\.row)
    }
    lines = ordered.flatMap { row in row.lines.map { (row.rowNumber, $0) } }
  }

  /// By letters whatever their case, then by bytes: no language's own order, which would differ from machine to machine.
  private static func key(_ cells: [String], _ place: Int) -> [UInt8] {
    place < cells.count ? Array(cells[place].uppercased().utf8) + [0] + Array(cells[place].utf8) : []
  }

  func texts(of column: String) -> [String] {
    guard let place = columns.firstIndex(of: column) else { return [] }
    return lines.map { place < $0.cells.count ? $0.cells[place] : "" }
  }
}
