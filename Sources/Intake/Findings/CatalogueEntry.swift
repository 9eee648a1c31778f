// One finding of the catalogue as data: how grave it is, what it means, what to do, where the rule comes from. Pure.

package import Leavers

/// One finding that validation can make, as data: messages and documentation are written from it.
package struct CatalogueEntry: Sendable, Hashable {
  /// Stable: never reused, never renumbered.
  package let code: FindingCode
  package let severity: Severity
  /// What is the case, without a full stop; a detail may follow it after a colon.
  package let condition: String
  /// How it usually comes about.
  package let cause: String
  /// What the data manager does about it, whatever the system.
  package let remedy: String
  /// Where that is in a system, for those of which it is known.
  package let places: [MISProduct: String]
  /// Where the rule comes from; `[M]` where it is general knowledge and no published source.
  package let source: String
  /// The school census queries that ask for the same thing, for people who know these numbers.
  package let census: [Int]

  init(
    _ code: FindingCode, _ severity: Severity, _ condition: String, cause: String, remedy: String,
    in places: [MISProduct: String] = [:], source: String, census: [Int] = []
  ) {
    self.code = code
    self.severity = severity
    self.condition = condition
    self.cause = cause
    self.remedy = remedy
    self.places = places
    self.source = source
    self.census = census
  }

  /// What to do about it in a school's own system.
  package func remedy(in mis: MISProduct?) -> String {
    guard let mis, let place = places[mis] else { return remedy }
    return "\(remedy) In \(mis.name): \(place)."
  }

  /// What is wrong, in one sentence. `detail` holds no value of a cell; it may be a question.
  package func what(_ detail: String?) -> String {
    guard let detail, !detail.isEmpty else { return condition + "." }
    return "\(condition): \(detail)\(detail.hasSuffix("?") ? "" : ".")"
  }
}
