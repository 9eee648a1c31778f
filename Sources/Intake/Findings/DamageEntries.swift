// The catalogue's findings about damage that was repaired, or that only a person can repair. Data only.

import Leavers

extension FindingsCatalogue {
  private static let practice = "what goes wrong with exports in practice [M]"

  static let damageEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .textApostrophe, .note, "An apostrophe before the value was left out",
      cause: "A spreadsheet was told with it to leave the cell alone, and it was exported as part of the cell.",
      remedy: "Nothing needs to be done.", source: practice),
    CatalogueEntry(
      .invisibleCharacters, .note, "Characters that cannot be seen were left out or made plain spaces",
      cause: "The text was copied from a web page or a document: no-break spaces and characters without width.",
      remedy: "Nothing needs to be done.", source: practice),
    CatalogueEntry(
      .lettersRepaired, .note, "Damaged letters were put right",
      cause: "Text in UTF-8 was read as Windows-1252, so that one accented letter became two signs. All of it could be "
        + "turned back.",
      remedy: "Look whether the text is right now; have the file saved as CSV UTF-8 next time.",
      source: "WHATWG Encoding Standard, windows-1252"),
    CatalogueEntry(
      .numberRestored, .note, "A number that a spreadsheet wrote as a power of ten was written out again",
      cause: "The file was opened and saved in a spreadsheet, which wrote it like 9.276308686E+09. No digit was lost.",
      remedy: "Nothing needs to be done; export without opening the file in between, and it does not happen.",
      source: practice),
    CatalogueEntry(
      .upnRepaired, .note, "The UPN was put right: a letter stood for the digit that it looks like",
      cause:
        "It was typed or scanned, with O for 0, I or L for 1, S for 5, Z for 2 or B for 8. One reading only has the "
        + "right check letter, and another field agrees with it.",
      remedy: "Correct it in the management information system.", in: .identifiers,
      source: "DfE, Unique pupil numbers; school census", census: [1510]),
    CatalogueEntry(
      .ulnShort, .warning, "The ULN has a digit too few and is left out",
      cause: "A digit was left out in typing, or cut off by a column of fixed width.",
      remedy: "Compare it with the Learning Records Service. The record is sent without it.",
      source: "Learning Records Service; HESA data item ULN; school census", census: [1575]),
    CatalogueEntry(
      .namesSwapped, .warning, "Surname and forename may have changed places",
      cause: "The two were typed or pasted into each other's column.",
      remedy: "Look which is which. They are sent as they are.", in: .names, source: practice),
    CatalogueEntry(
      .namesInOneCell, .warning, "Surname and forename seem to stand in one cell, divided by a comma",
      cause: "The report uses a full name in the place of one of its parts.",
      remedy: "Put each in its own column of the report. They are sent as they are.", in: .names,
      source: practice),
    CatalogueEntry(
      .dayMonthSwapped, .note, "The month stood before the day and was read so",
      cause:
        "The report or a spreadsheet was set to American dates: other dates of the column can be read only so, and "
        + "none of it only the other way. A date of birth must besides be usual for the year group in this order alone.",
      remedy: "Set the region to United Kingdom for the next export.", source: practice),
    CatalogueEntry(
      .centuryAdded, .note, "The year had two digits; the century was added",
      cause: "A spreadsheet shows years so. Only this century gives a day on which it can be; a date of birth must "
        + "besides be usual for the year group.",
      remedy: "Nothing needs to be done; dates with four digits of the year are safer.", source: practice),
  ]
}
