// The form of a file as the specification of a feed tells it. Pure.

import Leavers
import Profiles
import Tabular

/// How the file of a return is written.
struct FormatSpecification: Sendable {
  typealias Fact = FeedSpecification.Fact

  /// A text about the file as a whole: a line above or below the rows, an element, a single cell.
  struct Text: Sendable {
    let place: String
    /// As the profile has it, with placeholders.
    let written: String
    /// As it stands in the example's file.
    let shown: String
  }

  /// By the word for it in configuration.
  let type: String
  let facts: [Fact]
  let texts: [Text]
  /// What the placeholders of the texts stand for.
  let placeholders: [String]

  init(_ profile: ReturnProfile, of run: ExampleRun) {
    type = profile.format.word
    let rows = ReturnRows(run.ready, profile: profile)
    func shown(_ text: LineText) -> String { run.setting.text(text, of: rows) }
    switch profile.format {
    case .csv(let form):
      facts = Self.facts(form)
      texts = Self.lines(form, shown)
      placeholders = PlaceholderWords.words((form.head + form.tail).flatMap { $0 })
    case .workbook(let form):
      facts = [
        Fact(name: "File", text: "an Excel workbook (.xlsx) with one sheet"), Fact(name: "Sheet", text: form.sheet),
        Fact(name: "Headings", text: "in the first row; the pupils from the second row on"),
        Fact(
          name: "Cells", text: "identifiers and codes are texts, so that no zero is lost; what is a date is said below"),
        Fact(
          name: "Lists",
          text: form.offersLists ? "columns with words of your own offer them as a list" : "no cell offers a list"),
      ]
      (texts, placeholders) = ([], [])
    case .template(let form):
      facts = Self.facts(form)
      texts = form.cells.map { cell in
        Text(place: "\(cell.place.sheet)!\(cell.place.cell)", written: cell.text.source, shown: shown(cell.text))
      }
      placeholders = PlaceholderWords.words(form.cells.map(\.text))
    case .xml(let form):
      facts = Self.facts(form)
      texts = form.head.map {
        Text(place: "\(form.root)/\($0.element)", written: $0.text.source, shown: shown($0.text))
      }
      placeholders = PlaceholderWords.words(form.head.map(\.text))
    }
  }

  // MARK: CSV

  private static func facts(_ form: CSVForm) -> [Fact] {
    let dialect = form.dialect
    let mark =
      dialect.encoding.byteOrderMark.isEmpty
      ? "none: the encoding has none" : dialect.byteOrderMark ? "the file begins with one" : "none"
    return [
      Fact(name: "File", text: "text, a line a row"),
      Fact(name: "Between cells", text: word(dialect.delimiter)),
      Fact(name: "Encoding", text: dialect.encoding.description),
      Fact(name: "Byte order mark", text: mark),
      Fact(name: "Lines end with", text: dialect.newline == .crlf ? "CR and LF" : "LF"),
      Fact(
        name: "Quotes",
        text: dialect.quoting == .always
          ? "every cell stands in quotation marks; one in a text is written twice"
          : "only a cell with a delimiter, a quotation mark or a line's end in it stands in quotation marks; one in a text "
            + "is written twice"),
      Fact(
        name: "Headings",
        text: !form.hasColumnNames
          ? "none: the columns are known by their order"
          : form.head.isEmpty ? "in the first line" : "in line \(form.head.count + 1), below the lines that follow"),
      Fact(
        name: "Formulas",
        text: dialect.formulas == .asIs
          ? "a cell that begins like a formula is written as it is"
          : "an apostrophe stands before a cell that begins like a formula"),
    ]
  }

  private static func word(_ delimiter: CSVDialect.Delimiter) -> String {
    switch delimiter {
    case .comma: "commas"
    case .semicolon: "semicolons"
    case .tab: "tabs"
    case .bar: "upright strokes (|)"
    }
  }

  private static func lines(_ form: CSVForm, _ shown: (LineText) -> String) -> [Text] {
    // The line by itself: the encoding and the end are told of on their own.
    var dialect = form.dialect
    (dialect.encoding, dialect.byteOrderMark, dialect.newline) = (.utf8, false, .lf)
    func line(_ cells: [String]) -> String {
      // In UTF-8 nothing is unwritable.
      let bytes = (try? CSVWriter.bytes(of: [cells], in: dialect)) ?? []
      return String(decoding: bytes.dropLast(), as: UTF8.self)
    }
    func texts(_ lines: [[LineText]], _ where: String) -> [Text] {
      lines.enumerated().map { number, cells in
        Text(
          place: "line \(number + 1) \(`where`)", written: line(cells.map(\.source)), shown: line(cells.map(shown)))
      }
    }
    return texts(form.head, form.hasColumnNames ? "above the headings" : "above the rows")
      + texts(form.tail, "below the last row")
  }

  // MARK: A workbook of the authority's, XML

  private static func facts(_ form: TemplateForm) -> [Fact] {
    [
      Fact(name: "File", text: "your own workbook (.xlsx), filled in; everything else in it stays as you made it"),
      Fact(name: "Sheet", text: form.first.sheet),
      Fact(name: "First row", text: "from cell \(form.first.cell) on, a row below another"),
      Fact(
        name: "Sample row",
        text: form.replacesSample
          ? "the row that stands there is a sample: it is written over, and the others have its look"
          : "there is none: nothing may stand there yet"),
      Fact(name: "Formulas", text: "are calculated when Excel opens the file"),
    ]
  }

  private static func facts(_ form: XMLForm) -> [Fact] {
    [
      Fact(name: "File", text: "XML 1.0, utf-8"), Fact(name: "Root element", text: form.root),
      Fact(name: "Namespace", text: form.namespace ?? "none"),
      Fact(name: "Rows", text: "an element \(form.root)/\(form.row) each, behind the elements that follow"),
      Fact(
        name: "Without a value",
        text: form.keepsEmpty ? "an empty element stands there" : "the element or attribute is left out"),
      Fact(
        name: "Schema",
        text: form.schema == nil
          ? "none: the file is checked by none before it leaves"
          : "a file that your schema \(form.schemaFile.map(lastPart) ?? "") does not allow is not sent"),
    ]
  }

  private static func lastPart(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
