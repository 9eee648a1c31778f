// What a person must do today, in plain words. Reads the ledger's database, changes nothing.

import GRDB
import Leavers

extension OverviewLedger {
  /// After so many failures in a row a recipient is a matter for a person.
  private static let failuresBeforeTodo = 3

  /// What a person must do, the most urgent first. Holds no personal data.
  package func todo() async throws(LedgerError) -> [TodoItem] {
    try await store.read { transaction in
      let schools = Dictionary(
        uniqueKeysWithValues: try transaction.rows("SELECT id, name FROM school").map {
          ($0["id"] as String, $0["name"] as String)
        })
      func school(_ id: String) -> String { schools[id] ?? "school \(id)" }
      var items = try Self.recipients(in: transaction)
      items += try Self.awayPlaces(school, in: transaction)
      items += try Self.returns(school, in: transaction)
      items += try Self.objectedAfterwards(in: transaction)
      items += try Self.exports(school, in: transaction)
      items += try Self.unmarkedExports(school, in: transaction)
      items += try Self.goneCohorts(school, in: transaction)
      items += try Self.missingLeavers(school, in: transaction)
      items += try Self.pendingDecisions(school, in: transaction)
      items += try Self.openWords(school, in: transaction)
      items += try Self.heldRows(school, in: transaction)
      items += try Self.unroutedItems(in: transaction)
      items += try Self.replies(school, in: transaction)
      items += try Self.cases(school, in: transaction)
      items += try Self.needlessExports(school, in: transaction)
      return items
    }
  }

  // MARK: Recipients and returns

  private static func recipients(in transaction: Transaction) throws -> [TodoItem] {
    try transaction.rows("SELECT * FROM recipient_state ORDER BY recipient").compactMap { row in
      let id: String = row["recipient"]
      if let why = row["stopped_why"] as String? {
        return TodoItem(
          code: .recipientStopped, subjects: [id],
          text: "Nothing goes to \(id): \(why). Put it right, then: leaverlink resume \(id)")
      }
      if (row["paused_at"] as Int64?) != nil {
        return TodoItem(
          code: .recipientPaused, subjects: [id],
          text: "Nothing goes to \(id) because somebody paused it. When it may go on: leaverlink resume \(id)")
      }
      let failures: Int = row["failures"]
      guard failures >= failuresBeforeTodo, let problem = row["problem"] as String? else { return nil }
      return TodoItem(
        code: .recipientFailing, subjects: [id],
        text: "\(id) has failed \(failures) times in a row and is tried again by itself: \(problem)")
    }
  }

  private static func returns(_ school: (String) -> String, in transaction: Transaction) throws -> [TodoItem] {
    let open = try transaction.summaries(
      "state IN ('unknown', 'waiting', 'prepared') OR state = 'publishing' AND last_problem IS NOT NULL")
    let rejected = try transaction.summaries(
      """
      state = 'rejected' AND NOT EXISTS (
        SELECT 1 FROM return n WHERE n.school = return.school AND n.authority = return.authority
          AND n.kind = return.kind AND n.cohort = return.cohort AND n.id > return.id
          AND n.state NOT IN ('drafted', 'withdrawn', 'superseded'))
      """)
    let packs = try transaction.packsToTakeAway()
    let items = try (open + rejected + packs).compactMap { summary -> TodoItem? in
      // A pack that must not be handed over any more: `objectedAfterwards` says what to do.
      if summary.state == .prepared, try !transaction.objections(to: summary).isEmpty { return nil }
      return item(summary, school(summary.school.rawValue), try transaction.brake(of: summary.id))
    }
    let order: [TodoItem.Code] = [
      .returnUnknown, .returnRejected, .packToTakeAway, .returnObjected, .returnBraked, .returnToRelease,
      .returnToHandOver,
    ]
    return order.flatMap { code in items.filter { $0.code == code } }
  }

  /// What authorities must be told of returns that they have, and packs that must not be handed over any more.
  private static func objectedAfterwards(in transaction: Transaction) throws -> [TodoItem] {
    try transaction.objectedAfterwards().map { summary, objections in
      let (id, authority) = (summary.id, summary.authority)
      let notice =
        " (the notice to send lies on the desk, in out/notices; then: leaverlink told \(id) --notice NUMBER, or the release sheet)"
      let what =
        summary.state == .prepared
        ? "Take the pack of \(id) off the desk and withdraw it (leaverlink withdraw \(id)), or, if \(authority) has it already, say that it went before (leaverlink handed-over \(id) --before-objection)"
        : objections.isOnlySharing
          ? "Tell \(authority) to stop using what \(id) says of them beyond name, address and date of birth\(notice)"
          : "Tell \(authority) what may no longer be used of \(id)\(notice)"
      let since =
        objections.isOnlySharing
        ? "sharing has been refused for \(number(objections.count, "leaver")) since it was made"
        : "since it was made, of \(number(objections.count, "leaver")): \(objections.reasons)"
      return TodoItem(
        code: .returnObjected, subjects: [id.description, authority.rawValue], text: "\(what): \(since)",
        school: summary.school)
    }
  }

