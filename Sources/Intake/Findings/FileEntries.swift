// The catalogue's findings about a file as a whole and about the shape of its rows. Data only.

import Leavers

extension FindingsCatalogue {
  private static let practice = "what goes wrong with exports in practice [M]"

  static let fileEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .emptyFile, .fatal, "The file is empty", cause: "The report found no pupils, or saving it did not finish.",
      remedy: "Run the report again, look at it, and save it again.", source: practice),
    CatalogueEntry(
      .unreadKind, .fatal, "This is not a kind of file that this version reads",
      cause: "A PDF, a web page or another document was saved where exports belong.",
      remedy: "Save it as XLSX or as CSV UTF-8 (Excel: File > Save As) and put that file in the same folder.",
      source: practice),
    CatalogueEntry(
      .openQuote, .fatal, "A quotation mark is opened and never closed",
      cause: "A cell holds a single quotation mark, or the end of the file is missing.",
      remedy: "Correct the cell in the management information system, or export the report again.", source: "RFC 4180"),
    CatalogueEntry(
      .notText, .fatal, "The file holds characters that no text has",
      cause: "It is a program's own file with .csv as its name, or it was damaged.",
      remedy: "Export the report again as CSV UTF-8.", source: practice),
    CatalogueEntry(
      .tooLarge, .fatal, "The file is larger than any export of leavers",
      cause: "The report covers the whole school for years, or another file was saved here.",
      remedy: "Restrict the report to the year groups that leave, and export it again.", source: practice),
    CatalogueEntry(
      .noHeader, .fatal, "No row with column headings was found among the first ten",
      cause: "The headings were removed or renamed, or the school's system is not the one that is configured.",
      remedy:
        "Put the headings back (the header map in the folder `mis` lists them), or have the `mis` setting corrected.",
      source: practice),
    CatalogueEntry(
      .identityColumnsMissing, .fatal, "Columns without which nobody can be told apart are missing",
      cause: "The report was changed, or a heading was renamed.",
      remedy: "Add the columns to the report and export it again. Nothing of this file was taken in.", source: practice),
    CatalogueEntry(
      .otherSchool, .fatal, "Every row that names a school names another one than this",
      cause: "The export was saved in another school's folder, or the school has a new DfE number that is not "
        + "configured.",
      remedy: "Move it to that school's folder, or have the school's `laestab` setting corrected. Nothing of this file "
        + "was taken in.",
      source: "never to the wrong authority"),
    CatalogueEntry(
      .beyondLimits, .fatal, "A row has more cells than a table of leavers can have columns",
      cause: "The delimiter was not recognised, or the file is not a table.",
      remedy: "Export the report again as CSV UTF-8 with one row a pupil.", source: practice),
    CatalogueEntry(
      .noRows, .fatal, "The file has headings and no pupil below them",
      cause: "The report's filter leaves nobody.",
      remedy: "Correct the filter and export again. What was sent before stays as it is.", source: practice),
    CatalogueEntry(
      .bytesMissing, .fatal, "The stored copy of the export can no longer be opened",
      cause: "Its key was destroyed by an erasure or at the end of its retention before the export was read.",
      remedy: "Export the report again.", source: "the retention rules of leaverlink"),
    CatalogueEntry(
      .swallowedRows, .fatal, "A quotation mark is closed only lines later and swallowed what looks like other rows",
      cause: "A cell begins with a single quotation mark and another one further down ends with one, so that all "
        + "between them reads as one cell: other pupils' records.",
      remedy: "Put the mark right in the management information system, or shorten the text if it is meant, and export "
        + "again. Everything below the first of these lines is doubtful, and nothing of this file was taken in.",
      source: "RFC 4180; nothing lost, never about the wrong child"),
    CatalogueEntry(
      .tooManyRows, .fatal, "The file has more rows than any export of leavers",
      cause: "The report covers the whole school for years, or another file was saved here.",
      remedy: "Restrict the report to the year groups that leave, and export it again.", source: practice),
    CatalogueEntry(
      .noYearGroupColumn, .warning, "There is no column with the year group",
      cause: "The report leaves it out.",
      remedy: "Add the National Curriculum year to the report: without it nobody is in any return.",
      in: .column("Year Group"), source: "school census item NCyearActual"),
    CatalogueEntry(
      .requiredColumnMissing, .error,
      "A column that an authority requires is missing, so that every record is held for it",
      cause: "The report leaves it out, or its heading was renamed.",
      remedy: "Add it to the report and export again; `leaverlink mis describe` lists what the report must have.",
      source: "the profile of the authority"),
    CatalogueEntry(
      .unknownColumn, .note, "A column is not known and is not kept",
      cause: "The report holds more than is needed, or a heading is spelled in a new way.",
      remedy: "Remove it from the report if nobody needs it; have its heading added to the header map if it is needed.",
      source: "only what is needed is kept (UK GDPR Article 5(1)(c))"),
    CatalogueEntry(
      .repeatedColumn, .note, "Two columns mean the same thing; in each row the first one that is filled is used",
      cause: "The report holds an item twice, for example two telephone numbers.",
      remedy: "Remove the column that is not meant, if one is not.", source: practice),
    CatalogueEntry(
      .linesBeforeHeader, .note, "Rows above the headings were passed over",
      cause: "The report prints a title or the date above the table.", remedy: "Nothing needs to be done.",
      source: practice),
    CatalogueEntry(
      .rowsPassedOver, .note, "Blank rows and rows with totals were passed over",
      cause: "The report ends with totals, or a spreadsheet kept empty rows.", remedy: "Nothing needs to be done.",
      source: practice),
    CatalogueEntry(
      .repeatedHeader, .note, "The headings stand again among the rows and were passed over there",
      cause: "The report repeats them on each page.", remedy: "Nothing needs to be done.", source: practice),
    CatalogueEntry(
      .otherEncoding, .note, "The file is not in UTF-8",
      cause: "It was saved as plain CSV, which Windows writes in its own encoding.",
      remedy: "Nothing needs to be done if names look right; else save it as CSV UTF-8.", source: practice),
    CatalogueEntry(
      .otherDelimiter, .note, "The cells are not divided by commas",
      cause: "The computer's region settings use another list separator.", remedy: "Nothing needs to be done.",
      source: practice),
    CatalogueEntry(
      .noUPNColumn, .warning, "There is no column with the UPN",
      cause: "The report leaves it out.",
      remedy: "Add the UPN to the report: without it an authority matches by name, and loses some.",
      in: .column("UPN"), source: "school census", census: [1500]),
    CatalogueEntry(
      .noSharingColumn, .warning, "There is no column that says whether information may be shared",
      cause: "The report leaves the Youth Support Services Agreement (YSSA) out.",
      remedy: "Add it to the report, or let the school decide once what stands for it (setting `sharing: unlisted`). "
        + "Until then records are held.",
      in: .column("Youth Support Services Agreement"),
      source: "Education and Skills Act 2008 s.72; school census item YSSA"),
    CatalogueEntry(
      .moreFindings, .note, "There are more findings than are listed here",
      cause: "The same mistake runs through the file.",
      remedy: "Correct what is listed and export again; the checked file shows every row.", source: practice),
    CatalogueEntry(
      .tooManyCells, .error, "The row has more cells than there are headings, so that they may stand in wrong columns",
      cause: "A comma within a cell, such as an address, without quotation marks around the cell.",
      remedy: "Export again with quotation marks around text (CSV UTF-8 from Excel does it). The row is held.",
      source: "RFC 4180; never about the wrong child"),
    CatalogueEntry(
      .tooFewCells, .warning, "The row has fewer cells than there are headings",
      cause: "The end of the row is missing, or a line break stands in a cell without quotation marks.",
      remedy: "Look whether the row is complete, and export again if it is not.", source: "RFC 4180"),
    CatalogueEntry(
      .spreadsheetError, .warning, "The cell holds a spreadsheet's error and counts as blank",
      cause: "A formula such as a look-up found nothing, or the column was too narrow (####).",
      remedy: "Export from the management information system instead of from a spreadsheet with formulas.",
      source: practice),
    CatalogueEntry(
      .damagedCharacters, .warning, "Letters of this text were damaged on the way",
      cause: "The file was saved and opened in two different encodings.",
      remedy: "Export again as CSV UTF-8, without opening the file in between.", source: practice),
    CatalogueEntry(
      .formulaText, .warning, "The text begins like a spreadsheet formula and is left out",
      cause: "It begins with =, +, - or @, which a spreadsheet at the authority would carry out.",
      remedy: "Correct the text in the management information system.",
      source: "OWASP, CSV injection"),
    CatalogueEntry(
      .columnsContradict, .error, "Two columns that mean the same thing say different things",
      cause: "The report holds the item twice, and one of them is out of date.",
      remedy: "Remove the column that is not meant. The record is held until then.",
      source: "house rule: held is only what could go wrong or be about the wrong child"),
    CatalogueEntry(
      .pupilInText, .error, "The text has several lines and a UPN in it, and is left out",
      cause: "A quotation mark was closed too late, and the text is another pupil's record; or a UPN was typed there.",
      remedy: "Correct the text in the management information system and export again. The record is held until then.",
      source: "never about the wrong child"),
    CatalogueEntry(
      .cellTooLong, .warning, "The cell is too long and counts as blank",
      cause: "A whole document was pasted into it, or the delimiters of the row are missing.",
      remedy: "Shorten it in the management information system.", source: practice),
    CatalogueEntry(
      .misquoted, .warning, "Text stands behind the closing quotation mark of a cell",
      cause: "A quotation mark within the text was not doubled.",
      remedy: "Look whether the cell is complete; correct the text in the management information system.",
      source: "RFC 4180"),
  ]
}
