// The catalogue's findings about names, dates, address, telephone and establishment numbers. Data only.

import Leavers

extension FindingsCatalogue {
  private static let practice = "what goes wrong with exports in practice [M]"
  private static let held = "house rule: held is only what could go wrong or be about the wrong child"

  static let personEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .noName, .error, "There is neither surname nor forename",
      cause: "The row is no pupil's, or its cells were moved.",
      remedy: "Fill in the name. The record is held until then.", in: .names, source: held),
    CatalogueEntry(
      .oneNameOnly, .warning, "One of surname and forename is missing",
      cause: "The pupil has one name only, or the other was not entered.",
      remedy: "Fill it in if there is one.", in: .names, source: "school census: names in full"),
    CatalogueEntry(
      .oddName, .warning, "The name holds characters that a name does not have, or is a word for none",
      cause: "A note, a number or a test entry stands in the name.",
      remedy: "Correct the name, or leave the entry out of the report if it is no pupil.", in: .names,
      source: practice),
    CatalogueEntry(
      .formulaName, .error, "The name begins like a spreadsheet formula",
      cause: "It begins with =, +, - or @, which a spreadsheet at the authority would carry out.",
      remedy: "Correct the name. The record is held until then.", in: .names, source: "OWASP, CSV injection"),
    CatalogueEntry(
      .noDateOfBirth, .error, "There is no date of birth", cause: "It was not entered.",
      remedy: "Fill it in. The record is held until then.", in: .names, source: held),
    CatalogueEntry(
      .dateOfBirthUnreadable, .error, "The date of birth cannot be read",
      cause: "It is incomplete, has a year of two digits, or is no date.",
      remedy: "Write it as dd/mm/yyyy. The record is held until then.", in: .names, source: held),
    CatalogueEntry(
      .dateOfBirthImpossible, .error, "The date of birth cannot be that of a leaver",
      cause: "The day lies in the future or too long ago; often today's date or another year was typed.",
      remedy: "Correct it. The record is held until then.", in: .names, source: held),
    CatalogueEntry(
      .dateOfBirthUnusual, .warning, "The date of birth is not usual for this year group",
      cause: "The pupil is taught with another age group, or a digit is wrong.",
      remedy: "Compare it with the pupil's record. It is sent as it is.", in: .names,
      source: "school census age ranges"),
    CatalogueEntry(
      .birthMonthFirst, .error, "The dates of birth are written with the month first, so that this one is not sure",
      cause: "The report or a spreadsheet was set to American dates.",
      remedy: "Set the region to United Kingdom and export again. The record is held until then.", source: practice),
    CatalogueEntry(
      .dateNotation, .note, "The date was written in a spreadsheet's own way and has been read",
      cause: "The cell holds the number of a day (such as 44629), or a date with a time of day.",
      remedy: "Nothing needs to be done.", source: practice),
    CatalogueEntry(
      .dateUnreadable, .warning, "The date cannot be read and is left out",
      cause: "It is incomplete, has a year of two digits, or is no date.", remedy: "Write it as dd/mm/yyyy.",
      source: practice),
    CatalogueEntry(
      .dateImplausible, .warning, "The date lies outside the years in which it can be and is left out",
      cause: "A digit of the year is wrong.", remedy: "Correct it.", source: practice),
    CatalogueEntry(
      .datesOutOfOrder, .warning, "The leaving date lies before the date of entry",
      cause: "One of the two was typed wrongly, or the pupil came back.",
      remedy: "Compare both with the pupil's record. They are sent as they are.", source: practice),
    CatalogueEntry(
      .dateMonthFirst, .warning, "The dates of this column are written with the month first; this one is left out",
      cause: "The report or a spreadsheet was set to American dates.",
      remedy: "Set the region to United Kingdom and export again.", source: practice),
    CatalogueEntry(
      .postcodePlaceholder, .note, "The postcode says that there is no fixed or no known address",
      cause: "ZZ99 9ZZ is entered for it.", remedy: "Fill in the address once it is known.", in: .addresses,
      source: "NCCIS extracts in use"),
    CatalogueEntry(
      .postcodeWrong, .warning, "The postcode does not have the form of a postcode and is left out",
      cause: "A character is mistyped (often O for 0), or only half of it was entered.",
      remedy: "Correct it.", in: .addresses, source: "Royal Mail, Programmers' Guide"),
    CatalogueEntry(
      .laestabOther, .error, "The DfE number is not this school's",
      cause: "The school became an academy and has a new number, the pupil is dually registered, "
        + "or the export is another school's.",
      remedy:
        "Correct the number in the management information system, or leave the pupil to the other school. The record is "
        + "held until then.",
      source: "DfE, Get Information about Schools"),
    CatalogueEntry(
      .laestabWrong, .warning, "The DfE number does not have seven digits and is left out",
      cause: "The authority's three digits, or leading characters, were lost.",
      remedy: "Write the authority's three digits and the school's four.", source: "DfE, Get Information about Schools"),
    CatalogueEntry(
      .laestabShort, .note, "The DfE number lacks the authority's three digits; the school's own number stands for it",
      cause: "The system keeps the four digits of the establishment alone.", remedy: "Nothing needs to be done.",
      source: "DfE, Get Information about Schools"),
    CatalogueEntry(
      .phoneWrong, .warning, "The telephone number cannot be one and is left out",
      cause: "A digit is missing or too many, or a word stands beside it.", remedy: "Correct it.",
      source: "Ofcom, national numbering plan"),
    CatalogueEntry(
      .phoneRepaired, .note, "The telephone number had lost its leading zero, which was put back",
      cause: "A spreadsheet took it for a number.", remedy: "Nothing needs to be done.",
      source: "Ofcom, national numbering plan"),
    CatalogueEntry(
      .emailWrong, .warning, "The e-mail address cannot be one and is left out",
      cause: "It has no @ or no domain, or two addresses stand in one cell.", remedy: "Correct it.",
      source: "RFC 5321, in its common forms"),
    CatalogueEntry(
      .ukprnWrong, .warning, "The provider's UKPRN is wrong and is left out",
      cause: "A digit is missing, or another number stands in the column.",
      remedy: "A UKPRN has eight digits and begins with 1; the UK Register of Learning Providers lists them.",
      source: "UK Register of Learning Providers"),
    CatalogueEntry(
      .providerLAESTABWrong, .warning, "The provider's DfE number does not have seven digits and is left out",
      cause: "The authority's three digits were lost.",
      remedy: "Write the authority's three digits and the establishment's four.",
      source: "DfE, Get Information about Schools"),
  ]
}
