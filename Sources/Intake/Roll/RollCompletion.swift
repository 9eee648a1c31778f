// What a row does not say and its school said before is taken from there. Pure.

import Leavers

/// Completes a row by what is known of its pupil.
///
/// - Who it is (names, date of birth, identifiers): whatever the row leaves out.
/// - Destinations: also where the cell is blank, since a careers lead fills in what the management information system
///   leaves blank; but not where the row says something that could not be read, nor next to another answer: the college
///   of an older answer does not belong to a new one.
/// - A sharing answer: where there is no such column; a blank cell keeps a refusal, never a consent.
/// - All else: where the export has no such column. An address and what follows from it stay together.
struct RollCompletion {
  /// The fields that the export has a column for.
  let present: Set<Field>

  private static let identity: Set<Field> = [
    .upn, .formerUPN, .uln, .admissionNumber, .legalSurname, .legalForename, .dateOfBirth,
  ]
  private static let answers: Set<Field> = [.guaranteeStatus, .intendedDestination, .activity]
  /// What belongs to the answer that it was given with.
  private static let particulars: Set<Field> = [
    .activityStart, .dateConfirmed, .expectedEnd, .providerName, .providerUKPRN, .providerLAESTAB, .course, .level,
    .startDate,
  ]
  /// An answer and what belongs to it.
  static let destination = answers.union(particulars)
  private static let address: Set<Field> = [.addressLine1, .addressLine2, .addressLine3, .town, .county, .postcode]
  /// Said once, it holds until the opposite is said.
  private static let protections: Set<Field> = [.protectedAddress, .placedByAuthority]

  /// Fills the record in. `unread` are the fields in which the row says something that had to be left out.
  func complete(_ record: inout LeaverRecord, from known: LeaverRecord, unread: Set<Field>) {
    let given = record
    let isAnsweredAnew =
      Self.answers.contains { unread.contains($0) || given[$0] != nil && given[$0] != known[$0] }
      || Self.particulars.contains { given[$0] != nil || unread.contains($0) }
    let hasAddress = !Self.address.isDisjoint(with: present)
    for field in known.fields where record[field] == nil && isTaken(field) {
      record[field] = known[field]
    }

    func isTaken(_ field: Field) -> Bool {
      if Self.identity.contains(field) { return true }
      if unread.contains(field) { return false }
      if Self.answers.contains(field) { return true }
      if Self.particulars.contains(field) { return !isAnsweredAnew }
      if Self.protections.contains(field) { return true }
      if Self.address.contains(field) {
        return !hasAddress && (given[.homeAuthority] == nil || given[.homeAuthority] == known[.homeAuthority])
      }
      switch field {
      case .homeAuthority:
        return !present.contains(field)
          && (!hasAddress || given[.postcode] != nil && given[.postcode] == known[.postcode])
      case .sharing:
        let refuses = known[.sharing].flatMap { Sharing(cell: $0) }.map { $0.disclosure == .floor } ?? true
        return !present.contains(field) || refuses
      default: return !present.contains(field)
      }
    }
  }
}
