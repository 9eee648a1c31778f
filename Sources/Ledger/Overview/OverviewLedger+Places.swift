// What a person must do about the folders of schools: shares that are away, exports that wait for their marker, exports
// that could go. Reads the ledger's database, changes nothing.

import GRDB
import Leavers

extension OverviewLedger {
  /// An export may wait so long for its marker before it is a matter for a person.
  private static let markerPatience = Duration.seconds(3600)

  static func awayPlaces(_ school: (String) -> String, in transaction: Transaction) throws -> [TodoItem] {
    try transaction.awayPlaces().map { place in
      TodoItem(
        code: .placeAway, subjects: [place.school.rawValue, place.role.rawValue],
        text:
          "The \(place.role.words) of \(school(place.school.rawValue)) is away since \(LondonTime.text(place.since)): \(place.why). Nothing is read there nor written; mount its share or let the service reach it, and it goes on by itself",
        school: place.school)
    }
  }

  static func unmarkedExports(_ school: (String) -> String, in transaction: Transaction) throws -> [TodoItem] {
    let limit = transaction.now.milliseconds - markerPatience.components.seconds * 1000
    return try transaction.rows(
      "SELECT school, unmarked, unmarked_since FROM school_place WHERE unmarked_since <= ? ORDER BY school", [limit]
    ).map { row in
      TodoItem(
        code: .exportsUnmarked, subjects: [row["school"]],
        text:
          "\(number(row["unmarked"], "export")) of \(school(row["school"])) since \(LondonTime.text(row.instant("unmarked_since"))) without the marker that says it is complete: see whether the system's export ended, and start it again",
        school: SchoolID(rawValue: row["school"]))
    }
  }

  /// Only the count and the folder: a file name may be a pupil's.
  static func needlessExports(_ school: (String) -> String, in transaction: Transaction) throws -> [TodoItem] {
    let schools = try transaction.rows("SELECT DISTINCT school FROM observation WHERE lies_there = 1 ORDER BY school")
    return try schools.compactMap { row in
      let id: String = row["school"]
      let needless = try transaction.lyingExports(of: SchoolID(rawValue: id)).filter(\.mayGo)
      guard let path = needless.first?.path.exposed, let slash = path.lastIndex(of: "/") else { return nil }
      return TodoItem(
        code: .exportsNeedless, subjects: [id],
        text:
          "\(number(needless.count, "export")) in \(path[..<slash]) (\(school(id))) were taken in and are needed there no longer: the school may move or delete them, which leaverlink never does",
        school: SchoolID(rawValue: id))
    }
  }
}
