// The migrations of the ledger's database, in order. Append-only: a migration that has left this repository is never
// changed, renamed or removed.

import GRDB

/// The migrations of the ledger's database.
enum Migrations {
  /// Each with a name that stays for ever.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("2026-01-first") { db in
      for part in FirstSchema.parts { try db.execute(sql: part) }
    }
    migrator.registerMigration("2026-11-delivery-way") { db in try db.execute(sql: DeliveryWaySchema.text) }
    migrator.registerMigration("2026-11-brake") { db in try db.execute(sql: BrakeSchema.text) }
    migrator.registerMigration("2026-11-roll") { db in try db.execute(sql: RollSchema.text) }
    migrator.registerMigration("2026-11-owner") { db in try db.execute(sql: OwnerSchema.text) }
    migrator.registerMigration("2026-11-sheets") { db in try db.execute(sql: SheetsSchema.text) }
    migrator.registerMigration("2026-11-register") { db in try db.execute(sql: RegisterSchema.text) }
    migrator.registerMigration("2026-11-words") { db in try db.execute(sql: WordsSchema.text) }
    migrator.registerMigration("2026-11-places") { db in try db.execute(sql: PlacesSchema.text) }
    migrator.registerMigration("2026-11-hand-back") { db in try db.execute(sql: HandBackSchema.text) }
    migrator.registerMigration("2026-11-correction") { db in try db.execute(sql: CorrectionSchema.text) }
    migrator.registerMigration("2026-11-sheet-times") { db in try db.execute(sql: SheetTimesSchema.text) }
    migrator.registerMigration("2026-12-risk") { db in try db.execute(sql: RiskSchema.text) }
    migrator.registerMigration("2026-12-totals") { db in try db.execute(sql: TotalsSchema.text) }
    migrator.registerMigration("2026-12-trial") { db in try db.execute(sql: TrialSchema.text) }
    migrator.registerMigration("2026-12-told") { db in try db.execute(sql: ToldSchema.text) }
    migrator.registerMigration("2026-12-measured-cohort") { db in
      try db.execute(sql: MeasuredCohortSchema.text)
    }
    return migrator
  }
}

/// The first migration, one part a topic, each in its own file.
enum FirstSchema {
  static let parts = [keys, schools, exports, returns, replies, fates, events]
}
