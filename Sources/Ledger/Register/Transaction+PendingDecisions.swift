// Decisions about somebody whom no export has named yet: kept under a key of their own, until the pupil is seen or a person
// settles them.

import GRDB
import Leavers

extension Transaction {
  func pendingDecisions(of school: SchoolID) throws -> [PendingDecision] {
    try rows("SELECT * FROM register_pending WHERE school = ? AND settled_at IS NULL ORDER BY id", [school.rawValue])
      .map { row in
        let id: Int64 = row["id"]
        let pairs = try Packed.decode(
          open(row.bytes("sealed"), with: key(row["key"] as Int64), "register_pending", "sealed", "\(id)"))
        guard let day = CalendarDate(iso: row["decided_on"] as String) else {
          throw LedgerError(.corrupt, "a decision that waits has a day that is none; run audit")
        }
        return PendingDecision(
          id: id, key: registerKey("pending \(id)", school: school), given: Self.given(pairs),
          decision: try row.value("decision"), scope: try Self.scope(row), decidedOn: day,
          particulars: RegisterParticulars(pairs: Self.particulars(pairs)), receivedAt: row.instant("received_at"))
      }
  }

  /// What is sealed of one: the fields of who it is, and the particulars under names that no field has.
  private static let particularPrefix = "register:"

  private static func given(_ pairs: [(name: String, value: String)]) -> LeaverRecord {
    var record = LeaverRecord()
    for (name, value) in pairs {
      if let field = Field(rawValue: name) { record[field] = value }
    }
    return record
  }

  private static func particulars(_ pairs: [(name: String, value: String)]) -> [String: String] {
    var found: [String: String] = [:]
    for (name, value) in pairs where name.hasPrefix(particularPrefix) {
      found[String(name.dropFirst(particularPrefix.count))] = value
    }
    return found
  }

  // MARK: Keeping

  /// Keeps a row of nobody. Refused in words in any case; an equal row that waits, or was settled, is not kept again. One
  /// that was corrected into another is, where a person says it anew: the correction may have been the mistake.
  ///
  /// - Parameter corrected: the decision that waits and that the row is a correction of.
  /// - Returns: what to say, and the decision that is kept for it, waiting or entered; nil where none is.
  func keepPending(
    _ answer: RegisterAnswer, _ decision: RegisterDecision, correcting corrected: PendingDecision? = nil,
    school: SchoolID, by person: Person
  ) throws -> (outcome: AnswerOutcome, id: Int64?) {
    guard !answer.given.fields.isEmpty else {
      return (
        .refused("the row does not say whom it is about; give the UPN, or surname, forename and date of birth"), nil
      )
    }
    guard answer.scope == .all || decision.takesScope else {
      return (
        .refused("“\(decision.words)” holds for all authorities and kinds of return; leave the scope empty"), nil
      )
    }
    if isTooFarAhead(answer.decidedOn) { return (.refused(Self.tooFarAhead), nil) }
    let lookup = keys.digest(
      "register-pending", Array(school.rawValue.utf8), Packed.encode(answer.given),
      Array("\(decision.rawValue) \(answer.scope.words) \(answer.decidedOn)".utf8))
    let known = try row(
      "SELECT * FROM register_pending WHERE school = ? AND lookup = ? ORDER BY id DESC LIMIT 1",
      [school.rawValue, Blob(lookup)])
    let isSettled = (known?["settled_at"] as Int64?) != nil
    if isSettled, let known,
      let words = settled(known, answer, isCorrection: corrected != nil, school: school)
    {
      // A correction into what is entered leaves nothing to wait for.
      return (.unchanged(words), corrected == nil ? nil : known["id"])
    }
    let waiting: Int64? = isSettled ? nil : known?["id"]
    let id = try waiting ?? insertPending(answer, decision, lookup: lookup, school: school, by: person)
    return (
      .refused(
        "nobody, or more than one, answers to all that the row says of who it is; the decision is kept and takes effect when an export names the pupil so. If it names them otherwise, correct the row in the newest register sheet"
      ), id
    )
  }

  /// What to say of a row that was settled before; nil where it is to be kept again.
  private func settled(_ known: Row, _ answer: RegisterAnswer, isCorrection: Bool, school: SchoolID) -> String? {
    if let entry = known["entry"] as Int64? { return "in the register already (\(RegisterEntryID(rawValue: entry)))" }
    if isCorrection { return nil }
    guard (known["corrected_by"] as Int64?) != nil else {
      return
        "dropped before as about nobody of this school; if that was wrong, give something more of who it is, such as the UPN or the admission number"
    }
    // The very row, in a sheet from before the correction.
    let id: Int64 = known["id"]
    let isThatRow = answer.key == registerKey("pending \(id)", school: school) && !answer.isCopy
    return isThatRow ? "corrected since, in a newer sheet" : nil
  }

