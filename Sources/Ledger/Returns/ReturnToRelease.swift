// A return that waits for a person, with all that the person must see: what will go to whom. Names nobody.

import GRDB
package import Leavers

/// A return that waits for a person, with what a release sheet shows of it.
package struct ReturnToRelease: Sendable {
  package let summary: ReturnSummary
  package let schoolName: String
  /// Leavers of whom all that is agreed is told, and those of whom only name, address and date of birth.
  package let inFull: Int
  package let floorOnly: Int
  /// Which field of which tier it discloses.
  package let fields: [ReturnDetail.DisclosedField]
  /// Nil of a return that was made before measures were kept.
  package let measure: BrakeMeasure.Detail?
  /// Why the brake stopped it, or what there is to say of its numbers; empty where they are as the last time.
  package let brake: [BrakeNote]

  /// Whether the brake stopped it, rather than only the rule that a person releases each.
  package var isBraked: Bool { summary.state == .waiting(.brake) }
}

extension Transaction {
  /// Lets a waiting return go; gives what the brake had to say of it.
  func release(_ id: ReturnID, by person: Person, why: String?) throws -> [BrakeNote] {
    let before = try summary(of: id)
    let notes = before.state == .waiting(.objection) ? [] : try brake(of: id)
    let overridden = notes.isEmpty ? nil : "although: " + notes.map(\.words).joined(separator: "; ")
    try move(id, .released, Move(detail: overridden, evidence: person.details(why: why)))
    try run(
      """
      INSERT INTO return_release (return_id, released_at) VALUES (?, ?)
      ON CONFLICT (return_id) DO UPDATE SET released_at = excluded.released_at
      """, [id.rawValue, now.milliseconds])
    try askAfterRelease(of: before)
    return notes
  }

  func toRelease(_ summary: ReturnSummary) throws -> ReturnToRelease {
    let detail = try detail(of: summary.id)
    let school = try row("SELECT name FROM school WHERE id = ?", [summary.school.rawValue])
    return ReturnToRelease(
      summary: summary, schoolName: school.map { $0["name"] } ?? "school \(summary.school)",
      inFull: detail.count(.full), floorOnly: detail.count(.floor), fields: detail.fields,
      measure: try measure(of: summary), brake: detail.brake)
  }
}
