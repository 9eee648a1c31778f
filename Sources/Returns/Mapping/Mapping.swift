// From a record in canonical fields to the cells that one authority wants, or why it cannot have them. Pure.

package import Leavers
package import Profiles
import Tabular

/// The mapping of one authority's return on a day: what its columns say of a record.
///
/// Whatever an authority could not read, or would read wrongly, holds the row for this authority alone; nothing is cut,
/// replaced or guessed.
package struct Mapping: Sendable {
  package enum Outcome: Sendable, Equatable {
    case cells(RowCells)
    /// The row waits for a person because of the column named.
    case held(HoldReason, column: String)
    /// The floor cannot give what the column named requires.
    case withheld(WithholdReason, column: String)
  }

  /// The texts of a row, by column. Does not print.
  package struct RowCells: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package let texts: [String]
    package var description: String { "RowCells(redacted)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
  }

  package let profile: ReturnProfile
  package let school: School
  package let codes: CodeTables
  /// The day on which a code must be current.
  package let day: CalendarDate
  package let agreement: Agreement
  private let tiers: DisclosureTiers

  package init(profile: ReturnProfile, school: School, codes: CodeTables, day: CalendarDate, agreement: Agreement) {
    self.profile = profile
    self.school = school
    self.codes = codes
    self.day = day
    self.agreement = agreement
    tiers = DisclosureTiers(codes: codes)
  }

  /// The cells of a record at a disclosure.
  ///
  /// Columns that are about the school, and constants, stand in a floor row too: they say nothing of the pupil that the
  /// file's name does not.
  package func map(_ record: LeaverRecord, disclosure: Disclosure) -> Outcome {
    if disclosure == .floor, let column = profile.columns.first(where: { $0.required && !isInFloor($0) }) {
      return .withheld(.floorNotEnough, column: column.name)
    }
    var texts: [String] = []
    texts.reserveCapacity(profile.columns.count)
    for column in profile.columns {
      switch text(of: column, record, disclosure) {
      case .success(let text): texts.append(text)
      case .failure(let hold): return .held(hold.reason, column: column.name)
      }
    }
    return .cells(RowCells(texts: texts))
  }

  /// The text of one column, as `map` gives it; nil where that holds the row.
  package func text(at column: Int, of record: LeaverRecord, disclosure: Disclosure) -> String? {
    try? text(of: profile.columns[column], record, disclosure).get()
  }

  private struct Hold: Error {
    let reason: HoldReason
  }

  private func isInFloor(_ column: ReturnColumn) -> Bool {
    guard case .field(let field) = column.source else { return true }
    return DisclosureTiers.permits(field.tier, in: .floor, under: agreement)
  }

  private func text(
    of column: ReturnColumn, _ record: LeaverRecord, _ disclosure: Disclosure
  ) -> Result<String, Hold> {
    let text: String
    switch column.source {
    case .constant(let constant): text = constant
    case .school(let item): text = self.text(of: item)
    case .field(let field):
      switch value(of: field, record, disclosure) {
      case .failure(let hold): return .failure(hold)
      case .success(nil): text = ""
      case .success(let value?):
        switch written(value, field, column) {
        case .failure(let hold): return .failure(hold)
        case .success(let written): text = written
        }
      }
    }
    let cased =
      switch column.letterCase {
      case .upper: text.uppercased()
      case .lower: text.lowercased()
      case nil: text
      }
    if cased.isEmpty { return column.required ? .failure(Hold(reason: .requiredMissing)) : .success("") }
    if let max = column.max, cased.unicodeScalars.count > max { return .failure(Hold(reason: .tooLongForAuthority)) }
    if !isWritable(cased) { return .failure(Hold(reason: .notInEncoding)) }
    return .success(cased)
  }

  /// The canonical value, nil where there is none or the disclosure does not give it.
  private func value(
    of field: Field, _ record: LeaverRecord, _ disclosure: Disclosure
  ) -> Result<String?, Hold> {
    guard let value = record[field] else { return .success(nil) }
    // Kept by intake so that routing sees it and a person reads it; an authority gets codes.
    if field.type == .localAuthority, (try? LACode(value)) == nil { return .success(nil) }
    let tier = tiers.tier(of: field, value: value)
    if DisclosureTiers.permits(tier, in: disclosure, under: agreement) { return .success(value) }
    // A full row that lacked one cell in silence would tell the authority something false.
    return disclosure == .floor ? .success(nil) : .failure(Hold(reason: .specialWithoutBasis))
  }

  private func written(_ value: String, _ field: Field, _ column: ReturnColumn) -> Result<String, Hold> {
    if field.type == .date {
      // Anything else than a date in a field of dates failed its check and counts as absent.
      guard let date = CalendarDate(iso: value) else { return .success("") }
      return .success(column.date?.format(date) ?? date.description)
    }
    var text = value
    if let set = column.codes {
      guard case .current(let entry)? = codes.entry(value, in: set, on: day) else {
        return .failure(Hold(reason: .codeUnknownToAuthority))
      }
      text = entry.code
      // The authority's set may know our word as an alias of a code that reveals more than the word did. What comes here
      // is beyond the floor, or a field of the floor that no code makes graver.
      guard DisclosureTiers.permits(tiers.tier(of: field, value: text), in: .full, under: agreement) else {
        return .failure(Hold(reason: .specialWithoutBasis))
      }
    }
    guard !column.map.isEmpty else { return .success(text) }
    // Where the authority has values of its own, one that the map does not name means something else to it, or nothing.
    guard let own = column.map[text] else { return .failure(Hold(reason: .codeUnknownToAuthority)) }
    return .success(own)
  }

  private func text(of item: ReturnColumn.SchoolItem) -> String {
    switch item {
    case .laestab: school.laestab.rawValue
    case .urn: school.urn?.rawValue ?? ""
    case .ukprn: school.ukprn?.rawValue ?? ""
    case .name: school.name
    }
  }

  private func isWritable(_ text: String) -> Bool {
    guard !text.utf8.contains(0) else { return false }
    do {
      _ = try profile.dialect.encoding.encode(text)
      return true
    } catch {
      return false
    }
  }
}
