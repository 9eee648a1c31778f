// The second pass of a large dry run: every row into its returns and into the checked file, batches in the order of the
// file. Reads and writes files.

import Foundation
import Intake
import Leavers
import Profiles
import Returns
import Synchronization
import Tabular

/// What all batches so far came to.
private struct BulkTotals {
  var tally = BulkTally()
  var listed: [ExportFinding] = []
  var unrouted: [PreparedReturns.Unrouted] = []
  /// By scope.
  var fates: [[FateKind: Int]]
  var floor: [Int]
  /// By file.
  var rows: [Int] = []
}

/// Writes what the first pass found. Workers take batches as they come and hand in what they made of them in turn.
final class BulkSecondPass: Sendable {
  private let batches: ExportBatches
  private let templates: BulkTemplates
  /// The place of the first row of each batch.
  private let places: [Int]
  private let checked: PartFile
  private let totals: Mutex<BulkTotals>
  private let turn = NSCondition()
  private let current = Atomic(0)
  private let isUsual = Atomic(true)
  private let failure = Mutex<(any Error)?>(nil)
  /// Whether more findings are to be listed.
  private let wantsFindings = Atomic(true)

  init(_ batches: ExportBatches, _ templates: BulkTemplates, places: [Int], checked: PartFile, head: [UInt8]) throws {
    self.batches = batches
    self.templates = templates
    self.places = places
    self.checked = checked
    let scopes = templates.scopes.scopes.count
    totals = Mutex(
      BulkTotals(fates: Array(repeating: [:], count: scopes), floor: Array(repeating: 0, count: scopes)))
    do {
      try head.withUnsafeBytes(checked.write)
    } catch {
      checked.drop()
      throw error
    }
  }

