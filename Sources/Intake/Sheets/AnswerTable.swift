// A file that came back to the desk as a table of answers: which sheet it is, and its rows. Pure.

import Leavers
import Profiles
import Tabular

/// The rows of a sheet of answers, out of a workbook or a text.
struct AnswerTable: Sendable {
  struct Row: Sendable {
    /// In the file, from 1.
    let number: Int
    let cells: [String]
  }

  /// What else is in the workbook that somebody may take for read.
  enum Besides: CaseIterable, Sendable {
    /// Another sheet of answers.
    case answers
    /// Rows of leavers, as in an export.
    case leavers

    /// What to say of it, and what to do.
    var words: String {
      switch self {
      case .answers:
        "this file has more than one sheet with answers, and nothing of it was done; put each into a file of its own"
      case .leavers: "another sheet of this file has leavers, and was not read; put it into a file of its own"
      }
    }
  }

  let kind: SheetKind
  /// The worksheet's place in its workbook, from 1; nil for a text.
  let sheet: Int?
  /// The row with the headings.
  let headerNumber: Int
  /// The columns that have a heading.
  let headings: [String]
  /// Those below the headings.
  let rows: [Row]
  private(set) var besides: Besides?

  /// A sheet of answers has a few hundred rows; what is larger is not looked at as one.
  static let sizeLimit = 8 << 20
  /// Nobody writes much above the headings.
  private static let headerDepth = 10

  /// Finds the sheet; nil where the file is none, or cannot be read: then it is an export, and told what is wrong with it.
  init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.sizeLimit else { return nil }
    let found = ExportScan.isPacked(bytes) ? Self.inWorkbook(bytes) : Self.inText(bytes)
    guard let found else { return nil }
    self = found
  }

  private init?(_ rows: [Row], sheet: Int?) {
    for (index, row) in rows.prefix(Self.headerDepth).enumerated() {
      let names = row.cells.map(\.trimmedOfBlanks)
      guard let kind = Self.kind(of: names) else { continue }
      self.kind = kind
      self.sheet = sheet
      headerNumber = row.number
      headings = names
      self.rows = Array(rows.dropFirst(index + 1))
      return
    }
    return nil
  }

  /// Which sheet has these headings. A school may keep its register in a file of its own making, without row keys.
  private static func kind(of headings: [String]) -> SheetKind? {
    func has(_ heading: String) -> Bool { headings.contains { isSame($0, heading) } }
    if let kind = SheetKind.allCases.first(where: { has($0.keyHeading) }) { return kind }
    return RegisterSheet.telling.allSatisfy(has) ? .register : nil
  }

  private static func inWorkbook(_ bytes: [UInt8]) -> AnswerTable? {
    guard var workbook = try? WorkbookReader(bytes, limits: WorkbookScan.limits) else { return nil }
    var found: AnswerTable?
    var others: [[Row]] = []
    for sheet in workbook.sheets where sheet.isWorksheet && sheet.visibility == .visible {
      var rows: [Row] = []
      guard
        (try? workbook.forEachRow(of: sheet, { row in rows.append(Row(number: row.number, cells: row.strings)) }))
          != nil
      else { continue }
      if let table = AnswerTable(rows, sheet: sheet.number) {
        if found != nil { found?.besides = .answers } else { found = table }
      } else {
        others.append(Array(rows.prefix(headerDepth)))
      }
    }
    if let table = found, table.besides == nil, others.contains(where: { hasLeavers($0, beside: table.kind) }) {
      found?.besides = .leavers
    }
    return found
  }

  /// Whether a sheet begins like an export: a heading that tells whom a row is about, and one more. The release sheet has
  /// a list of leavers itself.
  private static func hasLeavers(_ rows: [Row], beside kind: SheetKind) -> Bool {
    rows.contains { row in
      let headings = Set(row.cells.map { HeaderMap.key($0) })
      return headings.contains(HeaderMap.key(SheetKind.pupilsHeading))
        || kind == .register && !headings.isDisjoint(with: telling) && !headings.isDisjoint(with: naming)
    }
  }

  private static let telling = Set(["UPN", "Surname", "Legal surname", "Last name"].map(HeaderMap.key))
  private static let naming = Set(
    ["Forename", "Legal forename", "First name", "Date of birth", "DOB"].map(HeaderMap.key))

  private static func inText(_ bytes: [UInt8]) -> AnswerTable? {
    // Every export comes by here: most are told by this look at their beginning.
    guard holdsMark(bytes.prefix(1 << 16)) else { return nil }
    var rows: [Row] = []
    guard
      (try? CSVReader.forEachRow(of: bytes, format: CSVSurvey.format(of: bytes), limits: ExportScan.limits) { row in
        rows.append(Row(number: row.number, cells: row.strings))
      }) != nil
    else { return nil }
    return AnswerTable(rows, sheet: nil)
  }

  /// Whether `leaverlink`, or a heading that only a register has, stands in the bytes, in UTF-8 or UTF-16.
  private static func holdsMark(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = HeaderMap.key(String(decoding: bytes.lazy.filter { $0 != 0 }, as: UTF8.self))
    return text.contains("leaverlink") || text.contains(HeaderMap.key(RegisterSheet.Heading.decidedOn))
  }

  /// Case, spaces and punctuation do not matter.
  private static func isSame(_ left: String, _ right: String) -> Bool { HeaderMap.key(left) == HeaderMap.key(right) }

  /// The text of a row under a heading, without blanks at its ends; empty where there is none.
  func cell(_ row: Row, _ heading: String) -> String {
    guard let column = headings.firstIndex(where: { Self.isSame($0, heading) }) else { return "" }
    return CellText.plain(row.cells.element(at: column) ?? "").trimmedOfBlanks
  }

  /// The row key.
  func key(_ row: Row) -> String { RowKeyText.read(cell(row, kind.keyHeading)) }
}

extension AnswerTable: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { "AnswerTable(\(kind.rawValue), \(rows.count) rows)" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
