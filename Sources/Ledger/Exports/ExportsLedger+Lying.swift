// Which exports still lie in a school's folder, and which of them the school could move or delete. Touches the ledger's
// database.

import GRDB
package import Leavers

/// A file among the exports that was taken in and lies there still.
package struct LyingExport: Sendable {
  package let export: ExportID
  /// Its path. For the desk only: a file name may be a pupil's.
  package let path: Redacted<String>
  /// When it was last taken in, or known for what it is.
  package let observedAt: Timestamp
  /// Whether the school may move or delete it: it was handed back and decided, and a newer export was decided, or a month
  /// has passed. Nothing of leaverlink's depends on the file from then on, nor does it draw any conclusion from its going.
  package let mayGo: Bool
}

extension ExportsLedger {
  /// An export that was decided so long ago may go though no newer one came.
  package static let needlessAfter = Duration.seconds(30 * 86_400)

  /// Notes which of the files that were taken in lie in one of the school's folders now.
  ///
  /// - Parameter others: the school's other folders, of which nothing is said by this. What lay in any other is noted as
  ///   gone, as it is no longer looked for.
  package func noteLying(
    _ paths: Set<String>, school: SchoolID, besides others: Set<String> = []
  ) async throws(LedgerError) {
    try await store.write { transaction in
      let there = Set(paths.map { transaction.pathLookup($0, school) })
      let rows = try transaction.rows(
        """
        SELECT o.path_lookup, o.lies_there, o.sealed_path, o.export, e.sealed_source, e.path_lookup AS own_lookup
        FROM observation o LEFT JOIN export e ON e.id = o.export WHERE o.school = ?
        """, [school.rawValue])
      for row in rows {
        let lookup = row.bytes("path_lookup")
        let lies = there.contains(lookup)
        let lay: Bool? = row["lies_there"]
        guard lay != lies else { continue }
        if !lies, lay == true, !others.isEmpty, let path = try transaction.path(of: row),
          let slash = path.lastIndex(of: "/"), others.contains(String(path[..<slash]))
        {
          continue
        }
        try transaction.run(
          "UPDATE observation SET lies_there = ? WHERE school = ? AND path_lookup = ?",
          [lies, school.rawValue, Blob(lookup)])
      }
    }
  }

  /// The exports that lie in the school's folder, oldest first.
  package func lying(of school: SchoolID) async throws(LedgerError) -> [LyingExport] {
    try await store.read { try $0.lyingExports(of: school) }
  }
}

extension Transaction {
  func lyingExports(of school: SchoolID) throws -> [LyingExport] {
    let needless = now.milliseconds - ExportsLedger.needlessAfter.components.seconds * 1000
    return try rows(
      """
      SELECT o.path_lookup, o.sealed_path, o.observed_at, o.export, e.sealed_source, e.path_lookup AS own_lookup,
        e.handed_back_at IS NOT NULL AND e.state IN ('decided', 'unreadable') AND (
          EXISTS (SELECT 1 FROM export n WHERE n.school = e.school AND n.id > e.id AND n.state = 'decided'
            AND n.renews IS NULL)
          OR e.state = 'decided' AND max(e.handed_back_at, e.decided_at) <= ?2) AS may_go
      FROM observation o JOIN export e ON e.id = o.export
      WHERE o.school = ?1 AND o.lies_there = 1 ORDER BY o.export, o.path_lookup
      """, [school.rawValue, needless]
    ).compactMap { row in
      guard let path = try path(of: row) else { return nil }
      return LyingExport(
        export: ExportID(rawValue: row["export"]), path: Redacted(path), observedAt: row.instant("observed_at"),
        mayGo: row["may_go"])
    }
  }

  /// Nil for a second file of an export, from before paths of such were kept.
  fileprivate func path(of row: Row) throws -> String? {
    let lookup = row.bytes("path_lookup")
    if let sealed = row.optionalBytes("sealed_path") {
      let bytes = try open(sealed, with: keys.sources, "observation", "sealed_path", Hex.text(lookup))
      return String(decoding: bytes, as: UTF8.self)
    }
    guard lookup == row.bytes("own_lookup") else { return nil }
    let bytes = try open(
      row.bytes("sealed_source"), with: keys.sources, "export", "sealed_source",
      ExportID(rawValue: row["export"]).description)
    return String(decoding: bytes, as: UTF8.self)
  }
}
