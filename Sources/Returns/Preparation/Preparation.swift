// A dry run of the station: what each authority would be sent, without ledger, key or clock of its own. Pure.

package import Leavers
import Ledger
package import Profiles
import Tabular

/// The dry run of `prepare`. Formats that nobody confirmed are prepared too: nothing leaves the machine.
package enum Preparation {
  /// Prepares the returns of one school's rows as if they were read on `day`. `scratch`: an existing directory for the
  /// temporary files of workbooks.
  package static func prepare(
    rows: [LeaverRow], school: School, configuration: Configuration, day: CalendarDate, scratch: String
  ) throws(ReturnsError) -> PreparedReturns {
    var files: [PreparedReturns.File] = []
    var lines: [PreparedReturns.Line] = []
    var kept: [PreparedReturns.Kept] = []
    var refused: [PreparedReturns.Refused] = []
    var inScope: Set<Int> = []
    var routable: [Int: UnroutedReason] = [:]
    let records = Dictionary(rows.map { ($0.rowNumber, $0.record) }, uniquingKeysWith: { first, _ in first })
    for authority in configuration.authorities {
      for profile in authority.returns {
        let planner = ScopePlanner(
          authority: authority, profile: profile, school: school, configuration: configuration, day: day, gate: .open)
        let plan = planner.plan(rows)
        var counts: [FateKind: Int] = [:]
        for (row, outcome) in plan.outcomes {
          counts[outcome.fateKind, default: 0] += 1
          switch outcome {
          case .ready: inScope.insert(row)
          case .held(let reason, let column, let code):
            inScope.insert(row)
            kept.append(
              .init(
                row: row, authority: authority.id, kind: profile.kind, why: .held(reason), column: column, code: code))
          case .withheld(let reason, let column):
            inScope.insert(row)
            kept.append(
              .init(row: row, authority: authority.id, kind: profile.kind, why: .withheld(reason), column: column))
          // Of a row without cohort no authority hears either.
          case .notRouted, .notInKind(.noCohort):
            routable[row] = UnroutedReason.first(routable[row], UnroutedReason(outcome))
          case .merged, .notInKind: break
          }
        }
        lines.append(.init(authority: authority.id, kind: profile.kind, rowsRead: rows.count, counts: counts))
        guard let agreement = planner.disclosure.agreement else { continue }
        for (cohort, ready) in plan.ready {
          let setting = RenderSetting(
            school: school, authority: authority, kind: profile.kind, cohort: cohort,
            sequence: ReturnNaming.placeholderSequence, day: day, scratch: scratch)
          let bytes: [UInt8]
          do throws(ReturnsError) { bytes = try ReturnRenderer(profile: profile).bytes(of: ready, setting) } catch {
            // One authority's file that cannot be written is not the others'.
            refused.append(
              .init(authority: authority.id, kind: profile.kind, cohort: cohort, problems: [error.message]))
            continue
          }
          let check = SelfCheck(
            profile: profile, agreement: agreement, codes: configuration.codes, school: school, day: day
          ).check(bytes, rows: ready, records: records, setting)
          guard check.isClean else {
            refused.append(
              .init(
                authority: authority.id, kind: profile.kind, cohort: cohort,
                problems: check.problems.map(\.description)))
            continue
          }
          let name = try ReturnFile.name(
            profile.fileName,
            ReturnNaming.values(
              school: school, authority: authority.id, kind: profile.kind, cohort: cohort,
              sequence: ReturnNaming.placeholderSequence, day: day),
            authority: authority.id, kind: profile.kind)
          guard !files.contains(where: { $0.authority == authority.id && $0.fileName == name }) else {
            throw ReturnsError(
              .unnameable,
              message:
                "two returns of \(authority.id) would be called \(name) here, where the sequence is always "
                + "\(ReturnNaming.placeholderSequence); add {cohort} or {kind} to `file` in the authority's file")
          }
          files.append(
            .init(
              authority: authority.id, kind: profile.kind, cohort: cohort, fileName: name, bytes: bytes,
              pupils: ready.count, floorPupils: ready.count { $0.disclosure == .floor },
              lines: ready.reduce(0) { $0 + $1.lines.count }))
        }
      }
    }
    let unrouted = routable.filter { !inScope.contains($0.key) }.sorted { $0.key < $1.key }
    return PreparedReturns(
      files: files, lines: lines, kept: kept, refused: refused,
      unrouted: unrouted.map { .init(row: $0.key, why: $0.value) })
  }

  /// What only the ledger's memory can tell.
  package static let notChecked = [
    "whether an authority already has these rows: a row that is unchanged since it was sent counts as sent here",
    "whether a pupil stands under an earlier UPN in an export of before",
    "the cohort under which a pupil was first seen: it is taken from this export alone",
    "the register of persons' decisions: refusals, protected addresses and deaths that no column of the export tells",
    "whether a waiting return is superseded by this one, and its sequence: the number \(ReturnNaming.placeholderSequence) "
      + "in names and contents here is a placeholder",
    "whether its numbers are far from the last accepted export, so that it waits until a person has looked at them",
    "whether the format was confirmed and the recipient may be sent to: nothing is sent",
  ]
}

extension RowOutcome {
  /// The fate that this comes to where nothing was sent before.
  package var fateKind: FateKind {
    switch self {
    case .merged: .merged
    case .held: .held
    case .withheld: .withheld
    case .notInKind: .notInKind
    case .notRouted: .notRouted
    case .ready: .sent
    }
  }
}
