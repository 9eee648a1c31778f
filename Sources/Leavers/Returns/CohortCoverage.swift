// What is known of a cohort for one authority and kind of return, in numbers. Pure.

/// Of the newest export that was decided: how many leavers, how many of them without what the return is about, and how
/// many more are held.
package struct CohortCoverage: Sendable, Hashable {
  /// What the authority has of the cohort.
  package enum Delivered: String, Sendable, Hashable, CaseIterable {
    case nothing
    /// A return that was delivered before, and of which a newer one has not arrived.
    case older
    case newest
  }

  package let school: SchoolID
  package let authority: AuthorityID
  package let kind: ReturnKind
  package let cohort: Cohort
  /// Those who go, or went.
  package let leavers: Int
  /// Of these without an intention, or without a known activity.
  package let without: Int
  /// Not among the leavers: they wait until somebody has put something right.
  package let held: Int
  package let delivered: Delivered

  package init(
    school: SchoolID, authority: AuthorityID, kind: ReturnKind, cohort: Cohort, leavers: Int, without: Int,
    held: Int = 0, delivered: Delivered = .nothing
  ) {
    self.school = school
    self.authority = authority
    self.kind = kind
    self.cohort = cohort
    self.leavers = leavers
    self.without = without
    self.held = held
    self.delivered = delivered
  }

  /// Whether an export has shown anybody of it.
  package var isShown: Bool { leavers > 0 || held > 0 }

  /// Whether the return lacks something that a person can find out or put right. Of a kind that tells of those who left,
  /// that nobody knows what one of them does is the news itself.
  package var isIncomplete: Bool { held > 0 || kind.isOfAWholeCohort && without > 0 }
}
