// How a return is written: the type of its file, and the files that belong to it.

import Leavers
import Tabular

/// Reads the format of a return.
struct FormatReader {
  let context: LoadContext

  /// What was read, and what columns must be held against.
  struct Draft {
    var format: ReturnFormat
    /// The bytes of the template or schema: they belong to the profile.
    var files: [[UInt8]] = []
    var place: FilePlace
    /// Texts with placeholders, with their places.
    fileprivate var texts: [(text: LineText, place: FilePlace)] = []

    var encoding: TextEncoding { format.csvDialect?.encoding ?? .utf8 }
  }

  private static let keys: [String: [String]] = [
    "csv": ["encoding", "newline", "delimiter", "quote", "bom", "formulas", "column-names", "head", "tail"],
    "xlsx": ["sheet", "lists", "template", "at", "cells", "sample-row"],
    "xml": ["root", "namespace", "row", "empty", "schema", "head"],
  ]

  func read(_ node: ConfigNode?) -> Draft {
    guard let node, let mapping = node.mapping(KeyLevels.format) else {
      return Draft(format: .csv(CSVForm()), place: node?.place ?? FilePlace(file: ""))
    }
    let type = mapping["type"].map { $0.word(among: ["csv", "xlsx", "xml"]) } ?? "csv"
    guard let type else { return Draft(format: .csv(CSVForm()), place: node.place) }
    for key in Set(Self.keys.values.joined()).sorted() where Self.keys[type]?.contains(key) != true {
      mapping[key]?.error(.notApplicable, "\(key) is not for files of the type \(type)", remedy: "remove \(key)")
    }
    var draft = Draft(format: .csv(CSVForm()), place: node.place)
    switch type {
    case "xlsx":
      if mapping["template"] != nil { template(mapping, &draft) } else { workbook(mapping, &draft) }
    case "xml": xml(mapping, &draft)
    default: csv(mapping, &draft)
    }
    return draft
  }

  // MARK: CSV

