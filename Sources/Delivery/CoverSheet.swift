// The page that goes with a hand-over pack: totals and hash, for who hands it over and who loads it. Pure.

import Leavers
import Ledger
import Profiles
import Tabular

/// The cover sheet of a hand-over pack: one page to print. It names nobody.
struct CoverSheet {
  let item: ReturnSummary
  let detail: ReturnDetail
  let authorityName: String
  let schoolName: String
  /// By what it is handed over, such as "its secure portal".
  let means: String
  /// The rows of the export that this cohort of the authority and kind has, by fate.
  let counts: [FateKind: Int]
  let chainHead: String
  /// The label of a code of a column; nil where there is none.
  let label: (_ heading: String, _ code: String) -> String?

  var bytes: [UInt8] {
    HTMLPage(title: "Hand-over pack \(item.id): \(item.fileName ?? "")", isSheet: true, body: body).bytes
  }

  private var body: HTML {
    var body: HTML = """
      <h1>\(item.kind.words) of \(item.cohort.description)</h1>
      <p>From \(schoolName) (\(item.school.description)) for \(authorityName)</p>
      <table>
      <caption>The file</caption>
      <tbody>
      \(HTML.joined(facts.map(Self.fact)))</tbody>
      </table>

      """
    if !detail.totals.isEmpty { body += totals }
    body += kept
    return body + """
      <h2>What to do</h2>
      <ol>
      <li>Hand the file over to the authority: \(means). Not by ordinary e-mail.</li>
      <li>Say that it is done: put the release sheet back on the desk with it, or tell the admin, who then runs \
      leaverlink handed-over \(item.id.description).</li>
      <li>What the authority answers goes into the desk's in/\(item.authority.description) folder, as it came.</li>
      </ol>
      <p class="quiet">Whoever loads the file compares the lines above with what was loaded, and the hash with that of \
      the file: certutil -hashfile FILE SHA256 on Windows, sha256sum FILE elsewhere. It names nobody.</p>

      """
  }

  private var facts: [(String, String)] {
    [
      ("File", item.fileName ?? ""),
      ("Number in its series", "\(item.sequence), \(item.cycle)"),
      ("Pupils", "\(item.rows)"),
      ("of these in full", "\(detail.count(.full))"),
      ("with name, address and date of birth only", "\(detail.count(.floor))"),
      ("Size", "\(item.size) bytes"),
      ("SHA-256", item.sha256 ?? ""),
      ("Prepared", "\(LondonTime.text(item.instant)) (Europe/London)"),
      ("Rests on", "\(item.agreementReference) (\(item.basis.rawValue))"),
      ("Pack and ledger", "\(item.id), \(chainHead)"),
    ]
  }

  private static func fact(_ fact: (name: String, value: String)) -> HTML {
    "<tr><th scope=\"row\">\(fact.name)</th><td>\(fact.value)</td></tr>\n"
  }

  /// By the columns that hold codes.
  private var totals: HTML {
    var result: HTML = "<h2>Totals by code</h2>\n"
    var headings: [String] = []
    for total in detail.totals where !headings.contains(total.heading) { headings.append(total.heading) }
    for heading in headings {
      let own = detail.totals.filter { $0.heading == heading }
      let rows = own.map { total -> HTML in
        let code = total.code.isEmpty ? "(blank)" : total.code
        return """
          <tr><th scope="row">\(code)</th><td>\(label(heading, total.code) ?? "")</td>\
          <td class="number">\(total.lines)</td></tr>

          """
      }
      result += """
        <table>
        <caption>\(heading)</caption>
        <thead><tr><th scope="col">Code</th><th scope="col">What it means</th>\
        <th scope="col" class="number">Lines</th></tr></thead>
        <tbody>
        \(HTML.joined(rows))<tr><th scope="row">All</th><td></td>\
        <td class="number">\(own.reduce(0) { $0 + $1.lines })</td></tr>
        </tbody>
        </table>

        """
    }
    return result
  }

  /// How many pupils of the cohort are not in it, so that nobody takes the file for the whole year.
  private var kept: HTML {
    let held = counts[.held] ?? 0
    let withheld = counts[.withheld] ?? 0
    return """
      <h2>Not in the file</h2>
      <p>\(held) held back until somebody at the school has looked, \(withheld) that may not be disclosed.</p>

      """
  }
}
