// The specification of a feed as one page, for the tracking team and the data protection officer who agree to it. Pure.

import Leavers
import Profiles
package import Tabular

/// A page with all that one authority is to get: who, what, in which form, when, by which way, and how to answer.
package struct ProfilePage: Sendable {
  private let feed: FeedSpecification

  package init(_ feed: FeedSpecification) { self.feed = feed }

  package var page: HTMLPage {
    HTMLPage(
      title: "What schools send to \(feed.authority.name)",
      body: beginning + HTML.joined(feed.returns.map { ReturnSection($0).html }) + way + replies + agreement)
  }

  private var beginning: HTML {
    var body: HTML = """
      <h1>What schools send to \(feed.authority.name)</h1>
      <p>For its tracking team and its data protection officer: the files that schools with leaverlink make for it, to be \
      read, corrected and agreed to. As of \(LondonTime.text(feed.day)).</p>

      """
    switch feed.authority.evidence {
    case .illustrative:
      body +=
        "<p class=\"lead stop\">Nobody has agreed to this yet. It is an example, and no pupil's data goes by it.</p>\n"
    case .trial:
      body += "<p class=\"lead\">On trial: invented pupils marked TEST only.</p>\n"
    case .agreed(let with, let on):
      body += "<p class=\"lead done\">Agreed with \(with) on \(on.description).</p>\n"
    }
    if let trial = feed.trial { body += "<p>\(trial)</p>\n" }
    return body
  }

  // MARK: The way, and answers

  private var way: HTML {
    guard let way = feed.way else { return HTML() }
    return """
      <h2>How a file reaches \(feed.recipient)</h2>
      \(HTML.facts(way.facts))
      """
  }

  private var replies: HTML {
    var result: HTML = "<h2>Your answers</h2>\n<p>Acknowledgement: \(feed.acknowledging)</p>\n"
    for reply in feed.replies {
      let name: HTML =
        reply.profile.match.source == reply.fileName
        ? "\(reply.fileName)" : "\(reply.profile.match.source), such as \(reply.fileName)"
      result += """
        <h3>\(reply.profile.kind.words)</h3>
        <p>A file called \(name) (\(reply.placeholders.joined(separator: "; "))). \(reply.words.joined(separator: " "))</p>

        """
      if !reply.columns.isEmpty {
        result += HTML.table(
          caption: "Its columns", headings: ["Heading", "What it says"], reply.columns.map { [$0.heading, $0.says] })
      }
    }
    return result
  }

  private var agreement: HTML {
    """
    <h2>Agreement</h2>
    <p>Please correct whatever is not as your system needs it. When it is right:</p>
    <table><tbody>
    <tr><th scope="row">Agreed by (name and team)</th><td>&nbsp;</td></tr>
    <tr><th scope="row">Data protection officer</th><td>&nbsp;</td></tr>
    <tr><th scope="row">On</th><td>&nbsp;</td></tr>
    </tbody></table>

    """
  }
}

extension HTML {
  /// Facts one below another.
  static func facts(_ facts: [FeedSpecification.Fact]) -> HTML {
    let rows = facts.map { "<tr><th scope=\"row\">\($0.name)</th><td>\($0.text)</td></tr>\n" as HTML }
    return "<table><tbody>\n\(HTML.joined(rows))</tbody></table>\n"
  }

  /// A table in which the first cell of each row is its heading.
  static func table(caption: String, headings: [String], _ rows: [[String]]) -> HTML {
    let head = headings.map { "<th scope=\"col\">\($0)</th>" as HTML }
    let body = rows.map { row in
      let cells = row.enumerated().map { place, text in
        place == 0 ? "<th scope=\"row\">\(text)</th>" : "<td>\(text)</td>" as HTML
      }
      return "<tr>\(HTML.joined(cells))</tr>\n" as HTML
    }
    return """
      <table>
      <caption>\(caption)</caption>
      <thead><tr>\(HTML.joined(head))</tr></thead>
      <tbody>
      \(HTML.joined(body))</tbody>
      </table>

      """
  }
}
