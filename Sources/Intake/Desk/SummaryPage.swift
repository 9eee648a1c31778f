// What became of one export, on one page for people without a shell: what arrived, what would go where, what is held, and
// how to mend it at the source. Rows by their numbers, nobody by name. Pure.

package import Leavers
package import Profiles
import Tabular

/// The summary of an export.
package struct SummaryPage: Sendable {
  let examination: Examination
  /// The export's file name.
  let name: String
  /// The name of its checked file; nil where there is none.
  let checked: String?
  let school: School
  let mis: MISProduct?
  /// What the school calls its system.
  let misName: String
  /// Authorities by name.
  let names: [AuthorityID: String]
  /// When it was taken in, and its number in the ledger where it has one: `12 Jun 2026 10:03, E7`.
  let taken: String
  /// What it is a corrected copy of, where it is one.
  let corrects: Correction?
  /// Nil until the export is decided.
  let decisions: ExportDecisions?
  let figures: SummaryFigures

  package init(
    of examination: Examination, named name: String, checked: String?, school: School, configuration: Configuration,
    taken: String, corrects: Correction? = nil, decisions: ExportDecisions?, figures: SummaryFigures? = nil
  ) {
    self.examination = examination
    self.name = name
    self.checked = checked
    self.school = school
    self.taken = taken
    self.corrects = corrects
    self.decisions = decisions
    mis = MISProduct(headerMap: school.mis)
    let map = configuration.headerMaps[school.mis]
    misName = map.map { $0.name.isEmpty ? $0.id : $0.name } ?? school.mis
    let names = Dictionary(
      configuration.authorities.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    self.names = names
    self.figures = figures ?? SummaryFigures(of: examination, decisions) { names[$0] ?? $0.rawValue }
  }

  /// The file for the desk.
  package var file: DeskFile { (DeskNames.summary(of: name), page.bytes) }

  var page: HTMLPage {
    var body: HTML = "<h1>\(name)</h1>\n<p class=\"quiet\">\(school.name) &#183; taken in \(taken)</p>\n"
    body += lead
    body += arrived
    if examination.fatal == nil {
      body += whatGoesWhere
      body += held
      body += mistakes
    }
    body += whatToDo
    return HTMLPage(title: "\(name): what became of it", isSheet: true, body: body)
  }

  // MARK: In short

  private var lead: HTML {
    if let fatal = examination.fatal {
      return """
        <p class="lead stop"><strong>Nothing of this file was taken in.</strong> \(fatal.what) \
        \(fatal.remedy(in: mis))</p>

        """
    }
    let (held, looked) = (figures.held, figures.looked)
    var sentences = ["\(Self.number(figures.rows, "row")) with a pupil."]
    if held > 0 {
      sentences.append(
        "\(Self.number(held, "row")) \(held == 1 ? "waits" : "wait") until something is corrected or decided."
      )
    }
    if looked > 0 { sentences.append("\(Self.number(looked, "row")) more should be looked at.") }
    if held == 0, looked == 0 { sentences.append("Nothing needs to be corrected.") }
    let style = held == 0 ? "lead done" : "lead"
    return
      "<p class=\"\(style)\"><strong>\(sentences[0])</strong> \(sentences.dropFirst().joined(separator: " "))</p>\n"
  }

  private var arrived: HTML {
    var lines: [HTML] = []
    if let corrects { lines.append("\(corrects.words)") }
    if let form { lines.append("\(form)") }
    let summary = examination.summary
    if summary.merged > 0 {
      lines.append("\(Self.number(summary.merged, "row")) merged with another of the same pupil.")
    }
    if summary.blankRows > 0 {
      lines.append("\(Self.number(summary.blankRows, "row")) passed over: blank, totals, or headings once more.")
    }
    if summary.carried > 0 {
      lines.append(
        "\(Self.number(summary.carried, "pupil")) of the same year groups not in this file: kept as the files before had them."
      )
    }
    let unknown = examination.details.filter { $0.code == .unknownColumn }.compactMap(\.column)
    if !unknown.isEmpty {
      let shown = unknown.prefix(6).map { "\"\($0)\"" } + (unknown.count > 6 ? ["\(unknown.count - 6) more"] : [])
      lines.append("Not known, and not kept: \(unknown.count == 1 ? "column" : "columns") \(RecipeNeeds.list(shown)).")
    }
    if lines.isEmpty { return HTML() }
    return "<h2>What arrived</h2>\n<ul>\n\(HTML.joined(lines.map { "<li>\($0)</li>\n" }))</ul>\n"
  }

  /// What kind of file it is, and which sheet was taken and why; nil where it is none.
  private var form: String? {
    guard let layout = examination.layout else { return nil }
    switch layout {
    case .transferFile: return "Common Transfer File (XML)"
    case .text(let text):
      let divided =
        switch text.format.delimiter {
        case .comma: "commas"
        case .semicolon: "semicolons"
        case .tab: "tabs"
        case .bar: "bars"
        }
      return "Text in \(text.format.encoding.rawValue), divided by \(divided)."
    case .sheet(let sheet):
      let notes = examination.details.filter {
        [.sheetTaken, .otherSheet, .hiddenSheet, .sheetUnread].contains($0.code)
      }
      guard !notes.isEmpty else { return "An Excel workbook; its only sheet was read." }
      let taken = notes.first { $0.code == .sheetTaken }
      let called = taken?.value.map { " \"\($0.exposed)\"" } ?? ""
      var words = "An Excel workbook; sheet \(sheet.sheet)\(called) was read."
      for note in notes {
        let other = note.code == .sheetTaken ? "" : note.value.map { " (\"\($0.exposed)\")" } ?? ""
        words += " \(note.what.dropLast(note.what.hasSuffix(".") ? 1 : 0))\(other)."
      }
      return words
    }
  }

  // MARK: Tables

  private var whatGoesWhere: HTML {
    guard let decisions else {
      return """
        <h2>What would go where</h2>
        <p>This is decided in a moment; this page is then written again. If it still says so after some minutes, tell \
        whoever looks after leaverlink.</p>

        """
    }
    // What validation holds of a cohort is held for everybody, and told below.
    let held = figures.heldForAll
    let lines = decisions.lines.filter { line in
      line[.held] > held[line.cohort, default: 0]
        || [.sent, .unchanged, .withheld, .superseded].contains { line[$0] > 0 }
    }
    let others = Set(decisions.lines.map(\.authority)).subtracting(lines.map(\.authority))
    var section: HTML = "<h2>What would go where</h2>\n"
    if decisions.lines.isEmpty { section += "<p>No authority is set up for this school.</p>\n" }
    if !lines.isEmpty {
      let heads = ["In full", "Name, address, birth date only", "As sent before", "Held", "Withheld", "Not theirs"]
      section += """
        <table>
        <thead><tr><th scope="col">Authority</th><th scope="col">Return</th><th scope="col">Leavers of</th>\
        \(HTML.joined(heads.map { "<th scope=\"col\" class=\"number\">\($0)</th>" }))</tr></thead>
        <tbody>
        \(HTML.joined(lines.map(row)))</tbody>
        </table>
        <p class="quiet">Rows. Nothing goes before its return is released or its day has come.</p>

        """
    }
    if !others.isEmpty {
      section += "<p>Of no pupil in this file hears: \(RecipeNeeds.list(others.map(authority).sorted())).</p>\n"
    }
    if !decisions.unrouted.isEmpty {
      section += """
        <p><strong>No authority gets \(RowNumbers.words(decisions.unrouted)).</strong> \(RowReport.unroutedRemedy)</p>

        """
    }
    return section
  }

  private func row(_ line: ExportDecisions.Line) -> HTML {
    let counts = [
      line[.sent] - line.floor, line.floor, line[.unchanged], line[.held], line[.withheld], line[.notRouted],
    ]
    let cells = counts.map { "<td class=\"number\">\($0 == 0 ? "–" : "\($0)")</td>" as HTML }
    let replaced = line[.superseded] == 0 ? "" : "; \(line[.superseded]) replaced by a newer file"
    return """
      <tr><th scope="row">\(authority(line.authority))</th><td>\(line.kind.words)\(replaced)</td>\
      <td>\(line.cohort?.description ?? "all years")</td>\(HTML.joined(cells))</tr>

      """
  }

  private var held: HTML {
    let groups = figures.heldGroups
    if groups.isEmpty { return HTML() }
    let rows = groups.map { group in
      """
      <tr><th scope="row">\(group.why.words)</th><td>\(group.isHeld ? "held for" : "withheld from") \(group.from)</td>\
      <td>\(group.rows)</td><td>\(group.why.remedy)</td></tr>

      """ as HTML
    }
    return """
      <h2>What is held, and why</h2>
      <table>
      <thead><tr><th scope="col">Why</th><th scope="col">From whom</th><th scope="col">Which</th>\
      <th scope="col">What to do</th></tr></thead>
      <tbody>
      \(HTML.joined(rows))</tbody>
      </table>

      """
  }

  private var mistakes: HTML {
    let groups = figures.mistakes
    if groups.isEmpty { return HTML() }
    let shown = groups.prefix(MistakeGroup.most)
    let rows = shown.map { group in
      """
      <tr><td class="number">\(group.count)</td><th scope="row">\(group.what)</th><td>\(group.place)</td>\
      <td>\(FindingsCatalogue.known(group.code).remedy(in: mis))</td></tr>

      """ as HTML
    }
    var section: HTML = """
      <h2>The commonest mistakes, and how to mend them in \(misName)</h2>
      <table>
      <thead><tr><th scope="col" class="number">How many</th><th scope="col">What</th><th scope="col">Where</th>\
      <th scope="col">What to do</th></tr></thead>
      <tbody>
      \(HTML.joined(rows))</tbody>
      </table>

      """
    var more: [String] = []
    if groups.count > shown.count {
      let left = groups.dropFirst(shown.count)
      let findings = left.reduce(0) { $0 + $1.count }
      more.append("Left off here: \(Self.number(left.count, "further kind")) of mistake, \(findings) in all.")
    }
    let listed = Examination.listedFindings
    if figures.findings > listed {
      more.append(
        "The findings file lists the first \(listed) of \(figures.findings); the checked file has all of them."
      )
    }
    if !more.isEmpty { section += "<p>\(more.joined(separator: " "))</p>\n" }
    return section
  }

  private var whatToDo: HTML {
    var steps: [HTML] = []
    let isClean =
      examination.fatal == nil && examination.summary.errors == 0 && examination.summary.warnings == 0
      && !figures.heldGroups.contains(where: \.isHeld) && decisions?.unrouted.isEmpty != false
    if isClean {
      steps.append("Nothing needs to be corrected.")
    } else if examination.fatal != nil {
      steps.append("Put the file right, or export it again from \(misName).")
      steps.append("Put it into the folder <strong>\(school.inFolderName)</strong>, under the same name or another.")
    } else {
      steps.append(
        "Correct it in \(misName), so that it stays right. What is wrong in each row stands in the last two columns of <em>\(checked ?? "the checked file")</em>."
      )
      steps.append(
        "Export it again, or correct the checked file itself and save it, and put it into the folder <strong>\(school.inFolderName)</strong>, under the same name or another."
      )
      steps.append("What did not change is not sent again.")
    }
    return "<h2>What to do next</h2>\n<ol>\n\(HTML.joined(steps.map { "<li>\($0)</li>\n" }))</ol>\n"
  }

  private func authority(_ id: AuthorityID) -> String { names[id] ?? id.rawValue }

  static func number(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
