// The catalogue's findings about Common Transfer Files. Data only.

import Leavers

extension FindingsCatalogue {
  private static let practice = "what goes wrong with exports in practice"
  private static let safety = "a file is trusted in nothing"
  private static let format = "DfE Common Transfer File specification"

  static let transferEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .transferMalformed, .fatal, "The Common Transfer File is not well-formed XML",
      cause: "It was changed by hand, or damaged when it was copied.",
      remedy: "Make the file again in the management information system.", source: format),
    CatalogueEntry(
      .transferCutOff, .fatal, "The Common Transfer File ends before its last element does",
      cause: "It was cut off when it was copied or saved.",
      remedy: "Copy it again, or make it again in the management information system.", source: practice),
    CatalogueEntry(
      .transferDoctype, .fatal, "The XML file has a DOCTYPE, which could bring in other files",
      cause: "No management information system writes one: it was made by hand, perhaps to harm.",
      remedy: "Make the file again in the management information system.", source: safety),
    CatalogueEntry(
      .transferUndecodable, .fatal, "The text of the XML file is not in the encoding that the file names",
      cause: "It was saved by an editor in another encoding.",
      remedy: "Make the file again in the management information system.", source: practice),
    CatalogueEntry(
      .otherXML, .fatal, "The file is XML, and no Common Transfer File",
      cause: "A census return, a spreadsheet saved as XML, or another system's file was saved where exports belong.",
      remedy: "Save a report as XLSX or CSV UTF-8, or a Common Transfer File, in this folder.", source: format),
    CatalogueEntry(
      .transferNamespace, .fatal,
      "The root of the file is called CTfile, in a namespace that no Common Transfer File has",
      cause: "Another program changed the file, or gave its own format that name.",
      remedy: "Make the file again in the management information system.", source: format),
    CatalogueEntry(
      .transferWithoutPupils, .fatal, "The Common Transfer File holds no pupil",
      cause: "Nobody was chosen when it was made.",
      remedy: "Make the file again for the pupils who leave. What was sent before stays as it is.", source: format),
    CatalogueEntry(
      .transferBytes, .fatal, "The Common Transfer File has more bytes than any school's",
      cause: "It covers far more than leavers.",
      remedy: "Make it again for the year groups that leave.", source: safety),
    CatalogueEntry(
      .transferDepth, .fatal, "The XML file is nested too deeply",
      cause: "No management information system writes such a thing: it was made by hand, perhaps to harm.",
      remedy: "Make the file again in the management information system.", source: safety),
    CatalogueEntry(
      .transferElements, .fatal, "The Common Transfer File has more elements than any school's",
      cause: "It covers far more than leavers, or was made to use up memory.",
      remedy: "Make it again for the year groups that leave.", source: safety),
    CatalogueEntry(
      .transferText, .fatal, "A text of the XML file is too long",
      cause: "A whole document was pasted into a field.",
      remedy: "Shorten it in the management information system, and make the file again.", source: safety),
    CatalogueEntry(
      .transferMarkup, .fatal, "A tag of the XML file is too long, or has too many attributes or namespaces",
      cause: "No management information system writes such a thing: it was made by hand, perhaps to harm.",
      remedy: "Make the file again in the management information system.", source: safety),
    CatalogueEntry(
      .transferPupils, .fatal, "The Common Transfer File has more pupils than any school",
      cause: "It covers far more than leavers.",
      remedy: "Make it again for the year groups that leave.", source: safety),
    CatalogueEntry(
      .transferUndated, .warning,
      "It stands several times, and cannot be told which is the newest, so that none is taken",
      cause: "Entries have no date, or the same.",
      remedy: "Correct the history in the management information system, and make the file again.", source: format),
    CatalogueEntry(
      .transferNotKept, .note, "The Common Transfer File says more than is kept",
      cause: "It is made for the pupil's next school, which needs more.",
      remedy: "Nothing needs to be done.", source: "only what is needed is kept (UK GDPR Article 5(1)(c))"),
    CatalogueEntry(
      .transferWithoutAnswers, .warning,
      "A Common Transfer File says neither whether information may be shared nor where the pupil goes",
      cause: "It has no place for them.",
      remedy: "Save a report with the sharing answers (YSSA) and the destinations in the same folder: it is joined by "
        + "the UPN. Or let the school decide once what stands for the answers (setting `sharing: unlisted`). Until then "
        + "records are held.",
      source: "Education and Skills Act 2008 s.72; DfE Common Transfer File specification"),
    CatalogueEntry(
      .transferNotEdited, .note,
      "The checked file is a table of what was read, because a Common Transfer File is not edited",
      cause: "Other systems read the file too.",
      remedy: "Correct the management information system and make the file again, or correct the table and put that "
        + "into the same folder.",
      source: practice),
  ]
}
