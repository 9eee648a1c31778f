// The returns of a large file: what each authority gets of rows that are alike, decided once by the rules and written as
// pieces. Pure.

package import Leavers
package import Profiles
import Tabular

/// Every authority's every kind of return, and what they ask of cells.
package struct BulkScopes: Sendable {
  package struct Scope: Sendable {
    package let authority: AuthorityID
    package let profile: ReturnProfile
    let planner: ScopePlanner
    let setting: RenderSetting
    /// Whether its rows are written here; of others none may go.
    let isPlain: Bool
    /// Whether its rows are written as lines of texts first, and the file is rendered of these once all are there.
    package let isRendered: Bool
    let check: SelfCheck?

    /// Of its rows as they are written here.
    var dialect: CSVDialect { isRendered ? .standard : profile.format.csvDialect ?? .standard }

    /// A text as it stands in a row that is written here.
    func written(_ text: String) -> String { isRendered ? text : check?.expected(text) ?? text }
  }

  package let scopes: [Scope]

  /// Nil where a return asks for conditions.
  ///
  /// - Parameter scratch: an existing directory for the temporary files of workbooks.
  package init?(school: School, configuration: Configuration, day: CalendarDate, scratch: String) {
    scopes = configuration.authorities.flatMap { authority in
      authority.returns.map { profile in
        let planner = ScopePlanner(
          authority: authority, profile: profile, school: school, configuration: configuration, day: day, gate: .open)
        return Scope(
          authority: authority.id, profile: profile, planner: planner,
          setting: RenderSetting(
            school: school, authority: authority, kind: profile.kind, cohort: Cohort(stage: .y11, on: day),
            sequence: ReturnNaming.placeholderSequence, day: day, scratch: scratch), isPlain: Self.isPlain(profile),
          isRendered: !Self.isLines(profile),
          check: planner.disclosure.agreement.map {
            SelfCheck(profile: profile, agreement: $0, codes: configuration.codes, school: school, day: day)
          })
      }
    }
    // A condition asks what rows that are alike may differ in.
    guard scopes.allSatisfy({ $0.profile.conditions.isEmpty && $0.profile.enrolment.isEmpty }) else { return nil }
  }

  /// Whether each row of a return depends on nothing but one row, each cell on one field.
  private static func isPlain(_ profile: ReturnProfile) -> Bool {
    profile.rows == .pupil
      && profile.columns.allSatisfy { column in
        switch column.source {
        case .field: column.form.isPlain
        case .constant, .school: true
        default: false
        }
      }
  }

  /// Whether the file is a header and the rows as lines, in their order, in an encoding in which ASCII is itself.
  private static func isLines(_ profile: ReturnProfile) -> Bool {
    guard case .csv(let form) = profile.format else { return false }
    return form.isPlain && profile.sort.isEmpty && [.utf8, .windows1252].contains(form.dialect.encoding)
  }

  // MARK: What returns ask of cells

  /// Field → the most bytes that every return takes.
  package var longest: [Field: Int] {
    var longest: [Field: Int] = [:]
    for column in scopes.filter(\.isPlain).flatMap(\.profile.columns) {
      if case .field(let field) = column.source, let max = column.max {
        longest[field] = min(longest[field] ?? max, max)
      }
    }
    return longest
  }

  /// Fields that a return does not write as the record has them, but for small and capital letters.
  package var changed: Set<Field> {
    var changed: Set<Field> = []
    for column in scopes.filter(\.isPlain).flatMap(\.profile.columns) {
      if case .field(let field) = column.source, column.codes != nil || !column.map.isEmpty || field.type == .date {
        changed.insert(field)
      }
    }
    return changed
  }

  /// Whether every return can write a value, whatever else the row says.
  package func isAlwaysWritten(_ field: Field, _ value: String) -> Bool {
    let record = LeaverRecord([field: value])
    return scopes.filter(\.isPlain).allSatisfy { scope in
      [Disclosure.full, .floor].allSatisfy { extent in
        let planner = scope.planner
        guard let seen = planner.disclosure.disclosed(record, at: extent, tiers: planner.tiers) else { return true }
        // Other columns than its own depend on an activity that may not be told.
        if field == .activity, !seen.permits(field, value: value), extent == .full { return false }
        return scope.profile.columns.indices.allSatisfy { index in
          guard case .field(field) = scope.profile.columns[index].source else { return true }
          return planner.mapping.text(at: index, of: seen) != nil
        }
      }
    }
  }

  // MARK: Rows that are alike

  /// What becomes of rows that are alike; nil where they are not as alike as that, and the file is for `Preparation`.
  ///
  /// - Parameters:
  ///   - row: one of them.
  ///   - source: where the values of its fields come from.
  ///   - cell: the texts of its cells.
  package func plan(
    _ row: LeaverRow, source: (Field) -> FieldSource, cell: (Int) -> String?
  ) throws(ReturnsError) -> BulkPlan? {
    var plan = BulkPlan()
    for (index, scope) in scopes.enumerated() {
      let outcome = scope.planner.outcome(of: row)
      if !scope.isPlain, outcome.isOfTheColumns { return nil }
      plan.fates.append(outcome.fateKind)
      switch outcome {
      case .held(let reason, _, _): plan.keep(.held(reason), row: row.rowNumber, scope)
      case .withheld(let reason, _): plan.keep(.withheld(reason), row: row.rowNumber, scope)
      case .notRouted, .notInKind(.noCohort):
        plan.routable = UnroutedReason.first(plan.routable, UnroutedReason(outcome))
      case .merged, .notInKind: break
      case .ready(let mapped):
        plan.isInScope = true
        guard let cohort = row.cohort,
          let form = try form(of: mapped, row.record, cohort, index, scope, source, cell)
        else { return nil }
        plan.rows.append(form)
      }
    }
    return plan
  }

  private func form(
    of mapped: MappedRow, _ record: LeaverRecord, _ cohort: Cohort, _ index: Int, _ scope: Scope,
    _ source: (Field) -> FieldSource, _ cell: (Int) -> String?
  ) throws(ReturnsError) -> BulkRowForm? {
    let profile = scope.profile
    let bytes = try ReturnRenderer(profile: profile).bytes(of: [mapped], scope.setting)
    guard let check = scope.check,
      check.check(bytes, rows: [mapped], records: [mapped.rowNumber: record], scope.setting).isClean
    else {
      return nil
    }
    var form = BulkRowForm.Builder(scope.dialect, isAlone: profile.columns.count == 1)
    for (place, column) in profile.columns.enumerated() {
      let text = scope.written(mapped.cells[place])
      guard let encoded = try? scope.dialect.encoding.encode(text) else { return nil }
      guard case .field(let field) = column.source, record[field] != nil else {
        form.add(encoded)
        continue
      }
      switch source(field) {
      case .same: form.add(encoded)
      // What the disclosure does not give, it does not give whatever it is.
      case .cell where text.isEmpty: form.add(encoded)
      case .cell(let from):
        guard let sample = cell(from), BulkRowForm.cased(sample, column.letterCase) == text else { return nil }
        form.add(cell: from, column.letterCase)
      case .value(let from, let values):
        form.add(
          value: from,
          BulkRowForm.Value(
            number: valueNumber(index, place, mapped.disclosure), scope: index, column: place, field: field,
            disclosure: mapped.disclosure, place: values))
      }
    }
    return form.finish(scope: index, cohort: cohort, isFloor: mapped.disclosure == .floor)
  }

  /// Columns of all returns, each twice: in full and in floor rows.
  var valueNumbers: Int { scopes.reduce(0) { $0 + $1.profile.columns.count } * 2 }

  private func valueNumber(_ scope: Int, _ column: Int, _ disclosure: Disclosure) -> Int {
    let before = scopes[..<scope].reduce(0) { $0 + $1.profile.columns.count }
    return (before + column) * 2 + (disclosure == .floor ? 1 : 0)
  }

  /// What a return says, in its encoding, where a field has a value; nil where that is more than it may say, or nothing can be said.
  func text(_ value: BulkRowForm.Value, _ text: String) -> [UInt8]? {
    let scope = scopes[value.scope]
    let record = LeaverRecord([value.field: text])
    let planner = scope.planner
    guard let check = scope.check,
      let seen = planner.disclosure.disclosed(record, at: value.disclosure, tiers: planner.tiers),
      let written = planner.mapping.text(at: value.column, of: seen),
      check.permits(written, at: value.column, of: record, disclosure: value.disclosure)
    else { return nil }
    // What the file's own encoding cannot hold is found here too, where other lines are written first.
    guard (try? scope.profile.encoding.encode(written)) != nil else { return nil }
    return try? scope.dialect.encoding.encode(scope.written(written))
  }

  /// What stands before the rows that are written here.
  package func header(_ scope: Int) throws(ReturnsError) -> [UInt8] {
    if scopes[scope].isRendered { return [] }
    return try ReturnRenderer(profile: scopes[scope].profile).bytes(of: [], scopes[scope].setting)
  }

  /// The name of a return's file.
  package func fileName(_ scope: Int, _ cohort: Cohort, school: School, day: CalendarDate) throws(ReturnsError)
    -> String
  {
    let one = scopes[scope]
    return try ReturnFile.name(
      one.profile.fileName,
      ReturnNaming.values(
        school: school, authority: one.authority, kind: one.profile.kind, cohort: cohort,
        sequence: ReturnNaming.placeholderSequence, day: day),
      authority: one.authority, kind: one.profile.kind)
  }
}

/// What becomes of rows that are alike, at every authority.
package struct BulkPlan: Sendable {
  /// By scope.
  package fileprivate(set) var fates: [FateKind] = []
  package fileprivate(set) var kept: [ExportDecisions.Kept] = []
  package fileprivate(set) var rows: [BulkRowForm] = []
  fileprivate var isInScope = false
  fileprivate var routable: UnroutedReason?

  /// Why no authority has them in scope; nil where one has, or where no return is about them.
  package var unrouted: UnroutedReason? { isInScope ? nil : routable }

  fileprivate mutating func keep(_ why: ExportDecisions.Reason, row: Int, _ scope: BulkScopes.Scope) {
    isInScope = true
    kept.append(.init(row: row, authority: scope.authority, kind: scope.profile.kind, why: why))
  }
}

extension RowOutcome {
  /// Whether the columns were asked, so that another row of the kind may come to another outcome.
  fileprivate var isOfTheColumns: Bool {
    switch self {
    case .ready: true
    case .held(_, let column, _), .withheld(_, let column): column != nil
    case .merged, .notInKind, .notRouted: false
    }
  }
}
