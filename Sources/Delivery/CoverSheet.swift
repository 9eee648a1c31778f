// The page that goes with a return: totals and hash, for who hands it over and who loads it. Pure.

import Leavers
import Ledger
import Profiles
import Tabular

/// The cover sheet of a return: one page to print. It names nobody.
struct CoverSheet {
  /// What the page is for.
  enum Purpose {
    /// It lies on the desk beside a pack, for who hands it over by these means and for who loads it.
    case handOver(means: String)
    /// It lies beside a file that was delivered, for who loads it.
    case delivered
  }

  /// Of the return, or of the trial, in the ledger.
  let id: String
  let purpose: Purpose
  /// Whether its pupils are invented.
  let isTrial: Bool
  let kind: ReturnKind
  let cohort: Cohort
  let school: SchoolID
  let schoolName: String
  let authority: AuthorityID
  let authorityName: String
  let fileName: String
  let sequence: Int
  /// The academic year, such as `2025/26`.
  let cycle: String
  let inFull: Int
  let floorOnly: Int
  let size: Int64
  /// In hex.
  let sha256: String
  let preparedAt: Timestamp
  let restsOn: String
  let chainHead: String
  let totals: [CodeTotal]
  /// The rows of the export that this cohort of the authority and kind has, by fate; none for a trial.
  let counts: [FateKind: Int]
  /// The label of a code of a column; nil where there is none.
  let label: (_ heading: String, _ code: String) -> String?

  var bytes: [UInt8] {
    HTMLPage(title: "\(title) \(id): \(fileName)", isSheet: true, body: body).bytes
  }

  private var title: String {
    switch purpose {
    case .handOver: "Hand-over pack"
    case .delivered: "Cover sheet"
    }
  }

  private var body: HTML {
    var body: HTML = """
      <h1>\(kind.words) of \(cohort.description)</h1>
      <p>From \(schoolName) (\(school.description)) for \(authorityName)</p>

      """
    if isTrial {
      body += """
        <p class="lead">A TRIAL. Every pupil in it is invented, and both names of each begin with TEST. It is to show \
        whether the file loads and reads right; afterwards nothing of it is kept.</p>

        """
    }
    body += """
      <table>
      <caption>The file</caption>
      <tbody>
      \(HTML.joined(facts.map(Self.fact)))</tbody>
      </table>

      """
    if !totals.isEmpty { body += codes }
    if !isTrial { body += kept }
    if case .handOver(let means) = purpose { body += steps(means) }
    return body + """
      <p class="quiet">Whoever loads the file compares the lines above with what was loaded, and the hash with that of \
      the file: certutil -hashfile FILE SHA256 on Windows, sha256sum FILE elsewhere. This page names nobody.</p>

      """
  }

  private func steps(_ means: String) -> HTML {
    let done: HTML =
      isTrial
      ? "<li>Ask the tracking team whether it loaded as the page says.</li>\n"
      : """
      <li>Say that it is done: put the release sheet back on the desk with it, or tell the admin, who then runs \
      leaverlink handed-over \(id).</li>

      """
    return """
      <h2>What to do</h2>
      <ol>
      <li>Hand the file over to the authority: \(means). Not by ordinary e-mail.</li>
      \(done)<li>What the authority answers goes into the desk's in/\(authority.description) folder, as it came.</li>
      </ol>

      """
  }

  private var facts: [(String, String)] {
    [
      ("File", fileName),
      ("Number in its series", "\(sequence), \(cycle)"),
      ("Pupils", "\(inFull + floorOnly)"),
      ("of these in full", "\(inFull)"),
      ("with name, address and date of birth only", "\(floorOnly)"),
      ("Size", "\(size) bytes"),
      ("SHA-256", sha256),
      ("Prepared", "\(LondonTime.text(preparedAt)) (Europe/London)"),
      ("Rests on", restsOn),
      (isTrial ? "Trial and ledger" : "Return and ledger", "\(id), \(chainHead)"),
    ]
  }

  private static func fact(_ fact: (name: String, value: String)) -> HTML {
    "<tr><th scope=\"row\">\(fact.name)</th><td>\(fact.value)</td></tr>\n"
  }

  /// By the columns that hold codes.
  private var codes: HTML {
    var result: HTML = "<h2>Totals by code</h2>\n"
    var headings: [String] = []
    for total in totals where !headings.contains(total.heading) { headings.append(total.heading) }
    for heading in headings {
      let own = totals.filter { $0.heading == heading }
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
