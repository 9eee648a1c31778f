// The facade for the folders of schools: where they were, since when they are away. Touches the ledger's database.

import GRDB
package import Leavers

/// How the folders of schools stand, over restarts, so that commands can tell which see no running service.
package struct PlacesLedger: Sendable {
  let store: LedgerStore

  // MARK: Where it was

  /// Where a folder was when it was last there; nil where it never was, or under another path.
  package func known(_ role: PlaceRole, of school: SchoolID, path: String) async throws(LedgerError) -> KnownPlace? {
    try await store.read { transaction in
      guard let row = try transaction.place(role, school), let lookup = row.optionalBytes("path_lookup"),
        lookup == transaction.placeLookup(path, school)
      else { return nil }
      return KnownPlace(
        fileSystem: UInt32(truncatingIfNeeded: row["file_system"] as Int64), mountPoint: row["mount_point"],
        mark: row["mark"], isMarked: row["is_marked"])
    }
  }

  /// The number of the mark that was last given for a folder, whatever its path; 0 before the first.
  package func lastMark(_ role: PlaceRole, of school: SchoolID) async throws(LedgerError) -> Int {
    try await store.read { try $0.place(role, school)?["mark"] ?? 0 }
  }

  /// Remembers where a folder is.
  package func keep(
    _ place: KnownPlace, _ role: PlaceRole, of school: SchoolID, path: String
  ) async throws(LedgerError) {
    try await store.write { transaction in
      try transaction.beginPlace(role, school)
      try transaction.run(
        """
        UPDATE school_place SET path_lookup = ?, file_system = ?, mount_point = ?, mark = ?, is_marked = ?
        WHERE school = ? AND role = ?
        """,
        [
          Blob(transaction.placeLookup(path, school)), Int64(place.fileSystem), place.mountPoint, place.mark,
          place.isMarked, school.rawValue, role.rawValue,
        ])
    }
  }

  /// What stands in the mark of a desk: nobody can make it without the ledger's keys.
  package func mark(_ number: Int, of school: SchoolID) -> String {
    String(Hex.text(store.keys.digest("desk mark", school.rawValue, "\(number)")).prefix(32))
  }

  // MARK: Away

  /// Notes that a folder is away. True where that begins now: another reason is no new beginning.
  ///
  /// - Parameter why: in words, without personal data.
  package func away(_ role: PlaceRole, of school: SchoolID, why: String) async throws(LedgerError) -> Bool {
    try await store.write { transaction in
      try transaction.beginPlace(role, school)
      let row = try transaction.place(role, school)
      let begins = row?.optionalInstant("away_since") == nil
      guard begins || row?["away_why"] != why else { return false }
      try transaction.run(
        "UPDATE school_place SET away_since = coalesce(away_since, ?), away_why = ? WHERE school = ? AND role = ?",
        [transaction.now.milliseconds, why, school.rawValue, role.rawValue])
      if begins { try transaction.append(.placeAway, subject: school.rawValue, "the \(role.words) is away: \(why)") }
      return begins
    }
  }

  /// Notes that a folder is there. True where it was away.
  package func back(_ role: PlaceRole, of school: SchoolID) async throws(LedgerError) -> Bool {
    try await store.write { transaction in
      guard let since = try transaction.place(role, school)?.optionalInstant("away_since") else { return false }
      try transaction.run(
        "UPDATE school_place SET away_since = NULL, away_why = NULL WHERE school = ? AND role = ?",
        [school.rawValue, role.rawValue])
      try transaction.append(
        .placeBack, subject: school.rawValue,
        "the \(role.words) is there again; it was away since \(LondonTime.text(since))")
      return true
    }
  }

  /// The folders that are away, by school.
  package func away() async throws(LedgerError) -> [AwayPlace] { try await store.read { try $0.awayPlaces() } }

  /// Forgets what holds of schools that are none of these: nobody looks at their folders any more.
  package func keep(only schools: Set<SchoolID>) async throws(LedgerError) {
    try await store.write { transaction in
      let all = try transaction.rows(
        """
        SELECT school FROM school_place WHERE away_since IS NOT NULL OR unmarked > 0
        UNION SELECT school FROM observation WHERE lies_there = 1
        """)
      for row in all where !schools.contains(SchoolID(rawValue: row["school"])) {
        let school: String = row["school"]
        try transaction.run(
          """
          UPDATE school_place SET away_since = NULL, away_why = NULL, unmarked = 0, unmarked_since = NULL
          WHERE school = ?
          """, [school])
        try transaction.run("UPDATE observation SET lies_there = NULL WHERE school = ? AND lies_there = 1", [school])
      }
    }
  }

  // MARK: Exports without their marker

  /// Notes how many exports of a school wait for their marker, and since when the first of them does.
  package func noteUnmarked(
    _ count: Int, since: Timestamp?, of school: SchoolID
  ) async throws(LedgerError) {
    try await store.write { transaction in
      try transaction.beginPlace(.exports, school)
      try transaction.run(
        "UPDATE school_place SET unmarked = ?, unmarked_since = ? WHERE school = ? AND role = 'exports'",
        [count, count == 0 ? nil : (since ?? transaction.now).milliseconds, school.rawValue])
    }
  }

  /// How many exports of a school wait for their marker, and since when.
  package func unmarked(of school: SchoolID) async throws(LedgerError) -> (count: Int, since: Timestamp)? {
    try await store.read { transaction in
      guard let row = try transaction.place(.exports, school), let since = row.optionalInstant("unmarked_since") else {
        return nil
      }
      return (row["unmarked"], since)
    }
  }
}

extension PlaceRole {
  /// As sentences call it.
  package var words: String {
    switch self {
    case .desk: "desk"
    case .exports: "folder of exports"
    }
  }
}

extension Transaction {
  func placeLookup(_ path: String, _ school: SchoolID) -> [UInt8] { keys.digest("place", school.rawValue, path) }

  func place(_ role: PlaceRole, _ school: SchoolID) throws -> Row? {
    try row("SELECT * FROM school_place WHERE school = ? AND role = ?", [school.rawValue, role.rawValue])
  }

  fileprivate func beginPlace(_ role: PlaceRole, _ school: SchoolID) throws {
    guard try exists("SELECT 1 FROM school WHERE id = ?", [school.rawValue]) else {
      throw LedgerError(
        .notFound, "school \(school) is not registered; it is not in the configuration of this service")
    }
    try run(
      "INSERT INTO school_place (school, role) VALUES (?, ?) ON CONFLICT (school, role) DO NOTHING",
      [school.rawValue, role.rawValue])
  }

  func awayPlaces() throws -> [AwayPlace] {
    try rows("SELECT * FROM school_place WHERE away_since IS NOT NULL ORDER BY school, role").map { row in
      AwayPlace(
        school: SchoolID(rawValue: row["school"]), role: try row.value("role"), since: row.instant("away_since"),
        why: row["away_why"])
    }
  }
}

extension Ledger {
  /// How the folders of schools stand.
  package var places: PlacesLedger { PlacesLedger(store: store) }
}
