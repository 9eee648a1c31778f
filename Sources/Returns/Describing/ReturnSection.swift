// One kind of return on the page that a tracking team agrees to. Pure.

import Leavers
import Profiles
import Tabular

/// The part of the page about one kind of return.
struct ReturnSection {
  private let specification: ReturnSpecification

  init(_ specification: ReturnSpecification) { self.specification = specification }

  var html: HTML {
    """
    <h2>\(specification.profile.kind.words)</h2>
    \(HTML.facts(facts))\(agreements)\(year)\(form)\(columns)\(words)\(examples)
    """
  }

  private var facts: [FeedSpecification.Fact] {
    let sheet =
      specification.coverSheet.map {
        "a page with totals by code, sizes and the file's SHA-256 goes with each file, such as \($0); it names nobody"
      } ?? "none"
    return [
      .init(name: "Who is in it", text: specification.who.joined(separator: "; ")),
      .init(
        name: "Where sharing was refused, or nobody was asked yet",
        text: specification.refused.joined(separator: " ")),
      .init(name: "When it goes", text: specification.sending.words.joined(separator: ", ")),
      .init(
        name: "The file's name", text: "\(specification.profile.fileName.source), such as \(specification.fileName)"),
      .init(name: "In the name", text: specification.placeholders.joined(separator: "; ")),
      .init(name: "Cover sheet", text: sheet),
    ]
  }

  private var agreements: HTML {
    guard !specification.agreements.isEmpty else { return "<p>No agreement yet: nothing goes.</p>\n" }
    return HTML.table(
      caption: "Rests on", headings: ["Agreement", "From", "To", "Basis", "Who and what"],
      specification.agreements.map { one in
        [
          one.agreement.reference + (one.standing == .over ? " (over)" : ""), one.agreement.from.description,
          one.agreement.until.description, one.agreement.basis.words, one.terms.joined(separator: "; "),
        ]
      })
  }

  private var year: HTML {
    let year = specification.sending.year
    guard !year.isEmpty else { return HTML() }
    return HTML.table(
      caption: "By when schools think that you want it", headings: ["Cohort", "Opens", "Due", "Closes"],
      year.map { cohort, days in
        [cohort.description] + [days.opens, days.due, days.closes].map { $0?.description ?? "not set" }
      })
  }

  // MARK: The file

  private var form: HTML {
    let format = specification.format
    var form: HTML = "<h3>The file</h3>\n\(HTML.facts(format.facts))"
    if !format.texts.isEmpty {
      form += HTML.table(
        caption: "About the file as a whole", headings: ["Where", "What stands there", "In the example below"],
        format.texts.map { [$0.place, $0.written, $0.shown] })
      if !format.placeholders.isEmpty { form += "<p>\(format.placeholders.joined(separator: "; ")).</p>\n" }
    }
    return form
  }

  private var columns: HTML {
    let hasPlaces = specification.columns.contains { $0.place != nil }
    return HTML.table(
      caption: "The columns, in their order",
      headings: ["Heading"] + (hasPlaces ? ["Where"] : []) + ["What it says", "Asked of it"],
      specification.columns.map { column in
        [column.column.name] + (hasPlaces ? [column.place ?? ""] : [])
          + [column.says, column.asked.joined(separator: "; ")]
      })
  }

  private var words: HTML {
    HTML.joined(
      specification.columns.flatMap { column in
        column.words.map { words in
          HTML.table(
            caption: column.column.name + (words.part.map { ": \($0)" } ?? ""), headings: ["Written", "Means"],
            words.rows.map { [$0.written, $0.means] })
        }
      })
  }

  // MARK: Examples

  private var examples: HTML {
    let pupils = specification.examples.pupils
    guard !pupils.isEmpty else { return HTML() }
    var html: HTML = "<h3>Invented pupils</h3>\n"
    let rows = pupils.flatMap { pupil in pupil.rows.map { [Self.given(pupil)] + $0 } }
    if !rows.isEmpty {
      html += HTML.table(
        caption: "What the file says of them", headings: ["Known"] + specification.columns.map(\.column.name), rows)
    }
    let kept = pupils.compactMap { pupil in
      pupil.kept.map { "<li>\(Self.given(pupil)): such a pupil is not in the file, because \($0).</li>\n" as HTML }
    }
    if !kept.isEmpty { html += "<ul>\n\(HTML.joined(kept))</ul>\n" }
    if let file = specification.examples.file { html += "<p>The whole file:</p>\n<pre>\(file)</pre>\n" }
    return html
  }

  private static func given(_ pupil: ExampleSpecification.Pupil) -> String {
    pupil.given.isEmpty ? "name, date of birth, UPN" : pupil.given
  }
}
