// A recipe as a web page: whole in one file, without scripts, to read, print and send. Pure.

import Leavers

extension ReportRecipe {
  /// The page as HTML in UTF-8. Loads nothing from anywhere.
  package var page: String {
    var body = "<h1>\(Self.escaped(title))</h1>\n"
    for sentence in introduction { body += "<p>\(Self.escaped(sentence))</p>\n" }
    for (need, heading, note) in [
      (Need.must, "Must be in the report", "Without these, files or records are held back."),
      (.should, "Should be in the report", "Records go without these, and serve less."),
    ] {
      let columns = withHeading.filter { $0.need == need }
      if columns.isEmpty { continue }
      body += "<h2>\(heading)</h2>\n<p>\(note)</p>\n<table>\n<caption>Columns that "
      body += "\(need.rawValue) be in the report</caption>\n<thead><tr><th scope=\"col\">Heading</th>"
      body += "<th scope=\"col\">What it is</th><th scope=\"col\">How it looks</th>"
      body += "<th scope=\"col\">Why</th></tr></thead>\n<tbody>\n"
      for column in columns { body += row(column) }
      body += "</tbody>\n</table>\n"
    }
    if !withoutHeading.isEmpty {
      body += "<h2>Needed, and without a heading</h2>\n<p>The header map of \(Self.escaped(misName)) names no heading "
      body += "for these. If the system has them, put them in and tell whoever looks after leaverlink what the column "
      body += "is called.</p>\n<ul>\n"
      for column in withoutHeading {
        body += "<li>\(Self.escaped(column.name)) (\(column.need.rawValue)): "
        body += "\(Self.escaped(column.why.joined(separator: " ")))</li>\n"
      }
      body += "</ul>\n"
    }
    let lists = withHeading.filter { !$0.answers.isEmpty && $0.answers.count <= 60 }
    if !lists.isEmpty { body += "<h2>Answers</h2>\n" }
    for column in lists {
      body += "<h3>\(Self.escaped(column.heading ?? column.name))</h3>\n<ul>\n"
      for answer in column.answers { body += "<li>\(Self.escaped(answer))</li>\n" }
      body += "</ul>\n"
    }
    return """
      <!DOCTYPE html>
      <html lang="en-GB">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(Self.escaped(title))</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <main>
      \(body)</main>
      </body>
      </html>

      """
  }

  private func row(_ column: Column) -> String {
    var heading = Self.escaped(column.heading ?? "")
    if !column.otherHeadings.isEmpty {
      let others = column.otherHeadings.map(Self.escaped).joined(separator: ", ")
      heading += "<br><small>or \(others)</small>"
    }
    let cells = [column.name, column.form ?? "", column.why.joined(separator: " ")].map {
      "<td>\(Self.escaped($0))</td>"
    }
    return "<tr><th scope=\"row\">\(heading)</th>\(cells.joined())</tr>\n"
  }

  /// Dark on light, wide enough to read, and on paper without what only a screen needs.
  private static let style = """
    body { font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0; }
    main { max-width: 70rem; margin: 0 auto; padding: 1rem; }
    table { border-collapse: collapse; width: 100%; }
    caption { text-align: left; padding: .25rem 0; }
    th, td { border: 1px solid #767676; padding: .35rem .5rem; text-align: left; vertical-align: top; }
    thead th { background: #ececec; }
    small { font-weight: normal; }
    @media print {
      main { max-width: none; padding: 0; }
      thead { display: table-header-group; }
      tr, li { break-inside: avoid; }
      h2, h3 { break-after: avoid; }
    }
    """

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
