// The specification of a feed, for the tracking team that agrees to it. Pure.

package import Leavers
package import Profiles
package import Tabular

/// A page with all that one authority is to get: who, what, in which form, when, and how to answer.
package struct ProfilePage: Sendable {
  private let authority: AuthorityProfile
  private let configuration: Configuration
  private let kinds: [ReturnKind]

  /// `kind`: nil for all.
  package init(_ authority: AuthorityProfile, in configuration: Configuration, kind: ReturnKind? = nil) {
    self.authority = authority
    self.configuration = configuration
    kinds = kind.map { [$0] } ?? authority.returns.map(\.kind)
  }

  package var page: HTMLPage {
    var body: HTML = """
      <h1>What schools send to \(authority.name)</h1>
      <p>For its tracking team: the files that schools with leaverlink make for it, to be read, corrected and agreed to.</p>

      """
    switch authority.evidence {
    case .illustrative:
      body +=
        "<p class=\"lead stop\">Nobody has agreed to this yet. It is an example, and no pupil's data goes by it.</p>\n"
    case .trial:
      body += "<p class=\"lead\">On trial: invented pupils marked TEST only.</p>\n"
    case .agreed(let with, let on):
      body += "<p class=\"lead done\">Agreed with \(with) on \(on.description).</p>\n"
    }
    for profile in authority.returns where kinds.contains(profile.kind) { body += section(profile) }
    body += replies
    body += """
      <h2>Agreement</h2>
      <p>Please correct whatever is not as your system needs it. When it is right:</p>
      <table><tbody>
      <tr><th scope="row">Agreed by (name and team)</th><td>&nbsp;</td></tr>
      <tr><th scope="row">On</th><td>&nbsp;</td></tr>
      </tbody></table>

      """
    return HTMLPage(title: "What schools send to \(authority.name)", body: body)
  }

  // MARK: One return

  private func section(_ profile: ReturnProfile) -> HTML {
    let facts: [(String, String)] = [
      ("Who is in it", who(profile)), ("Where sharing was refused", floor(profile)),
      ("When it goes", when(profile)), ("The file's name", "\(profile.fileName.source), such as \(name(profile))"),
      ("The file", format(profile)), ("Rests on", basis(profile)),
    ]
    var section: HTML = """
      <h2>\(profile.kind.words)</h2>
      <table><tbody>
      \(HTML.joined(facts.map { "<tr><th scope=\"row\">\($0.0)</th><td>\($0.1)</td></tr>\n" as HTML }))</tbody></table>
      <table>
      <caption>The columns, in their order</caption>
      <thead><tr><th scope="col">Heading</th><th scope="col">What it says</th><th scope="col">Asked of it</th></tr></thead>
      <tbody>
      \(HTML.joined(profile.columns.map(row)))</tbody>
      </table>

      """
    for column in profile.columns { section += codes(column) }
    section += examples(profile)
    return section
  }

  private func row(_ column: ReturnColumn) -> HTML {
    var asked: [String] = []
    if column.required { asked.append("a pupil without it waits at the school") }
    if let max = column.max { asked.append("at most \(max) characters") }
    if let element = column.element { asked.append("element \(element)") }
    return """
      <tr><th scope="row">\(column.name)</th><td>\(FormWords.words(column.form))</td><td>\
      \(asked.joined(separator: "; "))</td></tr>

      """
  }

  /// The codes and words of a column, and of every part of it, with what they mean: in the authority's own words where it
  /// has them.
  private func codes(_ column: ReturnColumn) -> HTML {
    let tables = column.form.all.compactMap { form -> HTML? in
      let entries = entries(of: form)
      let rows: [(written: String, means: String)]
      if !form.map.isEmpty {
        rows = Self.rows(form.map, entries)
      } else if let lookup = form.lookup {
        rows = Self.rows(lookup.table.map(lookup.column), entries)
      } else if form.codes != nil {
        rows = entries.filter { !$0.isLegacy }.map { ($0.code, $0.label) }
      } else {
        return nil
      }
      // A part has no heading of its own: its field tells which it is.
      let part = form == column.form ? nil : form.source.field.map { ": \(FormWords.name($0))" }
      return """
        <table>
        <caption>\(column.name + (part ?? ""))</caption>
        <thead><tr><th scope="col">Written</th><th scope="col">Means</th></tr></thead>
        <tbody>
        \(HTML.joined(rows.map { "<tr><th scope=\"row\">\($0.written)</th><td>\($0.means)</td></tr>\n" as HTML }))</tbody>
        </table>

        """
    }
    return HTML.joined(tables)
  }

  private func entries(of form: CellForm) -> [CodeEntry] {
    let own: String? = if case .code(let set)? = form.source.field?.type { set } else { nil }
    return (form.codes ?? own).flatMap { configuration.codes[$0]?.entries } ?? []
  }

  private static func rows(_ map: ValueMap, _ entries: [CodeEntry]) -> [(written: String, means: String)] {
    map.entries.map { entry in
      let label = entries.first { $0.code == entry.ours }?.label ?? entry.ours
      let days = [entry.from.map { "from \($0)" }, entry.until.map { "until \($0)" }].compactMap { $0 }
      return (entry.theirs, label + (days.isEmpty ? "" : " (\(days.joined(separator: " ")))"))
    }
  }

  private func examples(_ profile: ReturnProfile) -> HTML {
    let shown = profile.examples.compactMap { example -> [[String: String]]? in
      if case .rows(let rows) = example.outcome { rows } else { nil }
    }.joined()
    guard !shown.isEmpty else { return HTML() }
    let rows = shown.map { row in
      let cells = profile.columns.map { "<td>\(row[$0.name] ?? "…")</td>" as HTML }
      return "<tr>\(HTML.joined(cells))</tr>\n" as HTML
    }
    let headings = profile.columns.map { "<th scope=\"col\">\($0.name)</th>" as HTML }
    return """
      <table>
      <caption>Invented pupils, as they would stand in the file (… is not part of the example)</caption>
      <thead><tr>\(HTML.joined(headings))</tr></thead>
      <tbody>
      \(HTML.joined(rows))</tbody>
      </table>

      """
  }

  // MARK: In words

  private func floor(_ profile: ReturnProfile) -> String {
    let covering = authority.agreements.filter { $0.kinds.contains(profile.kind) }
    // That a pupil is in such a return is itself what may not be told.
    if profile.kind == .riskOfNEET { return "The pupil is not in the file." }
    guard covering.contains(where: \.basis.knowsObjection) else {
      return covering.isEmpty ? "Nothing goes." : "It makes no difference: the law knows no objection to this notice."
    }
    let filled = profile.columns.filter { column in covering.contains { column.form.speaks(atFloorUnder: $0) } }.map(
      \.name)
    return filled.isEmpty
      ? "Every cell is blank." : "Only \(filled.joined(separator: ", ")); every other cell is blank."
  }

  private func who(_ profile: ReturnProfile) -> String {
    var words = [
      profile.cohorts.map { "Year \($0.rawValue)" }.joined(separator: ", "),
      profile.routedBy == .educated ? "of schools in the authority's area" : "who live in the authority's area",
    ]
    if !profile.enrolment.isEmpty { words.append("enrolled as \(profile.enrolment.joined(separator: ", "))") }
    words += profile.conditions.map { "where \(FormWords.condition($0))" }
    switch profile.rows {
    case .pupil: break
    case .characteristic: words.append("a row for each characteristic")
    case .destination: words.append("a row for each destination")
    }
    if profile.changesOnly { words.append("only those of whom something changed") }
    if !profile.sort.isEmpty { words.append("sorted by \(profile.sort.joined(separator: ", "))") }
    return words.joined(separator: "; ")
  }

  private func when(_ profile: ReturnProfile) -> String {
    switch profile.send {
    case .onRelease: "when somebody at the school lets it go"
    case .atOnce:
      profile.kind == .earlyLeavers ? "once a day, where there is something new" : "as soon as there is something new"
    case .onCalendar: "on the days of the calendar" + calendarDays(profile)
    case .onDates(let dates): "on " + dates.map(\.description).joined(separator: ", ")
    }
  }

  /// The cohort that examples are of.
  private func cohort(_ profile: ReturnProfile) -> Cohort {
    Cohort(stage: profile.cohorts.first ?? .y11, leavingYear: 2027)
  }

  private func calendarDays(_ profile: ReturnProfile) -> String {
    let cohort = cohort(profile)
    let days = configuration.calendar.sendDates(of: profile.kind, cohort, for: authority.id)
    return days.isEmpty ? "" : ", for \(cohort) on " + days.map(\.description).joined(separator: ", ")
  }

  private func name(_ profile: ReturnProfile) -> String {
    let day = authority.agreements.first { $0.kinds.contains(profile.kind) }?.from ?? .last
    let values = ReturnNaming.values(
      school: ExampleSchool.of(authority), authority: authority.id, kind: profile.kind, cohort: cohort(profile),
      sequence: 3, day: day)
    // What cannot be made into a name is told of by `check`; the page is about the rest as well.
    return (try? profile.fileName.render(values)) ?? profile.fileName.source
  }

  private func format(_ profile: ReturnProfile) -> String {
    switch profile.format {
    case .csv(let form):
      let delimiter =
        switch form.dialect.delimiter {
        case .comma: "commas"
        case .semicolon: "semicolons"
        case .tab: "tabs"
        case .bar: "upright strokes"
        }
      var words = [
        "text with \(delimiter) between cells, \(form.dialect.encoding)",
        form.dialect.quoting == .always ? "every cell in quotes" : "quotes where needed",
        form.dialect.newline == .crlf ? "lines end with CR and LF" : "lines end with LF",
        form.hasColumnNames ? "headings in the first line of the table" : "without headings",
      ]
      if form.dialect.byteOrderMark { words.append("with a byte order mark") }
      words += form.head.map { "above: " + $0.map(\.source).joined(separator: " | ") }
      words += form.tail.map { "below: " + $0.map(\.source).joined(separator: " | ") }
      return words.joined(separator: "; ")
    case .workbook(let form):
      return "Excel workbook, sheet “\(form.sheet)”: identifiers as text, dates as dates"
    case .template(let form):
      return
        "your own workbook, filled in from cell \(form.first.cell) of “\(form.first.sheet)” on; all else in it stays"
    case .xml(let form):
      return "XML, root \(form.root), an element \(form.row) for each row"
        + (form.namespace.map { ", namespace \($0)" } ?? "")
        + (form.schema == nil ? "; checked by no schema" : "; checked by your schema before it leaves")
    }
  }

  private func basis(_ profile: ReturnProfile) -> String {
    let covering = authority.agreements.filter { $0.kinds.contains(profile.kind) }
    guard !covering.isEmpty else { return "no agreement yet: nothing goes" }
    return covering.map { agreement in
      "\(agreement.reference) (\(agreement.basis.words)), \(agreement.from) to \(agreement.until)"
        + (agreement.coversSpecial ? ", special category data" : "")
        + (agreement.coversOffences ? ", data about offences" : "")
    }.joined(separator: "; ")
  }

  // MARK: Answers

  private var replies: HTML {
    let acknowledges =
      switch authority.acknowledges {
      case .never: "None is waited for."
      case .byHand: "By word of mouth or e-mail; somebody at the school enters it."
      case .file: "As a file, described below."
      }
    var result: HTML = "<h2>Your answers</h2>\n<p>Acknowledgement: \(acknowledges)</p>\n"
    for reply in authority.replies {
      let rows = reply.columns.map { column, header in
        "<tr><th scope=\"row\">\(header)</th><td>\(Self.words(column))</td></tr>\n" as HTML
      }
      result += """
        <table>
        <caption>\(reply.kind.words): a file called \(reply.match.source)</caption>
        <thead><tr><th scope="col">Heading</th><th scope="col">What it says</th></tr></thead>
        <tbody>
        \(HTML.joined(rows))</tbody>
        </table>

        """
    }
    return result
  }

  private static func words(_ column: ReplyProfile.Column) -> String {
    switch column {
    case .field(let field): FormWords.name(field)
    case .reference: "your own reference of the young person"
    case .returnFile: "the name of our file"
    case .verdict: "whether it was taken"
    case .rowsLoaded: "rows loaded"
    case .rowsRejected: "rows refused"
    case .reason: "why"
    case .sha256: "SHA-256 of our file"
    case .due: "the day by which an answer is due"
    }
  }
}
