// Whether an activity meets the duty to participate (raising the participation age). Pure.

/// Whether a young person meets the duty of Education and Skills Act 2008 s.2.
package enum ParticipationDuty: String, Hashable, Sendable, CaseIterable, Codable {
  case met
  case notMet = "not-met"
  /// The duty does not apply: 18 or older, a level 3 qualification, compulsory school age, or outside the cohort (s.1).
  case notApplicable = "not-applicable"
  /// The activity alone does not tell (column `rpa` holds `?`).
  case undetermined

  /// By the `rpa` column of the activity table: `Y`, `N`, `na`, `?`; nil for anything else.
  package init?(rpa: String) {
    switch rpa.lowercased() {
    case "y": self = .met
    case "n": self = .notMet
    case "na": self = .notApplicable
    case "?": self = .undetermined
    default: return nil
    }
  }
}
