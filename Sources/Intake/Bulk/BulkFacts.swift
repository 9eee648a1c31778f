// What is told of rows that are alike: findings, the two cells of the checked file, what they count for.

package import Leavers
import Ledger
import Profiles
import Synchronization
package import Tabular

/// What is told of all rows with one key, and what became of them.
package final class BulkFacts: Sendable {
  /// One of the rows, with the row number 1.
  package let prototype: ExaminedRow
  let decisions: ExportDecisions
  /// Of each finding the column, from 0, of whose cell it shows the content.
  private let shown: [Int?]
  /// Of each finding the words before and after the numbers of other rows; nil where it names none.
  private let sentences: [(before: String, after: String)?]
  /// The two cells of the checked file with the delimiters before them, cut where the numbers of other rows stand.
  private let checked: [[UInt8]]
  /// Whether its rows wait for anything; whether they do not, and should be looked at.
  let isHeld: Bool
  let isLookedAt: Bool
  /// Where its mistakes and reasons are counted, each once.
  let mistakes: [Int]
  let reasons: [Int]

  /// - Parameters:
  ///   - decisions: what became of row 1.
  ///   - authorities: by name.
  package init(
    _ key: BulkExamination.Key, _ prototype: ExaminedRow, _ decisions: ExportDecisions,
    of examination: BulkExamination, slots: BulkSlots, authorities: [AuthorityID: String]
  ) {
    self.prototype = prototype
    self.decisions = decisions
    let placeholder = BulkExamination.placeholder(isLong: key.isLong)
    sentences = prototype.details.map { finding in
      guard key.note != nil, let range = finding.what.firstRange(of: placeholder) else { return nil }
      return (String(finding.what[..<range.lowerBound]), String(finding.what[range.upperBound...]))
    }
    shown = prototype.details.map { finding in
      guard let value = finding.value?.exposed, let column = finding.columnNumber,
        examination.sample(key.rowClass, column - 1) == value
      else { return nil }
      return column - 1
    }
    let report = RowReport(
      mis: MISProduct(headerMap: examination.reading.examiner.school.mis), reference: nil, decisions: decisions,
      names: authorities)
    var cells: [UInt8] = []
    for _ in 0...examination.missingCells { cells.append(examination.reading.delimiter.rawValue) }
    CheckedFile.append(report.verdict(prototype), examination.reading.delimiter, .utf8, to: &cells)
    cells.append(examination.reading.delimiter.rawValue)
    CheckedFile.append(report.errors(prototype), examination.reading.delimiter, .utf8, to: &cells)
    checked = key.note == nil ? [cells] : Self.cut(cells, Array(placeholder.utf8))
    isHeld = prototype.isHeld || decisions.kept.contains(where: \.why.isHeld)
    isLookedAt = !isHeld && prototype.details.contains { $0.severity >= .warning }
    mistakes = slots.places(of: Set(prototype.details.filter { $0.severity >= .warning }.map(\.code)))
    reasons = slots.places(of: Set(decisions.kept.map(\.why)))
  }

  private static func cut(_ bytes: [UInt8], _ words: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    var start = 0
    var index = 0
    while index + words.count <= bytes.count {
      if bytes[index..<index + words.count].elementsEqual(words) {
        parts.append(Array(bytes[start..<index]))
        index += words.count
        start = index
      } else {
        index += 1
      }
    }
    return parts + [Array(bytes[start...])]
  }

  /// Whether the checked file names other rows.
  package var namesOthers: Bool { checked.count > 1 }

  /// Adds the two cells of a row; `others` are the numbers of other rows in words.
  package func appendChecked(to output: inout OutputBytes, others: [UInt8]) {
    for index in checked.indices {
      if index > 0 { output.append(others) }
      output.append(checked[index])
    }
  }

  /// The findings of a row.
  package func findings(row: Int, others: String?, cell: (Int) -> String) -> [ExportFinding] {
    prototype.details.enumerated().map { index, finding in
      let what = others.flatMap { others in sentences[index].map { $0.before + others + $0.after } }
      return finding.moved(to: row, value: shown[index].map(cell), what: what)
    }
  }
}

extension BulkExamination {
  /// Cells that a row lacks beside the longest record of the file, which is a title above the headings if any.
  var missingCells: Int { max(0, (reading.scan.records.map(\.cells.count).max() ?? 0) - reading.width) }
}