  /// Decisions of the register about somebody whom no export has named so.
  private static func pendingDecisions(_ school: (String) -> String, in transaction: Transaction) throws -> [TodoItem] {
    try transaction.rows(
      """
      SELECT school, count(*) AS number, min(received_at) AS since FROM register_pending WHERE settled_at IS NULL
      GROUP BY school ORDER BY school
      """
    ).map { row in
      TodoItem(
        code: .registerOpen, subjects: [row["school"]],
        text:
          "\(number(row["number"], "decision")) in the register of \(school(row["school"])), the oldest since \(LondonTime.day(of: row.instant("since"))), \((row["number"] as Int) == 1 ? "is" : "are") about somebody whom no export names like this. Each takes effect when one does; if a name or date is wrong, correct it in the register sheet",
        school: SchoolID(rawValue: row["school"]))
    }
  }

  private static func item(_ summary: ReturnSummary, _ school: String, _ brake: [BrakeNote]) -> TodoItem? {
    let numbers = brake.map(\.words).joined(separator: "; ")
    let what =
      "\(summary.id) (\(summary.kind.rawValue), \(summary.cohort), \(number(summary.rows, "leaver")) of \(school))"
    let (code, text): (TodoItem.Code, String)
    switch summary.state {
    case .unknown(let reason):
      (code, text) = (.returnUnknown, "We do not know whether \(summary.authority) has \(what): \(reason.explanation).")
    case .publishing:
      (code, text) = (
        .returnUnknown,
        "\(what) could not be published at \(summary.authority) and is tried again: \(summary.lastProblem ?? ""). Ask whether they have it, then: leaverlink settle \(summary.id)"
      )
    case .waiting(.moved):
      (code, text) = (
        .returnToRelease,
        "\(what) may have reached \(summary.authority) before the recipient was changed. Ask; if they have it: leaverlink withdraw \(summary.id), if not: leaverlink release \(summary.id)"
      )
    case .waiting(.release):
      (code, text) = (
        .returnToRelease,
        "\(what) is ready for \(summary.authority)\(numbers.isEmpty ? "" : " (\(numbers))"). Look at it, then: leaverlink release \(summary.id)"
      )
    case .waiting(.brake):
      (code, text) = (
        .returnBraked,
        "\(what) for \(summary.authority) waits because of its numbers: \(numbers.isEmpty ? "far from the last time" : numbers). If it is right: leaverlink release \(summary.id), else: leaverlink withdraw \(summary.id) and export anew"
      )
    case .waiting(.objection):
      (code, text) = (
        .returnObjected,
        "\(what) for \(summary.authority) holds somebody who may no longer go so (sharing refused, or by the register). It is made anew by itself or by the next export; or: leaverlink withdraw \(summary.id)"
      )
    case .prepared:
      (code, text) = (
        .returnToHandOver,
        "The pack of \(what) lies on the desk. Hand it over to \(summary.authority), then: leaverlink handed-over \(summary.id)"
      )
    case .withdrawn:
      (code, text) = (
        .packToTakeAway,
        "\(what) for \(summary.authority) was withdrawn, and its pack may still lie on the desk. Take it away, so that nobody hands it over"
      )
    case .rejected:
      (code, text) = (
        .returnRejected, "\(summary.authority) rejected \(what). See why: leaverlink show \(summary.id)"
      )
    default: return nil
    }
    return TodoItem(code: code, subjects: [summary.id.description], text: text, school: summary.school)
  }

  // MARK: Exports and their rows

  private static func exports(_ school: (String) -> String, in transaction: Transaction) throws -> [TodoItem] {
    try transaction.exports(
      """
      e.state = 'unreadable'
        AND NOT EXISTS (SELECT 1 FROM export n WHERE n.school = e.school AND n.id > e.id AND n.state <> 'unreadable')
      """
    ).map { export in
      let message = export.unreadable?.message ?? "no reason was noted"
      return TodoItem(
        code: .exportUnreadable, subjects: [export.id.description, export.school.rawValue],
        text: "\(export.id) of \(school(export.school.rawValue)) cannot be read: \(message)", school: export.school)
    }
  }

