// R4: decides one authority and kind of an export. Lives in one transaction; all of it happens, or nothing.

import GRDB
import Leavers

/// Decides one authority and kind of an export.
struct ScopeDecider {
  private let transaction: Transaction
  private let export: ExportSummary
  private let entry: ScopeEntry
  private let position: Int

  /// Throws where there is nothing to decide.
  init(_ transaction: Transaction, export: ExportID, entry: ScopeEntry) throws {
    self.transaction = transaction
    self.entry = entry
    self.export = try transaction.export(export, in: .read, to: "decide")
    let scope = try transaction.scope(of: export)
    guard let position = scope.firstIndex(where: { $0.entry == entry }) else {
      throw LedgerError(.conflict, "\(entry.kind.rawValue) for \(entry.authority) is not in the scope of \(export)")
    }
    guard !scope[position].decided else {
      throw LedgerError(.conflict, "\(entry.kind.rawValue) for \(entry.authority) is decided for \(export) already")
    }
    self.position = position
  }

  /// What messages call this.
  private var what: String { "\(export.id), \(entry.kind.rawValue) for \(entry.authority)" }

  func decide(_ decision: ScopeDecision) throws {
    try checkRows(decision)
    try checkDrafts(decision)
    var older: [ReturnID: [ReturnSummary]] = [:]
    for rendered in decision.returns {
      let replaced = try olderThan(rendered).filter { !decision.keeping.contains($0.id) }
      try keep(rendered, instead: replaced)
      older[rendered.id] = replaced
    }
    try transaction.keep(decision.record, export: export.id, entry)
    for (row, fate) in decision.fates { try keep(fate, row: row) }
    for (row, reason) in decision.exclusions { try exclude(row: row, reason) }
    for rendered in decision.returns { try release(rendered) }
    for id in decision.abandoned {
      try transaction.run("DELETE FROM return WHERE id = ?", [id.rawValue])
      try transaction.append(.returnAbandoned, subject: id.description, "draft \(id) has no rows and is removed")
    }
    let superseded = try supersede(older, decision)
    try checkUnchanged(decision)
    try transaction.run(
      "UPDATE export_scope SET decided_at = ? WHERE export = ? AND position = ?",
      [transaction.now.milliseconds, export.id.rawValue, position])
    try supersedeRowsOfNewerExports()
    let list = decision.returns.map(\.id.description).joined(separator: ", ")
    try transaction.append(
      .scopeDecided, subject: export.id.description,
      "\(what): decided, returns: \(list.isEmpty ? "none" : list); superseded: \(superseded)")
  }

  // MARK: Checks with messages that name the row; the triggers check again

  private func checkRows(_ decision: ScopeDecision) throws {
    var seen: Set<Int> = []
    let rows = decision.fates.map(\.row) + decision.exclusions.map(\.row)
    for row in rows {
      guard seen.insert(row).inserted else {
        throw LedgerError(.conservation, "\(what): row \(row) has two fates")
      }
    }
    var known: Set<Int> = []
    try transaction.forEachRow(
      "SELECT row_number FROM export_row WHERE export = ? AND generation = ?", [export.id.rawValue, export.generation]
    ) { known.insert($0[0]) }
    if let row = seen.subtracting(known).min() {
      throw LedgerError(.conservation, "\(what): row \(row) has a fate and was never read")
    }
    let missing = known.subtracting(seen)
    if let row = missing.min() {
      throw LedgerError(.conservation, "\(what): \(missing.count) rows have no fate, the first is row \(row)")
    }
  }

  private func checkDrafts(_ decision: ScopeDecision) throws {
    let drafts = Set(
      try transaction.summaries(
        "export = ? AND authority = ? AND kind = ? AND state = 'drafted'",
        [export.id.rawValue, entry.authority.rawValue, entry.kind.rawValue]
      ).map(\.id))
    let named = decision.returns.map(\.id) + decision.abandoned
    guard Set(named).count == named.count else {
      throw LedgerError(.conflict, "\(what): a draft is named twice")
    }
    if let stranger = named.first(where: { !drafts.contains($0) }) {
      throw LedgerError(.conflict, "\(what): \(stranger) is no draft of it")
    }
    if let forgotten = drafts.subtracting(named).min() {
      throw LedgerError(.conservation, "\(what): draft \(forgotten) is neither rendered nor abandoned")
    }
  }

  /// A row may be called unchanged only against what the authority has or still gets: a return that never goes would
  /// lose the pupil.
  private func checkUnchanged(_ decision: ScopeDecision) throws {
    var checked: Set<ReturnID> = []
    for case (let row, .unchanged(let id)) in decision.fates where checked.insert(id).inserted {
      let summary = try transaction.summary(of: id)
      guard summary.school == export.school, summary.authority == entry.authority, summary.kind == entry.kind else {
        throw LedgerError(
          .conflict, "\(what): row \(row) is called unchanged against \(id), which is not its authority's")
      }
      switch summary.state {
      case .drafted, .withdrawn, .superseded, .rejected:
        throw LedgerError(
          .conflict,
          "\(what): row \(row) is called unchanged against \(id), which is \(summary.state.name): the authority would never get it"
        )
      default: continue
      }
    }
  }

  // MARK: Writing

