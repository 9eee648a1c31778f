// The catalogue's findings about a school's own words and the names of providers. Data only.

import Leavers

extension FindingsCatalogue {
  private static let practice = "what goes wrong with exports in practice"
  private static let register =
    "the provider register of this installation; DfE, Get Information about Schools; UK Register of Learning Providers"

  static let wordEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .wordUndecided, .warning, "Words stand in the column instead of a code, and nobody has said yet what they mean",
      cause: "Whoever filled it in wrote as people do.",
      remedy:
        "Say once what the words mean, in the sheet of words on the desk, or enter a code. Until then they are undecided "
        + "by us: the field stays blank and the pupil is sent, unless an authority requires the field.",
      source: practice),
    CatalogueEntry(
      .wordConfirmed, .note, "The words were read as a person of the school said that they are meant",
      cause: "It was decided in the sheet of words.",
      remedy: "Nothing needs to be done. If it is wrong, decide anew in the sheet of words.", source: practice),
    CatalogueEntry(
      .wordToAsk, .warning, "The words do not say enough; it was decided that the pupil must be asked",
      cause: "It was decided in the sheet of words.",
      remedy: "Ask the pupil, and enter the code. The field stays blank.",
      source: practice),
    CatalogueEntry(
      .providerNumbered, .note, "The provider's numbers were filled in from the register",
      cause: "The row names the provider and gives no number of it.", remedy: "Nothing needs to be done.",
      source: register),
    CatalogueEntry(
      .providerUndecided, .warning, "It is not sure which provider of the register is meant",
      cause: "The name is shortened or misspelt.",
      remedy:
        "Say once which provider it is, in the sheet of words on the desk. Until then it is sent as it is written.",
      source: register),
  ]
}
