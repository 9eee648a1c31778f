// A return's bytes as the authority will read them: for each format by its reader, held against what was meant. Pure.

import Leavers
import Profiles
import Tabular

/// What was read of a file: cells by line and column, and what is wrong with the rest of it.
struct ReturnReadBack {
  /// Where the names of the columns, or what stands above and below the rows, are not as meant.
  enum Flaw {
    case header
    case surroundings(String)
  }
  enum Cell {
    case text(String)
    case sheet(SheetCell?)
  }
  var flaw: Flaw?
  var lines: [[Cell]] = []

  /// Reads a file; throws what its reader says, which names nothing of its content.
  static func read(
    _ bytes: [UInt8], profile: ReturnProfile, meant: ReturnRows, _ setting: RenderSetting
  ) throws -> ReturnReadBack {
    switch profile.format {
    case .csv(let form): try csv(bytes, form, profile, meant, setting)
    case .workbook(let form): try workbook(bytes, form, profile, lines: meant.lines.count)
    case .template(let form): try template(bytes, form, profile, meant, setting)
    case .xml(let form): try xml(bytes, form, profile, meant, setting)
    }
  }

  // MARK: CSV

  private static func csv(
    _ bytes: [UInt8], _ form: CSVForm, _ profile: ReturnProfile, _ meant: ReturnRows, _ setting: RenderSetting
  ) throws -> ReturnReadBack {
    let dialect = form.dialect
    let mark = dialect.encoding.byteOrderMark
    let hasMark = !mark.isEmpty && bytes.starts(with: mark)
    guard hasMark == (dialect.byteOrderMark && !mark.isEmpty) else {
      throw CSVError(.undecodable, line: 1, message: "the byte order mark is not as the profile says")
    }
    _ = try dialect.encoding.decode(hasMark ? Array(bytes.dropFirst(mark.count)) : bytes)
    var rows: [[String]] = []
    try CSVReader.forEachRow(of: bytes, format: CSVFormat(dialect)) { row in rows.append(row.strings) }

    var read = ReturnReadBack()
    func written(_ text: String) -> String {
      dialect.formulas == .neutralised ? CSVWriter.neutralised(text) : text
    }
    func lines(_ texts: [[LineText]]) -> [[String]] {
      texts.map { line in line.map { written(setting.text($0, of: meant)) } }
    }
    let (head, tail) = (lines(form.head), lines(form.tail))
    guard rows.count >= head.count + tail.count + (form.hasColumnNames ? 1 : 0) else {
      read.flaw = form.isPlain ? .header : .surroundings("there are too few lines")
      return read
    }
    for (found, expected) in zip(rows, head) where !same(found, expected) { read.flaw = .surroundings("a line above") }
    for (found, expected) in zip(rows.suffix(tail.count), tail) where !same(found, expected) {
      read.flaw = .surroundings("a line below the rows")
    }
    rows = Array(rows.dropFirst(head.count).dropLast(tail.count))
    if form.hasColumnNames, !same(rows.removeFirst(), profile.columns.map { written($0.name) }) { read.flaw = .header }
    read.lines = rows.map { $0.map(Cell.text) }
    return read
  }

