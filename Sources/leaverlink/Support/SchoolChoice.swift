// Which school a command is about.

import Leavers
import Profiles

extension Configuration {
  /// The school with this LAESTAB or name; without one, the only school, or nil where there are several.
  func school(chosen: String?) throws -> School? {
    guard let chosen else { return schools.count == 1 ? schools.first : nil }
    guard let found = schools.first(where: { $0.laestab.rawValue == chosen || $0.name == chosen }) else {
      throw Failure.usage("no school \(chosen) is configured; choose one of \(schoolChoices)")
    }
    return found
  }

  /// The schools as a person names them.
  var schoolChoices: String { schools.map { "\($0.laestab.rawValue) (\($0.name))" }.joined(separator: ", ") }
}
