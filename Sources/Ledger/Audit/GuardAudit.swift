// Compares the triggers and views of the database with those that the migrations make. Makes a database in memory.

import GRDB

/// The triggers, which refuse what must not be, and the views by which the conservation rule is checked: whoever drops
/// one can do the rest unseen.
enum GuardAudit {
  /// What kind of thing it is, and its name.
  struct Name: Hashable, Comparable {
    let kind: String
    let name: String

    static func < (left: Name, right: Name) -> Bool { (left.kind, left.name) < (right.kind, right.name) }
  }

  /// The statements that make them, as this version's migrations do. Blocks.
  static func made() throws(LedgerError) -> [Name: String] {
    do {
      let queue = try DatabaseQueue()
      try Migrations.migrator.migrate(queue)
      return try queue.read(guards)
    } catch {
      throw LedgerStore.error(error)
    }
  }

  /// Where the database has others, in words.
  static func problems(in database: Database, made: [Name: String]) throws -> [String] {
    let found = try guards(in: database)
    return Set(found.keys).union(made.keys).sorted().compactMap { name in
      let what = "the \(name.kind) \(name.name)"
      let outside = "somebody changed the database from outside"
      switch (found[name], made[name]) {
      case (nil, _): return "\(what) is gone: \(outside)"
      case (_, nil): return "\(what) is none of the ledger's: \(outside)"
      case (let found, let made): return found == made ? nil : "\(what) is not as this version makes it: \(outside)"
      }
    }
  }

  private static func guards(in database: Database) throws -> [Name: String] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
    return Dictionary(
      rows.map { (Name(kind: $0["type"], name: $0["name"]), $0["sql"] as String? ?? "") }, uniquingKeysWith: { $1 })
  }
}
