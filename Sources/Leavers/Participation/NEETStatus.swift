// Whether an activity counts as in education, employment or training. Pure.

/// What a current-activity code says of a young person, as the national figures count it.
package enum NEETStatus: String, Hashable, Sendable, CaseIterable, Codable {
  /// Of compulsory school age (codes 110 to 150): not counted.
  case compulsoryAge = "compulsory-age"
  /// In education, employment or training. Employment without training (330) is one of these and yet does not meet the
  /// duty to participate: see `ParticipationDuty`.
  case eet
  /// Re-engagement provision (530): neither in nor out.
  case reengagement
  /// Not in education, employment or training.
  case neet
  /// Outside the cohort (custody of young adult offenders, 710).
  case excluded
  /// The authority does not know.
  case notKnown = "not-known"

  /// By the `group` column of the activity table; nil for a group that the software does not know.
  package init?(group: String) {
    switch group {
    case "compulsory_age": self = .compulsoryAge
    case "eet_education", "eet_employment", "eet_training": self = .eet
    case "reengagement": self = .reengagement
    case "neet": self = .neet
    case "other": self = .excluded
    case "not_known": self = .notKnown
    default: return nil
    }
  }
}
