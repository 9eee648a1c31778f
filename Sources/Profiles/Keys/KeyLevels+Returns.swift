// The keys of a return and of its columns: the profile language. Pure data.

import Leavers
import Tabular

extension KeyLevels {
  static let returnProfile = KeyLevel(
    name: "return", summary: "One kind of return.",
    keys: [
      .needed("cohorts", .list(.choice(Cohort.Stage.allCases.map(\.text))), "The leaving stages that are in it."),
      .optional(
        "enrolment", .list(.choice(["C", "G", "M", "S", "F", "O"])),
        "The enrolment statuses of the school census that are in it; a record that gives none is in it.",
        fallback: "all"),
      .optional(
        "where", .list(.level("condition")),
        "All of these must hold of a record that is in it. A pupil who refused sharing is left out where that would tell more than the enrolment."
      ),
      .needed(
        "routed-by", .choice(RoutingRule.allCases.map(\.rawValue)),
        "Whose pupils are the authority's own: those educated in its area or those resident there."),
      .optional(
        "send", .either([.choice(["on-release", "at-once", "on-dates"]), .level("send")]),
        "Who decides that it goes: a person, or the days of the calendar (`on-dates`). Early leavers of a day that go `at-once` go together on the next.",
        fallback: "on-release"),
      .needed("file", .fileName, "The file's name; `{laestab}` and `{sequence}` must be in it."),
      .optional(
        "changes", .boolean,
        "Whether a file holds only the pupils of whom something changed that this authority may see; else all of them.",
        fallback: "false"),
      .optional(
        "cover-sheet", .boolean,
        "Whether a page with totals and the file's SHA-256 (`FILE.cover.html`) goes beside the file; in a hand-over pack it always does.",
        fallback: "false"),
      .optional("format", .level("format"), "How the file is written.", fallback: "CSV, UTF-8, comma, CRLF"),
      .optional(
        "rows", .choice(RowShape.allCases.map(\.rawValue)),
        "Of what there is a row: each pupil, each characteristic, or each destination (intended and actual).",
        fallback: "pupil"),
      .optional(
        "sort", .list(.text), "The columns by which the rows are sorted, by name.", fallback: "as in the export"),
      .needed("columns", .list(.level("column")), "The columns in their order."),
      .optional(
        "examples", .list(.level("example")),
        "Invented records and what becomes of them: `profile test` and the service's own tests run them."),
    ])

  static let sendDates = KeyLevel(
    name: "send", summary: "Sending on dates.",
    keys: [.needed("on-dates", .list(.date), "The days on which it goes without a release.")])

  static let format = KeyLevel(
    name: "format", summary: "How a return is written. Keys of another type of file than its own are refused.",
    keys: [
      .optional("type", .choice(["csv", "xlsx", "xml"]), "The type of file.", fallback: "csv"),
      .optional(
        "encoding", .choice(["utf-8", "windows-1252", "utf-16le", "utf-16be"]),
        "CSV: how characters become bytes.", fallback: "utf-8"),
      .optional("newline", .choice(["crlf", "lf"]), "CSV: how a row ends.", fallback: "crlf"),
      .optional(
        "delimiter", .choice(["comma", "semicolon", "tab", "bar"]), "CSV: what stands between two cells.",
        fallback: "comma"),
      .optional("quote", .choice(["minimal", "always"]), "CSV: which cells stand in quotes.", fallback: "minimal"),
      .optional("bom", .boolean, "CSV: whether a file in Unicode begins with a byte order mark.", fallback: "false"),
      .optional(
        "formulas", .choice(CSVDialect.Formulas.allCases.map(\.rawValue)),
        "CSV: `neutralised` writes an apostrophe before a cell that a spreadsheet would take for a formula.",
        fallback: "as-is"),
      .optional(
        "column-names", .boolean, "CSV: whether the names of the columns stand above the rows.", fallback: "true"),
      .optional(
        "head", .either([.list(.list(.mayBeBlank)), .list(.level("element"))]),
        "CSV: lines above the names of the columns, each a list of cells, with placeholders. XML: elements before the rows."
      ),
      .optional(
        "tail", .list(.list(.mayBeBlank)),
        "CSV: lines below the last row, such as `[[END, \"{rows}\", \"{sum:ULN}\"]]`."),
      .optional("sheet", .text, "XLSX: the name of the sheet.", fallback: "Leavers"),
      .optional("lists", .boolean, "XLSX: whether columns with codes offer them as a list.", fallback: "true"),
      .optional(
        "template", .path, "XLSX: the authority's own workbook, which is filled in and otherwise kept as it is."),
      .optional("at", .text, "With a template: the cell of the first row's first column, such as `Leavers!A7`."),
      .optional("cells", .list(.level("template-cell")), "With a template: single cells that are filled in."),
      .optional(
        "sample-row", .boolean, "With a template: whether its first row is a sample that is written over.",
        fallback: "false"),
      .optional("root", .text, "XML: the name of the root element."),
      .optional("namespace", .text, "XML: its namespace."),
      .optional("row", .text, "XML: the path of a row's element under the root, such as `Leavers/Leaver`."),
      .optional(
        "empty", .choice(["left-out", "kept"]), "XML: what becomes of an element that would say nothing.",
        fallback: "left-out"),
      .optional("schema", .path, "XML: the XML Schema (.xsd) that a document must meet before it may leave."),
    ])