  private func csv(_ mapping: ConfigMapping, _ draft: inout Draft) {
    var dialect = CSVDialect()
    if let name = mapping["encoding"]?.word(among: TextEncoding.allCases.map(\.rawValue)),
      let encoding = TextEncoding(name: name)
    {
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
    if dialect.byteOrderMark, dialect.encoding.byteOrderMark.isEmpty {
      context.log.error(
        .notApplicable, at: mapping.place(of: "bom"), "\(dialect.encoding) has no byte order mark",
        remedy: "remove bom, or write encoding: utf-8")
    }
    if [.utf16LittleEndian, .utf16BigEndian].contains(dialect.encoding), !dialect.byteOrderMark {
      context.log.error(
        .missingKey, at: mapping.place(of: "encoding"),
        "a file in \(dialect.encoding) without a byte order mark is not told from another",
        remedy: "write bom: true")
    }
    let names = mapping["column-names"]?.boolean() ?? true
    let head = mapping["head"].map { lines($0, dialect.encoding, &draft) } ?? []
    let tail = mapping["tail"].map { lines($0, dialect.encoding, &draft) } ?? []
    draft.format = .csv(CSVForm(dialect: dialect, hasColumnNames: names, head: head, tail: tail))
  }

  private func lines(_ node: ConfigNode, _ encoding: TextEncoding, _ draft: inout Draft) -> [[LineText]] {
    (node.list() ?? []).map { line in
      (line.list() ?? []).compactMap { cell in
        guard let text = text(cell, &draft) else { return nil }
        if (try? encoding.encode(cell.scalar ?? "")) == nil {
          cell.error(.notInEncoding, "this cannot be written in \(encoding)", remedy: "use other characters")
        }
        return text
      }
    }
  }

  private func text(_ node: ConfigNode, _ draft: inout Draft) -> LineText? {
    guard let text = node.wordOrNothing() else { return nil }
    do {
      let line = try LineText(text)
      draft.texts.append((line, node.place))
      return line
    } catch {
      node.error(.badValue, error.message, remedy: error.remedy)
      return nil
    }
  }

  // MARK: Workbooks

  private func workbook(_ mapping: ConfigMapping, _ draft: inout Draft) {
    for key in ["at", "cells", "sample-row"] {
      mapping[key]?.error(.notApplicable, "\(key) is for a template", remedy: "remove \(key), or name the template")
    }
    let sheet = mapping["sheet"]?.text() ?? "Leavers"
    if sheet.count > 31 || sheet.contains(where: { "[]:*?/\\".contains($0) }) || sheet.hasPrefix("'")
      || sheet.hasSuffix("'")
    {
      mapping["sheet"]?.error(
        .badValue, "\(quoted(sheet)) cannot be the name of a sheet",
        remedy: "use at most 31 characters, none of []:*?/\\")
    }
    draft.format = .workbook(WorkbookForm(sheet: sheet, offersLists: mapping["lists"]?.boolean() ?? true))
  }

  private func template(_ mapping: ConfigMapping, _ draft: inout Draft) {
    for key in ["sheet", "lists"] {
      mapping[key]?.error(.notApplicable, "\(key) is not for a template", remedy: "remove \(key)")
    }
    let at = mapping["at"].flatMap { place($0) }
    if mapping["at"] == nil {
      context.log.error(
        .missingKey, at: mapping.place, "it is not said where in the template the rows go",
        remedy: "add at: the first row's first cell, such as at: Leavers!A7")
    }
    var cells: [TemplateForm.Cell] = []
    for item in mapping["cells"]?.list() ?? [] {
      guard let one = item.mapping(KeyLevels.templateCell), let place = one["at"].flatMap({ place($0) }),
        let text = one["text"].flatMap({ self.text($0, &draft) })
      else { continue }
      cells.append(TemplateForm.Cell(place: place, text: text))
    }
    let sample = mapping["sample-row"]?.boolean() ?? false
    guard let node = mapping["template"], let path = context.path(node),
      context.requireFile(path, at: node.place, what: "the template"),
      let bytes = context.read(path, at: node.place, what: "the template"), let at
    else { return }
    draft.files.append(bytes)
    draft.format = .template(
      TemplateForm(workbook: bytes, file: path, first: at, cells: cells, replacesSample: sample))
  }

  private func place(_ node: ConfigNode) -> TemplateForm.Place? {
    guard let text = node.text() else { return nil }
    guard let place = SheetPlace(text) else {
      node.error(.badValue, "\(quoted(text)) is not a cell of a sheet", remedy: "write it like Leavers!A7")
      return nil
    }
    return TemplateForm.Place(sheet: place.sheet, cell: place.cell.description)
  }

  // MARK: XML

  private func xml(_ mapping: ConfigMapping, _ draft: inout Draft) {
    var head: [XMLForm.Head] = []
    for item in mapping["head"]?.list() ?? [] {
      guard let one = item.mapping(KeyLevels.element), let element = one["element"].flatMap({ path($0) }),
        let text = one["text"].flatMap({ self.text($0, &draft) })
      else { continue }
      head.append(XMLForm.Head(element: element, text: text))
    }
    let root = mapping["root"].flatMap { name($0) }
    let row = mapping["row"].flatMap { path($0) }
    for key in ["root", "row"] where mapping[key] == nil {
      context.log.error(
        .missingKey, at: mapping.place, "the key \"\(key)\" is missing in format, which XML needs",
        remedy: "add \(key): the \(key == "root" ? "name of the root element" : "path of a row's element")")
    }
    if let row, XMLPath(row)?.attribute != nil {
      mapping["row"]?.error(.badValue, "a row is an element, not an attribute", remedy: "write it like Leavers/Leaver")
    }
    let keepsEmpty = mapping["empty"]?.word(among: ["left-out", "kept"]) == "kept"
    var form = XMLForm(
      root: root ?? "", namespace: mapping["namespace"]?.text(), head: head, row: row ?? "", keepsEmpty: keepsEmpty)
    if let node = mapping["schema"], let path = context.path(node),
      context.requireFile(path, at: node.place, what: "the schema"),
      let bytes = context.read(path, at: node.place, what: "the schema")
    {
      do { _ = try XMLSchemaCheck(schema: bytes) } catch {
        node.error(.schema, "the schema \(path) cannot be used: \(error)", remedy: "correct it, or ask the authority")
      }
      draft.files.append(bytes)
      form.schema = bytes
      form.schemaFile = path
    } else if mapping["schema"] == nil {
      context.log.warning(
        .schema, at: mapping.place, "there is no schema that a document is checked with before it leaves",
        remedy: "ask the authority for its XML Schema (.xsd)")
    }
    draft.format = .xml(form)
  }

  private func name(_ node: ConfigNode) -> String? {
    guard let text = node.text() else { return nil }
    guard XMLPath.isName(text) else {
      node.error(.badValue, "\(quoted(text)) cannot be the name of an element", remedy: "use letters, digits, - . _")
      return nil
    }
    return text
  }

  private func path(_ node: ConfigNode) -> String? {
    guard let text = node.text() else { return nil }
    guard XMLPath(text) != nil else {
      node.error(.badValue, "\(quoted(text)) is not a path of elements", remedy: "write it like Header/School")
      return nil
    }
    return text
  }
}

extension FormatReader.Draft {
  /// Holds columns against the format: totals name columns, XML has a path for each, a template has these headings.
  mutating func check(_ columns: [ReturnColumn], _ context: LoadContext) {
    let names = columns.map(\.name)
    for (text, place) in texts {
      for name in text.columns where !names.contains(name) {
        context.log.error(
          .unknownChoice, at: place, "no column is called \(quoted(name))",
          remedy: Nearest.remedy(for: name, among: names, otherwise: "use a column's name"))
      }
    }
    let decimal = columns.filter { ($0.form.number?.decimals ?? 0) > 0 }.map(\.name)
    for (text, place) in texts {
      for piece in text.pieces {
        guard case .placeholder(.sum(let name)) = piece, decimal.contains(name) else { continue }
        context.log.error(
          .notApplicable, at: place, "the column \(quoted(name)) has decimals, and only whole numbers are summed",
          remedy: "count it instead: {count:\(name)}")
      }
    }
    switch format {
    case .xml(let form):
      checkPaths(
        columns.compactMap { XMLPath($0.element ?? $0.name) }, "a column", context)
      checkPaths(
        form.head.compactMap { XMLPath($0.element) } + [XMLPath(form.row)].compactMap { $0 }, "head or row", context)
      var seen: Set<XMLPath> = []
      for column in columns {
        guard let path = XMLPath(column.element ?? column.name) else {
          context.log.error(
            .badValue, at: place, "the column \(quoted(column.name)) cannot be the name of an element",
            remedy: "give it an element: such as Identity/UPN")
          continue
        }
        if !seen.insert(path).inserted {
          context.log.error(
            .repeated, at: place, "two columns are written into one element, \(column.element ?? column.name)",
            remedy: "give each its own element")
        }
      }
    case .template(let form): checkTemplate(form, names, context)
    case .csv, .workbook: break
    }
    if case .xml = format { return }
    for column in columns where column.element != nil {
      context.log.error(
        .notApplicable, at: place, "element is for XML (column \(quoted(column.name)))", remedy: "remove element")
    }
  }

  /// An element has a text or elements in it, not both; what stands before the rows is not one of them.
  private func checkPaths(_ paths: [XMLPath], _ what: String, _ context: LoadContext) {
    for (place, path) in paths.enumerated() {
      for (other, inner) in paths.enumerated() where other != place && path.attribute == nil {
        let isInside =
          inner.elements.starts(with: path.elements) && (inner.elements.count > path.elements.count)
        if isInside || (other < place && inner == path && what != "a column") {
          context.log.error(
            .repeated, at: self.place,
            "\(path.elements.joined(separator: "/")) is to hold a text and \(inner.elements.joined(separator: "/")) (\(what))",
            remedy: "give each an element of its own")
        }
      }
    }
  }

  /// The headings above the first row must be the names of the columns: else everything would stand one to the side.
  private func checkTemplate(_ form: TemplateForm, _ names: [String], _ context: LoadContext) {
    guard let place = SheetPlace("\(form.first.quotedSheet)!\(form.first.cell)") else { return }
    do {
      let workbook = try TemplateWorkbook(form.workbook)
      for used in [form.first] + form.cells.map(\.place) where !workbook.sheetNames.contains(used.sheet) {
        context.log.error(
          .template, at: self.place, "the template has no sheet \(quoted(used.sheet))",
          remedy: Nearest.remedy(for: used.sheet, among: workbook.sheetNames, otherwise: "correct the name"))
      }
      guard workbook.sheetNames.contains(form.first.sheet), place.cell.row > 1 else { return }
      let headings = try workbook.headings(above: place, count: names.count)
      for (index, (heading, name)) in zip(headings, names).enumerated()
      where heading.trimmedOfBlanks != name.trimmedOfBlanks {
        context.log.error(
          .template, at: self.place,
          "above column \(index + 1) the template says \(quoted(heading)) and the profile \(quoted(name))",
          remedy: "give the columns in the template's order, each with its heading as name")
        return
      }
    } catch {
      context.log.error(
        .template, at: self.place, "the template \(form.file) cannot be used: \(error.message)",
        remedy: "save it again as .xlsx, or ask the authority for it")
    }
  }
}

extension TemplateForm.Place {
  /// The sheet as it is written before a cell.
  package var quotedSheet: String {
    "'" + sheet.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}