/// Places for counting by code and by reason. Safe for many threads.
package final class BulkSlots: Sendable {
  fileprivate let codes = Mutex<[FindingCode]>([])
  fileprivate let whys = Mutex<[ExportDecisions.Reason]>([])

  package init() {}

  fileprivate func places(of wanted: Set<FindingCode>) -> [Int] { codes.withLock { Self.places(of: wanted, &$0) } }

  fileprivate func places(of wanted: Set<ExportDecisions.Reason>) -> [Int] {
    whys.withLock { Self.places(of: wanted, &$0) }
  }

  private static func places<Name: Hashable>(of wanted: Set<Name>, _ names: inout [Name]) -> [Int] {
    wanted.map { name in
      if let known = names.firstIndex(of: name) { return known }
      names.append(name)
      return names.count - 1
    }
  }
}

/// Counts over the rows of one batch, in order.
package struct BulkBatchTally {
  /// How often each kind of row came, in the order in which they came first.
  private(set) var facts: [BulkFacts] = []
  private(set) var counts: [Int] = []
  private(set) var mistakes: [RowRuns] = []
  private(set) var reasons: [RowRuns] = []

  package init() {}

  /// A place for a kind of row that comes first now.
  package mutating func begin(_ new: BulkFacts) -> Int {
    facts.append(new)
    counts.append(0)
    while mistakes.count <= new.mistakes.max() ?? -1 { mistakes.append(RowRuns()) }
    while reasons.count <= new.reasons.max() ?? -1 { reasons.append(RowRuns()) }
    return counts.count - 1
  }

  /// Counts a row of the kind at a place.
  @inline(__always)
  package mutating func count(_ place: Int, _ facts: BulkFacts, row: Int) {
    counts[place] += 1
    for index in facts.mistakes.indices { mistakes[facts.mistakes[index]].add(row) }
    for index in facts.reasons.indices { reasons[facts.reasons[index]].add(row) }
  }
}

/// Counts over all rows.
package struct BulkTally: Sendable {
  package private(set) var figures = ExaminationSummary()
  package private(set) var cohorts: Set<Cohort> = []
  private var held = 0
  private var looked = 0
  private var heldForAll: [Cohort?: Int] = [:]
  private var mistakes: [FindingCode: MistakeTally] = [:]
  private var reasons: [ExportDecisions.Reason: HeldTally] = [:]

  package init() {}

  /// Findings so far, all of rows.
  package var findings: Int { figures.errors + figures.warnings + figures.notes }

  /// Adds a batch that comes after all others.
  package mutating func add(_ batch: BulkBatchTally, _ slots: BulkSlots) {
    for (facts, count) in zip(batch.facts, batch.counts) { add(facts, count) }
    for (code, runs) in zip(slots.codes.withLock { $0 }, batch.mistakes) { mistakes[code]?.add(rows: runs) }
    for (why, runs) in zip(slots.whys.withLock { $0 }, batch.reasons) { reasons[why]?.rows.add(runs) }
  }

  private mutating func add(_ facts: BulkFacts, _ count: Int) {
    figures.rowsRead += count
    if let cohort = facts.prototype.cohort { cohorts.insert(cohort) }
    switch facts.prototype.verdict {
    case .clear: figures.clear += count
    case .held:
      figures.held += count
      heldForAll[facts.prototype.cohort, default: 0] += count
    case .merged: figures.merged += count
    }
    if facts.isHeld { held += count }
    if facts.isLookedAt { looked += count }
    for finding in facts.prototype.details {
      figures.count(finding, times: count)
      MistakeTally.count(finding, times: count, &mistakes)
    }
    for (why, kept) in Dictionary(grouping: facts.decisions.kept, by: \.why) {
      let authorities = Set(kept.map(\.authority))
      reasons[why, default: HeldTally()].authorities.formUnion(authorities)
      reasons[why, default: HeldTally()].pairs += authorities.count * count
    }
  }

  /// The figures of the summary, `wholeFile` being the findings that are about no row.
  package func summaryFigures(
    wholeFile: [ExportFinding], authorities: [AuthorityID], named: (AuthorityID) -> String
  ) -> SummaryFigures {
    var all: [FindingCode: MistakeTally] = [:]
    for finding in wholeFile { MistakeTally.count(finding, in: nil, &all) }
    for (code, tally) in mistakes {
      if all[code] == nil { all[code] = tally } else { all[code]?.add(tally) }
    }
    return SummaryFigures(
      rows: figures.rowsRead, held: held, looked: looked, heldForAll: heldForAll,
      heldGroups: HeldGroup.groups(reasons, everybody: Set(authorities), named: named),
      mistakes: MistakeGroup.groups(all), findings: findings + wholeFile.count)
  }
}
