// What stands against a return that was made before somebody decided. Reads the ledger's database.

import GRDB
import Leavers

/// Why a row may not go, or not be used any more, as it stands in a return.
package enum ObjectionReason: String, Sendable, Hashable, CaseIterable {
  case sharing, deceased, address, contact, consent, risk

  package var words: String {
    switch self {
    case .sharing: "sharing refused"
    case .deceased: "deceased"
    case .address: "address protected"
    case .contact: "not to be contacted"
    case .consent: "no consent to tracking"
    case .risk: "risk of NEET no longer confirmed"
    }
  }
}

/// The rows of a return that may not go as they stand in it, by reason.
struct Objections {
  private(set) var rows: [ObjectionReason: Set<Int>] = [:]

  mutating func add(_ row: Int, _ reason: ObjectionReason) { rows[reason, default: []].insert(row) }

  /// Leaves out what is settled.
  mutating func remove(where isSettled: (Int, ObjectionReason) -> Bool) {
    rows = rows.reduce(into: [:]) { left, entry in
      let open = entry.value.filter { !isSettled($0, entry.key) }
      if !open.isEmpty { left[entry.key] = open }
    }
  }

  /// What stands against one row.
  func reasons(of row: Int) -> [ObjectionReason] { ObjectionReason.allCases.filter { rows[$0]?.contains(row) == true } }

  var isEmpty: Bool { rows.isEmpty }
  /// How many rows.
  var count: Int { rows.values.reduce(into: Set<Int>()) { $0.formUnion($1) }.count }
  /// Whether nothing but a refusal of sharing stands against it.
  var isOnlySharing: Bool { rows.keys.allSatisfy { $0 == .sharing } }
  /// In words, such as `sharing refused, deceased`.
  var reasons: String { ObjectionReason.allCases.filter { rows[$0] != nil }.map(\.words).joined(separator: ", ") }

  /// Changes where any row or reason does.
  var stamp: String {
    ObjectionReason.allCases.compactMap { reason in
      rows[reason].map { "\(reason.rawValue) \($0.sorted().map(String.init).joined(separator: ","))" }
    }.joined(separator: " ")
  }

  /// In words, without personal data.
  var words: String {
    "\(count) leaver\(count == 1 ? "" : "s") may not go as \(count == 1 ? "it stands" : "they stand") in it: \(reasons)"
  }
}

extension Transaction {
  /// The rows of a return that may not go as they stand in it, by what exports and the register say today.
  func objections(to summary: ReturnSummary) throws -> Objections {
    var objections = Objections()
    if summary.basis.knowsObjection {
      try forEachRow(
        """
        SELECT w.row_number FROM return_row w JOIN pupil p ON p.id = w.pupil
        WHERE w.return_id = ? AND w.disclosure = 'full' AND p.sharing IN ('NO', 'UNS')
        """, [summary.id.rawValue]
      ) { objections.add($0[0], .sharing) }
    }
    let registered = try rows(
      """
      SELECT w.row_number AS number, w.pupil AS pupil, w.disclosure = 'full' AS in_full, coalesce(w.tells_contact, EXISTS (
        SELECT 1 FROM return_field f WHERE f.return_id = w.return_id AND f.in_full = (w.disclosure = 'full')
          AND f.field IN ('phone', 'email', 'parentName', 'parentAddress'))) AS tells_contact
      FROM return_row w
      WHERE w.return_id = ? AND EXISTS (SELECT 1 FROM register_entry d WHERE d.pupil = w.pupil)
      """, [summary.id.rawValue])
    guard !registered.isEmpty else { return objections }
    let demandsConsent = try exists("SELECT 1 FROM return_consent WHERE return_id = ?", [summary.id.rawValue])
    for row in registered {
      let number: Int = row["number"]
      let standing = try standing(of: PupilID(rawValue: row["pupil"])).towards(summary.authority, summary.kind)
      if standing.isDeceased { objections.add(number, .deceased) }
      if standing.protectsAddress { objections.add(number, .address) }
      if standing.isNotToBeContacted, row["tells_contact"] { objections.add(number, .contact) }
      if standing.refusesSharing, summary.basis.knowsObjection, row["in_full"] { objections.add(number, .sharing) }
      if summary.kind == .riskOfNEET, standing.risk == nil { objections.add(number, .risk) }
      if demandsConsent, !standing.consentsToTracking { objections.add(number, .consent) }
    }
    return objections
  }
}
