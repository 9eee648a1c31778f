// The sheet of risk: the pupils whom the school's own weights name, for a person to look at one by one. Pure.

import Leavers
import Ledger
import Profiles
import Tabular

/// Writes and reads the sheet of risk. It suggests and concludes nothing: a blank leaves a pupil undecided.
struct RiskSheet: Sendable {
  static let name = "Risk of NEET.xlsx"

  enum Heading {
    static let band = "Band now"
    static let points = "Points"
    static let indicators = "What counts"
    static let decided = "Decided before"
    static let lookAt = "Look at"
    static let decision = "Decision"
    static let decidedBy = "Who decides"
  }

  /// What a person can answer, in the order of the list.
  static let answers: [(word: String, decision: RegisterDecision)] = [
    ("confirm", .riskConfirmed), ("refer", .riskReferred), ("not at risk", .riskWithdrawn),
  ]

  /// A pupil to look at.
  struct Row: Sendable, RedactedPrinting {
    let entry: RollEntry
    let standing: RiskStanding
    let band: String?
    let points: Int
    let hits: [RiskPolicy.Weight]
    /// Whether a full export lacked the pupil since.
  }

  /// Nil where the school does not reckon: nobody stands in the sheet then.
  private let policy: RiskPolicy?
  private let day: CalendarDate
  private let authorities: [AuthorityProfile]
  private let coversUnderThirteen: Bool

  init(school: School, configuration: Configuration, on day: CalendarDate) {
    policy = school.risk
    self.day = day
    authorities = configuration.authorities
    // Which authority a pupil belongs to is decided later, and there again by the agreement of that one.
    coversUnderThirteen = configuration.authorities.contains {
      $0.agreement(for: .riskOfNEET, on: day)?.underThirteen != nil
    }
  }

  // MARK: Who stands in it

  /// The pupils of the cohorts that have not left whose band somebody wants to look at, or of whose risk something was
  /// decided: most points first. Of whoever is missing from a full export it is asked elsewhere what became of them.
  ///
  func rows(
    _ pupils: [RollEntry], _ standings: [PupilID: RiskStanding]
  ) -> [Row] {
    guard let policy else { return [] }
    var seen: Set<PupilID> = []
    return pupils.compactMap { entry -> Row? in
      // Of two rows that nobody could merge, the first stands for the pupil.
      guard let cohort = entry.cohort, PupilsSheet.isAsked(.riskOfNEET, of: cohort, on: day),
        let standing = standings[entry.pupil], seen.insert(entry.pupil).inserted
      else { return nil }
      let (band, points, hits) = policy.reckon(entry.record)
      guard policy.suggests(points) && !entry.isMissing || !standing.decided.isEmpty else { return nil }
      return Row(
        entry: entry, standing: standing, band: band, points: points, hits: hits)
    }.sorted { $0.points != $1.points ? $0.points > $1.points : $0.entry.isNamedBefore($1.entry) }
  }

  // MARK: Writing

  func draft(_ rows: [Row]) -> WorkbookDraft {
    let sheet = SheetDraft(
      name: "Risk of NEET",
      columns: [ColumnDraft(SheetKind.risk.keyHeading, width: 24, isHidden: true)] + ShownPupil.columns + [
        ColumnDraft("Cohort", width: 11), ColumnDraft(Heading.band, width: 16),
        ColumnDraft(
          Heading.points, width: 9, kind: .number, note: "By the school's own weights. Advice, and no decision."),
        ColumnDraft(Heading.indicators, width: 44, wraps: true), ColumnDraft(Heading.decided, width: 40, wraps: true),
        ColumnDraft(Heading.lookAt, width: 40, wraps: true),
        ColumnDraft(
          Heading.decision, width: 14, isLocked: false, allowed: Self.answers.map(\.word),
          note:
            "Choose for each pupil whom you have looked at, save, and put the file into the folder “in” of the desk. “not at risk” also takes back what was decided before. Blank: it stays as it is, and nobody is told of a pupil whom no person has confirmed."
        ),
        ColumnDraft(
          Heading.decidedBy, width: 22, isLocked: false,
          note: "The name of a person. Blank: whoever the file belongs to."),
      ],
      rows: rows.map(cells), isProtected: true)
    return WorkbookDraft(
      sheets: [sheet], properties: .init(title: "Pupils who may be at risk of NEET", author: "leaverlink"),
      marks: [.init("kind", SheetKind.risk.rawValue)])
  }

  private func cells(_ row: Row) -> [CellDraft] {
    [.text(row.standing.key, .muted)] + ShownPupil.cells(row.entry.record) + [
      .text(row.entry.cohort?.description ?? ""), .text(row.band ?? "none"), .number(Double(row.points)),
      .text(row.hits.map { "\($0.indicator) (\($0.score))" }.joined(separator: "; ")),
      .text(row.standing.decided.map(decided).joined(separator: "; ")), lookAt(row),
    ]
  }

  private func decided(_ record: RegisterRecord) -> String {
    let (entry, said) = (record.entry, record.particulars)
    let by = said.decidedBy.isEmpty ? said.recordedBy.name : said.decidedBy
    let scope = entry.scope == .all ? "" : ", for \(entry.scope.words)"
    let waits = entry.decidedOn > day ? ", which takes effect on that day" : ""
    return "\(entry.decision.words)\(scope), by \(by) on \(LondonTime.text(entry.decidedOn))\(waits)"
  }

  /// What stands against naming the pupil, whatever is decided here.
  private func lookAt(_ row: Row) -> CellDraft {
    var words: [String] = []
    if !mayBeNamed(row.entry.record) {
      words.append(
        "Not to be confirmed: under \(RegisterAge.ofRisk), or without a date of birth, and no agreement names a basis for that"
      )
    }
    let refused = authorities.filter { row.standing.register.towards($0.id, .riskOfNEET).refusesSharing }
    let isRefusedByExport = row.entry.record[.sharing].flatMap { Sharing(cell: $0) }?.disclosure == .floor
    if isRefusedByExport || !refused.isEmpty {
      let whom = isRefusedByExport ? "any authority" : refused.map(\.name).joined(separator: ", ")
      words.append("Sharing was refused: nothing is told to \(whom) while that stands")
    }
    if row.entry.isMissing { words.append("Not in the newest export") }
    return words.isEmpty ? .blank : .text(words.joined(separator: "; "), .warning)
  }

  private func mayBeNamed(_ record: LeaverRecord) -> Bool {
    coversUnderThirteen || record.dateOfBirth.map { $0.age(on: day) >= RegisterAge.ofRisk } == true
  }

  // MARK: Reading

  /// The answer of a row; nil where it was left blank.
  func read(_ row: AnswerTable.Row, of table: AnswerTable) -> SheetRowReading.Content? {
    let word = table.cell(row, Heading.decision)
    if word.isEmpty { return nil }
    let key = table.key(row)
    guard !key.isEmpty else { return .mistake(SheetWords.noKey) }
    guard let answer = Self.answers.first(where: { $0.word == word.lowercased() }) else {
      let known = Self.answers.map { "“\($0.word)”" }.joined(separator: ", ")
      return .mistake("the decision is none of \(known); choose one from the list")
    }
    return .answer(
      .risk(
        RiskAnswer(
          key: key, shown: ShownPupil.read(row, of: table), decision: answer.decision,
          decidedBy: table.cell(row, Heading.decidedBy), coversUnderThirteen: coversUnderThirteen)))
  }
}
