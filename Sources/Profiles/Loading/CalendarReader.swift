// The year of the returns, from a CSV file.

import Leavers
import Tabular

/// Reads the calendar: a row a rule, or an event.
struct CalendarReader {
  let context: LoadContext
  let authorities: [AuthorityID]

  /// - Parameter path: nil where no key names a file; then the usual one is read if it is there.
  func read(_ path: String?, at place: FilePlace) -> ReturnCalendar {
    let usual = context.root + "/calendar.csv"
    if path == nil, case .missing = ConfigurationFiles.look(usual) { return ReturnCalendar() }
    let path = path ?? usual
    guard context.requireFile(path, at: place, what: "the calendar"),
      let bytes = context.read(path, at: place, what: "the calendar")
    else { return ReturnCalendar() }
    let table: TableFile
    do { table = try TableFile(bytes) } catch {
      flaw(path, max(1, error.line), "the table cannot be read: \(error.message)", "save it as CSV UTF-8 with commas")
      return ReturnCalendar()
    }
    let needed = ["what", "cohorts", "authority", "opens", "due", "closes"]
    for name in needed where !table.header.contains(name) {
      flaw(path, 1, "the calendar has no column \(quoted(name))", "add it; it may be blank")
    }
    guard needed.allSatisfy(table.header.contains) else { return ReturnCalendar() }
    return calendar(table, path)
  }

  private func flaw(_ path: String, _ line: Int, _ message: String, _ remedy: String) {
    context.log.error(.calendar, at: FilePlace(file: path, line: line), message, remedy: remedy)
  }

  private func calendar(_ table: TableFile, _ path: String) -> ReturnCalendar {
    var rules: [(rule: ReturnCalendar.Rule, line: Int)] = []
    var events: [ReturnCalendar.Event] = []
    for row in table.rows {
      let cells = row.cells.map(\.trimmedOfBlanks)
      if cells.allSatisfy(\.isEmpty) { continue }
      func cell(_ name: String) -> String {
        guard let place = table.header.firstIndex(of: name), cells.indices.contains(place) else { return "" }
        return cells[place]
      }
      func day(_ name: String) -> CalendarDay? {
        guard !cell(name).isEmpty else { return nil }
        let day = CalendarDay(cell(name))
        if day == nil {
          flaw(
            path, row.line, "\(quoted(cell(name))) is no day of a calendar (column \(name))",
            "write 2026-09-30, 09-30, +01-31, -10-01 or last-friday-in-june")
        }
        return day
      }
      let days = (opens: day("opens"), due: day("due"), closes: day("closes"))
      guard let extents = extents(cell("cohorts"), path, row.line) else { continue }
      for extent in extents {
        if let kind = ReturnKind(rawValue: cell("what")) {
          let authority = authority(cell("authority"), path, row.line)
          let rule = ReturnCalendar.Rule(
            kind: kind, extent: extent, authority: authority, opens: days.opens, due: days.due, closes: days.closes)
          check(rule, path, row.line)
          if let other = rules.first(where: { $0.rule.clashes(with: rule) }) {
            flaw(path, row.line, "the return is on line \(other.line) as well", "keep one of the two")
          }
          rules.append((rule, row.line))
        } else if !cell("what").isEmpty, let due = days.due {
          events.append(ReturnCalendar.Event(name: cell("what"), extent: extent, day: due))
        } else if !cell("due").isEmpty || cell("what").isEmpty {
          if cell("what").isEmpty {
            flaw(path, row.line, "it is not said what this is", "name a kind of return, or the event")
          }
        } else {
          flaw(
            path, row.line, "\(quoted(cell("what"))) is no kind of return, and an event needs its day under due",
            Nearest.remedy(
              for: cell("what"), among: ReturnKind.allCases.map(\.rawValue), otherwise: "fill in due"))
        }
      }
    }
    return ReturnCalendar(rules: rules.map(\.rule), events: events)
  }

  private func extents(_ text: String, _ path: String, _ line: Int) -> [ReturnCalendar.Extent]? {
    if text.isEmpty || text == "*" { return [.all] }
    var extents: [ReturnCalendar.Extent] = []
    for part in text.split(separator: "|").map({ String($0).trimmedOfBlanks }) {
      if let cohort = Cohort(part) {
        extents.append(.cohort(cohort))
      } else if let stage = Cohort.Stage(part) {
        extents.append(.stage(stage))
      } else {
        flaw(path, line, "\(quoted(part)) is no cohort", "write Y11, Y11-2027, or several divided by |")
        return nil
      }
    }
    return extents
  }

  private func authority(_ text: String, _ path: String, _ line: Int) -> AuthorityID? {
    guard !text.isEmpty, text != "*" else { return nil }
    guard let id = authorities.first(where: { $0.rawValue == text }) else {
      flaw(
        path, line, "no authority is called \(quoted(text))",
        Nearest.remedy(for: text, among: authorities.map(\.rawValue), otherwise: "write its id, or * for all"))
      return nil
    }
    return id
  }

  /// A date with a year is about one cohort; what opens comes before what is due.
  private func check(_ rule: ReturnCalendar.Rule, _ path: String, _ line: Int) {
    let days = [rule.opens, rule.due, rule.closes].compactMap { $0 }
    var year = 2027
    if case .cohort(let cohort) = rule.extent {
      year = cohort.leavingYear
    } else if days.contains(where: \.isAbsolute) {
      flaw(path, line, "a date with a year is about one cohort", "write the cohort with its year, such as Y11-2027")
    }
    let dates = days.compactMap { $0.date(leavingYear: year) }
    if dates != dates.sorted() {
      flaw(path, line, "the days are not in their order", "let it open, be due, then close")
    }
  }
}
