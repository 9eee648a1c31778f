// The sheet of the register of persons' decisions: what stands, what waits for its pupil, and rows for what is new. Pure.

import Leavers
import Ledger
import Profiles
import Tabular

/// Writes and reads the sheet of the register. The same as a text with these headings, in any order, is read as well.
struct RegisterSheet: Sendable {
  static let name = "Register of decisions.xlsx"

  enum Heading {
    static let upn = "UPN"
    /// Not in the sheet, and read where a school's own file has it.
    static let uln = "ULN"
    static let admissionNumber = "Admission number"
    static let surname = "Legal surname"
    static let forename = "Legal forename"
    static let dateOfBirth = "Date of birth"
    static let decision = "Decision"
    static let decidedOn = "Date of decision"
    static let decidedBy = "Who decided"
    static let how = "How"
    static let scope = "Scope"
    static let note = "Note"
    static let age = "Age at the time"
    static let recordedOn = "Recorded on"
    static let recordedBy = "Recorded by"
  }

  /// By these headings a register is known that has no row keys.
  static let telling = [Heading.decision, Heading.decidedOn, Heading.decidedBy]
  /// Who it is about.
  private static let identity: [(heading: String, field: Field)] = [
    (Heading.upn, .upn), (Heading.admissionNumber, .admissionNumber), (Heading.surname, .legalSurname),
    (Heading.forename, .legalForename), (Heading.dateOfBirth, .dateOfBirth),
  ]
  /// What a person writes for a decision that waits for somebody who is none of the school's.
  static let notOurs = "not a pupil of ours"

  private let context: RuleContext
  private let pupils: PupilFinder
  private let scopes: RegisterScopes

  /// `pupils` are the school's, as its exports said last of each.
  init(school: School, configuration: Configuration, pupils: [RollEntry], on day: CalendarDate) {
    context = RuleContext(school: school, configuration: configuration, day: day)
    self.pupils = PupilFinder(pupils.map { ($0.pupil, $0.record) })
    scopes = RegisterScopes(configuration.authorities)
  }

  // MARK: Writing

  static func draft(
    _ records: [RegisterRecord], pending: [PendingDecision], authorities: [AuthorityProfile]
  ) -> WorkbookDraft {
    let decisions = RegisterDecision.allCases.map(\.words) + (pending.isEmpty ? [] : [notOurs])
    let sheet = SheetDraft(
      name: "Register",
      columns: [
        ColumnDraft(SheetKind.register.keyHeading, width: 24, isHidden: true),
        input(Heading.upn, 15), input(Heading.admissionNumber, 12), input(Heading.surname, 22),
        input(Heading.forename, 22), input(Heading.dateOfBirth, 14, kind: .date),
        input(
          Heading.decision, 32, allowed: decisions,
          note: "Add a row for each decision, also for one that takes back another; nothing is ever taken out."),
        input(
          Heading.decidedOn, 14, kind: .date, note: "The day of the decision, not the day on which you write it down."),
        input(
          Heading.decidedBy, 22, allowed: ["parent or carer", "the young person", "the school"], takesOthers: true,
          note: "Of sharing and tracking a parent decides under 16, and the young person from 16."),
        input(Heading.how, 14, allowed: ["letter", "form", "e-mail", "spoken", "telephone"], takesOthers: true),
        input(
          Heading.scope, 30, allowed: RegisterScopes(authorities).words, takesOthers: true,
          note: "Blank for all authorities and all kinds of return. Only sharing and tracking can be for some."),
        input(Heading.note, 40, wraps: true),
        ColumnDraft(Heading.age, width: 9, kind: .number, wraps: true),
        ColumnDraft(Heading.recordedOn, width: 14, kind: .date), ColumnDraft(Heading.recordedBy, width: 18),
      ],
      rows: pending.map(row) + records.map(row), isProtected: true, takesMoreRows: true)
    return WorkbookDraft(
      sheets: [sheet], properties: .init(title: "Register of persons' decisions", author: "leaverlink"),
      marks: [.init("kind", SheetKind.register.rawValue)])
  }

  private static func input(
    _ heading: String, _ width: Double, kind: ColumnDraft.Kind = .text, wraps: Bool = false, allowed: [String] = [],
    takesOthers: Bool = false, note: String? = nil
  ) -> ColumnDraft {
    ColumnDraft(
      heading, width: width, kind: kind, isLocked: false, wraps: wraps, allowed: allowed, takesOthers: takesOthers,
      note: note)
  }

