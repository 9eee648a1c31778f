// One kind of return of an authority's file.

import Leavers
import Tabular

/// Reads one kind of return.
struct ReturnReader {
  let context: LoadContext
  let codes: CodeTables
  let lookups: LookupTables
  let kind: ReturnKind
  /// The agreements that cover the kind.
  let agreements: [Agreement]

  /// `digest`: of the kind and the authority's file; that of the files it names is added.
  func read(_ node: ConfigNode, digest: TextDigest) -> (profile: ReturnProfile, place: FilePlace)? {
    guard let mapping = node.mapping(KeyLevels.returnProfile) else { return nil }
    var digest = digest
    _ = lookups.takeNamed()
    let cohorts = mapping["cohorts"].map { self.cohorts($0) } ?? []
    let enrolment = (mapping["enrolment"]?.list() ?? []).compactMap { $0.word(among: ["C", "G", "M", "S", "F", "O"]) }
    let conditions = (mapping["where"]?.list() ?? []).compactMap { item in
      item.mapping(KeyLevels.condition).flatMap { ConditionReader(codes: codes).condition($0) }
    }
    let routedBy = mapping["routed-by"]?.choice(RoutingRule.self)
    let send = mapping["send"].flatMap { self.send($0) } ?? .onRelease
    let file = mapping["file"].flatMap { fileName($0) }
    let rows = mapping["rows"]?.choice(RowShape.self) ?? .pupil
    var form = FormatReader(context: context).read(mapping["format"])
    let columns = mapping["columns"].map { self.columns($0, encoding: form.encoding, rows: rows) } ?? []
    form.check(columns, context)
    let sort = self.sort(mapping["sort"], columns)
    let examples = (mapping["examples"]?.list() ?? []).compactMap { ExampleReader(columns: columns).read($0) }
    for bytes in lookups.takeNamed() + form.files { digest.append(bytes) }
    guard let file else { return nil }
    var profile = ReturnProfile(
      kind: kind, cohorts: cohorts, enrolment: enrolment, conditions: conditions, routedBy: routedBy ?? .educated,
      send: send, fileName: file, format: form.format, rows: rows, columns: columns, sort: sort, digest: digest.hex,
      examples: examples)
    if kind != .riskOfNEET,
      let field = (columns.flatMap(\.form.fields) + conditions.map(\.field)).first(where: Field.risk.contains)
    {
      context.log.error(
        .notApplicable, at: mapping.place(of: "columns"),
        "\(field.rawValue) is told in risk-of-neet alone, of pupils whom a person confirmed one by one",
        remedy: "remove it from this return")
    }
    profile.changesOnly = mapping["changes"]?.boolean() ?? false
    profile.coverSheet = mapping["cover-sheet"]?.boolean() ?? false
    if profile.closes, profile.routedBy == .educated {
      context.log.warning(
        .notApplicable, at: mapping.place(of: "routed-by"),
        "pupils are this authority's by their school, so that none ever moves away from it",
        remedy: "remove the column with moved, or write routed-by: resident")
    }
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
      decision = .onCalendar
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

  private func columns(_ node: ConfigNode, encoding: TextEncoding, rows: RowShape) -> [ReturnColumn] {
    let forms = FormReader(context: context, codes: codes, lookups: lookups, encoding: encoding, rows: rows)
    let reader = ColumnReader(context: context, forms: forms, agreements: agreements)
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

  private func sort(_ node: ConfigNode?, _ columns: [ReturnColumn]) -> [String] {
    (node?.list() ?? []).compactMap { $0.column(among: columns) }
  }
}

extension ConfigNode {
  /// The name of a column of the return.
  func column(among columns: [ReturnColumn]) -> String? {
    guard let name = text() else { return nil }
    guard columns.contains(where: { $0.name == name }) else {
      error(
        .unknownChoice, "no column is called \(quoted(name))",
        remedy: Nearest.remedy(for: name, among: columns.map(\.name), otherwise: "use a column's name"))
      return nil
    }
    return name
  }
}
