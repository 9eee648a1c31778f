// The notice to an authority of what it may not use any more of a return that it has: ready to be sent. Pure.

import Leavers
import Ledger
import Tabular

/// One notice, about one return. It names the pupils, so that the authority finds them: it lies on the desk alone.
struct ObjectionNotice {
  /// The folder below `out` in which notices lie.
  static let folder = "notices/"

  let objected: ObjectedReturn
  let schoolName: String
  let authorityName: String

  /// The name of its file, which names nobody: `notices/sefton R12.html`.
  static func name(of summary: ReturnSummary) -> String { "\(folder)\(summary.authority) \(summary.id).html" }

  /// The file, in its folder.
  var file: (name: String, bytes: [UInt8]) {
    let summary = objected.summary
    return (
      String(Self.name(of: summary).dropFirst(Self.folder.count)),
      HTMLPage(title: "Notice to \(authorityName) about \(summary.fileName ?? "")", isSheet: true, body: body).bytes
    )
  }

  /// What takes the place of a notice that is settled.
  static func settled(_ name: String) -> (name: String, bytes: [UInt8]) {
    let title = "Nothing more to tell"
    let body: HTML = """
      <h1>\(title)</h1>
      <p>The notice that lay here is settled: the authority was told, a newer return took the place of the one that it was \
      about, or what was decided was taken back. This file can be removed.</p>

      """
    return (name, HTMLPage(title: title, isSheet: true, body: body).bytes)
  }

  private var body: HTML {
    let summary = objected.summary
    let facts: [(String, String)] = [
      ("From", "\(schoolName) (\(summary.school))"), ("File", summary.fileName ?? ""),
      ("What", "\(summary.kind.words) of \(summary.cohort)"), ("SHA-256", summary.sha256 ?? ""),
      ("With you since", "\(LondonTime.text(objected.since)) (Europe/London)"),
      ("Our numbers", "\(summary.id), notice \(objected.code)"),
    ]
    return """
      <h1>Notice to \(authorityName)</h1>
      <p class="lead">Of a file that you have from us, something may not be used any more as it stands there. Please do \
      what the table says, also where it was passed on, and tell us when it is done.</p>
      <table>
      <caption>The file</caption>
      <tbody>
      \(HTML.joined(facts.map(Self.fact)))</tbody>
      </table>
      <table>
      <caption>The pupils</caption>
      <thead><tr><th scope="col">Surname</th><th scope="col">Forename</th><th scope="col">Date of birth</th>\
      <th scope="col">UPN</th><th scope="col">What to do</th></tr></thead>
      <tbody>
      \(HTML.joined(objected.rows.map(row)))</tbody>
      </table>
      <p class="quiet">This page holds personal data. It goes by the way by which the file went, and not by ordinary \
      e-mail.</p>

      """
  }

  private static func fact(_ fact: (name: String, value: String)) -> HTML {
    "<tr><th scope=\"row\">\(fact.name)</th><td>\(fact.value)</td></tr>\n"
  }

  private func row(_ row: ObjectedReturn.Row) -> HTML {
    let who = row.identity
    let todo = row.reasons.map { Self.words($0, rest: rest) }.joined(separator: " ")
    return """
      <tr><th scope="row">\(who?[.legalSurname] ?? "(erased here)")</th><td>\(who?[.legalForename] ?? "")</td>\
      <td>\(who?.date(.dateOfBirth).map(LondonTime.text) ?? "")</td><td>\(row.disclosure == .full && tellsUPN ? who?[.upn] ?? "" : "")</td><td>\(todo)</td></tr>

      """
  }

  /// What the authority is asked to do; `rest`: what the file tells beyond the floor, in brackets.
  static func words(_ reason: ObjectionReason, rest: String) -> String {
    switch reason {
    case .sharing:
      "Sharing was refused: keep name, address and date of birth alone, and stop using and delete the rest\(rest)."
    case .deceased: "The pupil has died: do not contact the family, and close the record."
    case .address: "The address is protected: do not use it or pass it on, and delete it."
    case .contact: "Do not contact the pupil or the family: stop using telephone, e-mail and the parent's particulars."
    case .consent: "There is no consent to tracking any more: stop tracking, and delete the row."
    case .risk: "The pupil is no longer named as at risk of NEET: delete the row."
    }
  }

  /// Nothing is named by which the authority does not know the pupil.
  private var tellsUPN: Bool { objected.fields.contains { $0.field == .upn && $0.full } }

  /// What the file tells beyond the floor.
  private var rest: String {
    var seen: Set<Field> = []
    let names = objected.fields.filter { $0.full && $0.tier != .floor && seen.insert($0.field).inserted }
      .map { FieldWords.name($0.field) }
    return names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
  }
}
