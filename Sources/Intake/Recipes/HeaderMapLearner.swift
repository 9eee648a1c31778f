// From a table whose headings nobody mapped yet to a proposed header map. Pure.

package import Leavers
package import Profiles
package import Tabular

/// Proposes what the columns of an export stand for, from their headings and from what their values are.
package struct HeaderMapLearner: Sendable {
  /// Why nothing can be proposed.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String
    package var description: String { message }
  }

  private let known: KnownHeadings
  private let test: ValueTest
  private let schools: Set<LAESTAB>
  private let needed: Set<Field>

  /// - Parameters:
  ///   - configuration: gives the known headings of all header maps, code lists, and what authorities need.
  ///   - day: today in London.
  package init(configuration: Configuration, day: CalendarDate) {
    let maps = configuration.headerMaps.sorted { $0.key < $1.key }.map(\.value)
    var entries = maps.flatMap { map in
      map.columns.map { KnownHeadings.Entry($0.header, $0.field, map: map.name.isEmpty ? map.id : map.name) }
    }
    entries += Field.allCases.map { KnownHeadings.Entry($0.rawValue, $0, map: nil) }
    known = KnownHeadings(entries: entries)
    var words: [Field: Set<String>] = [:]
    for map in maps {
      for (field, values) in map.values { words[field, default: []].formUnion(values.keys) }
    }
    test = ValueTest(
      codes: configuration.codes, authorities: AuthorityNames(configuration: configuration), day: day, words: words)
    schools = Set(configuration.schools.map(\.laestab))
    needed = RecipeNeeds.musts(configuration)
  }

  /// The proposal for a file: of a workbook, for the sheet whose headings are the surest.
  package func learn(_ tables: [LooseTable]) throws(Failure) -> HeaderMapProposal {
    let finder = HeadingRow(known: known, test: test)
    var best: (table: LooseTable, index: Int, score: Int)?
    for table in tables {
      guard let found = finder.find(in: table.rows) else { continue }
      if best.map({ found.score > $0.score }) ?? true { best = (table, found.index, found.score) }
    }
    guard let best else {
      throw Failure(
        message:
          "no row with column headings was found among the first \(ExportColumns.headerDepth); put headings above "
          + "the pupils, such as Surname and Date of Birth")
    }
    let rows = best.table.rows[(best.index + 1)...]
    var columns = best.table.rows[best.index].enumerated().map { place, heading in
      column(place, heading.trimmedOfBlanks, rows)
    }
    settleRepeats(&columns)
    let proposed = Set(columns.filter(\.isProposed).compactMap(\.field))
    return HeaderMapProposal(
      columns: columns, rows: rows.count, sheet: best.table.sheet,
      missing: Field.allCases.filter { needed.contains($0) && !proposed.contains($0) })
  }

  // MARK: One column

  private struct Candidate {
    let field: Field
    let confidence: HeaderMapProposal.Confidence
    let rank: Int
    let fitting: Int?
    let evidence: [String]
  }

  private func column(_ place: Int, _ heading: String, _ rows: ArraySlice<[String]>) -> HeaderMapProposal.Column {
    let cells = rows.compactMap { $0.element(at: place)?.trimmedOfBlanks }.filter { !CellText.isBlank($0, in: .course) }
    let isKnown = known.nearest(to: heading)?.likeness == .same
    let printable = heading.isEmpty || !(isKnown || test.isPrintable(heading)) ? nil : heading
    let candidates = candidates(heading, cells).sorted { ($0.rank, $1.field.rawValue) > ($1.rank, $0.field.rawValue) }
    guard let first = candidates.first else {
      return HeaderMapProposal.Column(
        number: place + 1, heading: printable, field: nil, confidence: .none, filled: cells.count, fitting: nil,
        evidence: [], alternatives: [])
    }
    return HeaderMapProposal.Column(
      number: place + 1, heading: printable, field: first.field, confidence: first.confidence, filled: cells.count,
      fitting: first.fitting, evidence: first.evidence, alternatives: candidates.dropFirst().prefix(3).map(\.field))
  }

  private func candidates(_ heading: String, _ cells: [String]) -> [Candidate] {
    let words = HeadingWords(heading)
    var best: [Field: (likeness: HeadingLikeness, entry: KnownHeadings.Entry)] = [:]
    for entry in known.entries {
      guard let likeness = HeadingLikeness.between(words, entry.words) else { continue }
      if best[entry.field].map({ likeness > $0.likeness }) ?? true { best[entry.field] = (likeness, entry) }
    }
    var candidates = best.map { field, found in candidate(field, found.likeness, found.entry, cells) }
    for (kind, field) in ValueKind.telling where best[field] == nil {
      if let candidate = byValues(kind, field, cells, hasHeading: !best.isEmpty) { candidates.append(candidate) }
    }
    if best[.laestab] == nil, let candidate = ownNumber(cells) { candidates.append(candidate) }
    return candidates
  }

  /// By the heading, confirmed or contradicted by the values.
  private func candidate(
    _ field: Field, _ likeness: HeadingLikeness, _ entry: KnownHeadings.Entry, _ cells: [String]
  ) -> Candidate {
    let place = entry.map.map { "in the map \($0)" } ?? "as leaverlink's own name of the field"
    var evidence: [String]
    var confidence: HeaderMapProposal.Confidence
    var rank: Int
    switch likeness {
    case .same: (evidence, confidence, rank) = (["the heading is known \(place)"], .certain, 300)
    case .spelling(let edits):
      let letters = edits == 1 ? "one letter" : "\(edits) letters"
      evidence = ["the heading is \(letters) away from \"\(entry.heading)\" \(place)"]
      (confidence, rank) = (.likely, 200 - edits)
    case .words(let percent):
      evidence = ["the heading shares words with \"\(entry.heading)\" \(place)"]
      (confidence, rank) = (percent == 100 ? .likely : .possible, percent)
    }
    guard let kind = ValueKind(field), !cells.isEmpty else {
      if cells.isEmpty { evidence.append("all cells are blank") }
      return Candidate(field: field, confidence: confidence, rank: rank, fitting: nil, evidence: evidence)
    }
    let fitting = cells.count { test.isKind(kind, $0, field: field) }
    evidence.append("\(fitting) of \(cells.count) are \(kind.words)")
    if fitting * 10 >= cells.count * 9 {
      if confidence == .possible { confidence = .likely }
      rank += 60
    } else if fitting * 2 < cells.count {
      evidence.append("most values speak against it")
      (confidence, rank) = (.possible, rank - 250)
    }
    return Candidate(field: field, confidence: confidence, rank: rank, fitting: fitting, evidence: evidence)
  }

  /// By the values alone, where nine of ten, and at least three, are of a kind that nothing else is.
  private func byValues(_ kind: ValueKind, _ field: Field, _ cells: [String], hasHeading: Bool) -> Candidate? {
    guard cells.count >= 3 else { return nil }
    let fitting = cells.count { test.isKind(kind, $0, field: field) }
    guard fitting * 10 >= cells.count * 9 else { return nil }
    // A postcode or an address for e-mail may be a parent's; a UPN, ULN or date of birth is the pupil's own.
    let isOwn = kind == .upn || kind == .uln || kind == .birthDate
    return Candidate(
      field: field, confidence: isOwn && !hasHeading ? .likely : .possible, rank: isOwn && !hasHeading ? 90 : 40,
      fitting: fitting, evidence: ["\(fitting) of \(cells.count) are \(kind.words)", "the heading is not known"])
  }

  /// The number of a school that is configured, in all rows.
  private func ownNumber(_ cells: [String]) -> Candidate? {
    guard let first = cells.first.flatMap({ try? LAESTAB($0) }), schools.contains(first) else { return nil }
    let fitting = cells.count { (try? LAESTAB($0)) == first }
    guard fitting == cells.count else { return nil }
    return Candidate(
      field: .laestab, confidence: .likely, rank: 80, fitting: fitting,
      evidence: ["all \(fitting) are the DfE number of one configured school", "the heading is not known"])
  }

  // MARK: All columns

  /// One column a field: the surest, and of equals the first; the others are left for a person.
  private func settleRepeats(_ columns: inout [HeaderMapProposal.Column]) {
    for field in Set(columns.compactMap(\.field)) {
      let rivals = columns.indices.filter { columns[$0].field == field && columns[$0].isProposed }
      guard rivals.count > 1,
        let first = rivals.first(where: { columns[$0].confidence == .certain }) ?? rivals.first
      else { continue }
      // Columns whose headings are all known stay: a map may name several, and the first that is filled is used.
      for rival in rivals where rival != first && columns[rival].confidence != .certain {
        columns[rival].confidence = .possible
        columns[rival].evidence.append("column \(columns[first].number) stands for it already")
      }
    }
  }
}
