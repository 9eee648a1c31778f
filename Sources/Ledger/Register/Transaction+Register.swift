// Entries of the register as rows of the database: how they are read, and what entering one does at once.

import GRDB
import Leavers

extension Transaction {
  /// The day that it is in London.
  var today: CalendarDate { LondonTime.day(of: now) }

  // MARK: Reading

  /// All entries of a school by pupil, each in the order of recording.
  func registerEntries(of school: SchoolID) throws -> [PupilID: [RegisterEntry]] {
    var entries: [PupilID: [RegisterEntry]] = [:]
    for row in try rows("SELECT * FROM register_entry WHERE school = ? ORDER BY id", [school.rawValue]) {
      entries[PupilID(rawValue: row["pupil"]), default: []].append(try Self.registerEntry(row))
    }
    return entries
  }

  func registerEntries(of pupil: PupilID) throws -> [RegisterEntry] {
    try rows("SELECT * FROM register_entry WHERE pupil = ? ORDER BY id", [pupil.rawValue]).map(Self.registerEntry)
  }

  func standings(of school: SchoolID) throws -> [PupilID: PupilStanding] {
    try registerEntries(of: school).mapValues { PupilStanding($0, on: today) }
  }

  func standing(of pupil: PupilID) throws -> PupilStanding {
    PupilStanding(try registerEntries(of: pupil), on: today)
  }

  static func registerEntry(_ row: Row) throws(LedgerError) -> RegisterEntry {
    let id = RegisterEntryID(rawValue: row["id"])
    guard let day = CalendarDate(iso: row["decided_on"] as String) else {
      throw LedgerError(.corrupt, "\(id) has a day that is none; run audit")
    }
    return RegisterEntry(id: id, decision: try row.value("decision"), scope: try scope(row), decidedOn: day)
  }

  static func scope(_ row: Row) throws(LedgerError) -> RegisterScope {
    RegisterScope(
      authority: (row["authority"] as String?).map { AuthorityID(unchecked: $0) }, kind: try row.optionalValue("kind"))
  }

  /// Throws `objectDestroyed` after erasure.
  func registerRecord(_ entry: RegisterEntry, of pupil: PupilID, school: SchoolID) throws -> RegisterRecord {
    guard let row = try row("SELECT recorded_at, sealed FROM register_entry WHERE id = ?", [entry.id.rawValue]) else {
      throw LedgerError(.notFound, "there is no entry \(entry.id) in the register")
    }
    let particulars = try Packed.dictionary(
      open(row.bytes("sealed"), with: key(of: pupil), "register_entry", "sealed", entry.id.description))
    return RegisterRecord(
      entry: entry, pupil: pupil, key: registerKey(entry.id.description, school: school),
      identity: try identity(of: pupil), particulars: RegisterParticulars(pairs: particulars),
      recordedAt: row.instant("recorded_at"))
  }

  /// The row key of an entry, or of what waits for its pupil.
  func registerKey(_ subject: String, school: SchoolID) -> String {
    rowKey(SheetKind.register.keyHeading, school, subject)
  }

  // MARK: Entering

  /// Enters a decision about a pupil. Whatever lets a pupil's death be known comes through here.
  ///
  /// It is in force with this transaction: queued returns that hold the pupil otherwise than is now allowed wait, and
  /// nobody is asked about somebody who died. What is to be sent instead is made anew by `renew`.
  @discardableResult
  func enter(
    _ decision: RegisterDecision, about pupil: PupilID, scope: RegisterScope = .all, decidedOn: CalendarDate,
    particulars: RegisterParticulars
  ) throws -> RegisterEntry {
    guard let owner = try row("SELECT school FROM pupil WHERE id = ?", [pupil.rawValue]) else {
      throw LedgerError(.notFound, "there is no pupil \(pupil)")
    }
    guard scope == .all || decision.takesScope else {
      throw LedgerError(.conflict, "“\(decision.words)” holds for all authorities and kinds of return, not for some")
    }
    let school = SchoolID(rawValue: owner["school"])
    let born = try identity(of: pupil).dateOfBirth
    // Entries are never deleted, so that the highest id plus one was never used.
    let id = RegisterEntryID(rawValue: (try integer("SELECT max(id) FROM register_entry") ?? 0) + 1)
    let entry = RegisterEntry(id: id, decision: decision, scope: scope, decidedOn: decidedOn)
    try run(
      """
      INSERT INTO register_entry (id, school, pupil, decision, authority, kind, decided_on, recorded_at, sealed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        id.rawValue, school.rawValue, pupil.rawValue, decision.rawValue, scope.authority?.rawValue,
        scope.kind?.rawValue, decidedOn.description, now.milliseconds,
        try seal(
          Packed.encode(particulars.aged(born: born, on: decidedOn).pairs), with: key(of: pupil), "register_entry",
          "sealed", id.description),
      ])
    // Who entered it is a member of staff; who decided, and how, is the family's, and goes with the pupil's key.
    try append(
      .registerEntered, subject: pupil.description,
      "\(id) about \(pupil) of school \(school): \(decision.words), for \(scope.words), of \(decidedOn)",
      details: particulars.recordedBy.details(), note: EventNote(entry: RegisterAudit.text(of: entry, about: pupil)))
    if decision == .deceased, decidedOn <= today { try closeQuestion(about: pupil, by: particulars.recordedBy) }
    if decidedOn <= today { try stopQueued(holding: pupil) }
    return entry
  }

  /// Queued returns that hold a pupil otherwise than is now allowed wait: what has begun is looked at when it begins again.
  func stopQueued(holding pupil: PupilID) throws {
    let queued = try summaries(
      """
      state = 'queued' AND id IN (SELECT return_id FROM return_row WHERE pupil = ?)
      """, [pupil.rawValue])
    for summary in queued {
      let objections = try objections(to: summary)
      guard !objections.isEmpty else { continue }
      try move(summary.id, .held(.objection), Move(detail: objections.words))
    }
  }
}

extension EventKind {
  /// A decision stands in the register of a school.
  package static let registerEntered = EventKind(rawValue: "register-entered")
  /// A decision is kept until the pupil that it is about is known, or is settled otherwise.
  package static let registerPending = EventKind(rawValue: "register-pending")
  /// The rows of a school are gone through again, because the register changed.
  package static let registerRenewed = EventKind(rawValue: "register-renewed")
}
