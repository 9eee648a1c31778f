// What the calendar says is to be done, as things to do. Pure.

package import Leavers
package import Ledger
package import Profiles

extension Configuration {
  /// The returns that are due soon or overdue, and of which something is missing.
  package func dueItems(of deadlines: [ReturnDeadline], on day: CalendarDate) -> [TodoItem] {
    deadlines.filter { $0.needsSomebody(on: day) }.map { deadline in
      let school = self.school(deadline.school)?.name
      return TodoItem(
        code: .returnDue, subjects: [deadline.school.rawValue, deadline.authority.rawValue],
        text: words(deadline, on: day) + (school.map { " (\($0))" } ?? ""), school: deadline.school)
    }
  }
}
