// The year of the returns, from a CSV file.

import Leavers
import Tabular

/// Reads the calendar: a row a rule, or an event.
struct CalendarReader {
  let context: LoadContext
  let authorities: [AuthorityID]

  /// - Parameter path: nil where no key names a file; then the usual one is read if it is there.
  func read(_ path: String?, at place: FilePlace) -> CalendarDraft {
    let usual = context.root + "/calendar.csv"
    if path == nil, case .missing = ConfigurationFiles.look(usual) { return CalendarDraft() }
    let path = path ?? usual
    guard context.requireFile(path, at: place, what: "the calendar"),
      let bytes = context.read(path, at: place, what: "the calendar")
    else { return CalendarDraft() }
    let table: TableFile
    do { table = try TableFile(bytes) } catch {
      flaw(path, max(1, error.line), "the table cannot be read: \(error.message)", "save it as CSV UTF-8 with commas")
      return CalendarDraft()
    }
    let needed = ["what", "cohorts", "authority", "opens", "due", "closes"]
    for name in needed where !table.header.contains(name) {
      flaw(path, 1, "the calendar has no column \(quoted(name))", "add it; it may be blank")
    }
    guard needed.allSatisfy(table.header.contains) else { return CalendarDraft() }
    return calendar(table, path)
  }

  /// A row: its cells by the name of their column.
  private struct Row {
    let path: String
    let line: Int
    let cells: [String: String]

    subscript(_ name: String) -> String { cells[name] ?? "" }
  }

  private func flaw(_ path: String, _ line: Int, _ message: String, _ remedy: String) {
    context.log.error(.calendar, at: FilePlace(file: path, line: line), message, remedy: remedy)
  }

  private func flaw(_ row: Row, _ message: String, _ remedy: String) { flaw(row.path, row.line, message, remedy) }

  private func calendar(_ table: TableFile, _ path: String) -> CalendarDraft {
    var rules: [(rule: ReturnCalendar.Rule, line: Int)] = []
    var events: [ReturnCalendar.Event] = []
    for record in table.rows {
      let cells = record.cells.map(\.trimmedOfBlanks)
      if cells.allSatisfy(\.isEmpty) { continue }
      let row = Row(
        path: path, line: record.line,
        cells: Dictionary(zip(table.header, cells), uniquingKeysWith: { first, _ in first }))
      if let kind = ReturnKind(rawValue: row["what"]) {
        for rule in self.rules(of: kind, row) {
          if let other = rules.first(where: { $0.rule.clashes(with: rule) }) {
            flaw(row, "the return is on line \(other.line) as well", "keep one of the two")
          }
          rules.append((rule, row.line))
        }
      } else {
        events += self.events(row)
      }
    }
    return CalendarDraft(
      calendar: ReturnCalendar(rules: rules.map(\.rule), events: events),
      rulePlaces: rules.map { FilePlace(file: path, line: $0.line) })
  }

  private func rules(of kind: ReturnKind, _ row: Row) -> [ReturnCalendar.Rule] {
    let opens = day("opens", row)
    let due = day("due", row)
    let closes = day("closes", row)
    let send = row["send"].split(separator: "|").compactMap { day(String($0).trimmedOfBlanks, in: "send", row) }
    guard let extents = extents(row), let whom = whom(row) else { return [] }
    if due == nil, closes != nil {
      context.log.warning(
        .calendar, at: FilePlace(file: row.path, line: row.line),
        "a return of which only the end stands here is not reminded of", remedy: "write the day that it is due by too")
    }
    let order = [opens, due, closes].compactMap { $0 }
    let sendings = send.map { day in [opens, day, closes].compactMap { $0 } }
    checkDays([order] + sendings, of: extents, row)
    if let due { checkSends(send, due: due, of: extents, row) }
    return extents.map {
      ReturnCalendar.Rule(
        kind: kind, extent: $0, authority: whom.authority, opens: opens, due: due, closes: closes, send: send)
    }
  }

  /// An event is any word but a kind of return or one like it, and has a day and nothing else: a kind mistyped would lose
  /// its days in silence.
  private func events(_ row: Row) -> [ReturnCalendar.Event] {
    let name = row["what"]
    guard !name.isEmpty else {
      flaw(row, "it is not said what this is", "name a kind of return, or the event")
      return []
    }
    let kinds = ReturnKind.allCases.map(\.rawValue)
    let excess = ["opens", "closes", "send", "authority"].filter { !row[$0].isEmpty }
    let near = Nearest.word(to: name, among: kinds).map { [$0] }
    let meant = near ?? kinds.filter { Self.shareAWord($0, name) }
    if !meant.isEmpty {
      let kinds = meant.map { "\"\($0)\"" }.joined(separator: " or ")
      let remedy = "did you mean \(kinds)? Else give the event other words"
      guard near == nil, excess.isEmpty, !row["due"].isEmpty else {
        flaw(row, "\(quoted(name)) is no kind of return", remedy)
        return []
      }
      // A "Leavers' ball" is an event in all but one word: it must not stop everything.
      context.log.warning(
        .calendar, at: FilePlace(file: row.path, line: row.line),
        "\(quoted(name)) is taken for an event, not for a return",
        remedy: remedy)
    }
    guard excess.isEmpty, !row["due"].isEmpty else {
      let why = excess.isEmpty ? "its day under due" : "its day under due and no \(excess.joined(separator: ", "))"
      flaw(
        row, "\(quoted(name)) is no kind of return, and an event has \(why)",
        "of an event fill in due and leave the others blank; of a return write one of: \(kinds.joined(separator: ", "))"
      )
      return []
    }
    guard let due = day("due", row), let extents = extents(row) else { return [] }
    checkDays([[due]], of: extents, row)
    return extents.map { ReturnCalendar.Event(name: name, extent: $0, day: due) }
  }