  static let templateCell = KeyLevel(
    name: "template-cell", summary: "One cell of a template that is filled in.",
    keys: [
      .needed("at", .text, "The cell, such as `Front!C3`."),
      .needed(
        "text", .text, "What is written there, with placeholders such as `{school}`, `{date:dd/MM/yyyy}`, `{rows}`."),
    ])

  static let element = KeyLevel(
    name: "element", summary: "One element or attribute before the rows of an XML document.",
    keys: [
      .needed("element", .text, "Its path under the root, such as `Header/School` or `@version`."),
      .needed("text", .text, "What it says, with placeholders."),
    ])

  private static let sources = [
    "from", "constant", "school", "first-of", "joined", "when", "refusal", "moved", "destination",
  ]

  /// What a cell comes from and how it is written: of columns, and of parts of them.
  private static let formKeys: [KeyLevel.Key] = [
    .optional("from", .choice(Field.allCases.map(\.rawValue)), "The field of the leaver's record."),
    .optional("constant", .text, "The same text in every row."),
    .optional("school", .choice(CellForm.SchoolItem.allCases.map(\.rawValue)), "Something of the school."),
    .optional("first-of", .list(partType), "The first of these that says something."),
    .optional("joined", .list(partType), "All of these that say something, one after the other."),
    .optional("with", .mayBeBlank, "With `joined`: what stands between two.", fallback: "a space"),
    .optional(
      "when", .list(.level("when")), "The first of which the condition holds. What a condition asks counts as told."),
    .optional("otherwise", partType, "With `when`: what stands where no condition holds.", fallback: "nothing"),
    .optional(
      "refusal", .level("refusal"),
      "Whether sharing was refused. The only mark of it that an authority gets; leave it out unless it asks."),
    .optional(
      "moved", .level("moved"),
      "Whether the pupil moved to another authority. With such a column the old authority gets a closing record: names, date of birth, UPN, ULN, the new authority's code and this mark."
    ),
    .optional(
      "destination", .level("destination"), "In a return with a row a destination: which of the two the row is about."),
    .optional("as", .text, "How a date is written, of dd d MM M MMM yyyy yy.", fallback: "yyyy-MM-dd"),
    .optional("yes-no", .level("yes-no"), "The words for a field that says yes or no."),
    .optional("number", .level("number"), "How a number is written; in a workbook the cell is a number."),
    .optional("codes", .slug, "The code set that the authority knows; any other code holds the row."),
    .optional(
      "map", .either([.table(.text), .list(.level("map-period")), .slug]),
      "Our value to the authority's own: here, by periods, or the name of a table in `lookups` with columns `ours` and `theirs`. A value that is not in it holds the row."
    ),
    .optional("lookup", .level("lookup"), "What a table of the authority's says of the value."),
    .optional("slice", .level("slice"), "A part of the text."),
    .optional("case", .choice(CellForm.LetterCase.allCases.map(\.rawValue)), "Letters are changed to this case."),
    .optional("pad", .level("pad"), "What fills a text that is too short."),
    .optional(
      "without-basis", .either([.text, .table(.text)]),
      "What stands, in the authority's words, for a sensitive value that no agreement covers, or our value to what stands for it; without it the pupil is withheld."
    ),
  ]

  private static let partType = KeyType.either([.choice(Field.allCases.map(\.rawValue)), .level("part")])

  static let column = KeyLevel(
    name: "column",
    summary: "One column; exactly one of " + sources.map { "`\($0)`" }.joined(separator: ", ") + ".",
    keys: [.needed("name", .text, "The heading.")] + formKeys + [
      .optional("max", .integer(1...10_000), "Longest text in characters; a longer value holds the row."),
      .optional(
        "required", .boolean, "Whether a row without it is held; where sharing was refused the row goes without it.",
        fallback: "false"),
      .optional(
        "free-text", .choice(["allowed"]), "Needed for fields that hold words of people's own, which may tell anything."
      ),
      .optional(
        "element", .text, "XML: the path under the row's element, such as `Identity/UPN` or `@type`.",
        fallback: "the name"),
      .optional("width", .integer(1...200), "XLSX: the column's width in characters.", fallback: "by its heading"),
    ])

