// Which measure of a cohort is the newest: of what an older version measured, and of what is measured from then on.

import GRDB
import Testing

@testable import Ledger

@Suite struct MeasuredCohortTests {
  private let queue: DatabaseQueue

  init() throws {
    // Only the measures are of interest: what they refer to is left out.
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    queue = try DatabaseQueue(configuration: configuration)
  }

  /// An export that measured a cohort for one authority.
  private func measure(_ export: Int, of cohort: String, school: String = "a") throws {
    try queue.write { database in
      let insert = """
        INSERT INTO export (id, school, state, object, path_lookup, sealed_source, fingerprint, observed_at, stored_at)
        VALUES (\(export), '\(school)', 'stored', 'o', x'00', x'00', 'f', 1, 1)
        """
      try database.execute(sql: insert)
      try database.execute(sql: "UPDATE export SET state = 'read', rows_read = 0 WHERE id = \(export)")
      try database.execute(
        sql: """
          INSERT INTO export_scope (export, position, authority, kind)
          VALUES (\(export), 0, 'sefton', 'intended-destinations')
          """)
      try database.execute(
        sql: "INSERT INTO scope_measure VALUES (\(export), 'sefton', 'intended-destinations', '\(cohort)', 0, 0, 0, 0)")
    }
  }

  private func measured() throws -> [String] {
    try queue.read { database in
      try String.fetchAll(
        database,
        sql: "SELECT school || ' ' || cohort || ' ' || first || '-' || newest FROM measured_cohort ORDER BY 1")
    }
  }

  @Test func whatWasMeasuredBeforeAndAfterTheMigration() throws {
    try Migrations.migrator.migrate(queue, upTo: "2026-12-told")
    try measure(1, of: "Y11-2026")
    try measure(2, of: "Y11-2026")
    try measure(3, of: "Y11-2026", school: "b")
    try Migrations.migrator.migrate(queue)
    #expect(try measured() == ["a Y11-2026 1-2", "b Y11-2026 3-3"])
    try measure(4, of: "Y11-2026")
    try measure(5, of: "Y11-2027")
    #expect(try measured() == ["a Y11-2026 1-4", "a Y11-2027 5-5", "b Y11-2026 3-3"])
  }

  /// An export that could not be read for a while is decided after newer ones.
  @Test func oneThatComesLateIsNotTheNewest() throws {
    try Migrations.migrator.migrate(queue)
    for export in [4, 6, 5, 2, 7] { try measure(export, of: "Y11-2026") }
    #expect(try measured() == ["a Y11-2026 2-7"])
  }

  @Test(arguments: [
    "DELETE FROM measured_cohort", "UPDATE measured_cohort SET newest = 1", "UPDATE measured_cohort SET newest = 9",
    "UPDATE measured_cohort SET first = 2", "UPDATE measured_cohort SET school = 'b', newest = 9",
  ])
  func nobodyElseSaysWhichIsTheNewest(_ statement: String) throws {
    try Migrations.migrator.migrate(queue)
    try measure(1, of: "Y11-2026")
    try measure(2, of: "Y11-2026")
    #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: statement) } }
    #expect(try measured() == ["a Y11-2026 1-2"])
  }
}
