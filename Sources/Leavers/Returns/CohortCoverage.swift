// What is known of a cohort for one authority and kind of return, in numbers. Pure.

/// Of the newest export that was decided: how many leavers, and how many of them without what the return is about.
package struct CohortCoverage: Sendable, Hashable {
  package let school: SchoolID
  package let authority: AuthorityID
  package let kind: ReturnKind
  package let cohort: Cohort
  package let leavers: Int
  /// Without an intention, or without a known activity.
  package let without: Int
  /// Whether the authority has a return of the cohort.
  package let isDelivered: Bool

  package init(
    school: SchoolID, authority: AuthorityID, kind: ReturnKind, cohort: Cohort, leavers: Int, without: Int,
    isDelivered: Bool
  ) {
    self.school = school
    self.authority = authority
    self.kind = kind
    self.cohort = cohort
    self.leavers = leavers
    self.without = without
    self.isDelivered = isDelivered
  }
}
