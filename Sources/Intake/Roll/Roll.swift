// What a school said before, pupil by pupil, and which pupil a row is about. Pure.

import Leavers
package import Ledger

/// The roll of a school: what its exports before this one said last of each pupil. Empty in a dry run.
///
/// An export need not have every pupil, nor every column: a careers lead's sheet has neither UPN nor address. A row is
/// joined to its pupil by identifier, else by admission number, else by name and date of birth, and only where one pupil
/// answers to it and nothing contradicts that.
package struct Roll: Sendable {
  /// How a row was joined.
  enum Way: Sendable, Equatable {
    case identifier, admissionNumber, nameAndBirth
  }

  /// The pupil of a row.
  struct Found: Sendable {
    let entry: RollEntry
    let way: Way
  }

  let entries: [RollEntry]
  private var byUPN: [String: [Int]] = [:]
  private var byFormerUPN: [String: [Int]] = [:]
  private var byULN: [String: [Int]] = [:]
  private var byAdmissionNumber: [String: [Int]] = [:]
  private var byName: [String: [Int]] = [:]

  package init(_ entries: [RollEntry] = []) {
    self.entries = entries
    for (index, entry) in entries.enumerated() {
      let record = entry.record
      if let upn = record[.upn] { byUPN[upn, default: []].append(index) }
      if let former = record[.formerUPN] { byFormerUPN[former, default: []].append(index) }
      if let uln = record[.uln] { byULN[uln, default: []].append(index) }
      if let number = record[.admissionNumber] { byAdmissionNumber[number, default: []].append(index) }
      if let name = record.nameKey { byName[name, default: []].append(index) }
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// The pupil that a row is about; nil where nobody, or more than one, answers to it.
  func find(_ record: LeaverRecord) -> Found? {
    if let upn = record[.upn], let entry = one(byUPN[upn]) ?? one(byFormerUPN[upn]) {
      return isSomebodyElse(entry, record) ? nil : Found(entry: entry, way: .identifier)
    }
    if let former = record[.formerUPN], let entry = one(byUPN[former]) {
      return isSomebodyElse(entry, record) ? nil : Found(entry: entry, way: .identifier)
    }
    if let uln = record[.uln], let entry = one(byULN[uln]), isCompatible(entry, record) {
      return isSomebodyElse(entry, record) ? nil : Found(entry: entry, way: .identifier)
    }
    if let number = record[.admissionNumber], let entry = one(byAdmissionNumber[number]), isCompatible(entry, record),
      agrees(entry, record)
    {
      return Found(entry: entry, way: .admissionNumber)
    }
    if let name = record.nameKey, let entry = one(byName[name]), isCompatible(entry, record) {
      return Found(entry: entry, way: .nameAndBirth)
    }
    return nil
  }

  /// Two rows of an export that nobody could merge are nobody's.
  private func one(_ found: [Int]?) -> RollEntry? {
    guard let found, found.count == 1, let index = found.first else { return nil }
    return entries[index]
  }

  /// Two UPNs that differ, and neither is known to have been the other, are two pupils whatever else agrees.
  private func isCompatible(_ entry: RollEntry, _ record: LeaverRecord) -> Bool {
    guard let upn = record[.upn], let known = entry.record[.upn] else { return true }
    return upn == known
  }

  /// Whether a row has another child's identifier: neither the names nor the date of birth that it gives are the known
  /// ones. Nothing of that child may be filled in; the ledger sees one pupil with two rows, and a person decides.
  private func isSomebodyElse(_ entry: RollEntry, _ record: LeaverRecord) -> Bool {
    var isAnythingGiven = false
    for field in [Field.legalSurname, .legalForename, .dateOfBirth] {
      guard let given = record[field], let known = entry.record[field] else { continue }
      if LeaverRecord.comparable(given) == LeaverRecord.comparable(known) { return false }
      isAnythingGiven = true
    }
    return isAnythingGiven
  }

  /// An admission number is the school's own, and one digit off is another pupil: what else the row says of who it is
  /// must agree, and it must say something.
  private func agrees(_ entry: RollEntry, _ record: LeaverRecord) -> Bool {
    if let born = record[.dateOfBirth], let known = entry.record[.dateOfBirth], born != known { return false }
    let names = [Field.legalSurname, .legalForename].compactMap { field -> Bool? in
      guard let name = record[field], let known = entry.record[field] else { return nil }
      return LeaverRecord.comparable(name) == LeaverRecord.comparable(known)
    }
    return names.isEmpty ? record[.dateOfBirth] != nil : names.allSatisfy { $0 }
  }
}
