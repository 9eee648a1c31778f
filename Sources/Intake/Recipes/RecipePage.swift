// A recipe as a web page: to read, print and send. Pure.

import Leavers
import Tabular

extension ReportRecipe {
  /// The page as HTML in UTF-8. Loads nothing from anywhere.
  package var page: String {
    var body: HTML = "<h1>\(title)</h1>\n"
    for sentence in introduction { body += "<p>\(sentence)</p>\n" }
    for (need, heading, note) in [
      (Need.must, "Must be in the report", "Without these, files or records are held back."),
      (.should, "Should be in the report", "Records go without these, and serve less."),
    ] {
      let columns = withHeading.filter { $0.need == need }
      if columns.isEmpty { continue }
      body += """
        <h2>\(heading)</h2>
        <p>\(note)</p>
        <table>
        <caption>Columns that \(need.rawValue) be in the report</caption>
        <thead><tr><th scope="col">Heading</th><th scope="col">What it is</th><th scope="col">How it looks</th>\
        <th scope="col">Why</th></tr></thead>
        <tbody>
        \(HTML.joined(columns.map(row)))</tbody>
        </table>

        """
    }
    if !withoutHeading.isEmpty {
      body += """
        <h2>Needed, and without a heading</h2>
        <p>The header map of \(misName) names no heading for these. If the system has them, put them in and tell \
        whoever looks after leaverlink what the column is called.</p>
        <ul>

        """
      for column in withoutHeading {
        body += "<li>\(column.name) (\(column.need.rawValue)): \(column.why.joined(separator: " "))</li>\n"
      }
      body += "</ul>\n"
    }
    let lists = withHeading.filter { !$0.answers.isEmpty && $0.answers.count <= 60 }
    if !lists.isEmpty { body += "<h2>Answers</h2>\n" }
    for column in lists {
      body += "<h3>\(column.heading ?? column.name)</h3>\n<ul>\n"
      for answer in column.answers { body += "<li>\(answer)</li>\n" }
      body += "</ul>\n"
    }
    return HTMLPage(title: title, body: body).text
  }

  private func row(_ column: Column) -> HTML {
    var heading: HTML = "\(column.heading ?? "")"
    if !column.otherHeadings.isEmpty {
      heading += "<br><small>or \(column.otherHeadings.joined(separator: ", "))</small>"
    }
    let cells = [column.name, column.form ?? "", column.why.joined(separator: " ")].map { "<td>\($0)</td>" as HTML }
    return "<tr><th scope=\"row\">\(heading)</th>\(HTML.joined(cells))</tr>\n"
  }
}
