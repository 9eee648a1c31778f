// The catalogue's findings about fields of one record that do not fit together. Data only.

import Leavers

extension FindingsCatalogue {
  private static let nccis = "NCCIS code lists (LEO I2SE request form v2.3, council code lists 2022-23)"
  private static let practice = "what goes wrong with exports in practice [M]"

  static let recordEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .startsBeforeLeaving, .warning, "What comes after school starts before the leaving date",
      cause: "A year was mistyped, or the leaving date is still the end of the course.",
      remedy: "Compare both with the pupil's record. They are sent as they are.", in: .leavingDate,
      source: practice),
    CatalogueEntry(
      .endsBeforeStart, .warning, "The expected end lies before the start",
      cause: "A year was mistyped, or the two dates stand in each other's column.",
      remedy: "Correct the one that is wrong. They are sent as they are.", source: practice),
    CatalogueEntry(
      .providerUnclear, .warning, "It is not clear which provider is meant",
      cause: "Two places have the name, name and number belong to different ones, or the place is closed.",
      remedy: "Give the provider's UKPRN or DfE number beside its name. It is sent as it is.",
      source: "the provider register of this installation; DfE, Get Information about Schools; UK Register of Learning "
        + "Providers"),
    CatalogueEntry(
      .providerMismatch, .warning, "The code and the provider do not go together",
      cause: "The code of another kind of place was chosen, or the provider of an earlier plan was left standing.",
      remedy: "Correct the code or the provider. Both are sent as they are.", source: nccis),
    CatalogueEntry(
      .dutyNotMet, .note, "What the young person does, or means to do, does not meet the duty to participate",
      cause: "Employment without training, and part-time education alone, count as employment or education and yet are "
        + "not what the law asks of those under 18.",
      remedy: "Nothing needs to be corrected if it is so; careers advice may help the young person to training beside "
        + "the job.",
      source: "Education and Skills Act 2008 s.2; NCCIS code lists"),
    CatalogueEntry(
      .guaranteeContradicts, .warning,
      "The September Guarantee's status and the intended destination contradict each other",
      cause: "One of the two is older than the other.",
      remedy: "Bring the older one up to date. Both are sent as they are.",
      source:
        "September Guarantee: an offer is full-time education, an apprenticeship or traineeship, or employment with "
        + "part-time study"),
    CatalogueEntry(
      .guaranteeForYear12, .note, "The September Guarantee's status makes sense for Year 12 only",
      cause: "It says that the young person goes on with learning begun after Year 11.",
      remedy: "Use 110 if an offer was made to the Year 11 pupil. It is sent as it is.", source: nccis),
    CatalogueEntry(
      .intentionNotForCohort, .warning, "Staying at the same school is intended at the end of Year 13",
      cause: "The plan of two years ago was left standing.",
      remedy: "Ask what is intended now. It is sent as it is.", source: nccis),
    CatalogueEntry(
      .activityNotForCohort, .warning, "Higher education is not what somebody does in the year after Year 11",
      cause: "The code next to the one that was meant was chosen, often for a college with university in its name.",
      remedy:
        "Use 210, 220 or 230 for school sixth form, sixth form college or further education. It is sent as it is.",
      source: nccis),
  ]
}
