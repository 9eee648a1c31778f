// Random profiles in every format and with every kind of column, for properties that must hold of all of them.

import Leavers
import Profiles
import Tabular

@testable import Returns

/// Draws profiles. Texts of columns are drawn so that what a value becomes can be told: no map, no lookup but of codes.
struct RandomProfile {
  var random: Seeded
  /// Theirs for the activity codes that reveal, by which they are known again in a file.
  let words: [String: String]

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
  private mutating func any<T>(_ items: [T]) -> T { items[Int.random(in: 0..<items.count, using: &random)] }

  mutating func profile() -> ReturnProfile {
    var columns: [ReturnColumn] = []
    for number in 0..<Int.random(in: 2...14, using: &random) {
      var column = ReturnColumn(name: "C\(number)", form: form(0))
      column.required = chance(4)
      if chance(5) { column.max = Int.random(in: 1...40, using: &random) }
      columns.append(column)
    }
    var profile = ReturnProfile(
      kind: .confirmedDestinations, cohorts: [.y11], conditions: chance(20) ? [condition()] : [],
      routedBy: .educated, send: .onRelease, fileName: Synthetic.pattern, format: format(columns.map(\.name)),
      rows: any([.pupil, .pupil, .pupil, .characteristic, .destination]), columns: columns, digest: "d")
    if chance(40) { profile.sort = [any(columns).name] }
    return profile
  }

  private mutating func form(_ depth: Int) -> CellForm {
    var form: CellForm
    switch Int.random(in: 0..<(depth > 1 ? 7 : 13), using: &random) {
    case 7, 8: form = CellForm(.joined((0..<3).map { _ in self.form(depth + 1) }, with: any([" ", "", ", "])))
    case 9: form = CellForm(.firstOf((0..<3).map { _ in self.form(depth + 1) }))
    case 10, 11:
      form = CellForm(
        .when(
          (0..<2).map { _ in .init(condition: condition(), form: self.form(depth + 1)) },
          otherwise: chance(50) ? self.form(depth + 1) : nil))
    case 12: form = CellForm(.refusal(refused: "R", otherwise: ""))
    case 6: form = CellForm(any([.constant("k"), .school(.laestab), .destinationKind(intended: "I", actual: "A")]))
    default:
      let field = any(Field.allCases)
      form = CellForm(.field(field))
      if field == .activity { form.map = ValueMap(words.map { .init(ours: $0.key, theirs: $0.value) }) }
      if field.type == .date {
        form.date = try? DatePattern(any(["dd/MM/yyyy", "yyyy-MM-dd", "d MMM yyyy", "ddMMyy"]))
      }
    }
    if chance(12) { form.slice = any([.first(3), .last(2), .range(2...4)]) }
    if chance(15) { form.letterCase = any([.upper, .lower, .title]) }
    if chance(8) { form.padding = .init(length: 20, filler: "*", side: any([.left, .right])) }
    if chance(20) { form.substitute = chance(50) ? .always("S") : .byValue(["640": "S"]) }
    return form
  }

  private mutating func condition() -> FieldCondition {
    let field = any(Field.allCases)
    return FieldCondition(field: field, test: any([.present, .absent, .isOneOf(["E", "K"]), .isNoneOf(["N"])]))
  }

  private mutating func format(_ names: [String]) -> ReturnFormat {
    func line(_ text: String) -> LineText {
      do { return try LineText(text) } catch { preconditionFailure(error.message) }
    }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return .workbook(WorkbookForm(sheet: "Leavers", offersLists: chance(50)))
    case 1:
      return .xml(
        XMLForm(
          root: "Return", namespace: chance(50) ? "urn:example" : nil,
          head: [.init(element: "Head/Rows", text: line("{rows}")), .init(element: "@v", text: line("1"))],
          row: any(["Leaver", "List/Leaver"]), keepsEmpty: chance(50)))
    case 2:
      let template = Self.template(names, sampleRow: true)
      return .template(
        TemplateForm(
          workbook: template, file: "template.xlsx", first: .init(sheet: "Data", cell: "A2"),
          cells: [.init(place: .init(sheet: "Front", cell: "A2"), text: line("{rows}"))], replacesSample: true))
    default:
      let encoding = any([TextEncoding.utf8, .utf8, .utf16LittleEndian, .utf16BigEndian])
      let isWide = encoding != .utf8
      return .csv(
        CSVForm(
          dialect: CSVDialect(
            delimiter: any(CSVDialect.Delimiter.allCases), quoting: any(CSVDialect.Quoting.allCases),
            newline: any(CSVDialect.Newline.allCases), encoding: encoding, byteOrderMark: isWide || chance(50),
            formulas: any(CSVDialect.Formulas.allCases)),
          hasColumnNames: chance(80), head: chance(30) ? [[line("{school}"), line("{date}")]] : [],
          tail: chance(30) ? [[line("END"), line("{rows}"), line("{count:\(names[0])}")]] : []))
    }
  }

  /// A workbook as an authority would give it: a front sheet, and a sheet with headings and a sample.
  static func template(_ names: [String], sampleRow: Bool) -> [UInt8] {
    let draft = WorkbookDraft(sheets: [
      SheetDraft(name: "Front", columns: [ColumnDraft("Fill in the other sheet")]),
      SheetDraft(
        name: "Data", columns: names.map { ColumnDraft($0) },
        rows: sampleRow ? [names.map { _ in CellDraft.text("SAMPLE") }] : []),
    ])
    do { return try WorkbookWriter(temporaryFilesIn: "/tmp").bytes(of: draft, created: 1) } catch {
      preconditionFailure(error.message)
    }
  }
}
