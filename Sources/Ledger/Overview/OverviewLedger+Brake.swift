// Who is not in an export although there before: what todo and show say of it. Reads the ledger's database, changes
// nothing.

import GRDB
package import Leavers

extension OverviewLedger {
  /// What is missing from an export, in words without personal data: cohorts that went the last time, and leavers of the
  /// full export before whom nobody has accounted for, by their numbers in the ledger.
  package func missing(from export: ExportID) async throws(LedgerError) -> [String] {
    try await store.read { transaction in
      let gone = try transaction.rows(
        "SELECT words FROM cohort_gone WHERE export = ? ORDER BY authority, kind, cohort", [export.rawValue]
      ).map { $0["words"] as String }
      let waits = try Self.waits("w.export = ?", [export.rawValue], in: transaction).map(\.words)
      let asked = try transaction.questions("export = ? AND answered_at IS NULL", [export.rawValue]).map {
        "\($0.id): \($0.pupil) of \($0.cohort) was in \($0.base)"
      }
      return gone + waits + asked
    }
  }

  /// Of each school's newest decided export: it goes with the next one.
  static func goneCohorts(_ school: (String) -> String, in transaction: Transaction) throws -> [TodoItem] {
    try transaction.rows(
      """
      WITH \(newestDecided)
      SELECT n.id AS id, n.school AS school, g.authority AS authority, g.words AS words
      FROM newest n JOIN cohort_gone g ON g.export = n.id ORDER BY n.id, g.authority, g.kind, g.cohort
      """
    ).map { row in
      let export = ExportID(rawValue: row["id"])
      return TodoItem(
        code: .cohortGone, subjects: [export.description, row["school"], row["authority"]],
        text:
          "\(export) of \(school(row["school"])) has \(row["words"] as String). If they ought to be in it, put the report right and export anew",
        school: SchoolID(rawValue: row["school"]))
    }
  }

  static func missingLeavers(_ school: (String) -> String, in transaction: Transaction) throws -> [TodoItem] {
    let waiting = try waits(
      "w.released_at IS NULL AND w.export IN (SELECT max(id) FROM export WHERE state = 'decided' GROUP BY school)", [],
      in: transaction
    ).map { missing in
      let owner = try transaction.export(missing.export).school.rawValue
      return TodoItem(
        code: .leaversMissing, subjects: [missing.export.description, owner],
        text: "\(school(owner)): \(missing.words). Put the report right and export anew, or release it",
        school: SchoolID(rawValue: owner))
    }
    let questions = try transaction.questions("answered_at IS NULL", [])
    let byExport = Dictionary(grouping: questions) { "\($0.export) \($0.base) \($0.cohort)" }
    let asked = byExport.values.sorted { $0[0].id < $1[0].id }.map { questions in
      let first = questions[0]
      let pupils = questions.map(\.pupil.description)
      let named =
        pupils.prefix(20).joined(separator: ", ") + (pupils.count > 20 ? " and \(pupils.count - 20) more" : "")
      return TodoItem(
        code: .leaversMissing, subjects: [first.export.description, first.school.rawValue] + pupils,
        text:
          "\(school(first.school.rawValue)): \(named) of \(first.cohort) \(pupils.count == 1 ? "was" : "were") in \(first.base) and \(pupils.count == 1 ? "is" : "are") not in \(first.export), which is said to hold all. Left, moved away, died, or left out by a wrong filter? Nothing is concluded from it",
        school: first.school)
    }
    return waiting + asked
  }

  private static func waits(
    _ condition: String, _ arguments: StatementArguments, in transaction: Transaction
  ) throws -> [MissingLeavers] {
    try transaction.rows("SELECT w.* FROM missing_wait w WHERE \(condition) ORDER BY w.export, w.cohort", arguments)
      .compactMap { row in
        guard let cohort = Cohort(row["cohort"] as String) else { return nil }
        return MissingLeavers(
          export: ExportID(rawValue: row["export"]), base: ExportID(rawValue: row["base"]), cohort: cohort,
          share: Share(row["missing"], of: row["whole"]), isAsked: (row["released_at"] as Int64?) != nil)
      }
  }
}
