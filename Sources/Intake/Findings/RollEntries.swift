// The catalogue's findings about a row and what its school said before. Data only.

import Leavers

extension FindingsCatalogue {
  private static let practice = "what goes wrong with exports in practice [M]"

  static let rollEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .joinedByAdmissionNumber, .note,
      "The row has no UPN; it was joined to a pupil by the admission number and the name",
      cause: "A sheet of one's own, or another program's, has no UPN.",
      remedy: "Nothing needs to be done if it is the same pupil.", source: practice),
    CatalogueEntry(
      .joinedByName, .warning, "The row has no UPN; it was joined to a pupil by name and date of birth",
      cause: "A sheet of one's own, or another program's, has no UPN.",
      remedy: "Check that it is the same pupil. A column with the UPN or the admission number makes it certain.",
      source: practice),
    CatalogueEntry(
      .dateOfBirthChanged, .warning, "The date of birth is another than in the export before",
      cause: "It was corrected, or day and month were exchanged.",
      remedy: "Check it in the management information system. The new one is used.", source: practice),
    CatalogueEntry(
      .upnChanged, .note, "The UPN is another than in the export before", cause: "A temporary UPN was replaced.",
      remedy: "Nothing needs to be done if the former UPN is kept.",
      source: "DfE guidance on unique pupil numbers"),
    CatalogueEntry(
      .destinationNoLongerKnown, .warning, "The destination was known before and is given as not known now",
      cause: "The pupil left the course, or the field was overwritten.",
      remedy: "If the pupil is still there, correct it; if not, leave it. The new answer is used.", source: practice),
    CatalogueEntry(
      .pupilsCarried, .note,
      "Pupils of the same cohort who are not in this file are kept as the exports before had them",
      cause:
        "The file has only some of the pupils, or a person said of a sixth former who is missing from it on which day that was.",
      remedy: "Nothing needs to be done. A pupil who does not belong to the school any more is marked in the system.",
      source: practice),
    CatalogueEntry(
      .sheetOfOtherSchool, .fatal, "The sheet is of no pupil of this school",
      cause: "It was taken from another school's desk.",
      remedy: "Put it into the folder of the desk that it came from. Nothing of it was taken in.",
      source: "never to the wrong authority"),
    CatalogueEntry(
      .rowKeyUnknown, .warning, "The hidden key of the row is that of no pupil of this school",
      cause: "The row was copied from another sheet, or the key was changed.",
      remedy: "Check that the pupil is this school's. The row counts by the names and identifiers in it.",
      source: practice),
    CatalogueEntry(
      .seenElsewhere, .warning, "Another school of the same trust has this pupil too, without a leaving date",
      cause: "The pupil moved, and one of the two schools still has them on its roll; or they are taught at both.",
      remedy: "Agree with the other school who reports the pupil, and enter the leaving date at the one that was left. "
        + "Both send until then.", source: practice),
  ]
}
