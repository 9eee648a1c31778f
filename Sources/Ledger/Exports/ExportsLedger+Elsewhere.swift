// Which pupils other schools have as well. Touches the ledger's database.

import GRDB
package import Leavers

extension ExportsLedger {
  /// Those of these UPNs that other schools' newest rows name, of pupils who have not left there by a day.
  ///
  /// The caller answers for the schools: nothing may be told across data controllers. Nobody is found whose key was
  /// destroyed.
  package func seen(_ upns: Set<String>, at schools: [SchoolID], on day: CalendarDate) async throws(LedgerError)
    -> Set<String>
  {
    if upns.isEmpty || schools.isEmpty { return [] }
    return try await store.read { transaction in
      try upns.filter { upn in
        try schools.contains { try transaction.isSeen(LeaverRecord([.upn: upn]), at: $0, on: day) }
      }
    }
  }
}

extension Transaction {
  fileprivate func isSeen(_ record: LeaverRecord, at school: SchoolID, on day: CalendarDate) throws -> Bool {
    guard let upn = PupilLookups(record, school: school, keys: keys).upn else { return false }
    let newest = try row(
      """
      SELECT r.*, p.key AS key FROM pupil p
      JOIN export_row r ON r.pupil = p.id
      JOIN export e ON e.id = r.export AND e.generation = r.generation
      WHERE p.school = ? AND p.upn_lookup = ? AND e.state IN ('read', 'decided') AND r.verdict <> 'merged'
      ORDER BY r.export DESC, r.row_number LIMIT 1
      """, [school.rawValue, Blob(upn)])
    guard let newest else { return false }
    do {
      let said = try Packed.record(
        open(
          newest.bytes("sealed"), with: key(newest["key"] as Int64), "export_row", "sealed",
          ExportRow.address(
            export: ExportID(rawValue: newest["export"]), generation: newest["generation"], row: newest["row_number"])))
      return said.date(.leavingDate).map { $0 > day } ?? true
    } catch let error as LedgerError where error.code == .objectDestroyed {
      return false
    }
  }
}