  private func keep(_ rendered: RenderedReturn, instead older: [ReturnSummary]) throws {
    try transaction.adopt(rendered.object)
    try transaction.run(
      "UPDATE return SET file_name = ?, object = ?, size = ?, sha256 = ?, row_count = ? WHERE id = ?",
      [
        rendered.fileName, rendered.object.name.rawValue, rendered.object.size, rendered.object.sha256,
        rendered.rows.count, rendered.id.rawValue,
      ])
    for row in rendered.rows {
      try transaction.run(
        """
        INSERT INTO return_row (return_id, row_number, pupil, digest, disclosure, tells_contact)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [
          rendered.id.rawValue, row.row, row.pupil.rawValue, Blob(row.digest), row.disclosure.rawValue,
          rendered.tellsContact.map { $0.contains(row.row) },
        ])
    }
    if rendered.isOfChanges {
      try transaction.run("INSERT INTO return_of_changes (return_id) VALUES (?)", [rendered.id.rawValue])
    }
    if let consent = rendered.consent {
      try transaction.run(
        "INSERT INTO return_consent (return_id, consent) VALUES (?, ?)", [rendered.id.rawValue, consent.rawValue])
    }
    for (ordinal, total) in rendered.totals.enumerated() {
      try transaction.run(
        "INSERT INTO return_total (return_id, ordinal, heading, code, line_count) VALUES (?, ?, ?, ?, ?)",
        [rendered.id.rawValue, ordinal, total.heading, total.code, total.lines])
    }
    for field in rendered.fields {
      try transaction.run(
        """
        INSERT INTO return_field (return_id, field, tier, in_full, row_count) VALUES (?, ?, ?, ?, 1)
        ON CONFLICT (return_id, field, tier, in_full) DO UPDATE SET row_count = row_count + 1
        """, [rendered.id.rawValue, field.field.rawValue, field.tier.rawValue, field.full])
    }
    // What it takes the place of is no reason by itself: it belongs to those that stop it.
    let reasons =
      rendered.brake
      + (rendered.brake.isEmpty ? [] : older.map { .takesThePlace(of: $0.id, leavers: $0.rows) })
    for (ordinal, reason) in reasons.enumerated() {
      try transaction.run(
        "INSERT INTO brake_reason (return_id, ordinal, code, words) VALUES (?, ?, ?, ?)",
        [rendered.id.rawValue, ordinal, reason.code, reason.words])
    }
  }

  private func release(_ rendered: RenderedReturn) throws {
    let notes = try transaction.brake(of: rendered.id)
    try transaction.move(
      rendered.id, .rendered(rendered.next),
      Transaction.Move(detail: notes.isEmpty ? nil : notes.map(\.words).joined(separator: "; ")))
  }

  private func keep(_ fate: Fate, row: Int) throws {
    var (returnID, disclosure, reason): (ReturnID?, Disclosure?, String?) = (nil, nil, nil)
    var (merged, newer): (Int?, ExportID?) = (nil, nil)
    switch fate {
    case .sent(let id, let how): (returnID, disclosure) = (id, how)
    case .unchanged(let id): returnID = id
    case .held(let why): reason = why.rawValue
    case .withheld(let why): reason = why.rawValue
    case .notInKind(let why): reason = why.rawValue
    case .merged(let into): merged = into
    case .superseded(let by): newer = by
    case .notRouted:
      throw LedgerError(.conflict, "\(what): row \(row) is not routed, which is told as an exclusion, not as a fate")
    }
    try transaction.run(
      """
      INSERT INTO fate (export, position, row_number, fate, return_id, disclosure, reason, merged_into, superseded_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        export.id.rawValue, position, row, fate.kind.rawValue, returnID?.rawValue, disclosure?.rawValue, reason, merged,
        newer?.rawValue,
      ])
  }

  private func exclude(row: Int, _ reason: RoutingReason) throws {
    try transaction.run(
      """
      INSERT INTO routing_exclusion (export, row_number, reason, mask) VALUES (?, ?, ?, ?)
      ON CONFLICT (export, row_number, reason) DO UPDATE SET mask = mask | excluded.mask
      """, [export.id.rawValue, row, reason.rawValue, Int64(1) << Int64(position)])
  }

  // MARK: Superseding

  /// Older returns of the same school, authority, kind and cohort that wait, and that the authority cannot have: also
  /// after attempts that failed before anything was published.
  private func olderThan(_ rendered: RenderedReturn) throws -> [ReturnSummary] {
    let renewed = try transaction.summary(of: rendered.id)
    return try transaction.summaries(
      """
      school = ? AND authority = ? AND kind = ? AND cohort = ? AND export < ? AND earlier = 'not'
        AND state IN ('waiting', 'queued')
      """,
      [
        renewed.school.rawValue, renewed.authority.rawValue, renewed.kind.rawValue, renewed.cohort.description,
        renewed.export.rawValue,
      ])
  }

  private func supersede(_ older: [ReturnID: [ReturnSummary]], _ decision: ScopeDecision) throws -> String {
    var superseded: [String] = []
    for rendered in decision.returns {
      for old in older[rendered.id] ?? [] {
        try transaction.run(
          """
          UPDATE fate SET fate = 'superseded', superseded_by = ? WHERE return_id = ? AND fate IN ('sent', 'unchanged')
            AND export < ?
          """, [export.id.rawValue, old.id.rawValue, export.id.rawValue])
        try transaction.move(
          old.id, .superseded, Transaction.Move(detail: "\(rendered.id) of \(export.id) takes its place"))
        superseded.append(old.id.description)
      }
    }
    return superseded.isEmpty ? "none" : superseded.joined(separator: ", ")
  }

  /// An export that is decided late: what it holds may have been put right by a newer one that is read already.
  private func supersedeRowsOfNewerExports() throws {
    let newer = try transaction.exports(
      "e.school = ? AND e.id > ? AND e.state IN ('read', 'decided')", [export.school.rawValue, export.id.rawValue])
    for newer in newer { _ = try transaction.supersedeHeldRows(olderThan: newer.id, of: export.school) }
  }
}
