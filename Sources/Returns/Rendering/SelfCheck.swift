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
  private let tiers: DisclosureTiers

  package init(profile: ReturnProfile, agreement: Agreement, codes: CodeTables) {
    self.profile = profile
    self.agreement = agreement
    tiers = DisclosureTiers(codes: codes)
  }

  /// Checks a file against its rows. `records` are those of the export by row number, as they may be told to
  /// this authority.
  package func check(_ bytes: [UInt8], rows: [MappedRow], records: [Int: LeaverRecord]) -> Result {
    let table: [[String]]
    do {
      table = try read(bytes)
    } catch {
      return Result(problems: [Problem(.unreadable, detail: "\(error)")], disclosed: [], tellsContact: [])
    }
    let header = profile.columns.map(\.name)
    guard let first = table.first, same(first, header.map(expected)) else {
      return Result(problems: [Problem(.wrongHeader)], disclosed: [], tellsContact: [])
    }
    let meant = rows.sorted { $0.rowNumber < $1.rowNumber }
    var problems: [Problem] = []
    if table.count - 1 != meant.count {
      problems.append(Problem(.wrongRowCount, detail: "\(table.count - 1) rows instead of \(meant.count)"))
    }
    var counts: [Key: Int] = [:]
    var tellsContact: Set<Int> = []
    for (cells, row) in zip(table.dropFirst(), meant) {
      guard cells.count == header.count, row.cells.count == header.count else {
        problems.append(
          Problem(.wrongCellCount, row: row.rowNumber, detail: "\(cells.count) instead of \(header.count)"))
        continue
      }
      guard let record = records[row.rowNumber] else {
        problems.append(Problem(.unknownRow, row: row.rowNumber))
        continue
      }
      for (index, column) in profile.columns.enumerated() {
        if !same([cells[index]], [expected(row.cells[index])]) {
          problems.append(Problem(.wrongCell, row: row.rowNumber, column: column.name))
        }
        guard !cells[index].isEmpty, case .field(let field) = column.source else { continue }
        let tier = highest(of: field, cell: cells[index], column: column, record: record)
        if Field.contact.contains(field) { tellsContact.insert(row.rowNumber) }
        // What the record may not tell here was taken out of it: whatever stands in the cell came from somewhere else.
        if record[field] == nil {
          problems.append(
            Problem(.disclosesTooMuch, row: row.rowNumber, column: column.name, detail: "not in the record"))
        } else if !DisclosureTiers.permits(tier, in: row.disclosure, under: agreement) {
          problems.append(Problem(.disclosesTooMuch, row: row.rowNumber, column: column.name, detail: tier.rawValue))
        }
        counts[Key(field: field, tier: tier, full: row.disclosure == .full), default: 0] += 1
      }
    }
    return Result(problems: problems, disclosed: Self.sorted(counts), tellsContact: tellsContact)
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
      let folded = cell.uppercased()
      let sources = column.map.filter { $0.value.uppercased() == folded }.map(\.key)
      if record[field] == nil || !sources.contains(where: { $0 == record[field] }) {
        values.append(contentsOf: sources)
      }
    }
    return values.map { tiers.tier(of: field, value: $0) }.max() ?? field.tier
  }

  func expected(_ text: String) -> String {
    profile.dialect.formulas == .neutralised ? CSVWriter.neutralised(text) : text
  }

  /// The rows that the bytes hold when read as the authority will read them: in the encoding that the profile names.
  private func read(_ bytes: [UInt8]) throws -> [[String]] {
    let mark = profile.dialect.encoding.byteOrderMark
    let hasMark = !mark.isEmpty && bytes.starts(with: mark)
    guard hasMark == (profile.dialect.byteOrderMark && !mark.isEmpty) else {
      throw CSVError(.undecodable, line: 1, message: "the byte order mark is not as the profile says")
    }
    _ = try profile.dialect.encoding.decode(hasMark ? Array(bytes.dropFirst(mark.count)) : bytes)
    var rows: [[String]] = []
    try CSVReader.forEachRow(of: bytes, format: CSVFormat(profile.dialect)) { row in rows.append(row.strings) }
    return rows
  }

  /// Equal byte by byte: Swift's own equality would take two ways to write an accent for the same.
  private func same(_ left: [String], _ right: [String]) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }
}
