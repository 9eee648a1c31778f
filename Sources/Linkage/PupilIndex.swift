// Which of the pupils that are known a row is about: exactly, by identifiers, or by what else says who it is. Pure.

package import Leavers

/// The records of known pupils, found by a row's own words. A row is joined only where one record answers to it and nothing
/// contradicts that: by identifier, else by admission number, else by name and date of birth.
package struct PupilIndex: Sendable {
  /// How a row was joined.
  package enum Way: Sendable, Equatable {
    /// By the key that a sheet of our own bears.
    case rowKey
    case identifier, admissionNumber, nameAndBirth
  }

  private let records: [LeaverRecord]
  private var byKey: [String: Int] = [:]
  private var byUPN: [String: [Int]] = [:]
  private var byFormerUPN: [String: [Int]] = [:]
  private var byULN: [String: [Int]] = [:]
  private var byAdmissionNumber: [String: [Int]] = [:]
  private var byName: [String: [Int]] = [:]

  /// - Parameter keys: The row key of each record, if it has one.
  package init(_ records: [LeaverRecord], keys: [String] = []) {
    self.records = records
    for (index, key) in keys.enumerated() where !key.isEmpty { byKey[key] = index }
    for (index, record) in records.enumerated() {
      if let upn = record[.upn] { byUPN[upn, default: []].append(index) }
      if let former = record[.formerUPN] { byFormerUPN[former, default: []].append(index) }
      if let uln = record[.uln] { byULN[uln, default: []].append(index) }
      if let number = record[.admissionNumber] { byAdmissionNumber[number, default: []].append(index) }
      if let name = record.nameKey { byName[name, default: []].append(index) }
    }
  }

  /// The place, among the records given, of the pupil that a row is about; nil where nobody, or more than one, answers
  /// to it, or where its identifier is another child's.
  ///
  /// - Parameter key: The row key that stands beside it. Columns of a sheet can be sorted apart from their keys, so that it
  ///   counts only where an identifier or a name agrees, and no identifier is another.
  package func find(_ row: LeaverRecord, key: String? = nil) -> (index: Int, way: Way)? {
    if let key, let index = byKey[key], isConfirmed(index, row) { return (index, .rowKey) }
    if let upn = row[.upn], let index = only(byUPN[upn]) ?? only(byFormerUPN[upn]) { return identified(index, row) }
    if let former = row[.formerUPN], let index = only(byUPN[former]) { return identified(index, row) }
    if let uln = row[.uln], let index = only(byULN[uln]), isCompatible(index, row) { return identified(index, row) }
    if let number = row[.admissionNumber], let index = only(byAdmissionNumber[number]), isCompatible(index, row),
      agrees(index, row)
    {
      return (index, .admissionNumber)
    }
    if let name = row.nameKey, let index = only(byName[name]), isCompatible(index, row) {
      return (index, .nameAndBirth)
    }
    return nil
  }

  /// Two records that nobody could tell apart are nobody's.
  private func only(_ found: [Int]?) -> Int? { found?.count == 1 ? found?.first : nil }

  private func identified(_ index: Int, _ row: LeaverRecord) -> (index: Int, way: Way)? {
    isSomebodyElse(index, row) ? nil : (index, .identifier)
  }

  /// Two UPNs that differ, and neither is known to have been the other, are two pupils whatever else agrees.
  private func isCompatible(_ index: Int, _ row: LeaverRecord) -> Bool {
    guard let upn = row[.upn], let known = records[index][.upn] else { return true }
    return upn == known
  }

  /// Whether a row has another child's identifier: neither the names nor the date of birth that it gives are the known
  /// ones. Nothing of that child may be taken for the row.
  private func isSomebodyElse(_ index: Int, _ row: LeaverRecord) -> Bool {
    let same = row.comparisons(of: [.legalSurname, .legalForename, .dateOfBirth], with: records[index])
    return !same.isEmpty && !same.contains(true)
  }

  /// Whether what a row says of who it is speaks for its row key, and no identifier is another pupil's.
  private func isConfirmed(_ index: Int, _ row: LeaverRecord) -> Bool {
    let owners = (row[.upn].flatMap { byUPN[$0] } ?? []) + (row[.uln].flatMap { byULN[$0] } ?? [])
    return !owners.contains { $0 != index } && row.speaks(for: records[index])
  }

  /// An admission number is the school's own, and one digit off is another pupil: what else the row says of who it is
  /// must agree, and it must say something.
  private func agrees(_ index: Int, _ row: LeaverRecord) -> Bool {
    let same = row.comparisons(of: [.legalSurname, .legalForename, .dateOfBirth], with: records[index])
    return !same.isEmpty && !same.contains(false)
  }
}
