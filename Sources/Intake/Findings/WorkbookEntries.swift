// The catalogue's findings about workbooks: kinds that are not read, damage, limits, sheets. Data only.

import Leavers

extension FindingsCatalogue {
  private static let practice = "what goes wrong with exports in practice [M]"
  private static let safety = "a file is trusted in nothing"
  private static let nothingLost = "nothing lost, nothing invented"

  static let workbookEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .encryptedWorkbook, .fatal, "The workbook is protected by a password",
      cause: "It was saved with a password to open it.",
      remedy: "Remove the password (Excel: File > Info > Protect Workbook > Encrypt with Password, and empty the "
        + "box) and save it again: a workbook with a password can be read by nobody but the person who knows it.",
      source: practice),
    CatalogueEntry(
      .oldWorkbook, .fatal, "The workbook is in the format of Excel before 2007 (.xls)",
      cause: "The report or Excel saves in the old format.",
      remedy: "Open it and save it as XLSX (Excel: File > Save As > Excel Workbook).",
      source: practice),
    CatalogueEntry(
      .binaryWorkbook, .fatal, "The workbook is in Excel's binary format (.xlsb)",
      cause: "Excel was told to save in that format.",
      remedy: "Open it and save it as XLSX (Excel: File > Save As > Excel Workbook).",
      source: practice),
    CatalogueEntry(
      .openDocument, .fatal, "The file is an OpenDocument spreadsheet (.ods) or another OpenDocument file",
      cause: "It was saved by LibreOffice in its own format.",
      remedy: "Open it and save it as XLSX (File > Save As > Excel 2007-365).",
      source: practice),
    CatalogueEntry(
      .otherOffice, .fatal, "The file is a document of another Office program, such as Word",
      cause: "Another file was saved where exports belong.",
      remedy: "Save the workbook itself, or CSV, in this folder.",
      source: practice),
    CatalogueEntry(
      .otherZip, .fatal, "The file is a packed archive without a workbook in it",
      cause: "A zip file was saved where exports belong.",
      remedy: "Unpack it and save the workbook or CSV file itself in this folder.",
      source: practice),
    CatalogueEntry(
      .noWorkbook, .fatal, "The file is an old Office file without a workbook in it",
      cause: "It is a document of another program, or its end is missing.",
      remedy: "Save the workbook as XLSX in this folder.",
      source: practice),
    CatalogueEntry(
      .workbookCutOff, .fatal, "The workbook is cut off",
      cause: "Copying it did not finish, or the disk was full.",
      remedy: "Copy it again, or save it again.",
      source: practice),
    CatalogueEntry(
      .workbookDamaged, .fatal, "The workbook is damaged",
      cause: "It was damaged when it was copied or saved.",
      remedy: "Copy it again, or open it in Excel and save it again.",
      source: practice),
    CatalogueEntry(
      .workbookChecksum, .fatal, "The workbook's bytes are not those that were saved",
      cause: "It was damaged when it was copied or on the disk.",
      remedy: "Copy it again, or open it in Excel and save it again.",
      source: practice),
    CatalogueEntry(
      .workbookPartTwice, .fatal, "The workbook holds one of its parts twice, so that programs differ on which counts",
      cause: "A program made it in an unusual way, or to deceive.",
      remedy: "Open the workbook in Excel and save it again as XLSX, or export the report again.",
      source: safety),
    CatalogueEntry(
      .workbookPartName, .fatal, "A part of the workbook has a name that leads out of it",
      cause: "A program made it in an unusual way, or to harm.",
      remedy: "Open the workbook in Excel and save it again as XLSX, or export the report again.",
      source: safety),
    CatalogueEntry(
      .workbookPartLocked, .fatal, "A part of the workbook is locked with a password",
      cause: "It was packed with a password by another program than Excel.",
      remedy: "Save it without a password: a locked file can be read by nobody but the person who knows it.",
      source: practice),
    CatalogueEntry(
      .workbookPacking, .fatal, "The workbook is packed in a way that no spreadsheet program uses",
      cause: "It was packed anew by another program.",
      remedy: "Open the workbook in Excel and save it again as XLSX, or export the report again.",
      source: practice),
    CatalogueEntry(
      .workbookXML, .fatal, "A part of the workbook is not well-formed",
      cause: "It was damaged, or a program wrote it wrongly.",
      remedy: "Open the workbook in Excel and save it again as XLSX, or export the report again.",
      source: practice),
    CatalogueEntry(
      .workbookDoctype, .fatal, "A part of the workbook has a DOCTYPE, which could bring in other files",
      cause: "No spreadsheet program writes one: it was made by hand, perhaps to harm.",
      remedy: "Open the workbook in Excel and save it again as XLSX, or export the report again.",
      source: safety),
    CatalogueEntry(
      .workbookStructure, .fatal, "A part of the workbook is not what it is listed as",
      cause: "A program wrote it wrongly.",
      remedy: "Open the workbook in Excel and save it again as XLSX, or export the report again.",
      source: practice),
    CatalogueEntry(
      .workbookPartMissing, .fatal, "A part of the workbook is missing",
      cause: "A program wrote it wrongly, or it was packed by hand.",
      remedy: "Open the workbook in Excel and save it again as XLSX, or export the report again.",
      source: practice),
    CatalogueEntry(
      .workbookWithoutSheets, .fatal, "The workbook names no sheet",
      cause: "A program wrote it wrongly.",
      remedy: "Open the workbook in Excel and save it again as XLSX, or export the report again.",
      source: practice),
    CatalogueEntry(
      .workbookWithoutCells, .fatal, "The workbook has charts and dialogs only, and no sheet with cells",
      cause: "Another workbook was saved where exports belong.",
      remedy: "Save the workbook with the report in this folder.",
      source: practice),
    CatalogueEntry(
      .workbookReference, .fatal, "A row or cell of the workbook stands where another does, or nowhere",
      cause: "A program wrote it wrongly.",
      remedy: "Open the workbook in Excel and save it again as XLSX, or export the report again.",
      source: practice),
    CatalogueEntry(
      .workbookValue, .fatal, "A cell of the workbook is not of the type that it says",
      cause: "A program wrote it wrongly.",
      remedy: "Open the workbook in Excel and save it again as XLSX, or export the report again.",
      source: practice),
    CatalogueEntry(
      .workbookFormat, .fatal, "A cell of the workbook has a format that the workbook does not hold",
      cause: "A program wrote it wrongly.",
      remedy: "Open the workbook in Excel and save it again as XLSX, or export the report again.",
      source: practice),
    CatalogueEntry(
      .workbookText, .fatal, "A cell of the workbook names a text that the workbook does not hold",
      cause: "A program wrote it wrongly.",
      remedy: "Open the workbook in Excel and save it again as XLSX, or export the report again.",
      source: practice),
    CatalogueEntry(
      .workbookBytes, .fatal, "The workbook has more bytes than any export of leavers",
      cause: "The report covers the whole school for years, or pictures are in it.",
      remedy: "Save a workbook with the report alone, or export it as CSV UTF-8.",
      source: safety),
    CatalogueEntry(
      .workbookParts, .fatal, "The workbook has too many parts",
      cause: "Many sheets, pictures or comments are in it.",
      remedy: "Save a workbook with the report alone, or export it as CSV UTF-8.",
      source: safety),
    CatalogueEntry(
      .workbookPartSize, .fatal, "A part of the workbook is too large",
      cause: "A sheet covers far more than leavers.",
      remedy: "Save a workbook with the report alone, or export it as CSV UTF-8.",
      source: safety),
    CatalogueEntry(
      .workbookUnpacked, .fatal, "The workbook is too large when it is unpacked",
      cause: "Its sheets cover far more than leavers.",
      remedy: "Save a workbook with the report alone, or export it as CSV UTF-8.",
      source: safety),
    CatalogueEntry(
      .workbookRatio, .fatal, "A part of the workbook grows beyond measure when it is unpacked",
      cause: "It was made to use up memory, or holds millions of cells without content.",
      remedy: "Save a workbook with the report alone, or export it as CSV UTF-8.",
      source: safety),
    CatalogueEntry(
      .workbookSheets, .fatal, "The workbook has too many sheets",
      cause: "Many reports were put into one workbook.",
      remedy: "Save a workbook with the report alone, or export it as CSV UTF-8.",
      source: safety),
    CatalogueEntry(
      .workbookRows, .fatal, "A sheet of the workbook has too many rows",
      cause: "The report covers far more than leavers.",
      remedy: "Save a workbook with the report alone, or export it as CSV UTF-8.",
      source: safety),
    CatalogueEntry(
      .workbookColumns, .fatal, "A sheet of the workbook has too many columns",
      cause: "Something stands far to the right of the table.",
      remedy: "Remove what stands there (Ctrl+End shows the last cell) and save it again.",
      source: safety),
    CatalogueEntry(
      .workbookCells, .fatal, "A sheet of the workbook has too many cells",
      cause: "The report covers far more than leavers, or whole columns were formatted cell by cell.",
      remedy: "Save a workbook with the report alone, or export it as CSV UTF-8.",
      source: safety),
    CatalogueEntry(
      .workbookCellLength, .fatal, "A cell of the workbook is longer than any spreadsheet allows",
      cause: "A program wrote it wrongly, or a whole document was pasted into it.",
      remedy: "Shorten the cell and save the workbook again.",
      source: safety),
    CatalogueEntry(
      .workbookTexts, .fatal, "The workbook holds too many texts",
      cause: "Its sheets cover far more than leavers.",
      remedy: "Save a workbook with the report alone, or export it as CSV UTF-8.",
      source: safety),
    CatalogueEntry(
      .workbookTextSize, .fatal, "The workbook's texts are too large together",
      cause: "Its sheets cover far more than leavers.",
      remedy: "Save a workbook with the report alone, or export it as CSV UTF-8.",
      source: safety),
    CatalogueEntry(
      .workbookFormats, .fatal, "The workbook has too many formats of cells",
      cause: "It was copied together from many others.",
      remedy: "Copy the values alone into a new workbook and save that.",
      source: safety),
    CatalogueEntry(
      .workbookMerges, .fatal, "The sheet has too many merged cells",
      cause: "The report is laid out for print.",
      remedy: "Take the merging out (select all, Merge & Center off), or export it as CSV UTF-8.",
      source: safety),
    CatalogueEntry(
      .workbookDepth, .fatal, "A part of the workbook is nested too deeply",
      cause: "No spreadsheet program writes such a thing: it was made by hand, perhaps to harm.",
      remedy: "Open the workbook in Excel and save it again as XLSX, or export the report again.",
      source: safety),
    CatalogueEntry(
      .workbookMarkup, .fatal, "A part of the workbook has a tag that is too long",
      cause: "No spreadsheet program writes such a thing: it was made by hand, perhaps to harm.",
      remedy: "Open the workbook in Excel and save it again as XLSX, or export the report again.",
      source: safety),
    CatalogueEntry(
      .rowsInCell, .fatal, "A cell has several lines that look like other rows of the table",
      cause: "A file with a wrong quotation mark was opened in Excel, so that other pupils' records became the "
        + "text of one cell; or a part of a table was pasted into a cell.",
      remedy: "Take the rows out of the cell, or shorten the text if it is meant, and save the workbook again. "
        + "Nothing of this file was taken in.",
      source: nothingLost),
    CatalogueEntry(
      .otherThanName, .note, "The file is not what the ending of its name says, and was read as what it is",
      cause: "It was renamed by hand, or the report gives it the wrong ending.",
      remedy: "Nothing needs to be done; the right ending keeps other programs from being misled.",
      source: practice),
    CatalogueEntry(
      .sheetTaken, .note, "The workbook has several sheets, or hidden ones, and one was taken",
      cause: "Sheets with other things stand beside the report.",
      remedy: "Nothing needs to be done if it is the right one; else put the right one into a workbook of its own.",
      source: practice),
    CatalogueEntry(
      .otherSheet, .warning, "Another sheet with headings of leavers was NOT read",
      cause: "The report is divided into sheets, for example one a year group, or an older copy was kept.",
      remedy: "If its pupils are not on the sheet that was read, save that sheet as a workbook of its own in the "
        + "same folder. If it is an old copy, remove it.",
      source: nothingLost),
    CatalogueEntry(
      .hiddenSheet, .note, "A hidden sheet with headings of leavers was not read",
      cause: "The report keeps its raw data, or somebody hid an older copy.",
      remedy: "Show the sheet and look whether its pupils are meant; if they are, save it as a workbook of its own.",
      source: nothingLost),
    CatalogueEntry(
      .sheetUnread, .warning, "Another sheet could not be read, so that nobody knows whether leavers are on it",
      cause: "A program wrote it wrongly, or it goes beyond the limits.",
      remedy: "If it holds leavers, save it as a workbook of its own in the same folder.",
      source: nothingLost),
    CatalogueEntry(
      .hiddenRows, .warning, "Rows are hidden and were read like the others",
      cause: "A filter was left on, or somebody hid them.",
      remedy: "If their pupils are not meant, delete the rows and save the workbook again; hiding a row does not "
        + "take it out.",
      source: nothingLost),
    CatalogueEntry(
      .formulaWithoutValue, .warning, "The cell has a formula without its value and counts as blank",
      cause: "The workbook was written by a program that does not calculate, and was never opened since.",
      remedy: "Open it in Excel and save it; then its values are in it.",
      source: practice),
    CatalogueEntry(
      .formulasNotCalculated, .warning,
      "The column has formulas that were not calculated when the workbook was "
        + "written, so that their values may be old",
      cause: "The workbook was written by a program that does not calculate, and was never opened since.",
      remedy: "Open it in Excel and save it; then its values are right.",
      source: practice),
    CatalogueEntry(
      .mergedCell, .warning, "The cell is merged with another one and counts as blank",
      cause: "Cells were merged, so that one content seems to stand in several.",
      remedy: "Take the merging out and write the content into each cell that it is meant for.",
      source: nothingLost),
    CatalogueEntry(
      .checkedAsText, .note, "The checked file is CSV, because nothing can be written into this workbook",
      cause: "The workbook is written in an unusual way.",
      remedy: "Correct the workbook itself by what the checked file says, or open it in Excel and save it again.",
      source: practice),
  ]
}
