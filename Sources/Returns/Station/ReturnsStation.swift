// The station: exports that are read → returns that are queued or wait. Touches the ledger and the gate, nothing else.

package import Leavers
package import Ledger
package import Profiles

/// Decides what each authority may and must have of each export, and makes its returns.
///
/// Every step is committed before the next (R1 draft, R2 object, R3 self-check, R4 decision); a pass after a crash takes
/// up the drafts it finds and makes the same bytes under the same sequence and instant.
package actor ReturnsStation {
  private var configuration: Configuration
  private let ledger: Ledger
  private let timekeeper: any Timekeeper
  private let journal: @Sendable (ReturnsEvent) -> Void
  private let fault: FaultHook
  /// What was journalled last of a scope that cannot be decided, so that it is told once and not at every pass.
  private var told: [Scope: ReturnsEvent] = [:]
  /// Scopes whose self-check failed. Trying again would give the same bytes: only another configuration may help.
  private var refused: Set<Scope> = []

  /// How long a scope that failed rests.
  private static let patience = Duration.seconds(60)

  private struct Scope: Hashable {
    let export: ExportID
    /// Nil for the export as a whole.
    let entry: ScopeEntry?
  }

  /// `fault` is called after each step of the protocol, by its name; for tests.
  package init(
    configuration: Configuration, ledger: Ledger, timekeeper: any Timekeeper,
    journal: @escaping @Sendable (ReturnsEvent) -> Void, fault: @escaping FaultHook = { _ in }
  ) {
    self.configuration = configuration
    self.ledger = ledger
    self.timekeeper = timekeeper
    self.journal = journal
    self.fault = fault
  }

  /// From the next export on, another configuration holds.
  package func replace(configuration: Configuration) {
    self.configuration = configuration
    refused = []
    told = [:]
  }

  /// Decides everything that can be decided. Of one school, authority and kind the oldest export comes first, and a
  /// newer one waits for it; a scope that fails stops no other.
  package func pass() async throws -> Pass {
    var didWork = false
    var failed = false
    /// School, authority and kind of which an older export is not decided.
    var blocked: Set<Series> = []
    didWork = try await renew()
    for export in try await ledger.exports.inState(.read, school: nil) {
      try Task.checkCancellation()
      do {
        let outcome = try await decide(export, blocked: &blocked)
        didWork = didWork || outcome.didWork
        failed = failed || outcome.failed
      } catch  where Self.endsThePass(error) {
        throw error
      } catch {
        failed = failed || Self.mayPass(error)
        tell(failure(error, export, nil), of: Scope(export: export.id, entry: nil))
        blocked.insert(Series(school: export.school, entry: nil))
      }
    }
    var pass = Pass(didWork: didWork, next: failed ? timekeeper.monotonic() + Self.patience : nil)
    if let day = try await ledger.register.nextDay() {
      pass.isDue(timekeeper.monotonic() + max(.zero, timekeeper.now().duration(to: LondonTime.timestamp(on: day))))
    }
    return pass
  }

  /// Has what the register changed decided anew; whether there was anything.
  private func renew() async throws -> Bool {
    let consents = configuration.authorities.contains { $0.agreements.contains { $0.consent != nil } }
    let renewals = try await ledger.register.renew(schools: configuration.schools.map(\.id), consents: consents)
    for renewal in renewals { journal(.renewed(renewal)) }
    return !renewals.isEmpty
  }

  private struct Series: Hashable {
    let school: SchoolID
    /// Nil for all of the school.
    let entry: ScopeEntry?
  }

  private func decide(
    _ export: ExportSummary, blocked: inout Set<Series>
  ) async throws -> (didWork: Bool, failed: Bool) {
    let configuration = configuration
    guard !blocked.contains(Series(school: export.school, entry: nil)) else { return (false, false) }
    guard let school = configuration.school(export.school) else {
      throw ReturnsError(
        .unknownSchool,
        message: "school \(export.school) is not configured any more; add it to leaverlink.yaml again")
    }
    let scope = try await scope(of: export, configuration)
    let rows = try await ledger.returns.rows(of: export.id).map(LeaverRow.init)
    let facts = try await facts(of: export, rows)
    var didWork = false
    var open = false
    var failed = false
    for (entry, decided) in scope where !decided {
      try Task.checkCancellation()
      let key = Scope(export: export.id, entry: entry)
      let series = Series(school: export.school, entry: entry)
      guard !blocked.contains(series), !refused.contains(key) else {
        blocked.insert(series)
        open = true
        continue
      }
      do {
        try await decide(entry, export: export, school: school, rows: rows, facts: facts, configuration: configuration)
        didWork = true
        told[key] = nil
      } catch  where Self.endsThePass(error) {
        throw error
      } catch {
        blocked.insert(series)
        open = true
        failed = failed || Self.mayPass(error)
        if case .selfCheck(let event)? = error as? ScopeFailure {
          refused.insert(key)
          tell(event, of: key)
        } else {
          tell(failure(error, export, entry), of: key)
        }
      }
    }
    guard !open else { return (didWork, failed) }
    let missing = try await ledger.returns.finish(
      export.id, extent: export.extent ?? school.exportsAre, policy: school.brake)
    told[Scope(export: export.id, entry: nil)] = nil
    for missing in missing { journal(.leaversMissing(missing, school: export.school)) }
    journal(.decided(export: export.id, school: export.school, rows: rows.count))
    return (true, failed)
  }

  /// The scope as it was set, or, as long as nothing was drafted or decided, as the configuration has it now.
  private func scope(
    of export: ExportSummary, _ configuration: Configuration
  ) async throws -> [(entry: ScopeEntry, decided: Bool)] {
    let known = try await ledger.returns.scope(of: export.id)
    if known.contains(where: \.decided) { return known }
    if try await !ledger.returns.list(ReturnFilter(export: export.id)).isEmpty { return known }
    let entries = configuration.authorities.flatMap { authority in
      authority.returns.map { ScopeEntry(authority: authority.id, kind: $0.kind) }
    }
    if known.isEmpty || known.map(\.entry) != entries { try await ledger.returns.setScope(export.id, entries) }
    return entries.map { ($0, false) }
  }

  private func decide(
    _ entry: ScopeEntry, export: ExportSummary, school: School, rows: [LeaverRow], facts: ExportFacts,
    configuration: Configuration
  ) async throws {
    let decider = ScopeDecider(
      ledger: ledger, configuration: configuration, school: school, export: export.id, entry: entry, facts: facts,
      fault: fault)
    for event in try await decider.decide(rows, now: timekeeper.now()) { journal(event) }
  }

  private func facts(of export: ExportSummary, _ rows: [LeaverRow]) async throws -> ExportFacts {
    let names = try await ledger.exports.reading(of: export.id)?.columns ?? []
    var columns = Set(names.compactMap(Field.init))
    // What a file of a part of the pupils has no column for stands as it was said before.
    if export.extent == .partial { for row in rows { columns.formUnion(row.record.fields) } }
    let errors = try await ledger.exports.findings(of: export.id).filter { $0.severity == .error }
    return ExportFacts(columns: columns, errorRows: Set(errors.compactMap(\.row)), extent: export.extent)
  }

  private func failure(_ error: any Error, _ export: ExportSummary, _ entry: ScopeEntry?) -> ReturnsEvent {
    if let error = error as? LedgerError, error.code == .conservation {
      return .conservationBroken(export: export.id, school: export.school, why: error.message)
    }
    return .failed(
      export: export.id, school: export.school, authority: entry?.authority, kind: entry?.kind, why: "\(error)")
  }

  /// Whether nothing can be done for any export: the service stops, or the disk, the database or its owner is wrong.
  private static func endsThePass(_ error: any Error) -> Bool {
    if error is CancellationError { return true }
    guard let error = error as? LedgerError else { return false }
    return [.io, .notOurs, .schemaTooNew, .schemaTooOld].contains(error.code)
  }

  /// Whether it may go away by itself. What the configuration is the cause of does not.
  private static func mayPass(_ error: any Error) -> Bool {
    if let error = error as? ReturnsError { return error.code == .noSandboxRecord }
    return error is LedgerError
  }

  private func tell(_ event: ReturnsEvent, of scope: Scope) {
    guard told[scope] != event else { return }
    told[scope] = event
    journal(event)
  }
}

extension LeaverRow {
  /// A row as the ledger keeps it.
  init(_ row: ExportRow) {
    var verdict = row.verdict
    // A row of which the ledger cannot say whose it is could be any of several pupils: a person must say.
    if case .clear = verdict, row.pupil == nil { verdict = .held(.contradictoryRepeat) }
    self.init(
      rowNumber: row.rowNumber, pupil: row.pupil, cohort: row.cohort, record: row.record, verdict: verdict,
      standing: row.standing)
  }
}
