// What a person must do, by the ledger and by the calendar.

package import Leavers
package import Ledger
package import Profiles

extension Configuration {
  /// What the ledger knows of the cohorts that the calendar may speak of on a day.
  package func coverage(by ledger: Ledger, on day: CalendarDate) async throws(LedgerError) -> [CohortCoverage] {
    calendar.isEmpty ? [] : try await ledger.overview.coverage(since: day.year - 1)
  }

  /// All that a person must do on a day, the most urgent first.
  package func todo(by ledger: Ledger, on day: CalendarDate) async throws(LedgerError) -> [TodoItem] {
    try await todo(by: ledger, coverage(by: ledger, on: day), on: day)
  }

  /// The same where the coverage has been read.
  package func todo(
    by ledger: Ledger, _ coverage: [CohortCoverage], on day: CalendarDate
  ) async throws(LedgerError) -> [TodoItem] {
    try await ledger.overview.todo() + dueItems(of: deadlines(of: coverage, on: day), on: day)
      + ledger.overview.stranded(besides: Set(recipients.map(\.id)))
  }

  /// The returns that are due soon or overdue, and of which something is missing.
  package func dueItems(of deadlines: [ReturnDeadline], on day: CalendarDate) -> [TodoItem] {
    deadlines.filter { $0.needsSomebody(on: day) }.map { deadline in
      let coverage = deadline.coverage
      let school = self.school(coverage.school)?.name
      return TodoItem(
        code: .returnDue, subjects: [coverage.school.rawValue, coverage.authority.rawValue],
        text: words(deadline, on: day) + (school.map { " (\($0))" } ?? ""), school: coverage.school)
    }
  }
}
