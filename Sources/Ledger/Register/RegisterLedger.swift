// The facade of the register of persons' decisions: what stands, what waits, and what it makes new.

import GRDB
package import Leavers

/// The registers of the schools.
package struct RegisterLedger: Sendable {
  let store: LedgerStore

  // MARK: Looking

  /// How each pupil of a school of whom anything is decided stands today.
  package func standings(school: SchoolID) async throws(LedgerError) -> [PupilID: PupilStanding] {
    try await store.read { try $0.standings(of: school) }
  }

  /// The entries of a school that stand, or wait for their day, by pupil and in the order of recording: what the sheet
  /// lists. Nobody stands in it whose key was destroyed; of somebody who died only that.
  package func standing(school: SchoolID) async throws(LedgerError) -> [RegisterRecord] {
    try await store.read { transaction in
      var records: [RegisterRecord] = []
      for (pupil, entries) in try transaction.registerEntries(of: school).sorted(by: { $0.key < $1.key }) {
        let isDeceased = PupilStanding(entries, on: transaction.today).isDeceased
        for entry in PupilStanding.standing(of: entries, on: transaction.today)
        where !isDeceased || entry.decision.topic == .life {
          do {
            records.append(try transaction.registerRecord(entry, of: pupil, school: school))
          } catch let error as LedgerError where error.code == .objectDestroyed {
            continue
          }
        }
      }
      return records
    }
  }

  /// All entries about a pupil in the order of recording, and which of them newer ones have not made void. Names nobody.
  ///
  /// Throws `notFound`.
  package func entries(
    of pupil: PupilID
  ) async throws(LedgerError) -> (all: [RegisterEntry], standing: [RegisterEntry]) {
    try await store.read { transaction in
      guard try transaction.exists("SELECT 1 FROM pupil WHERE id = ?", [pupil.rawValue]) else {
        throw LedgerError(.notFound, "there is no pupil \(pupil)")
      }
      let entries = try transaction.registerEntries(of: pupil)
      return (entries, PupilStanding.standing(of: entries, on: transaction.today))
    }
  }

  /// The pupils of a school who have died: nobody is asked about them, and no sheet lists them.
  package func deceased(school: SchoolID) async throws(LedgerError) -> Set<PupilID> {
    try await store.read { transaction in
      Set(try transaction.standings(of: school).filter { $0.value.isDeceased }.keys)
    }
  }

  /// What is decided of the risk of NEET of each pupil of a school, and the row keys of a sheet that shows it: all as it
  /// stood at one moment. Nobody is in it who died, or whose decisions were erased.
  package func riskStandings(school: SchoolID) async throws(LedgerError) -> [PupilID: RiskStanding] {
    try await store.read { try $0.riskStandings(of: school) }
  }

  // MARK: Entering

  /// Enters a decision, at once effective: a queued return that it stops waits from now on.
  @discardableResult
  package func enter(
    _ decision: RegisterDecision, about pupil: PupilID, scope: RegisterScope = .all, decidedOn: CalendarDate,
    particulars: RegisterParticulars
  ) async throws(LedgerError) -> RegisterEntryID {
    try await store.write { transaction in
      try transaction.enter(decision, about: pupil, scope: scope, decidedOn: decidedOn, particulars: particulars).id
    }
  }

  /// What the sheet of a school's register is made of, told without opening anything.
  package func stamp(school: SchoolID) async throws(LedgerError) -> String {
    try await store.read { transaction in
      let entries = try transaction.integer("SELECT max(id) FROM register_entry WHERE school = ?", [school.rawValue])
      let pending = try transaction.rows(
        "SELECT id FROM register_pending WHERE school = ? AND settled_at IS NULL ORDER BY id", [school.rawValue]
      ).map { "\($0["id"] as Int64)" }.joined(separator: " ")
      // A pupil who is called otherwise since stands in it so. What is sealed changes only with what it says.
      let identities = try transaction.rows(
        """
        SELECT sealed_identity FROM pupil
        WHERE id IN (SELECT pupil FROM register_entry WHERE school = ?) ORDER BY id
        """, [school.rawValue]
      ).flatMap { $0.bytes("sealed_identity") }
      let names = Hex.text(Array(transaction.keys.digest("register-names", identities).prefix(10)))
      return "\(entries ?? 0); \(pending); \(names); \(transaction.today)"
    }
  }

  // MARK: Decisions that wait for their pupil

  /// The decisions about somebody whom no export of the school has named yet, oldest first.
  package func pending(school: SchoolID) async throws(LedgerError) -> [PendingDecision] {
    try await store.read { try $0.pendingDecisions(of: school) }
  }

  /// The pupil of a decision that waited has been seen: it is entered.
  package func settle(_ pending: PendingDecision, about pupil: PupilID) async throws(LedgerError) {
    try await store.write { try $0.settle(pending, about: pupil) }
  }

  /// The pupils of the rows of an export that is being read, by row.
  package func pupils(beingReadIn export: ExportID) async throws(LedgerError) -> [Int: PupilID] {
    try await store.read { transaction in
      var pupils: [Int: PupilID] = [:]
      try transaction.forEachRow(
        """
        SELECT r.row_number, r.pupil FROM export_row r JOIN export e ON e.id = r.export AND e.generation = r.generation
        WHERE r.export = ? AND r.pupil IS NOT NULL AND r.verdict <> 'merged'
        """, [export.rawValue]
      ) { pupils[$0[0]] = PupilID(rawValue: $0[1]) }
      return pupils
    }
  }

  // MARK: Effects

  /// Goes through the rows of schools again where entries have come into force since: gives the exports that this made,
  /// which are read and wait to be decided. A school of which an export is still being read or decided comes later.
  ///
  /// - Parameter consents: whether any agreement demands a consent, so that giving and withdrawing it matters.
  package func renew(
    schools: [SchoolID], consents: Bool
  ) async throws(LedgerError) -> [RegisterRenewal] {
    var renewals: [RegisterRenewal] = []
    for school in schools {
      guard try await store.read({ try !$0.entriesWithoutEffect(of: school).isEmpty }) else { continue }
      let renewal = try await store.write { try $0.renew(school, consents: consents) }
      if let renewal { renewals.append(renewal) }
    }
    return renewals
  }

  /// The first day to come on which an entry takes effect; nil where none waits for its day.
  package func nextDay() async throws(LedgerError) -> CalendarDate? {
    try await store.read { transaction in
      try transaction.row(
        "SELECT min(decided_on) AS day FROM register_entry WHERE decided_on > ?", [transaction.today.description]
      ).flatMap { ($0["day"] as String?).flatMap(CalendarDate.init(iso:)) }
    }
  }
}

extension Ledger {
  /// The register of persons' decisions.
  package var register: RegisterLedger { RegisterLedger(store: store) }
}
