// Which pupil of the school a row is about: by identifiers, else by name and date of birth among those without any.
// Lives in one transaction.

import Crypto
import GRDB
import Leavers

/// Finds the pupil of each row, and makes those that are new.
final class PupilResolver {
  private let transaction: Transaction
  private let school: SchoolID
  /// Pupils without identifiers by name and date of birth; nil until the first row needs them.
  private var nameless: [String: [PupilID]]?

  init(_ transaction: Transaction, school: SchoolID) {
    self.transaction = transaction
    self.school = school
  }

  private struct Known {
    let id: PupilID
    let upn: [UInt8]?
    let formerUPN: [UInt8]?
    let uln: [UInt8]?
    let hasCohort: Bool

    init(_ row: Row) {
      id = PupilID(rawValue: row["id"])
      upn = row.optionalBytes("upn_lookup")
      formerUPN = row.optionalBytes("former_upn_lookup")
      uln = row.optionalBytes("uln_lookup")
      hasCohort = (row["cohort_stage"] as Int?) != nil
    }
  }

  /// The pupil of a row, made where there is none; nil for one that holds neither an identifier nor both name and date
  /// of birth.
  ///
  /// - Parameter isTrusted: whether what is new in the row may be kept as the pupil's: not where two rows contradict
  ///   each other.
  func pupil(of record: LeaverRecord, cohort: Cohort?, isTrusted: Bool) throws -> PupilID? {
    let lookups = PupilLookups(record, school: school, keys: transaction.keys)
    if let known = try find(record, lookups) {
      if isTrusted { try renew(known, record, lookups, cohort) }
      return known.id
    }
    guard !lookups.isEmpty || record.nameKey != nil else { return nil }
    return try make(record, lookups, cohort)
  }

  /// Keeps what a row says of a pupil who is known by more than the row. Throws `notFound` where there is none.
  func keep(_ record: LeaverRecord, cohort: Cohort?, of pupil: PupilID) throws {
    let found = try transaction.row(
      "SELECT * FROM pupil WHERE id = ? AND school = ?", [pupil.rawValue, school.rawValue])
    guard let known = found.map(Known.init) else { throw LedgerError(.notFound, "there is no pupil \(pupil)") }
    try renew(known, record, PupilLookups(record, school: school, keys: transaction.keys), cohort)
  }

  // MARK: Finding

  private func find(_ record: LeaverRecord, _ lookups: PupilLookups) throws -> Known? {
    if let upn = lookups.upn, let known = try only("upn_lookup", upn) { return known }
    if let former = lookups.formerUPN, let known = try only("upn_lookup", former) { return known }
    if let upn = lookups.upn, let known = try only("former_upn_lookup", upn) { return known }
    if let uln = lookups.uln {
      // Two UPNs that differ, and neither is known to have been the other, are two pupils whatever the ULN says.
      let known = try all("uln_lookup", uln).filter { lookups.upn == nil || $0.upn == nil }
      if known.count == 1 { return known.first }
    }
    guard let key = record.nameKey else { return nil }
    let candidates = try pupilsWithoutIdentifier()[key] ?? []
    guard candidates.count == 1, let id = candidates.first else { return nil }
    return try transaction.row("SELECT * FROM pupil WHERE id = ?", [id.rawValue]).map(Known.init)
  }

  private func all(_ column: String, _ lookup: [UInt8]) throws -> [Known] {
    try transaction.rows(
      "SELECT * FROM pupil WHERE school = ? AND \(column) = ?", [school.rawValue, Blob(lookup)]
    ).map(Known.init)
  }

  private func only(_ column: String, _ lookup: [UInt8]) throws -> Known? {
    let found = try all(column, lookup)
    return found.count == 1 ? found.first : nil
  }

  private func pupilsWithoutIdentifier() throws -> [String: [PupilID]] {
    if let nameless { return nameless }
    var found: [String: [PupilID]] = [:]
    let ids = try transaction.rows(
      "SELECT id FROM pupil WHERE school = ? AND upn_lookup IS NULL AND uln_lookup IS NULL ORDER BY id",
      [school.rawValue])
    for row in ids {
      let id = PupilID(rawValue: row["id"])
      // One whose key was destroyed is nobody any more.
      do {
        if let key = try transaction.identity(of: id).nameKey { found[key, default: []].append(id) }
      } catch let error as LedgerError where error.code == .objectDestroyed { continue }
    }
    nameless = found
    return found
  }

  // MARK: Keeping

