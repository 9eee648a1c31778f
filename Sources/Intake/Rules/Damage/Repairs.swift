// Takes the repairs that other fields prove, before rows are compared with one another. Pure.

import Leavers
import Profiles

/// Decides over the proposals of all rows.
enum Repairs {
  /// Puts each proved value into its record and a note with before and after in the place of what was said of the cell;
  /// leaves all else as it is.
  static func apply(_ readings: inout [RowReading], in context: RuleContext) {
    let damaged = readings.indices.filter { !readings[$0].proposals.isEmpty }
    if damaged.isEmpty { return }
    // Who has, or would have, each UPN that is proposed.
    var owners: [String: [Int]] = [:]
    for index in damaged {
      for pending in readings[index].proposals where pending.proposal.proof == .upn {
        owners[pending.proposal.value, default: []].append(index)
      }
    }
    if !owners.isEmpty {
      for index in readings.indices {
        if let upn = readings[index].record[.upn], owners[upn] != nil { owners[upn]?.append(index) }
      }
    }
    for index in damaged {
      for pending in readings[index].proposals
      where isProved(pending.proposal, readings[index], readings, owners, context) {
        take(pending, &readings[index])
      }
      readings[index].proposals = []
    }
  }

  private static func take(_ pending: PendingRepair, _ reading: inout RowReading) {
    reading.record[pending.field] = pending.proposal.value
    reading.findings.removeAll { $0.field == pending.field && $0.code == pending.refused }
    reading.findings.append(
      ExportFinding(
        Remark(pending.proposal.note), row: reading.number, columnNumber: pending.place.columnNumber,
        column: pending.place.column, field: pending.field, value: pending.before.exposed,
        after: pending.proposal.value))
  }

  private static func isProved(
    _ proposal: Proposal, _ reading: RowReading, _ readings: [RowReading], _ owners: [String: [Int]],
    _ context: RuleContext
  ) -> Bool {
    switch proposal.proof {
    case .birth(let rival):
      guard let date = CalendarDate(iso: proposal.value),
        let usual = YearGroupRule.cohort(reading.record, on: context.day)?.usualDatesOfBirth
      else { return false }
      return usual.contains(date) && rival.map { $0 == date || !usual.contains($0) } != false
    case .upn:
      let others = (owners[proposal.value] ?? []).filter { readings[$0].number != reading.number }
      if !others.isEmpty {
        // Another pupil's number is not this one's, and of two who would have it nobody knows whose it is. Another row of
        // the same pupil agrees where it was written well.
        guard let person = PersonKey(reading.record),
          others.allSatisfy({ PersonKey(readings[$0].record) == person })
        else { return false }
        if others.contains(where: { readings[$0].record[.upn] == proposal.value }) { return true }
      }
      return UPNAgreement.holds(proposal.value, reading.record, context.school.laestab)
    }
  }
}

/// What of a row can confirm a UPN.
enum UPNAgreement {
  /// Whether the number is the former UPN too, was given by this school, or was given in the years in which the pupil
  /// first came to a nursery or reception class.
  static func holds(_ upn: String, _ record: LeaverRecord, _ school: LAESTAB) -> Bool {
    if record[.formerUPN] == upn { return true }
    // Characters 2 to 8 are the establishment that gave the number, 9 and 10 the year (DfE, Unique pupil numbers).
    let digits = upn.dropFirst()
    if digits.prefix(7) == school.rawValue { return true }
    guard let birth = record.dateOfBirth, let year = Int(digits.dropFirst(7).prefix(2)) else { return false }
    let schoolYear = birth.month >= 9 ? birth.year + 1 : birth.year
    return (schoolYear + 3...schoolYear + 4).contains { $0 % 100 == year }
  }
}

/// A proposal and the cell that it is about, until the whole file was read. Personal: does not print.
struct PendingRepair: Sendable {
  let field: Field
  /// The code that was said of the cell and that the note would replace.
  let refused: FindingCode
  let proposal: Proposal
  let before: Redacted<String>
  let place: (columnNumber: Int, column: String)
}