  /// Of a name one or many is alike, and short words tell nothing.
  private static func shareAWord(_ left: String, _ right: String) -> Bool {
    func words(_ name: String) -> Set<Substring> {
      let words = name.lowercased().split { !$0.isLetter }.map { $0.last == "s" ? $0.dropLast() : $0 }
      return Set(words.filter { $0.count > 3 })
    }
    return !words(left).isDisjoint(with: words(right))
  }

  private func day(_ column: String, _ row: Row) -> CalendarDay? {
    row[column].isEmpty ? nil : day(row[column], in: column, row)
  }

  private func day(_ text: String, in column: String, _ row: Row) -> CalendarDay? {
    let day = CalendarDay(text)
    if day == nil {
      flaw(
        row, "\(quoted(text)) is no day of a calendar (column \(column))",
        "write 2026-09-30, 09-30, +01-31, -10-01 or last-friday-in-june"
          + (column == "send" ? ", several divided by |" : ""))
    }
    return day
  }

  private func extents(_ row: Row) -> [ReturnCalendar.Extent]? {
    let text = row["cohorts"]
    if text.isEmpty || text == "*" { return [.all] }
    var extents: [ReturnCalendar.Extent] = []
    for part in text.split(separator: "|").map({ String($0).trimmedOfBlanks }) {
      if let cohort = Cohort(part) {
        extents.append(.cohort(cohort))
      } else if let stage = Cohort.Stage(part) {
        extents.append(.stage(stage))
      } else {
        flaw(row, "\(quoted(part)) is no cohort", "write Y11, Y11-2027, or several divided by |")
        return nil
      }
    }
    return extents
  }

  private struct Whom {
    /// Nil for all.
    let authority: AuthorityID?
  }

  /// The authority that a row is about; nil where the row names one that is not there, which is never read
  /// as all.
  private func whom(_ row: Row) -> Whom? {
    let text = row["authority"]
    guard !text.isEmpty, text != "*" else { return Whom(authority: nil) }
    if let id = authorities.first(where: { $0.rawValue == text }) { return Whom(authority: id) }
    flaw(
      row, "no authority is called \(quoted(text))",
      Nearest.remedy(for: text, among: authorities.map(\.rawValue), otherwise: "write its id, or * for all"))
    return nil
  }

  /// What goes by itself should go in time: a later day is for what is completed afterwards.
  private func checkSends(_ send: [CalendarDay], due: CalendarDay, of extents: [ReturnCalendar.Extent], _ row: Row) {
    for year in extents.flatMap(Self.years) {
      guard let due = due.date(leavingYear: year),
        let first = send.compactMap({ $0.date(leavingYear: year) }).min(), first > due
      else { continue }
      context.log.warning(
        .calendar, at: FilePlace(file: row.path, line: row.line),
        "of those who leave in \(year) nothing goes by itself before \(first), and it is due on \(due)",
        remedy: "let the first day of send be no later than due")
      return
    }
  }

  /// The leaving years that a rule is looked at in: in 28 years each day of the year falls on each day of the week.
  private static func years(_ extent: ReturnCalendar.Extent) -> ClosedRange<Int> {
    if case .cohort(let cohort) = extent { cohort.leavingYear...cohort.leavingYear } else { 2027...2054 }
  }

  /// A date with a year is about one cohort; what opens comes before what is due, and what goes between both. The first
  /// cohort with a mistake tells of it.
  private func checkDays(_ orders: [[CalendarDay]], of extents: [ReturnCalendar.Extent], _ row: Row) {
    for extent in extents {
      let isOfOneCohort = if case .cohort = extent { true } else { false }
      if !isOfOneCohort, orders.joined().contains(where: \.isAbsolute) {
        flaw(row, "a date with a year is about one cohort", "write the cohort with its year, such as Y11-2027")
        return
      }
      for year in Self.years(extent) {
        let dates = orders.map { days in days.compactMap { $0.date(leavingYear: year) } }
        if dates.contains(where: { $0 != $0.sorted() }) {
          flaw(
            row, "the days are not in their order for those who leave in \(year)",
            "let it open, be due or be sent, then close")
          return
        }
      }
    }
  }
}