  static let part = KeyLevel(
    name: "part", summary: "A part of a cell: a field's name, or a mapping of the keys of a column that make a text.",
    keys: formKeys)

  static let when = KeyLevel(
    name: "when", summary: "A condition and what stands where it holds.",
    keys: conditionKeys + [.needed("then", partType, "What stands there.")])

  static let condition = KeyLevel(
    name: "condition", summary: "What must hold of a field; exactly one of `is`, `is-not`, or `from` and `until`.",
    keys: conditionKeys)

  static let conditionKeys: [KeyLevel.Key] = [
    .needed("field", .choice(Field.allCases.map(\.rawValue)), "The field."),
    .optional(
      "is", .either([.choice(["present", "absent"]), .list(.text)]),
      "`present`, `absent`, or the values of which it is one."),
    .optional("is-not", .list(.text), "The values of which it is none."),
    .optional("from", .date, "Of a date: the first day."),
    .optional("until", .date, "Of a date: the last day."),
  ]

  static let refusal = KeyLevel(
    name: "refusal", summary: "The mark of a refusal.",
    keys: [
      .needed("refused", .text, "What stands where sharing was refused."),
      .optional("otherwise", .text, "What stands where it was not.", fallback: "nothing"),
    ])

  static let moved = KeyLevel(
    name: "moved", summary: "The mark of a pupil who moved to another authority.",
    keys: [
      .needed("moved", .text, "What stands in a closing record."),
      .optional("otherwise", .text, "What stands in all others.", fallback: "nothing"),
    ])

  static let destination = KeyLevel(
    name: "destination", summary: "The words for the two destinations.",
    keys: [
      .needed("intended", .text, "The word for the intended destination."),
      .needed("actual", .text, "The word for the actual one."),
    ])

  static let yesNo = KeyLevel(
    name: "yes-no", summary: "The authority's words for yes and no.",
    keys: [
      .needed("true", .text, "The word for yes."),
      .needed("false", .text, "The word for no."),
      .optional("unknown", .text, "The word where the record does not say.", fallback: "nothing"),
    ])

  static let number = KeyLevel(
    name: "number", summary: "How a number is written.",
    keys: [
      .optional("digits", .integer(1...20), "Digits before the mark at least; zeros come in front.", fallback: "1"),
      .optional("decimals", .integer(0...6), "Digits behind the mark.", fallback: "0"),
      .optional("mark", .choice(["point", "comma"]), "The mark before them.", fallback: "point"),
    ])

  static let slice = KeyLevel(
    name: "slice", summary: "A part of a text; exactly one of `first`, `last`, or `from` and `to`.",
    keys: [
      .optional("first", .integer(1...1000), "The first so many characters."),
      .optional("last", .integer(1...1000), "The last so many."),
      .optional("from", .integer(1...1000), "From this character on, counted from 1."),
      .optional("to", .integer(1...1000), "To this character.", fallback: "the end"),
    ])

  static let pad = KeyLevel(
    name: "pad", summary: "What fills a text that is too short.",
    keys: [
      .needed("to", .integer(1...200), "The length in characters."),
      .optional("with", .text, "The one character that fills it.", fallback: "0"),
      .optional("on", .choice(CellForm.Padding.Side.allCases.map(\.rawValue)), "The side.", fallback: "left"),
    ])

  static let lookup = KeyLevel(
    name: "lookup", summary: "A table of the authority's, in the folder `lookups`; its first column has our values.",
    keys: [
      .needed("table", .slug, "The table's name, without `.csv`."),
      .needed("column", .text, "The heading of the column that is written."),
      .optional("otherwise", .text, "What stands for a value that is not in the table; without it the row is held."),
    ])

  static let mapPeriod = KeyLevel(
    name: "map-period", summary: "A map for some days.",
    keys: [
      .optional("from", .date, "Its first day.", fallback: "always"),
      .optional("until", .date, "Its last day.", fallback: "always"),
      .needed("values", .table(.text), "Our value to the authority's own."),
    ])

  static let example = KeyLevel(
    name: "example", summary: "An invented record and what becomes of it; exactly one of `gives`, `rows` and `kept`.",
    keys: [
      .needed("given", .keyed(Field.allCases.map(\.rawValue), .text), "The record, in canonical fields."),
      .optional(
        "gives", .table(.mayBeBlank), "The cells of its row by the name of their column; others are not compared."),
      .optional("rows", .list(.table(.mayBeBlank)), "The same for a return with several rows a pupil."),
      .optional(
        "kept", .choice(ExampleReader.keptWords), "Why it is not in the return."),
    ])
}