  private static func heldRows(_ school: (String) -> String, in transaction: Transaction) throws -> [TodoItem] {
    // A row may be held for several authorities by one reason: it is one thing to do.
    let rows = try transaction.rows(
      """
      SELECT f.export AS export, e.school AS school, coalesce(f.reason, '') AS reason,
        count(DISTINCT f.row_number) AS number, group_concat(DISTINCT s.authority) AS authorities
      FROM fate f JOIN export e ON e.id = f.export JOIN export_scope s ON s.export = f.export AND s.position = f.position
      WHERE f.fate = 'held' AND e.state = 'decided' GROUP BY 1, 2, 3 ORDER BY 1, 3
      """)
    return rows.map { row in
      let export = ExportID(rawValue: row["export"])
      let authorities = (row["authorities"] as String).split(separator: ",").map(String.init).sorted()
      let name: String = row["reason"]
      let reason = HoldReason(rawValue: name)?.words ?? name
      return TodoItem(
        code: .rowsHeld, subjects: [export.description, row["school"]] + authorities,
        text:
          "\(number(row["number"], "row")) of \(export) (\(school(row["school"]))) held from \(list(authorities)): \(reason). leaverlink show \(export) lists them",
        school: SchoolID(rawValue: row["school"]))
    }
  }

  private static func unroutedItems(in transaction: Transaction) throws -> [TodoItem] {
    let byExport = Dictionary(grouping: try unrouted(in: transaction), by: \.export)
    return try byExport.sorted { $0.key < $1.key }.map { export, rows in
      TodoItem(
        code: .rowsUnrouted, subjects: [export.description],
        text:
          "\(number(rows.count, "row")) of \(export) belong to no authority that is set up: look at home authority, postcode and year group. leaverlink show \(export) lists them",
        school: try transaction.export(export).school)
    }
  }

  // MARK: Replies

  private static func replies(_ school: (String) -> String, in transaction: Transaction) throws -> [TodoItem] {
    let quarantined = try transaction.rows(
      "SELECT * FROM reply WHERE state = 'quarantined' AND state_detail NOT IN (?, ?) ORDER BY id",
      [ReplyMachine.repeatReason, ReplyMachine.goneReason]
    ).map { row in
      let id = ReplyID(rawValue: row["id"])
      return TodoItem(
        code: .replyQuarantined, subjects: [id.description, row["authority"]],
        text:
          "\(id) (\(row["kind"] as String) from \(row["authority"] as String) for \(school(row["school"]))) was set aside: \(row["state_detail"] as String)",
        school: SchoolID(rawValue: row["school"]))
    }
    let open = try transaction.rows(
      """
      SELECT r.id AS id, r.authority AS authority, r.kind AS kind, r.school AS school,
        sum(w.verdict = 'unmatched') AS unmatched, sum(w.verdict = 'ambiguous') AS ambiguous,
        sum(w.verdict = 'conflict') AS conflict
      FROM reply r JOIN reply_row w ON w.reply = r.id
      WHERE r.state = 'matched' AND w.verdict IN ('unmatched', 'ambiguous', 'conflict')
      GROUP BY r.id ORDER BY r.id
      """
    ).map { row in
      let id = ReplyID(rawValue: row["id"])
      let parts = [
        ((row["unmatched"] as Int), "match nobody"), ((row["ambiguous"] as Int), "match more than one pupil"),
        ((row["conflict"] as Int), "contradict what the school holds"),
      ].filter { $0.0 > 0 }.map { "\(number($0.0, "row")) \($0.1)" }
      return TodoItem(
        code: .replyRowsOpen, subjects: [id.description, row["authority"]],
        text:
          "\(id) (\(row["kind"] as String) from \(row["authority"] as String) for \(school(row["school"]))): \(parts.joined(separator: ", ")). leaverlink show \(id) lists them",
        school: SchoolID(rawValue: row["school"]))
    }
    return quarantined + open
  }

  private static func cases(_ school: (String) -> String, in transaction: Transaction) throws -> [TodoItem] {
    try transaction.rows(
      """
      SELECT authority, school, count(*) AS number, min(opened_at) AS since FROM work_case WHERE state = 'open'
      GROUP BY 1, 2 ORDER BY 4
      """
    ).map { row in
      TodoItem(
        code: .answersOwed, subjects: [row["authority"], row["school"]],
        text:
          "\(school(row["school"])) owes \(row["authority"] as String) \(number(row["number"], "answer")) on unknown destinations, the oldest since \(LondonTime.day(of: row.instant("since")))",
        school: SchoolID(rawValue: row["school"]))
    }
  }

  // MARK: Words

  static func number(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  private static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and \(last)"
  }
}
