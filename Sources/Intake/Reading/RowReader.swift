// One record of an export to one leaver record and what there is to say of its cells. Pure.

import Leavers

/// A row after its cells were read, before it was compared with other rows.
struct RowReading: Sendable {
  let number: Int
  var record: LeaverRecord
  var findings: [ExportFinding]
  /// A reason to hold the row that a cell gave.
  var hold: HoldReason?
  /// Repairs that something else must prove.
  var proposals: [PendingRepair] = []
  /// Words that stand where codes should.
  var words: [RowWord] = []

  var said: Set<FindingCode> { Set(findings.map(\.code)) }

  /// Takes over the words of another row of the same pupil, as far as its values were taken over.
  mutating func takeWords(of other: RowReading) {
    words += other.words.filter { word in
      record[word.field] == other.record[word.field] && !words.contains { $0.field == word.field }
    }
  }
}

/// Reads rows by the meaning of their columns.
struct RowReader: Sendable {
  let columns: ExportColumns
  let context: RuleContext
  /// Whether text beyond the headings is a column that was given no heading, and not cells out of place.
  let hasUnnamedColumn: Bool
  /// The fields that the export has a column for.
  let present: Set<Field>

  init(columns: ExportColumns, context: RuleContext, hasUnnamedColumn: Bool) {
    self.columns = columns
    self.context = context
    self.hasUnnamedColumn = hasUnnamedColumn
    present = columns.present
  }

  /// The record of a row, the findings about its cells, and a reason to hold it.
  func read(_ row: ScannedRecord) -> RowReading {
    var reading = RowReading(number: row.number, record: LeaverRecord(), findings: [], hold: nil)
    var decided: [(word: RowWord, companions: [Field: String])] = []
    for (index, field) in columns.fields.enumerated() {
      guard let field, index < row.cells.count else { continue }
      var place = filled(field, index, row)
      let outcome: CellOutcome
      if let (unclear, cell) = unclearCell(field, index, row) {
        outcome = Rules.unclear(cell, row.cells[place], field: field, in: context)
        if CellText.isBlank(row.cells[place].trimmedOfBlanks, in: field) { place = unclear }
      } else {
        outcome =
          isTooLong(field, index, row)
          ? Rules.tooLong(row.cells[place], field: field, in: context)
          : Rules.check(row.cells[place], field: field, in: context)
      }
      reading.record[field] = outcome.value
      let isContradicted = contradicts(field, index, row)
      if let word = outcome.word, !isContradicted { decided.append((word, outcome.companions)) }
      if isContradicted {
        // One of the answers may be a refusal: what was said before must not stand as if none were given.
        reading.record[field] = field == .sharing ? SharingRule.notUnderstood : nil
        reading.hold = .contradictoryRepeat
        reading.findings.append(finding(Remark(.columnsContradict), field, row: row.number))
      }
      for remark in outcome.remarks {
        reading.findings.append(
          ExportFinding(
            remark, row: row.number, columnNumber: place + 1, column: columns.names[place], field: field,
            value: row.cells[place],
            after: FindingsCatalogue.repairs.contains(remark.code) ? outcome.value : nil))
      }
      if let proposal = outcome.proposal, let refused = outcome.remarks.first {
        reading.proposals.append(
          PendingRepair(
            field: field, refused: refused.code, proposal: proposal, before: Redacted(row.cells[place]),
            place: (place + 1, columns.names[place])))
      }
      // A missing date of birth is decided for the record as a whole: a repeat of the row may give it.
      if let hold = outcome.hold, hold != .noDateOfBirth { reading.hold = reading.hold ?? hold }
    }
    // After all cells: what the row says itself goes before what a word of it means.
    for (word, companions) in decided { reading.words.append(WordRule.fill(&reading.record, companions, by: word)) }
    if !columns.parts.isEmpty { addAddress(row, &reading) }
    if let former = reading.record[.formerUPN], former == reading.record[.upn] {
      reading.record[.formerUPN] = nil
      reading.findings.append(finding(Remark(.formerUPNSame), .formerUPN, row: row.number, value: former))
    }
    checkShape(row, &reading)
    return reading
  }

  /// The first column of a field that is filled in a row.
  private func filled(_ field: Field, _ first: Int, _ row: ScannedRecord) -> Int {
    guard let others = columns.alternatives[field] else { return first }
    return ([first] + others).first { place in
      row.cells.element(at: place).map { !CellText.isBlank($0.trimmedOfBlanks, in: field) } == true
    } ?? first
  }

  /// Whether a cell of a field was blanked for its length.
  private func isTooLong(_ field: Field, _ first: Int, _ row: ScannedRecord) -> Bool {
    guard !row.tooLong.isEmpty else { return false }
    return row.tooLong.contains(first) || columns.alternatives[field]?.contains(where: row.tooLong.contains) == true
  }

  /// The first cell of a field of which nobody knows what it says, and why.
  private func unclearCell(_ field: Field, _ first: Int, _ row: ScannedRecord) -> (place: Int, cell: UnclearCell)? {
    guard !row.unclear.isEmpty else { return nil }
    for place in [first] + (columns.alternatives[field] ?? []) {
      if let cell = row.unclear[place] { return (place, cell) }
    }
    return nil
  }

  /// Whether columns that mean the same say different things where that decides what is sent, and to whom. Names are
  /// left alone: reports hold the preferred one beside the legal one, which is preferred here.
  private func contradicts(_ field: Field, _ first: Int, _ row: ScannedRecord) -> Bool {
    guard let others = columns.alternatives[field], field.type != .name, Repeats.decisive.contains(field) else {
      return false
    }
    let values = ([first] + others).compactMap { place in
      row.cells.element(at: place).flatMap { Rules.check($0, field: field, in: context).value }
    }
    return Set(values).count > 1
  }

  /// A finding about the cell of a field.
  func finding(_ remark: Remark, _ field: Field?, row: Int, value: String? = nil) -> ExportFinding {
    let position = field.flatMap { columns.positions[$0] }
    return ExportFinding(
      remark, row: row, columnNumber: position.map { $0 + 1 }, column: position.map { columns.names[$0] }, field: field,
      value: value)
  }

  private func checkShape(_ row: ScannedRecord, _ reading: inout RowReading) {
    if row.cells.count < columns.width {
      reading.findings.append(
        ExportFinding(Remark(.tooFewCells, "\(row.cells.count) of \(columns.width)"), row: row.number))
    }
    if !hasUnnamedColumn, Self.reachesBeyond(row, columns) {
      reading.findings.append(
        ExportFinding(Remark(.tooManyCells, "\(row.cells.count) for \(columns.width)"), row: row.number))
      reading.hold = .cellsOutOfPlace
    }
    for cell in row.tooLong {
      reading.findings.append(
        ExportFinding(
          Remark(.cellTooLong, "at most \(ExportScan.cellLimit) bytes are taken in"), row: row.number,
          columnNumber: cell + 1, column: columns.names.element(at: cell),
          field: columns.fields.element(at: cell).flatMap { $0 }))
    }
    if let cell = row.misquotedCell {
      reading.findings.append(
        ExportFinding(
          Remark(.misquoted), row: row.number, columnNumber: cell + 1, column: columns.names.element(at: cell),
          field: columns.fields.element(at: cell).flatMap { $0 }, value: row.cells[cell]))
    }
  }

  /// Whether a row has text to the right of the last heading.
  static func reachesBeyond(_ row: ScannedRecord, _ columns: ExportColumns) -> Bool {
    row.cells.dropFirst(columns.width).contains { !$0.trimmedOfBlanks.isEmpty }
  }
}
