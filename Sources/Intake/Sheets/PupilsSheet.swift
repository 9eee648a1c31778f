// A sheet with one row a pupil, filled in with what is known, for what one kind of return asks for. Pure.

import Leavers
import Ledger
import Profiles
import Tabular

/// A sheet in which people fill in what a return needs: put back, it is an export of these pupils.
struct PupilsSheet: Sendable {
  let kind: ReturnKind
  let cohort: Cohort
  /// What is asked for, in the order of the columns.
  let fields: [Field]

  /// `Intended destinations Y11-2026.xlsx`
  var name: String { "\(SheetWords.kind(kind)) \(cohort).xlsx" }

  // MARK: Which there are

  /// The sheet that is called so, with nothing that is asked for; nil where none is.
  static func ofNobody(named name: String) -> PupilsSheet? {
    for kind in ReturnKind.allCases where name.hasPrefix(SheetWords.kind(kind) + " ") {
      guard let cohort = Cohort(String(name.dropFirst(SheetWords.kind(kind).count + 1).prefix { $0 != "." })) else {
        continue
      }
      let sheet = PupilsSheet(kind: kind, cohort: cohort, fields: [])
      if sheet.name == name { return sheet }
    }
    return nil
  }

  /// Who the pupil is: shown so that a person finds the row, and read again.
  private static let identity: [Field] = [
    .upn, .admissionNumber, .legalSurname, .legalForename, .dateOfBirth, .registrationGroup,
  ]

  /// What people fill in, in the order in which they are asked. All else the school's system knows.
  private static let collected: [Field] = [
    .intendedDestination, .guaranteeStatus, .activity, .activityStart, .providerName, .course, .level, .startDate,
    .expectedEnd, .leavingDate, .leavingReason, .dateConfirmed, .levelOfNeed, .characteristics,
  ]

  /// The sheets for a school: of each kind that an authority asks of it, for the cohorts that are still asked about on
  /// the day and of which pupils are known.
  static func all(for school: School, pupils: [RollEntry], in configuration: Configuration, on day: CalendarDate)
    -> [PupilsSheet]
  {
    let cohorts = Set(pupils.compactMap(\.cohort)).sorted()
    return ReturnKind.allCases.filter(\.isGathered).flatMap { kind -> [PupilsSheet] in
      let profiles = RecipeNeeds.profiles(of: kind, in: configuration, schools: [school]).map(\.profile)
      let stages = Set(profiles.flatMap(\.cohorts))
      let fields = fields(of: profiles)
      guard !fields.isEmpty else { return [] }
      return cohorts.filter { stages.contains($0.stage) && isAsked(kind, of: $0, on: day) }.map {
        PupilsSheet(kind: kind, cohort: $0, fields: fields)
      }
    }
  }

  private static func fields(of profiles: [ReturnProfile]) -> [Field] {
    var asked = Set(profiles.flatMap(\.fields))
    // People know the provider's name; the number is the register's.
    if asked.contains(.providerUKPRN) || asked.contains(.providerLAESTAB) { asked.insert(.providerName) }
    return collected.filter(asked.contains)
  }

  /// An intention is asked for until the cohort leaves, and whatever is asked afterwards for a year from then. Schools
  /// keep destinations for three years, but nobody sends a return about them.
  static func isAsked(_ kind: ReturnKind, of cohort: Cohort, on day: CalendarDate) -> Bool {
    let present = Cohort(stage: cohort.stage, on: day).leavingYear
    switch kind {
    case .intendedDestinations, .riskOfNEET: return cohort.leavingYear >= present
    case .confirmedDestinations, .earlyLeavers, .unknownAnswers: return cohort.leavingYear >= present - 1
    }
  }

  // MARK: Writing