  private func insertPending(
    _ answer: RegisterAnswer, _ decision: RegisterDecision, lookup: [UInt8], school: SchoolID, by person: Person
  ) throws -> Int64 {
    let key = try makeKey(.pupil)
    let id = (try integer("SELECT max(id) FROM register_pending") ?? 0) + 1
    let given = answer.given.fields.compactMap { field in answer.given[field].map { (field.rawValue, $0) } }
    let particulars = answer.particulars(by: person).pairs.sorted { $0.key < $1.key }
      .map { (Self.particularPrefix + $0.key, $0.value) }
    try run(
      """
      INSERT INTO register_pending (id, school, lookup, decision, authority, kind, decided_on, received_at, key, sealed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        id, school.rawValue, Blob(lookup), decision.rawValue, answer.scope.authority?.rawValue,
        answer.scope.kind?.rawValue, answer.decidedOn.description, now.milliseconds, key.id,
        try seal(Packed.encode(given + particulars), with: key.key, "register_pending", "sealed", "\(id)"),
      ])
    try append(
      .registerPending, subject: school.rawValue,
      "a decision about somebody whom no export of school \(school) has named is kept until one does",
      details: person.details())
    return id
  }

  // MARK: Settling

  /// A row of the register sheet that lists what waits: corrected, dropped, or put back as it was.
  func apply(
    _ answer: RegisterAnswer, to pending: PendingDecision, school: SchoolID, by person: Person
  ) throws -> AnswerOutcome {
    guard case .enter(let decision) = answer.action else {
      try settle(pending, entry: nil)
      try append(
        .registerPending, subject: school.rawValue,
        "a decision that waited for its pupil was dropped: it is about nobody of school \(school)",
        details: person.details())
      return .done("dropped: it is about nobody of this school")
    }
    guard let pupil = answer.pupil else {
      if answer.repeats(pending) { return .unchanged("it still waits for an export that names the pupil") }
      // Until the correction is kept, what it corrects is the only word of the decision.
      let kept = try keepPending(answer, decision, correcting: pending, school: school, by: person)
      if let id = kept.id, id != pending.id { try settle(pending, entry: nil, correctedBy: id) }
      return kept.outcome
    }
    let (outcome, entry) = try enter(answer, decision, about: pupil, was: nil, school: school, by: person)
    // Only what the entry says is known by it from now on. Written over with somebody else, or another decision, it was
    // corrected, and what it said before is kept again where a person says it anew.
    if let entry {
      let isEntered = answer.repeats(pending)
      try settle(pending, entry: isEntered ? entry : nil, correctedBy: isEntered ? nil : pending.id)
    }
    return outcome
  }

  /// The pupil of a decision that waited has been seen. One that was settled meanwhile stays as it is; one that may not be
  /// entered, because somebody else had to decide it, stays for a person.
  func settle(_ pending: PendingDecision, about pupil: PupilID) throws {
    guard try exists("SELECT 1 FROM register_pending WHERE id = ? AND settled_at IS NULL", [pending.id]) else { return }
    let born = try identity(of: pupil).dateOfBirth
    let particulars = pending.particulars.aged(born: born, on: pending.decidedOn)
    if !pending.decision.isProtective,
      RegisterAge.objection(
        to: pending.decision, by: DecidingPerson(words: particulars.decidedBy), age: particulars.age) != nil
    {
      return
    }
    let entry = try enter(
      pending.decision, about: pupil, scope: pending.scope, decidedOn: pending.decidedOn, particulars: particulars)
    try settle(pending, entry: entry.id)
  }

  /// The key goes with it: what was sealed of the pupil is under the pupil's own now, or nobody's.
  private func settle(
    _ pending: PendingDecision, entry: RegisterEntryID?, correctedBy successor: Int64? = nil
  ) throws {
    guard
      let row = try row("SELECT key FROM register_pending WHERE id = ? AND settled_at IS NULL", [pending.id])
    else { return }
    try run(
      "UPDATE register_pending SET settled_at = ?, entry = ?, corrected_by = ? WHERE id = ?",
      [now.milliseconds, entry?.rawValue, successor, pending.id])
    try destroyKey(row["key"])
  }
}

extension RegisterAnswer {
  /// Whether the row is that of a decision that waits, as it was.
  func repeats(_ pending: PendingDecision) -> Bool {
    given == pending.given && action == .enter(pending.decision) && scope == pending.scope
      && decidedOn == pending.decidedOn
  }
}
