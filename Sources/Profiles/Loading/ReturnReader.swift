// One kind of return of an authority's file.

import Leavers
import Tabular

/// Reads one kind of return.
struct ReturnReader {
  let context: LoadContext
  let codes: CodeTables
  let kind: ReturnKind
  /// The agreements that cover the kind.
  let agreements: [Agreement]

  func read(_ node: ConfigNode, digest: String) -> (profile: ReturnProfile, place: FilePlace)? {
    guard let mapping = node.mapping(KeyLevels.returnProfile) else { return nil }
    let cohorts = mapping["cohorts"].map { self.cohorts($0) } ?? []
    let routedBy = mapping["routed-by"]?.choice(RoutingRule.self)
    let send = mapping["send"].flatMap { self.send($0) } ?? .onRelease
    let file = mapping["file"].flatMap { fileName($0) }
    let dialect = mapping["format"].flatMap { format($0) } ?? CSVDialect()
    let columns = mapping["columns"].map { self.columns($0, dialect: dialect) } ?? []
    guard let file else { return nil }
    let profile = ReturnProfile(
      kind: kind, cohorts: cohorts, routedBy: routedBy ?? .educated, send: send, fileName: file, dialect: dialect,
      columns: columns, digest: digest)
    return (profile, mapping.place(of: "file"))
  }

  private func cohorts(_ node: ConfigNode) -> [Cohort.Stage] {
    var stages: [Cohort.Stage] = []
    for item in node.list() ?? [] {
      guard let text = item.word(among: Cohort.Stage.allCases.map(\.text)), let stage = Cohort.Stage(text) else {
        continue
      }
      if stages.contains(stage) {
        item.error(.repeated, "\(text) stands twice", remedy: "name it once")
      } else {
        stages.append(stage)
      }
    }
    return stages
  }

  private func send(_ node: ConfigNode) -> SendDecision? {
    let decision: SendDecision?
    if node.isMapping {
      let dates = node.mapping(KeyLevels.sendDates)?["on-dates"]?.list()?.compactMap { $0.date() } ?? []
      decision = dates.isEmpty ? nil : .onDates(dates.sorted())
    } else if node.scalar == "on-dates" {
      node.error(.missingKey, "send: on-dates does not say the dates", remedy: "write send: {on-dates: [2026-09-30]}")
      decision = nil
    } else {
      switch node.word(among: ["on-release", "at-once"]) {
      case "on-release": decision = .onRelease
      case "at-once": decision = .atOnce
      default: decision = nil
      }
    }
    if kind == .riskOfNEET, let decision, decision != .onRelease {
      node.error(
        .notApplicable, "risk of NEET goes only for pupils that a person confirmed one by one",
        remedy: "write send: on-release")
    }
    return decision
  }

  private func fileName(_ node: ConfigNode) -> FileNamePattern? {
    guard let text = node.text() else { return nil }
    let pattern: FileNamePattern
    do { pattern = try FileNamePattern(text) } catch {
      node.error(.badFileName, error.message, remedy: error.remedy)
      return nil
    }
    if pattern.pieces.contains(.wildcard) {
      node.error(.badFileName, "a return's file name cannot have a *", remedy: "use placeholders such as {sequence}")
    }
    if !pattern.contains(.sequence) {
      node.error(
        .badFileName, "without {sequence} a later return of the same school would bear the name of an earlier one",
        remedy: "put {sequence} into the name")
    }
    if !pattern.contains(.laestab) {
      node.error(
        .badFileName, "without {laestab} the returns of two schools could bear one name",
        remedy: "put {laestab} into the name")
    }
    return pattern
  }

  private func format(_ node: ConfigNode) -> CSVDialect? {
    guard let mapping = node.mapping(KeyLevels.format) else { return nil }
    _ = mapping["type"]?.word(among: ["csv"])
    var dialect = CSVDialect()
    if let name = mapping["encoding"]?.word(among: ["utf-8", "windows-1252"]), let encoding = TextEncoding(name: name) {
      dialect.encoding = encoding
    }
    if let newline = mapping["newline"]?.choice(CSVDialect.Newline.self) { dialect.newline = newline }
    if let name = mapping["delimiter"]?.word(among: ["comma", "semicolon", "tab", "bar"]),
      let delimiter = CSVDialect.Delimiter(name: name)
    {
      dialect.delimiter = delimiter
    }
    if let quoting = mapping["quote"]?.choice(CSVDialect.Quoting.self) { dialect.quoting = quoting }
    if let mark = mapping["bom"]?.boolean() { dialect.byteOrderMark = mark }
    if let formulas = mapping["formulas"]?.choice(CSVDialect.Formulas.self) { dialect.formulas = formulas }
    if dialect.byteOrderMark, dialect.encoding != .utf8 {
      context.log.error(
        .notApplicable, at: mapping.place(of: "bom"), "\(dialect.encoding) has no byte order mark",
        remedy: "remove bom, or write encoding: utf-8")
    }
    return dialect
  }

  private func columns(_ node: ConfigNode, dialect: CSVDialect) -> [ReturnColumn] {
    let reader = ColumnReader(context: context, codes: codes, agreements: agreements, encoding: dialect.encoding)
    var columns: [ReturnColumn] = []
    for item in node.list() ?? [] {
      guard let (column, place) = reader.read(item) else { continue }
      if columns.contains(where: { $0.name == column.name }) {
        context.log.error(
          .repeated, at: place, "two columns are called \(quoted(column.name))", remedy: "give each its own header")
      }
      columns.append(column)
    }
    return columns
  }
}
