// The release sheet: which returns wait, what will go to whom, and the answer to each. Pure.

import Leavers
import Ledger
import Tabular

/// Writes and reads the release sheet.
enum ReleaseSheet {
  static let name = "Release returns.xlsx"
  private static let shown = "Return"
  private static let decision = "Decision"
  private static let why = "Why"
  static let release = "release"
  static let withdraw = "do not send"
  static let handedOver = "handed over"
  static let handedOverBefore = "was handed over before"
  static let told = "authority told"

  /// The sheet for a school: the returns that wait, and those of which an authority must be told something. `authority` and
  /// `kind` names are for people.
  static func draft(
    _ rows: [ReleaseRow], objected: [ObjectedReturn] = [], authority: (AuthorityID) -> String
  ) -> WorkbookDraft {
    let returns = SheetDraft(
      name: "Returns",
      columns: [
        ColumnDraft(SheetKind.release.keyHeading, width: 24, isHidden: true),
        ColumnDraft(shown, width: 9), ColumnDraft("It waits for", width: 18), ColumnDraft("For", width: 24),
        ColumnDraft("What", width: 24), ColumnDraft("Cohort", width: 11),
        ColumnDraft("Leavers", width: 9, kind: .number),
        ColumnDraft("Told in full", width: 11, kind: .number),
        ColumnDraft(
          "Only name, address, birth", width: 13, kind: .number, wraps: true,
          note: "Sharing was refused, or not yet asked for: the authority gets nothing else of them."),
        ColumnDraft("New", width: 8, kind: .number, note: "The authority does not have them yet."),
        ColumnDraft("Changed", width: 9, kind: .number), ColumnDraft("As before", width: 9, kind: .number),
        ColumnDraft("No longer in it", width: 10, kind: .number, wraps: true),
        ColumnDraft(
          "Held back", width: 9, kind: .number, wraps: true,
          note: "Rows of the export that wait for somebody; the summary of the export says why."),
        ColumnDraft("Withheld", width: 9, kind: .number, note: "Rows that may not be told to this authority."),
        ColumnDraft("What is told", width: 44, wraps: true), ColumnDraft("Look at", width: 44, wraps: true),
        ColumnDraft(
          decision, width: 14, isLocked: false, allowed: [release, handedOver, withdraw, handedOverBefore, told],
          note:
            "“\(handedOver)”: the pack of the authority’s folder on the desk is with the authority. “\(handedOverBefore)”: it went before what “Look at” says against it. “\(told)”: the authority got the notice that “Look at” names. Choose, save, and put the file into the folder “in” of the desk. Blank: it goes on waiting."
        ),
        ColumnDraft(why, width: 30, isLocked: false, wraps: true, note: "Kept with the decision. No pupil's name."),
      ],
      rows: rows.map { row in
        let summary = row.release.summary
        let before = row.gone != nil
        return [
          .text(row.key, .muted), .text(summary.id.description),
          .text(waits(row)), .text(authority(summary.authority)),
          .text(SheetWords.kind(summary.kind)), .text(summary.cohort.description), .number(Double(summary.rows)),
          .number(Double(row.release.inFull)), .number(Double(row.release.floorOnly)),
          .number(Double(row.count(.new))), before ? .number(Double(row.count(.changed))) : .blank,
          before ? .number(Double(row.count(.same))) : .blank, row.gone.map { .number(Double($0)) } ?? .blank,
          .number(Double(row.held)), .number(Double(row.withheld)), .text(told(row.release.fields)),
          lookAt(row),
        ]
      }
        + objected.map { item in
          let summary = item.summary
          return [
            .text(item.key, .muted), .text(summary.id.description), .text("telling the authority"),
            .text(authority(summary.authority)), .text(SheetWords.kind(summary.kind)),
            .text(summary.cohort.description), .number(Double(summary.rows)),
          ] + Array(repeating: .blank, count: 8) + [
            .text(told(item.fields)),
            .text(
              "It is with the authority. Send it the notice \(ObjectionNotice.name(of: summary)) by the way returns go, not by e-mail, then choose “\(told)”: \(item.words)",
              .warning),
          ]
        }, isProtected: true)
    let leavers = SheetDraft(
      name: "Leavers",
      columns: [
        ColumnDraft("Return", width: 9), ColumnDraft("For", width: 24), ColumnDraft("Surname", width: 22),
        ColumnDraft("Forename", width: 22), ColumnDraft("Date of birth", width: 14, kind: .date),
        ColumnDraft("Told", width: 28), ColumnDraft("Since last time", width: 15),
      ],
      rows: rows.flatMap { row in
        row.leavers.map { leaver in
          [
            .text(row.release.summary.id.description), .text(authority(row.release.summary.authority)),
            .text(leaver.identity[.legalSurname] ?? ""), .text(leaver.identity[.legalForename] ?? ""),
            SheetWords.date(leaver.identity.date(.dateOfBirth)),
            .text(leaver.disclosure == .full ? "in full" : "only name, address, birth"),
            .text(words(leaver.change)),
          ]
        }
      }, isProtected: true)
    return WorkbookDraft(
      sheets: [returns, leavers],
      properties: .init(title: "Returns that wait for a release", author: "leaverlink"),
      marks: [.init("kind", SheetKind.release.rawValue)])
  }

  /// The answer of a row; nil where it was left blank.
  static func read(_ row: AnswerTable.Row, of table: AnswerTable) -> SheetRowReading.Content? {
    let word = table.cell(row, decision)
    if word.isEmpty { return nil }
    let key = table.key(row)
    guard !key.isEmpty else { return .mistake(SheetWords.noKey) }
    let why = table.cell(row, why)
    let given: ReleaseAnswer.Decision
    switch word.lowercased() {
    case release: given = .release
    case withdraw: given = .withdraw
    case handedOver: given = .handedOver
    case handedOverBefore: given = .handedOverBefore
    case told: given = .told
    default:
      return .mistake(
        "the decision is none of “\(release)”, “\(handedOver)”, “\(withdraw)”, “\(handedOverBefore)” and “\(told)”; choose one from the list"
      )
    }
    return .answer(
      .release(
        ReleaseAnswer(key: key, shown: table.cell(row, shown), decision: given, why: why.isEmpty ? nil : why)))
  }

  private static func waits(_ row: ReleaseRow) -> String {
    guard row.release.summary.state == .prepared else { return "your release" }
    return row.objections == nil ? "being handed over" : "being taken away"
  }

  private static func lookAt(_ row: ReleaseRow) -> CellDraft {
    if let objections = row.objections, row.release.summary.state == .prepared {
      return .text(
        "Take its pack off the desk and choose “\(withdraw)”, or, if the authority has it already, “\(handedOverBefore)”: \(objections)",
        .warning)
    }
    return .text(row.release.brake.map(\.words).joined(separator: "; "), row.release.isBraked ? .warning : nil)
  }

  private static func told(_ fields: [ReturnDetail.DisclosedField]) -> String {
    var seen: Set<Field> = []
    return fields.filter { seen.insert($0.field).inserted }.map { FieldWords.name($0.field) }.joined(separator: ", ")
  }

  private static func words(_ change: ReleaseLeaver.Change) -> String {
    switch change {
    case .new: "new"
    case .changed: "changed"
    case .same: "as before"
    }
  }
}