  private static func row(_ record: RegisterRecord) -> [CellDraft] {
    let who = identity.map { item in
      var cell = cell(item.field, record.identity)
      cell.style = .muted
      return cell
    }
    return [.text(record.key, .muted)] + who
      + decision(record.entry.decision, record.entry.decidedOn, record.entry.scope, record.particulars)
      + [
        record.particulars.age.map { .number(Double($0)) } ?? .blank,
        SheetWords.date(LondonTime.day(of: record.recordedAt)),
        .text(record.particulars.recordedBy.name),
      ]
  }

  private static func row(_ pending: PendingDecision) -> [CellDraft] {
    let who = identity.map { item in
      var cell = cell(item.field, pending.given)
      cell.style = .warning
      cell.note =
        "No export names a pupil like this yet, or more than one answers to it. The decision takes effect when one does. Correct what is wrong here, or choose “\(notOurs)”."
      return cell
    }
    return [.text(pending.key, .muted)] + who
      + decision(pending.decision, pending.decidedOn, pending.scope, pending.particulars)
      + [
        .blank, SheetWords.date(LondonTime.day(of: pending.receivedAt)), .text(pending.particulars.recordedBy.name),
      ]
  }

  private static func decision(
    _ decision: RegisterDecision, _ day: CalendarDate, _ scope: RegisterScope, _ particulars: RegisterParticulars
  ) -> [CellDraft] {
    [
      .text(decision.words), SheetWords.date(day), .text(particulars.decidedBy), .text(particulars.how),
      .text(scope == .all ? "" : scope.words), .text(particulars.note ?? ""),
    ]
  }

  private static func cell(_ field: Field, _ record: LeaverRecord) -> CellDraft {
    guard let value = record[field] else { return .blank }
    return record.date(field).flatMap { field.type == .date ? SheetWords.date($0) : nil } ?? .text(value)
  }

  // MARK: Reading

  /// The answer of a row; nil where nothing is written in it.
  func read(_ row: AnswerTable.Row, of table: AnswerTable) -> SheetRowReading.Content? {
    let key = table.key(row)
    let word = table.cell(row, Heading.decision)
    let cells = (Self.identity + [(Heading.uln, .uln)]).map { (field: $0.field, text: table.cell(row, $0.heading)) }
    if word.isEmpty {
      if key.isEmpty { return cells.allSatisfy(\.text.isEmpty) ? nil : .mistake("the decision is missing; choose one") }
      return .mistake("what is in the register is never taken out; add a row with the opposite decision and its date")
    }
    var given = LeaverRecord()
    for (field, text) in cells {
      let outcome = Rules.check(text, field: field, in: context)
      if field == .dateOfBirth, outcome.value == nil, !text.isEmpty {
        return .mistake("the date of birth cannot be read; write it as 31/12/2009")
      }
      given[field] = outcome.value
    }
    guard let action = Self.action(word) else {
      return .mistake(
        "the decision is none of those in the list; choose one, and write what else there is to say as a note")
    }
    var scope = RegisterScope.all
    switch scopes.read(table.cell(row, Heading.scope)) {
    case .success(let read): scope = read
    case .failure(let mistake): return .mistake(mistake.words)
    }
    var day = context.day
    let date = table.cell(row, Heading.decidedOn)
    // A row that is dropped needs none.
    if action != .drop {
      guard !date.isEmpty else { return .mistake("the date of the decision is missing") }
      guard let read = try? CalendarDate.parse(date) else {
        return .mistake("the date of the decision cannot be read; write it as 31/12/2025")
      }
      day = read.date
    }
    let (decidedBy, how) = (table.cell(row, Heading.decidedBy), table.cell(row, Heading.how))
    if case .enter(let decision) = action, decision.isOfTheFamily, decidedBy.isEmpty || how.isEmpty {
      return .mistake("say who decided, and how: a letter, a form, spoken …")
    }
    if case .enter(let decision) = action, decision.topic == .risk, !decision.isProtective, decidedBy.isEmpty {
      return .mistake("say who confirmed the pupil: the name of a person")
    }
    let note = table.cell(row, Heading.note)
    return .answer(
      .register(
        RegisterAnswer(
          key: key.isEmpty ? nil : key, given: given, pupil: pupils.find(given), action: action, scope: scope,
          decidedOn: day, decidedBy: decidedBy, how: how, note: note.isEmpty ? nil : note)))
  }

  private static func action(_ word: String) -> RegisterAnswer.Action? {
    let written = HeaderMap.key(word)
    if written == HeaderMap.key(notOurs) { return .drop }
    return RegisterDecision.allCases.first {
      HeaderMap.key($0.words) == written || HeaderMap.key($0.rawValue) == written
    }.map { .enter($0) }
  }
}
