// What is wrong with folders and files, told once when it begins and once when it ends. Pure.

/// Remembers the trouble with each place, so that only changes are told.
struct Conditions: Sendable {
  private var problems: [String: String] = [:]

  /// Notes how a place is now. True where that is news: a new problem, another one, or an old one gone.
  mutating func note(_ place: String, _ problem: String?) -> Bool {
    if problems[place] == problem { return false }
    problems[place] = problem
    return true
  }

  /// What is wrong with a place, as it was last noted.
  func problem(at place: String) -> String? { problems[place] }

  /// Forgets places that are gone for good.
  mutating func keep(_ isKept: (String) -> Bool) { problems = problems.filter { isKept($0.key) } }
}
