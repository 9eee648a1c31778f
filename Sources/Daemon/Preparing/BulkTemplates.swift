// What is known of rows that are alike, made once for all workers; and the files that rows go into.

import Intake
import Leavers
import Profiles
import Returns
import Synchronization

/// Everything about rows with one key.
final class BulkTemplate: Sendable {
  /// Its number among all templates.
  let number: Int
  let facts: BulkFacts
  let plan: BulkPlan
  /// The place of each of the plan's rows among the files.
  let files: [Int]

  init(number: Int, facts: BulkFacts, plan: BulkPlan, files: [Int]) {
    self.number = number
    self.facts = facts
    self.plan = plan
    self.files = files
  }
}

/// One file of a return: an authority's kind and cohort.
struct BulkFile: Sendable {
  let scope: Int
  let cohort: Cohort
  let name: String
  let part: PartFile
}

/// Templates by key. Safe for many threads.
final class BulkTemplates: Sendable {
  let examination: BulkExamination
  let scopes: BulkScopes
  let slots = BulkSlots()
  private let configuration: Configuration
  private let school: School
  private let day: CalendarDate
  private let out: String
  private let state = Mutex(State())

  private struct State {
    var templates: [BulkExamination.Key: BulkTemplate] = [:]
    var files: [BulkFile] = []
  }

  init(
    _ examination: BulkExamination, _ scopes: BulkScopes, configuration: Configuration, school: School,
    day: CalendarDate, out: String
  ) {
    self.examination = examination
    self.scopes = scopes
    self.configuration = configuration
    self.school = school
    self.day = day
    self.out = out
  }

  var files: [BulkFile] { state.withLock { $0.files } }

  /// The template of a key; nil where rows with it are not as alike as that.
  func template(_ key: BulkExamination.Key) throws -> BulkTemplate? {
    try state.withLock { state in
      if let known = state.templates[key] { return known }
      let row = examination.prototype(key)
      let plan = try scopes.plan(
        LeaverRow(
          rowNumber: row.rowNumber, cohort: row.cohort, record: row.record, verdict: row.verdict,
          undecided: row.undecided),
        source: { examination.source(of: $0, in: key.rowClass) }, cell: { examination.sample(key.rowClass, $0) })
      guard let plan else { return nil }
      let facts = BulkFacts(
        key, row,
        ExportDecisions(lines: [], kept: plan.kept, unrouted: plan.unrouted == nil ? [] : [row.rowNumber]),
        of: examination, slots: slots,
        authorities: Dictionary(
          configuration.authorities.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first }))
      var files: [Int] = []
      for form in plan.rows {
        guard let file = try file(form.scope, form.cohort, &state) else { return nil }
        files.append(file)
      }
      let template = BulkTemplate(number: state.templates.count, facts: facts, plan: plan, files: files)
      state.templates[key] = template
      return template
    }
  }

  /// The place of the file of a return; nil where another one has its name.
  private func file(_ scope: Int, _ cohort: Cohort, _ state: inout State) throws -> Int? {
    if let known = state.files.firstIndex(where: { $0.scope == scope && $0.cohort == cohort }) { return known }
    let name = try scopes.fileName(scope, cohort, school: school, day: day)
    let path = "\(out)/\(scopes.scopes[scope].authority.rawValue)/\(name)"
    guard !state.files.contains(where: { $0.part.path == path }) else { return nil }
    let part = try PartFile(path)
    state.files.append(BulkFile(scope: scope, cohort: cohort, name: name, part: part))
    try scopes.header(scope).withUnsafeBytes(part.write)
    return state.files.count - 1
  }

  /// Makes the files that are more than their lines.
  func render(workers: Int) throws {
    let files = files.filter { scopes.scopes[$0.scope].isRendered }
    let next = Atomic(0)
    let failure = Mutex<(any Error)?>(nil)
    onThreads(min(workers, max(1, files.count))) { _ in
      while true {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < files.count, failure.withLock({ $0 == nil }) else { return }
        do {
          let file = files[number]
          let bytes = try scopes.rendered(file.scope, file.cohort, lines: file.part.take())
          try bytes.withUnsafeBytes(file.part.write)
        } catch {
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  /// Leaves nothing of what was begun.
  func drop() { for file in files { file.part.drop() } }
}
