// What becomes of each row of an export for one authority and kind, before it is known what the authority already has.
// A value.

package import Leavers

/// What the rules say of one row for one authority and kind of return.
package enum RowOutcome: Sendable, Equatable {
  case merged(into: Int)
  /// Waits for a person; because of the column of the return, where it is one, and of a code that the authority does not
  /// know.
  case held(HoldReason, column: String?, code: String? = nil)
  case withheld(WithholdReason, column: String?)
  case notInKind(KindReason)
  case notRouted(RoutingReason)
  /// Goes, or is unchanged.
  case ready(MappedRow)
}

/// The outcome of every row of an export for one authority and kind of return; one entry a row, none left out.
package struct ScopePlan: Sendable {
  /// In the order of the rows given.
  package let outcomes: [(row: Int, outcome: RowOutcome)]
  /// The rows that are ready, by cohort and in the order of their numbers: each cohort is a return of its own.
  package let ready: [(cohort: Cohort, rows: [MappedRow])]

  package init(outcomes: [(row: Int, outcome: RowOutcome)], ready: [(cohort: Cohort, rows: [MappedRow])]) {
    self.outcomes = outcomes
    self.ready = ready
  }
}