  /// Equal byte by byte: Swift's own equality would take two ways to write an accent for the same.
  private static func same(_ left: [String], _ right: [String]) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }

  // MARK: Workbooks

  private static func workbook(
    _ bytes: [UInt8], _ form: WorkbookForm, _ profile: ReturnProfile, lines: Int
  ) throws -> ReturnReadBack {
    var rows = try sheet(named: form.sheet, of: bytes)
    var read = ReturnReadBack()
    let names = profile.columns.map(\.name)
    let header = rows.removeValue(forKey: 1) ?? []
    if !same(header.map { $0?.text ?? "" }, names) { read.flaw = .header }
    // A row of nothing but blanks leaves no trace in the file.
    for number in 2..<max(lines + 2, (rows.keys.max() ?? 1) + 1) {
      read.lines.append(padded(rows[number] ?? [], names.count).map(Cell.sheet))
    }
    return read
  }

  private static func template(
    _ bytes: [UInt8], _ form: TemplateForm, _ profile: ReturnProfile, _ meant: ReturnRows, _ setting: RenderSetting
  ) throws -> ReturnReadBack {
    let place = try TemplateRendering.place(form.first)
    let rows = try sheet(named: place.sheet, of: bytes)
    var read = ReturnReadBack()
    let (first, left) = (place.cell.row, place.cell.column - 1)
    for number in first..<first + meant.lines.count {
      let row = rows[number] ?? []
      read.lines.append(
        profile.columns.indices.map { .sheet(row.indices.contains(left + $0) ? row[left + $0] : nil) })
    }
    let renderer = TemplateRendering(profile: profile, form: form)
    for (place, content) in try renderer.cells(meant, setting) {
      let row = try sheet(named: place.sheet, of: bytes)[place.cell.row] ?? []
      let cell = row.indices.contains(place.cell.column - 1) ? row[place.cell.column - 1] : nil
      let isSame =
        switch content {
        case .text(let text): (cell?.text ?? "").utf8.elementsEqual(text.utf8)
        case .number(let number): cell?.number == number
        case .blank, .date: false
        }
      if !isSame { read.flaw = .surroundings("cell \(place.cell)") }
    }
    return read
  }

  private static func sheet(named name: String, of bytes: [UInt8]) throws(WorkbookError) -> [Int: [SheetCell?]] {
    var workbook = try WorkbookReader(bytes)
    guard let sheet = workbook.sheets.first(where: { $0.name == name }) else {
      throw WorkbookError(.missingPart, message: "the workbook lacks its sheet")
    }
    var reader = try workbook.read(sheet)
    var rows: [Int: [SheetCell?]] = [:]
    while try reader.next() {
      reader.withRow { row in rows[row.number] = (0..<row.count).map { row.cell($0) } }
    }
    return rows
  }

  private static func padded(_ row: [SheetCell?], _ count: Int) -> [SheetCell?] {
    row.count >= count ? row : row + Array(repeating: nil, count: count - row.count)
  }

  // MARK: XML

  private static func xml(
    _ bytes: [UInt8], _ form: XMLForm, _ profile: ReturnProfile, _ meant: ReturnRows, _ setting: RenderSetting
  ) throws -> ReturnReadBack {
    let (root, namespace) = try XMLElement.read(bytes)
    var read = ReturnReadBack()
    guard let path = XMLPath(form.row) else { return read }
    let rows = path.elements.dropLast().reduce([root]) { elements, name in
      elements.flatMap(\.children).filter { $0.name == name }
    }.flatMap(\.children).filter { $0.name == path.elements.last }
    let rendering = XMLRendering(profile: profile, form: form)
    read.lines = rows.map { row in rendering.paths.map { path in .text(path.map { row.text(at: $0) } ?? "") } }
    // Whatever else the document says, it must be what was to be said: elements more or less are found here.
    let expected = rendering.tree(meant, setting)
    var found = root
    found.attributes.removeAll { $0.name == "xmlns" }
    if namespace != form.namespace || (found != expected && read.lines.count == meant.lines.count) {
      let same = zip(read.lines, meant.lines).allSatisfy { line, row in
        zip(line, row.cells).allSatisfy { cell, text in
          if case .text(let read) = cell { read.utf8.elementsEqual(text.utf8) } else { false }
        }
      }
      if same || namespace != form.namespace { read.flaw = .surroundings("elements other than those of the rows") }
    }
    return read
  }
}

extension XMLElement {
  fileprivate func text(at path: XMLPath) -> String {
    var element = self
    for name in path.elements {
      guard let child = element.children.first(where: { $0.name == name }) else { return "" }
      element = child
    }
    guard let attribute = path.attribute else { return element.text }
    return element.attributes.first { $0.name == attribute }?.value ?? ""
  }
}