  /// False where rows are not as alike as it seemed.
  func run(workers: Int) throws -> Bool {
    let next = Atomic(0)
    onThreads(workers) { _ in
      var worker = BulkBatchWriter(batches, templates)
      while isUsual.load(ordering: .relaxed) {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < batches.starts.count else { return }
        do {
          guard
            try worker.write(
              batch: number, from: places[number], listing: wantsFindings.load(ordering: .relaxed))
          else { return stop(nil) }
          guard wait(for: number) else { return }
          try handIn(&worker)
        } catch {
          return stop(error)
        }
        turn.lock()
        current.store(number + 1, ordering: .relaxed)
        turn.broadcast()
        turn.unlock()
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return isUsual.load(ordering: .relaxed)
  }

  /// Waits until all batches before are handed in; false where that will not be.
  private func wait(for number: Int) -> Bool {
    turn.lock()
    defer { turn.unlock() }
    while current.load(ordering: .relaxed) != number, isUsual.load(ordering: .relaxed) { turn.wait() }
    return isUsual.load(ordering: .relaxed)
  }

  private func stop(_ error: (any Error)?) {
    if let error { failure.withLock { $0 = $0 ?? error } }
    turn.lock()
    isUsual.store(false, ordering: .relaxed)
    turn.broadcast()
    turn.unlock()
  }

  private func handIn(_ worker: inout BulkBatchWriter) throws {
    try worker.checked.bytes.withBytes(checked.write)
    let files = templates.files
    for (index, output) in worker.outputs.enumerated() where output.bytes.count > 0 {
      try output.bytes.withBytes(files[index].part.write)
    }
    totals.withLock { totals in
      totals.tally.add(worker.tally, templates.slots)
      totals.listed += worker.listed.prefix(Examination.listedFindings - totals.listed.count)
      totals.unrouted += worker.unrouted
      for (template, count) in worker.kinds {
        for (scope, fate) in template.plan.fates.enumerated() { totals.fates[scope][fate, default: 0] += count }
        for (form, file) in zip(template.plan.rows, template.files) {
          while totals.rows.count <= file { totals.rows.append(0) }
          totals.rows[file] += count
          if form.isFloor { totals.floor[form.scope] += count }
        }
      }
      if totals.listed.count == Examination.listedFindings { wantsFindings.store(false, ordering: .relaxed) }
    }
  }

  /// Gives every file its name, and says what was prepared.
  func finish(named name: String, configuration: Configuration, taken: String, out: String) throws
    -> PreparationReport
  {
    try totals.withLock { totals in
      let scopes = templates.scopes.scopes
      let lines = scopes.indices.map {
        PreparedReturns.Line(
          authority: scopes[$0].authority, kind: scopes[$0].profile.kind, rowsRead: totals.tally.figures.rowsRead,
          counts: totals.fates[$0])
      }
      let decisions = ExportDecisions(
        lines: scopes.indices.map {
          ExportDecisions.Line(
            authority: lines[$0].authority, kind: lines[$0].kind, cohort: nil, counts: lines[$0].counts,
            floor: totals.floor[$0])
        }, kept: [], unrouted: totals.unrouted.map(\.row))
      let (desk, summary) = templates.examination.deskFiles(
        named: name, totals.tally, listed: totals.listed, configuration: configuration, taken: taken,
        decisions: decisions)
      for file in desk { try PartFile.write(file.bytes, to: "\(out)/\(file.name)") }
      try checked.finish()
      let files = templates.files
      let order = files.indices.sorted { (files[$0].scope, files[$0].cohort) < (files[$1].scope, files[$1].cohort) }
      for index in order { try files[index].part.finish() }
      return PreparationReport(
        summary: summary, lines: lines,
        files: order.map {
          // A return that is written here has a line a pupil.
          .init(
            authority: scopes[files[$0].scope].authority, name: files[$0].name, pupils: totals.rows[$0],
            lines: totals.rows[$0])
        }, unrouted: totals.unrouted, deskFiles: desk.map(\.name) + [BulkExamination.checkedName(of: name)])
    }
  }

  /// Leaves nothing of what was begun.
  func drop() {
    checked.drop()
    templates.drop()
  }
}

/// Writes the rows of one batch after another. One a thread.
struct BulkBatchWriter: ~Copyable {
  /// What goes into one file, and the rows that it is of.
  final class Output {
    var bytes = OutputBytes()
    var rows: [(row: Int, form: BulkRowForm)] = []

    func begin() {
      bytes.removeAll()
      rows.removeAll(keepingCapacity: true)
    }
  }

  private let batches: ExportBatches
  private let templates: BulkTemplates
  private let examination: BulkExamination
  private var batch: CSVBatch
  private let buffer: UnsafeMutableRawBufferPointer
  private var writer: BulkWriter
  private let values: BulkValues
  /// By the number of the key, and by the key where that has none.
  private var numbered: [BulkTemplate?]
  private var others: [BulkExamination.Key: BulkTemplate] = [:]
  /// By group: the numbers of other rows in words; empty where nobody asked yet.
  private var words: [[UInt8]]

  // What a batch came to.
  let checked = Output()
  private(set) var outputs: [Output] = []
  private(set) var tally = BulkBatchTally()
  private(set) var listed: [ExportFinding] = []
  private(set) var unrouted: [PreparedReturns.Unrouted] = []
  private(set) var kinds: [(template: BulkTemplate, count: Int)] = []
  /// By the number of the template: its place among the kinds, -1 where there is none.
  private var kindOf: [Int] = []

  init(_ batches: ExportBatches, _ templates: BulkTemplates) {
    self.batches = batches
    self.templates = templates
    examination = templates.examination
    batch = CSVBatch(width: examination.reading.width, delimiter: examination.reading.delimiter)
    buffer = .allocate(byteCount: batches.bufferSize, alignment: 16)
    let examination = examination
    writer = BulkWriter(templates.scopes) { examination.value($0, $1) }
    values = BulkValues(examination)
    numbered = Array(repeating: nil, count: examination.classCount * 4)
    words = Array(repeating: [], count: examination.groupCount)
  }

  deinit { buffer.deallocate() }

  /// Makes everything of a batch that is to be handed in; false where rows are not as alike as it seemed.
  mutating func write(batch number: Int, from first: Int, listing: Bool) throws -> Bool {
    begin()
    guard let bytes = batches.read(number, into: buffer), let base = bytes.baseAddress, batch.scan(bytes),
      first + batch.count <= examination.count
    else { return false }
    var copied = 0
    for row in 0..<batch.count {
      let place = first + row
      let rowNumber = examination.reading.firstNumber + place
      let group = examination.group(of: place)
      guard let template = try template(place) else { return false }
      let kind = kind(of: template)
      kinds[kind].count += 1
      tally.count(kind, template.facts, row: rowNumber)
      if let why = template.plan.unrouted { unrouted.append(.init(row: rowNumber, why: why)) }

      let words = group.map { self.words(place, $0) } ?? []
      let end = batch.range(row).upperBound
      checked.bytes.append(UnsafeRawBufferPointer(start: base + copied, count: end - copied))
      copied = end
      template.facts.appendChecked(to: &checked.bytes, others: words)

      for index in template.plan.rows.indices {
        let output = outputs[template.files[index]]
        let form = template.plan.rows[index]
        guard writer.write(form, row: row, of: batch, to: &output.bytes, number: { values.number($0, $1) }) else {
          return false
        }
        output.rows.append((row, form))
      }
      if listing, listed.count < Examination.listedFindings {
        listed += template.facts.findings(
          row: rowNumber, others: group == nil ? nil : String(decoding: words, as: UTF8.self)
        ) { batch.cell(row, $0).string }
      }
    }
    checked.bytes.append(UnsafeRawBufferPointer(start: base + copied, count: bytes.count - copied))
    for output in outputs {
      guard writer.isAsMeant(output.bytes, output.rows, of: batch, number: { values.number($0, $1) }) else {
        return false
      }
    }
    return true
  }

  private mutating func begin() {
    checked.begin()
    for output in outputs { output.begin() }
    tally = BulkBatchTally()
    listed = []
    unrouted = []
    kinds = []
    kindOf = kindOf.map { _ in -1 }
  }

  private mutating func template(_ place: Int) throws -> BulkTemplate? {
    if let number = examination.keyNumber(of: place) {
      if let known = numbered[number] { return known }
      let new = try made(examination.key(of: place))
      numbered[number] = new
      return new
    }
    let key = examination.key(of: place)
    if let known = others[key] { return known }
    let new = try made(key)
    others[key] = new
    return new
  }

  private mutating func made(_ key: BulkExamination.Key) throws -> BulkTemplate? {
    guard let template = try templates.template(key) else { return nil }
    while outputs.count <= template.files.max() ?? -1 { outputs.append(Output()) }
    return template
  }

  private mutating func kind(of template: BulkTemplate) -> Int {
    while kindOf.count <= template.number { kindOf.append(-1) }
    if kindOf[template.number] >= 0 { return kindOf[template.number] }
    let place = tally.begin(template.facts)
    kinds.append((template, 0))
    kindOf[template.number] = place
    return place
  }

  /// The numbers of the other rows of a group in words.
  private mutating func words(_ place: Int, _ group: Int) -> [UInt8] {
    if examination.isNamed(place, in: group) { return Array(examination.others(of: place, in: group).utf8) }
    if words[group].isEmpty { words[group] = Array(examination.others(of: place, in: group).utf8) }
    return words[group]
  }
}
