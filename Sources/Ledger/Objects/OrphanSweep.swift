// Removes what a crash left in objects/: temporaries, and files that no transaction took in. Under the locks only.

import GRDB

/// Removes what a crash left in `objects/`.
enum OrphanSweep {
  /// Removes every file that the ledger does not know, or whose key was destroyed. The caller holds the daemon's lock,
  /// so that none of its own is under way; nothing is removed while another process writes objects.
  ///
  /// Returns how many were removed; nil when it was put off.
  @discardableResult
  static func run(directory: StateDirectory, database: Database) throws -> Int? {
    guard let lock = try directory.lockForSweep() else { return nil }
    return try withExtendedLifetime(lock) {
      let known = Set(
        try String.fetchAll(
          database,
          sql: """
            SELECT o.file FROM object o JOIN wrapped_key k ON k.id = o.key WHERE k.destroyed_at IS NULL
            """))
      var removed = 0
      for name in try Files.names(in: directory.temporaries) {
        try Files.remove(directory.temporaries + "/" + name)
        removed += 1
      }
      for prefix in try Files.names(in: directory.objects) where prefix.utf8.count == 2 {
        for name in try Files.names(in: directory.objects + "/" + prefix) where !known.contains("\(prefix)/\(name)") {
          try Files.remove("\(directory.objects)/\(prefix)/\(name)")
          removed += 1
        }
      }
      return removed
    }
  }
}