  private func make(_ record: LeaverRecord, _ lookups: PupilLookups, _ cohort: Cohort?) throws -> PupilID {
    let key = try transaction.makeKey(.pupil)
    let id = PupilID(rawValue: (try transaction.integer("SELECT max(id) FROM pupil") ?? 0) + 1)
    try transaction.run(
      """
      INSERT INTO pupil (id, school, cohort_stage, cohort_year, key, upn_lookup, former_upn_lookup, uln_lookup,
        sealed_identity, first_seen_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        id.rawValue, school.rawValue, cohort?.stage.rawValue, cohort?.leavingYear, key.id, lookups.upn.map(Blob.init),
        lookups.formerUPN.map(Blob.init), lookups.uln.map(Blob.init),
        try transaction.sealIdentity(record, of: id, with: key.key), transaction.now.milliseconds,
      ])
    if lookups.upn == nil, lookups.uln == nil, let name = record.nameKey {
      nameless?[name, default: []].append(id)
    }
    return id
  }

  private func renew(_ known: Known, _ record: LeaverRecord, _ lookups: PupilLookups, _ cohort: Cohort?) throws {
    // A row whose UPN the pupil had formerly is older than what we know.
    let isOlder = known.formerUPN != nil && lookups.upn == known.formerUPN
    let upn = isOlder ? known.upn : lookups.upn ?? known.upn
    let formerUPN =
      isOlder ? known.formerUPN : lookups.formerUPN ?? (upn != known.upn ? known.upn : nil) ?? known.formerUPN
    let uln = lookups.uln ?? known.uln
    if upn != known.upn || formerUPN != known.formerUPN || uln != known.uln {
      try transaction.run(
        "UPDATE pupil SET upn_lookup = ?, former_upn_lookup = ?, uln_lookup = ? WHERE id = ?",
        [upn.map(Blob.init), formerUPN.map(Blob.init), uln.map(Blob.init), known.id.rawValue])
      if known.upn == nil, known.uln == nil, let name = record.nameKey {
        nameless?[name]?.removeAll { $0 == known.id }
      }
    }
    if !known.hasCohort, let cohort {
      try transaction.run(
        "UPDATE pupil SET cohort_stage = ?, cohort_year = ? WHERE id = ?",
        [cohort.stage.rawValue, cohort.leavingYear, known.id.rawValue])
    }
    try transaction.renewIdentity(of: known.id, with: record, isOlder: isOlder)
  }
}

/// The keyed digests by which a pupil is found; the school is part of each, so that the same identifier at two schools
/// cannot be linked.
struct PupilLookups {
  let upn: [UInt8]?
  let formerUPN: [UInt8]?
  let uln: [UInt8]?

  var isEmpty: Bool { upn == nil && formerUPN == nil && uln == nil }

  init(upn: UPN?, formerUPN: UPN? = nil, uln: ULN?, school: SchoolID, keys: KeyRing) {
    self.upn = upn.map { keys.digest("upn", school.rawValue, $0.rawValue) }
    self.formerUPN = formerUPN.map { keys.digest("upn", school.rawValue, $0.rawValue) }
    self.uln = uln.map { keys.digest("uln", school.rawValue, $0.rawValue) }
  }

  init(_ record: LeaverRecord, school: SchoolID, keys: KeyRing) {
    self.init(upn: record.upn, formerUPN: record.formerUPN, uln: record.uln, school: school, keys: keys)
  }
}

extension Transaction {
  /// What is kept of a pupil besides the rows: by what it is told from others.
  private static let identityFields: [Field] = [
    .upn, .formerUPN, .uln, .legalSurname, .legalForename, .middleNames, .preferredSurname, .preferredForename,
    .formerSurname, .dateOfBirth,
  ]

  /// The identity of a pupil. Throws `objectDestroyed` after erasure.
  func identity(of id: PupilID) throws -> LeaverRecord {
    guard let row = try row("SELECT key, sealed_identity FROM pupil WHERE id = ?", [id.rawValue]) else {
      throw LedgerError(.notFound, "there is no pupil \(id)")
    }
    return try Packed.record(
      open(row.bytes("sealed_identity"), with: key(row["key"]), "pupil", "sealed_identity", id.description))
  }

  fileprivate func sealIdentity(_ record: LeaverRecord, of id: PupilID, with key: SymmetricKey) throws -> Blob {
    var identity = LeaverRecord()
    for field in Self.identityFields { identity[field] = record[field] }
    return try seal(Packed.encode(identity), with: key, "pupil", "sealed_identity", id.description)
  }

  /// Takes the newer value of each field that the record has, and keeps what it has not.
  fileprivate func renewIdentity(of id: PupilID, with record: LeaverRecord, isOlder: Bool) throws {
    let known = try identity(of: id)
    var renewed = known
    for field in Self.identityFields {
      if let value = record[field], !isOlder || renewed[field] == nil { renewed[field] = value }
    }
    guard renewed != known else { return }
    try run(
      "UPDATE pupil SET sealed_identity = ? WHERE id = ?",
      [try sealIdentity(renewed, of: id, with: key(of: id)), id.rawValue])
  }
}
