// A file of invented pupils in an authority's final format: made, read back and compared as every return is. Pure but for
// the temporary files of workbooks.

package import Leavers
package import Ledger
package import Profiles

/// One file of a trial.
package struct TrialFile: Sendable {
  package let kind: ReturnKind
  package let cohort: Cohort
  package let sequence: Int
  package let fileName: String
  package let bytes: [UInt8]
  /// Invented pupils in it, in full and with name, address and date of birth only.
  package let inFull: Int
  package let floorOnly: Int
  package let totals: [CodeTotal]
  /// The agreement by which it was decided what may be told.
  package let agreement: Agreement
  /// Why other invented pupils are not in it, such as a code that the authority has no word for, and how many.
  package let kept: [(reason: String, count: Int)]

  /// The series that the files of a trial are numbered in.
  package static func series(
    _ profile: ReturnProfile, authority: AuthorityProfile, school: School, on day: CalendarDate
  ) -> ReturnSeries {
    ReturnSeries(school: school.id, authority: authority.id, kind: profile.kind, cohort: cohort(profile, day))
  }

  /// Makes the file with this number.
  ///
  /// Fails, in words, where no agreement covers the kind, where none of the pupils would go, and where the file does not
  /// read back as it was meant.
  package static func make(
    _ profile: ReturnProfile, authority: AuthorityProfile, school: School, configuration: Configuration,
    sequence: Int, day: CalendarDate, scratch: String
  ) throws(ReturnsError) -> TrialFile {
    // What is to be agreed need not be in force yet: nobody real is told of.
    guard
      let covering = authority.agreement(for: profile.kind, on: day)
        ?? authority.agreements.first(where: { $0.kinds.contains(profile.kind) })
    else {
      throw ReturnsError(
        .nothingToTry,
        message: "no agreement of \(authority.name) covers \(profile.kind.rawValue), so that nothing of it would go; "
          + "write under agreements what is to be agreed")
    }
    // The school's own reckoning has nothing to say of pupils whom nobody has.
    var school = school
    let bands = bands(of: profile, school)
    school.risk = nil
    let cohort = cohort(profile, day)
    let planner = ScopePlanner(
      authority: authority, profile: profile, school: school, configuration: configuration,
      day: min(max(day, covering.from), covering.until), gate: .trial)
    let agreement = planner.disclosure.agreement ?? covering
    func row(_ record: LeaverRecord, _ number: Int) -> LeaverRow {
      planner.told([
        .invented(record, number: number, authority: authority, cohort: cohort, kind: profile.kind, day: day)
      ])[0]
    }
    let pupils = TrialPupils(
      profile: profile, cohort: cohort, day: day, codes: configuration.codes, bands: bands,
      outcome: { planner.outcome(of: row($0, 2)) })
    let rows = pupils.records.enumerated().map { row($0.element, $0.offset + 2) }
    var ready: [MappedRow] = []
    var kept: [String: Int] = [:]
    for row in rows {
      let outcome = planner.outcome(of: row)
      if case .ready(let mapped) = outcome { ready.append(mapped) } else { kept[outcome.words, default: 0] += 1 }
    }
    let reasons = kept.sorted { $0.key < $1.key }.map { (reason: $0.key, count: $0.value) }
    guard !ready.isEmpty else {
      throw ReturnsError(
        .nothingToTry,
        message: "of \(school.name) no pupil would go to \(authority.name): "
          + reasons.map(\.reason).joined(separator: "; "))
    }
    let setting = RenderSetting(
      school: school, authority: authority, kind: profile.kind, cohort: cohort, sequence: sequence, day: day,
      scratch: scratch)
    let bytes = try ReturnRenderer(profile: profile).bytes(of: ready, setting)
    let check = SelfCheck(profile: profile, agreement: agreement, codes: configuration.codes, school: school, day: day)
      .check(
        bytes, rows: ready, records: Dictionary(uniqueKeysWithValues: rows.map { ($0.rowNumber, $0.record) }), setting)
    guard check.isClean else {
      throw ReturnsError(
        .unwritable,
        message: "the file does not read back as meant: "
          + check.problems.map(\.description).joined(separator: "; "))
    }
    return TrialFile(
      kind: profile.kind, cohort: cohort, sequence: sequence,
      fileName: try ReturnFile.name(
        profile.fileName,
        ReturnNaming.values(
          school: school, authority: authority.id, kind: profile.kind, cohort: cohort, sequence: sequence, day: day),
        authority: authority.id, kind: profile.kind),
      bytes: bytes, inFull: ready.count { $0.disclosure == .full },
      floorOnly: ready.count { $0.disclosure == .floor }, totals: CodeTotals.count(ready, profile: profile),
      agreement: agreement, kept: reasons)
  }

  private static func cohort(_ profile: ReturnProfile, _ day: CalendarDate) -> Cohort {
    Cohort(stage: profile.cohorts.first ?? .y11, on: day)
  }

  /// The bands that the school reckons, else those that the profile has words for.
  private static func bands(of profile: ReturnProfile, _ school: School) -> [String] {
    if let risk = school.risk { return risk.bands.map(\.name) }
    let known = profile.columns.filter { $0.form.fields == [.riskBand] }.flatMap { $0.map.entries.map(\.ours) }
    return known.isEmpty ? ["high"] : Set(known).sorted()
  }
}
