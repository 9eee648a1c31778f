// Proof, from the stored bytes alone, that a return says what it should and discloses no more than it may. Pure.

package import Leavers
package import Profiles
import Tabular

/// Reads a return back and compares it with what was meant.
///
/// The disclosure is proved from the records and the cells that stand in the file, not from what the mapping decided: a
/// fault of the mapping shows here.
package struct SelfCheck: Sendable {
  /// Something that the file should not say or fails to say. Names row and column, never a value.
  package struct Problem: Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, CaseIterable {
      case unreadable
      case wrongHeader = "wrong-header"
      /// What stands above, below or around the rows is not as the profile says.
      case wrongSurroundings = "wrong-surroundings"
      case wrongRowCount = "wrong-row-count"
      case wrongCellCount = "wrong-cell-count"
      case wrongCell = "wrong-cell"
      /// A cell above the row's disclosure has a value.
      case disclosesTooMuch = "discloses-too-much"
      /// A row without the record that it came from.
      case unknownRow = "unknown-row"
    }
    package let code: Code
    /// The row's number in the export; nil for the whole file.
    package let row: Int?
    /// The header of the column in the return.
    package let column: String?
    /// More, without personal data.
    package let detail: String?

    package init(_ code: Code, row: Int? = nil, column: String? = nil, detail: String? = nil) {
      self.code = code
      self.row = row
      self.column = column
      self.detail = detail
    }

    package var description: String {
      var text = code.rawValue
      if let row { text += ", export row \(row)" }
      if let column { text += ", column \(column)" }
      if let detail { text += ": \(detail)" }
      return text
    }
  }

  /// One field and tier that the file discloses, in full or in floor rows, and in how many.
  package struct DisclosedField: Sendable, Hashable {
    package let field: Field
    package let tier: DisclosureTier
    package let full: Bool
    package let rows: Int
  }

  package struct Result: Sendable {
    package let problems: [Problem]
    /// What the bytes disclose, in the order of fields and tiers.
    package let disclosed: [DisclosedField]
    /// The rows, by their numbers in the export, that tell how to contact the pupil or the family.
    package let tellsContact: Set<Int>
    package var isClean: Bool { problems.isEmpty }
  }

  package let profile: ReturnProfile
  package let agreement: Agreement
  let tiers: DisclosureTiers
  private let mapping: Mapping
  /// What the cells of each column are to a spreadsheet.
  private let kinds: [TypedCells.Kind]

  package init(
    profile: ReturnProfile, agreement: Agreement, codes: CodeTables, school: School, day: CalendarDate
  ) {
    self.profile = profile
    self.agreement = agreement
    tiers = DisclosureTiers(codes: codes)
    mapping = Mapping(profile: profile, school: school, codes: codes, day: day)
    kinds = profile.columns.map(TypedCells.kind)
  }

  /// Checks a file against its rows. `records` are those of the export by row number, as they may be told to
  /// this authority.
  package func check(
    _ bytes: [UInt8], rows: [MappedRow], records: [Int: LeaverRecord], _ setting: RenderSetting
  ) -> Result {
    let meant = ReturnRows(rows, profile: profile)
    let read: ReturnReadBack
    do throws(Unread) { read = try self.read(bytes, meant, setting) } catch {
      return Result(problems: [error.problem], disclosed: [], tellsContact: [])
    }
    var tally = Tally()
    if read.lines.count != meant.lines.count {
      tally.problems.append(
        Problem(.wrongRowCount, detail: "\(read.lines.count) rows instead of \(meant.lines.count)"))
    }
    let byRow = Dictionary(rows.map { ($0.rowNumber, $0) }, uniquingKeysWith: { first, _ in first })
    // The place of a line among those of its pupil.
    var place: [Int: Int] = [:]
    for (cells, line) in zip(read.lines, meant.lines) {
      defer { place[line.row, default: 0] += 1 }
      guard cells.count == profile.columns.count, line.cells.count == profile.columns.count else {
        tally.problems.append(
          Problem(.wrongCellCount, row: line.row, detail: "\(cells.count) instead of \(profile.columns.count)"))
        continue
      }
      guard let record = records[line.row], let row = byRow[line.row] else {
        tally.problems.append(Problem(.unknownRow, row: line.row))
        continue
      }
      check(cells, line.cells, record, row, place[line.row] ?? 0, &tally)
    }
    return Result(problems: tally.problems, disclosed: Self.sorted(tally.counts), tellsContact: tally.tellsContact)
  }

  /// How a file differs from its rows, cell by cell; what may be told of them was proved before.
  func differences(_ bytes: [UInt8], rows: [MappedRow], _ setting: RenderSetting) -> [Problem] {
    let meant = ReturnRows(rows, profile: profile)
    do throws(Unread) {
      let read = try self.read(bytes, meant, setting)
      guard read.lines.count == meant.lines.count else { return [Problem(.wrongRowCount)] }
      return zip(read.lines, meant.lines).compactMap { cells, line in
        guard cells.count == profile.columns.count, line.cells.count == cells.count else {
          return Problem(.wrongCellCount, row: line.row)
        }
        return cells.indices.first { !says(cells[$0], line.cells[$0], at: $0) }.map {
          Problem(.wrongCell, row: line.row, column: profile.columns[$0].name)
        }
      }
    } catch {
      return [error.problem]
    }
  }

  /// Why a file could not be read, or what stands around its rows.
  private struct Unread: Error {
    let problem: Problem
  }

  private func read(
    _ bytes: [UInt8], _ meant: ReturnRows, _ setting: RenderSetting
  ) throws(Unread) -> ReturnReadBack {
    let read: ReturnReadBack
    do { read = try ReturnReadBack.read(bytes, profile: profile, meant: meant, setting) } catch {
      throw Unread(problem: Problem(.unreadable, detail: "\(error)"))
    }
    switch read.flaw {
    case .header: throw Unread(problem: Problem(.wrongHeader))
    case .surroundings(let what): throw Unread(problem: Problem(.wrongSurroundings, detail: what))
    case nil: return read
    }
  }

  private struct Tally {
    var problems: [Problem] = []
    var counts: [Key: Int] = [:]
    var tellsContact: Set<Int> = []
  }

  /// One line of a pupil, the `place`th of its lines.
  private func check(
    _ cells: [ReturnReadBack.Cell], _ texts: [String], _ record: LeaverRecord, _ row: MappedRow, _ place: Int,
    _ tally: inout Tally
  ) {
    let needsAllowed = needsAllowed || row.isClosing
    let allowed = needsAllowed ? self.allowed(record, at: row.disclosure, isClosing: row.isClosing) : []
    if needsAllowed, !allowed.indices.contains(place) {
      tally.problems.append(Problem(.wrongRowCount, row: row.rowNumber, detail: "more rows than the record has"))
      return
    }
    for (index, column) in profile.columns.enumerated() {
      if !says(cells[index], texts[index], at: index) {
        tally.problems.append(Problem(.wrongCell, row: row.rowNumber, column: column.name))
      }
      let cell = text(cells[index], texts[index], at: index)
      if case .field(let field) = column.source, column.form.isPlain, profile.rows == .pupil, !row.isClosing {
        guard !cell.isEmpty else { continue }
        let tier = highest(of: field, cell: cell, column: column, record: record)
        if Field.contact.contains(field) { tally.tellsContact.insert(row.rowNumber) }
        // What the record may not tell here was taken out of it: whatever stands in the cell came from somewhere else.
        if record[field] == nil {
          tally.problems.append(
            Problem(.disclosesTooMuch, row: row.rowNumber, column: column.name, detail: "not in the record"))
        } else if !DisclosureTiers.permits(tier, in: row.disclosure, under: agreement) {
          tally.problems.append(
            Problem(.disclosesTooMuch, row: row.rowNumber, column: column.name, detail: tier.rawValue))
        }
        tally.counts[Key(field: field, tier: tier, full: row.disclosure == .full), default: 0] += 1
      } else if !column.form.fields.isEmpty || column.form.tellsRefusal || column.form.tellsMoves {
        let (destination, only) = allowed[place]
        let expected = (try? mapping.text(of: column, only, destination)) ?? ""
        if !expected.utf8.elementsEqual(texts[index].utf8) {
          tally.problems.append(
            Problem(.disclosesTooMuch, row: row.rowNumber, column: column.name, detail: "not from what may be told"))
        }
        guard !cell.isEmpty else { continue }
        for (field, tier) in only.told(column.form.fields) {
          if Field.contact.contains(field) { tally.tellsContact.insert(row.rowNumber) }
          tally.counts[Key(field: field, tier: tier, full: row.disclosure == .full), default: 0] += 1
        }
      }
    }
  }

  /// Whether a column is not one field as it is, so that it is proved from what may be told.
  private var needsAllowed: Bool {
    profile.rows != .pupil || profile.columns.contains { !$0.form.isPlain }
  }

  private func says(_ cell: ReturnReadBack.Cell, _ text: String, at column: Int) -> Bool {
    switch cell {
    case .text(let read): read.utf8.elementsEqual(expected(text).utf8)
    case .sheet(let read): TypedCells.says(read, text, kinds[column])
    }
  }

  /// What stands in the cell, as the authority's own text: a day of a workbook reads as it was meant.
  private func text(_ cell: ReturnReadBack.Cell, _ meant: String, at column: Int) -> String {
    switch cell {
    case .text(let read): read
    case .sheet(let read): says(cell, meant, at: column) ? meant : read?.text ?? ""
    }
  }

  /// Whether a cell of a column may stand in a row of a disclosure, by the value of the record that it came from.
  func permits(_ cell: String, at column: Int, of record: LeaverRecord, disclosure: Disclosure) -> Bool {
    let column = profile.columns[column]
    guard !cell.isEmpty, case .field(let field) = column.source else { return true }
    let tier = highest(of: field, cell: cell, column: column, record: record)
    return record[field] != nil && DisclosureTiers.permits(tier, in: disclosure, under: agreement)
  }

  private struct Key: Hashable {
    let field: Field
    let tier: DisclosureTier
    let full: Bool
  }

  private static func sorted(_ counts: [Key: Int]) -> [DisclosedField] {
    let order = Dictionary(uniqueKeysWithValues: Field.allCases.enumerated().map { ($1, $0) })
    return counts.map { DisclosedField(field: $0.field, tier: $0.tier, full: $0.full, rows: $1) }
      .sorted { left, right in
        let (a, b) = (order[left.field] ?? 0, order[right.field] ?? 0)
        return (a, left.tier, left.full ? 0 : 1) < (b, right.tier, right.full ? 0 : 1)
      }
  }

  /// The gravest tier that the cell can be of: by the field, by the record's value, by the cell read as a code of ours,
  /// and by every code of ours that the authority's map writes as this cell.
  private func highest(of field: Field, cell: String, column: ReturnColumn, record: LeaverRecord) -> DisclosureTier {
    var values = [cell]
    if let value = record[field] { values.append(value) }
    if !column.map.isEmpty {
      // The map says of the cell what it means here; read as a code of ours it would mean something else.
      values.removeFirst()
      let sources = column.map.sources(of: cell)
      if record[field] == nil || !sources.contains(where: { $0 == record[field] }) {
        values.append(contentsOf: sources)
      }
    }
    return values.map { tiers.tier(of: field, value: $0) }.max() ?? field.tier
  }

  func expected(_ text: String) -> String {
    profile.format.csvDialect?.formulas == .neutralised ? CSVWriter.neutralised(text) : text
  }
}
