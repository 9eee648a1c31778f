// The examples of a profile, run: what each invented record becomes, against what the profile says. Pure but for the
// temporary files of workbooks.

package import Leavers
import Ledger
package import Profiles

/// Runs the examples that stand in an authority's file.
package enum ProfileExamples {
  /// An example that does not come out as it says.
  package struct Failure: Sendable, Hashable, CustomStringConvertible {
    package let kind: ReturnKind
    package let place: FilePlace
    package let message: String

    package var description: String { "\(place.file):\(place.line):\(place.column): \(kind.rawValue): \(message)" }
  }

  /// How many examples each kind has, and those that fail; all of a kind are also written as one file and read back.
  ///
  /// `scratch`: an existing directory for the temporary files of workbooks.
  package static func run(
    _ authority: AuthorityProfile, in configuration: Configuration, scratch: String
  ) throws(ReturnsError) -> (counts: [(kind: ReturnKind, count: Int)], failures: [Failure]) {
    var counts: [(kind: ReturnKind, count: Int)] = []
    var failures: [Failure] = []
    for profile in authority.returns {
      counts.append((profile.kind, profile.examples.count))
      guard !profile.examples.isEmpty else { continue }
      failures += try run(profile, authority, configuration, scratch)
    }
    return (counts, failures)
  }

  private static func run(
    _ profile: ReturnProfile, _ authority: AuthorityProfile, _ configuration: Configuration, _ scratch: String
  ) throws(ReturnsError) -> [Failure] {
    let covering = authority.agreements.filter { $0.kinds.contains(profile.kind) }
    guard let agreement = covering.first else {
      return profile.examples.prefix(1).map {
        Failure(kind: profile.kind, place: $0.place, message: "no agreement covers the kind, so that nothing goes")
      }
    }
    let day = agreement.from
    let run = ExampleRun(
      profile, authority, in: configuration, on: day, sequence: ReturnNaming.placeholderSequence, scratch: scratch)
    var failures: [Failure] = []
    var records: [Int: LeaverRecord] = [:]
    for (example, row, outcome) in run.outcomes {
      if let message = difference(outcome, example.outcome, profile) {
        failures.append(Failure(kind: profile.kind, place: example.place, message: message))
      }
      if case .ready = outcome { records[row.rowNumber] = row.record }
    }
    guard let first = profile.examples.first else { return failures }
    let (ready, setting) = (run.ready, run.setting)
    do throws(ReturnsError) {
      let bytes = try ReturnRenderer(profile: profile).bytes(of: ready, setting)
      let check = SelfCheck(
        profile: profile, agreement: agreement, codes: configuration.codes, school: setting.school, day: day
      ).check(bytes, rows: ready, records: records, setting)
      failures += check.problems.map {
        Failure(kind: profile.kind, place: first.place, message: "the file does not read back as meant: \($0)")
      }
    } catch {
      failures.append(Failure(kind: profile.kind, place: first.place, message: error.message))
    }
    return failures
  }

  /// What is other than the example says; nil where nothing is. The records are invented, so that values may be shown.
  private static func difference(
    _ outcome: RowOutcome, _ expected: ReturnExample.Outcome, _ profile: ReturnProfile
  ) -> String? {
    switch (outcome, expected) {
    case (.ready(let mapped), .rows(let rows)):
      guard mapped.lines.count == rows.count else {
        return "it has \(mapped.lines.count) rows instead of \(rows.count)"
      }
      for (line, row) in zip(mapped.lines, rows) {
        for (place, column) in profile.columns.enumerated() {
          guard let text = row[column.name], line[place] != text else { continue }
          return "\(column.name) is \"\(line[place])\" instead of \"\(text)\""
        }
      }
      return nil
    case (.ready, .kept(let reason)): return "it goes, and should be kept for \(reason)"
    case (_, .rows): return "it is kept (\(outcome.reason)), and should go"
    case (_, .kept(let expected)):
      let found = outcome.reason
      return found.hasPrefix(expected) && (found == expected || found.dropFirst(expected.count).hasPrefix(","))
        ? nil : "it is kept for \(found) instead of \(expected)"
    }
  }
}
