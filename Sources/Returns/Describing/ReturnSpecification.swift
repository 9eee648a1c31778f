// One kind of return as the specification of a feed tells it. Pure.

import Leavers
import Profiles

/// One kind of return of an authority.
struct ReturnSpecification: Sendable {
  let profile: ReturnProfile
  /// Who is in a file and of what it has rows.
  let who: [String]
  /// The agreements that cover the kind, in the order of the authority's file.
  let agreements: [AgreementSpecification]
  let sending: SendingSpecification
  /// A name of a file.
  let fileName: String
  let placeholders: [String]
  /// The name of the cover sheet beside it; nil where there is none.
  let coverSheet: String?
  let format: FormatSpecification
  let columns: [ColumnSpecification]
  let examples: ExampleSpecification

  init(
    _ profile: ReturnProfile, of authority: AuthorityProfile, in configuration: Configuration, on day: CalendarDate,
    handedOver: Bool
  ) {
    self.profile = profile
    agreements = authority.agreements.filter { $0.kinds.contains(profile.kind) }.map {
      AgreementSpecification($0, of: profile, codes: configuration.codes, on: day)
    }
    let reference = Self.reference(agreements, day)
    // No workbook is written here, so that no folder is needed.
    let run = ExampleRun(
      profile, authority, in: configuration, on: reference, sequence: 3, scratch: "/nonexistent")
    who = Self.who(profile)
    sending = SendingSpecification(profile, of: authority.id, configuration.calendar, on: reference)
    let values = ReturnNaming.values(
      school: run.setting.school, authority: authority.id, kind: profile.kind, cohort: run.setting.cohort,
      sequence: run.setting.sequence, day: reference)
    // What cannot be made into a name is told of by `check`; the specification is about the rest as well.
    let name = (try? profile.fileName.render(values)) ?? profile.fileName.source
    fileName = name
    placeholders = PlaceholderWords.words(profile.fileName)
    coverSheet = handedOver || profile.coverSheet ? CoverSheetName.of(name) : nil
    format = FormatSpecification(profile, of: run)
    columns = profile.columns.enumerated().map {
      ColumnSpecification($1, at: $0, of: profile, codes: configuration.codes)
    }
    examples = ExampleSpecification(profile, of: run)
  }

  /// What becomes of a pupil who refused sharing: a sentence for each agreement that is not over, one where all say the
  /// same.
  var refused: [String] {
    let current = agreements.filter { $0.standing != .over }
    guard let first = current.first else {
      return [agreements.last.map { "Nothing goes: \($0.name), is over." } ?? "Nothing goes."]
    }
    if current.allSatisfy({ $0.refused == first.refused }) { return [first.refused.words] }
    return current.map { "\($0.name): \($0.refused.words)" }
  }

  /// The day that examples are of: the day given where an agreement covers it, else the next that one does, else the
  /// last that one did.
  private static func reference(_ agreements: [AgreementSpecification], _ day: CalendarDate) -> CalendarDate {
    if agreements.contains(where: { $0.standing == .inForce }) { return day }
    if let next = agreements.filter({ $0.standing == .toCome }).map(\.agreement.from).min() { return next }
    return agreements.map(\.agreement.until).max() ?? day
  }

  // MARK: Who

  private static func who(_ profile: ReturnProfile) -> [String] {
    var words = [
      profile.cohorts.map { "Year \($0.rawValue)" }.joined(separator: ", "),
      profile.routedBy == .educated ? "of schools in the authority's area" : "who live in the authority's area",
      about(profile.kind),
    ]
    if !profile.enrolment.isEmpty { words.append("enrolled as \(profile.enrolment.joined(separator: ", "))") }
    words += profile.conditions.map { "where \(FormWords.condition($0))" }
    switch profile.rows {
    case .pupil: words.append("a row for each pupil")
    case .characteristic:
      words.append("a row for each characteristic; a pupil with none, or who refused sharing, has one row")
    case .destination:
      words.append("a row for each destination; a pupil with none, or who refused sharing, has one row")
    }
    if profile.changesOnly {
      words.append("a file holds only the pupils of whom something changed since the last file that you have")
    } else if profile.kind != .unknownAnswers {
      words.append("every file holds all of them")
    }
    if profile.closes {
      words.append(
        "of a pupil who moved to another authority the old one gets a closing row, once: names, date of birth, UPN, ULN, "
          + "the new authority's code and the mark in \(marks(profile)), as far as there are columns")
    }
    if !profile.sort.isEmpty { words.append("sorted by \(profile.sort.joined(separator: ", "))") }
    return words
  }

  private static func marks(_ profile: ReturnProfile) -> String {
    profile.columns.filter { $0.form.tellsMoves }.map(\.name).joined(separator: ", ")
  }

  /// What `KindSelection` asks of a record.
  private static func about(_ kind: ReturnKind) -> String {
    switch kind {
    case .intendedDestinations: "every pupil of the cohort, be it undecided"
    case .confirmedDestinations: "of whom an activity is known"
    case .earlyLeavers: "who left before the end of the course"
    case .riskOfNEET: "whom a named person at the school confirmed, one by one"
    case .unknownAnswers: "whom you asked about"
    }
  }
}