  /// The sheet with the pupils of its cohort, by name. `asked`: the pupils of whom an authority has asked; nil where the
  /// kind is about all.
  func draft(_ pupils: [RollEntry], asked: Set<PupilID>?, codes: CodeTables, providers: ProviderRegister)
    -> WorkbookDraft
  {
    let entries = self.pupils(of: pupils, asked: asked)
    // What the rows show was said by then: known again when the sheet comes back.
    let shown = entries.map(\.export).max()
    let sheet = SheetDraft(
      name: "Pupils",
      columns: [ColumnDraft(SheetKind.pupilsHeading, width: 24, isHidden: true)]
        + Self.identity.map { Self.column($0, isLocked: true) }
        + fields.map { Self.column($0, isLocked: false, codes: codes, providers: providers) },
      rows: entries.map { entry in
        [.text(PupilRowKey(key: entry.key, shown: shown).cell, .muted)]
          + Self.identity.map { Self.cell($0, entry.record, codes: codes) }
          + fields.map { Self.cell($0, entry.record, codes: codes) }
      }, isProtected: true)
    return WorkbookDraft(
      sheets: [sheet], properties: .init(title: "\(SheetWords.kind(kind)), \(cohort)", author: "leaverlink"),
      marks: [.init("kind", "pupils"), .init("return", kind.rawValue), .init("cohort", cohort.description)])
  }

  /// The pupils whom the sheet is about: of two rows that nobody could merge, the first stands for the pupil.
  func pupils(of pupils: [RollEntry], asked: Set<PupilID>?) -> [RollEntry] {
    var seen: Set<PupilID> = []
    return pupils.filter { entry in
      entry.cohort == cohort && asked.map { $0.contains(entry.pupil) } != false && seen.insert(entry.pupil).inserted
    }.sorted { $0.isNamedBefore($1) }
  }

  private static func column(
    _ field: Field, isLocked: Bool, codes: CodeTables = CodeTables([]), providers: ProviderRegister = ProviderRegister()
  ) -> ColumnDraft {
    let answers = field == .providerName ? names(of: providers) : FieldWords.answers(field, codes: codes)
    return ColumnDraft(
      heading(field), width: Double(min(max(heading(field).count + 4, isLocked ? 14 : 22), 40)),
      kind: field.type == .date ? .date : .text, isLocked: isLocked, allowed: isLocked ? [] : answers,
      // Words of one's own are read as well, and asked about once.
      takesOthers: true, note: isLocked ? nil : FieldWords.form(field, codes: codes))
  }

  /// The places to choose from; none where the whole country is listed: nobody scrolls through that.
  private static func names(of providers: ProviderRegister) -> [String] {
    let open = providers.providers.filter { !$0.isClosed }
    return open.count <= 500 ? Array(Set(open.map(\.name))).sorted() : []
  }

  private static func cell(_ field: Field, _ record: LeaverRecord, codes: CodeTables) -> CellDraft {
    guard let value = record[field] else { return .blank }
    switch field.type {
    case .date: return record.date(field).map { SheetWords.date($0) } ?? .text(value)
    case .code(let set):
      let entry = codes[set]?.entries.first { $0.code == value }
      return .text(entry.map { "\($0.code) - \($0.label)" } ?? value)
    default: return .text(value)
    }
  }

  // MARK: Reading

  static func heading(_ field: Field) -> String {
    let name = FieldWords.name(field)
    return name.prefix(1).uppercased() + name.dropFirst()
  }

  /// The headings of every sheet of pupils.
  static let map = HeaderMap(
    id: "leaverlink", name: "the sheet", columns: Field.allCases.map { (heading($0), $0) }, values: [:])
}

extension RollEntry {
  /// The order of rows by name.
  func isNamedBefore(_ other: RollEntry) -> Bool {
    let names = [Field.legalSurname, .legalForename].map { field in
      (record[field]?.lowercased() ?? "", other.record[field]?.lowercased() ?? "")
    }
    return names.first { $0 != $1 }.map { $0 < $1 } ?? (pupil < other.pupil)
  }
}
