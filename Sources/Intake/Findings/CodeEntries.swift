// The catalogue's findings about coded fields, sharing, cohort, authorities, flags and repeats. Data only.

import Leavers

extension FindingsCatalogue {
  private static let nccis = "NCCIS code lists (LEO I2SE request form v2.3, council code lists 2022-23)"
  private static let held = "house rule: held is only what could go wrong or be about the wrong child"

  static let codeEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .codeUnknown, .warning, "The code is not in its list and is left out",
      cause: "It was mistyped, or words were entered that the header map does not know.",
      remedy: "Use a code of the list; have the words added to the header map if the school uses them always.",
      source: nccis),
    CatalogueEntry(
      .codeNotInForce, .warning, "The code was not in force on the day of the export and is left out",
      cause: "The list changed.", remedy: "Use the code that took its place.", source: nccis),
    CatalogueEntry(
      .codeLegacyConverted, .warning, "The code belongs to the older list and was replaced by the current one",
      cause: "The system still has the list that was in use some years ago.",
      remedy: "Check that the replacement says what is meant, and have the system's list brought up to date.",
      source: nccis),
    CatalogueEntry(
      .codeTwoGenerations, .warning, "The column mixes two generations of codes; the older code is left out",
      cause: "Some entries follow the older list. In it 410 was Undecided and 510 Other; "
        + "today 411 is Other and 511 Undecided.",
      remedy: "Enter the current code. Nothing is guessed here, because both lists use numbers that look alike.",
      source: nccis),
    CatalogueEntry(
      .codeLegacyAmbiguous, .warning, "The code belongs to the older list and could mean more than one of today's",
      cause: "The older list did not tell employment with study from employment without training.",
      remedy: "Ask the pupil, and enter the current code. The code is left out.", source: nccis),
    CatalogueEntry(
      .activityTooEarly, .warning, "The activity is one of compulsory school age and is left out",
      cause: "Codes 110 to 150 end with the last Friday in June of Year 11.",
      remedy: "Enter what the young person does since then.", source: nccis),
    CatalogueEntry(
      .sharingUnknown, .warning, "The sharing answer is none that is known and may be a refusal",
      cause: "Another word than yes, no, unsought or SNR was entered, or the cell cannot be read.",
      remedy: "Enter Yes, No, UNS or SNR. Until then a person decides wherever an objection counts.", in: .sharing,
      source: "school census item YSSA"),
    CatalogueEntry(
      .sharingBlank, .warning, "There is no sharing answer",
      cause: "It was not asked for, or not entered.",
      remedy:
        "Enter Yes, No, UNS or SNR. Until then the school's decision for unlisted answers stands (held, unless it "
        + "said otherwise).",
      in: .sharing, source: "Education and Skills Act 2008 s.72; school census item YSSA"),
    CatalogueEntry(
      .yearGroupUnknown, .warning, "The year group is none that is known and is left out",
      cause: "A class or another word stands in the column.", remedy: "Enter the National Curriculum year, such as 11.",
      source: "school census item NCyearActual"),
    CatalogueEntry(
      .noCohort, .warning, "It cannot be told with which cohort the pupil leaves",
      cause: "The year group is missing, or is not 11, 12 or 13.",
      remedy: "Fill in the year group, or leave the pupil out of the report if he or she does not leave. "
        + "The record is not sent until then.",
      source: "NCCIS cohorts"),
    CatalogueEntry(
      .homeAuthorityUnknown, .warning, "The home authority is none that is known",
      cause: "A district, a ward or a shortened name stands in the column, or the cell cannot be read.",
      remedy:
        "Enter the authority's three-digit number. Until then a person decides wherever it counts where the pupil "
        + "lives.", source: "DfE local authority codes"),
    CatalogueEntry(
      .placingAuthorityUnknown, .error, "The child was placed by an authority whose name is not known",
      cause: "A shortened name or another word stands in the column.",
      remedy:
        "Enter the authority's three-digit number, or leave the cell blank if nobody placed the child. The record "
        + "is held, because it may be about a child looked after.",
      source: held),
    CatalogueEntry(
      .flagUnknown, .warning, "The answer is neither yes nor no and is left out",
      cause: "Another word was entered.", remedy: "Enter Yes or No.",
      source: "what goes wrong with exports in practice [M]"
    ),
    CatalogueEntry(
      .protectionUnclear, .warning, "It is not clear whether the address is protected; it is taken to be",
      cause: "Another word than yes or no was entered.",
      remedy: "Enter Yes or No. Until then a person decides about this record.", source: held),
    CatalogueEntry(
      .repeatMerged, .note, "The pupil stands in the file more than once; the rows say the same and were merged",
      cause: "The report lists a course, a contact or a plan on each row.", remedy: "Nothing needs to be done.",
      source: "school census", census: [1520]),
    CatalogueEntry(
      .repeatDiffers, .warning, "The pupil stands in the file more than once; the first row was used",
      cause: "The rows differ in what neither sends a record wrong nor takes one child for another.",
      remedy: "Correct what differs, or restrict the report to one row a pupil.", source: "school census",
      census: [1520]),
    CatalogueEntry(
      .repeatContradicts, .error, "Rows of one pupil contradict each other, or two pupils have one UPN",
      cause: "The UPN was entered for two pupils, or one pupil was entered twice.",
      remedy: "Correct the rows. All of them are held until then.", source: held, census: [1520]),
    CatalogueEntry(
      .samePersonTwoUPNs, .warning, "Another row has the same name and date of birth with another UPN",
      cause: "One pupil was entered twice, or two pupils share name and birthday.",
      remedy: "Find out which; both are sent as they are.", source: "school census"),
    CatalogueEntry(
      .repeatMends, .warning, "The cell cannot be used; another row of the same pupil gives the value",
      cause: "One of the pupil's rows was typed wrongly.", remedy: "Correct the cell.", source: "school census"),
  ]
}
