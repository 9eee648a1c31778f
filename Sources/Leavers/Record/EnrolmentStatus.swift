// A pupil's enrolment status as the school census has it, from the words that systems write. Pure.

/// The enrolment status of the school census (EnrolStatus).
package enum EnrolmentStatus: String, Sendable, Hashable, CaseIterable {
  case current = "C"
  case guest = "G"
  case mainDual = "M"
  case subsidiaryDual = "S"
  case college = "F"
  case otherProvider = "O"

  /// From the code, or from words such as `Single Registration` or `Current - Main (dual)`; nil where it is none of them.
  package init?(cell: String) {
    let word = cell.trimmedOfBlanks.lowercased()
    if let own = Self(rawValue: word.uppercased()) {
      self = own
    } else if word.contains("subsidiary") {
      self = .subsidiaryDual
    } else if word.contains("main") {
      self = .mainDual
    } else if word.contains("guest") {
      self = .guest
    } else if word.contains("college") {
      self = .college
    } else if word.contains("other provider") {
      self = .otherProvider
    } else if word.contains("single") || word.hasPrefix("current") {
      self = .current
    } else {
      return nil
    }
  }
}
