// The catalogue's findings about UPN, former UPN and ULN. Data only.

import Leavers

extension FindingsCatalogue {
  private static let upnRule = "DfE, Unique pupil numbers; school census"

  static let identifierEntries: [CatalogueEntry] = [
    CatalogueEntry(
      .upnMissing, .warning, "There is no UPN", cause: "The pupil came from abroad or from an independent school.",
      remedy: "Ask the former school for it, or give one. The record is sent without it.", in: .identifiers,
      source: upnRule, census: [1500]),
    CatalogueEntry(
      .upnCheckLetter, .warning, "The UPN is wrong and is left out",
      cause: "A character was mistyped or two were swapped; the first letter is worked out from all others.",
      remedy: "Compare it with the former school's record. The record is sent without it.", in: .identifiers,
      source: upnRule,
      census: [1510]),
    CatalogueEntry(
      .upnForm, .warning, "The UPN does not have the form of a UPN and is left out",
      cause: "A character is missing or too many, or another number stands in the column.",
      remedy: "A UPN is a letter, eleven digits, and a digit or letter. The record is sent without it.",
      in: .identifiers,
      source: upnRule, census: [1540, 1550]),
    CatalogueEntry(
      .upnAuthority, .note, "Characters 2 to 4 of the UPN are no authority's number known to give UPNs",
      cause: "The number was given abroad or by a new authority, or is mistyped in spite of its check letter.",
      remedy: "Compare it with the former school's record; it is sent as it is.", source: upnRule, census: [1530]),
    CatalogueEntry(
      .upnTemporary, .note, "The UPN is a temporary one",
      cause: "The permanent one was not known when the pupil came.",
      remedy: "Ask the former school for the permanent UPN before the pupil leaves. It is sent as it is.",
      in: .identifiers, source: upnRule),
    CatalogueEntry(
      .upnReason, .note, "The cell says that there is no UPN", cause: "Children's services write UN1 to UN5 for it.",
      remedy: "Give the pupil a UPN if the school can. The record is sent without one.",
      source: "children looked after return (SSDA903)", census: [1500]),
    CatalogueEntry(
      .formerUPNWrong, .warning, "The former UPN is wrong and is left out",
      cause: "A character is missing, mistyped or swapped.",
      remedy: "Correct it, or leave it blank.", in: .identifiers, source: upnRule, census: [1510, 1540, 1550]),
    CatalogueEntry(
      .formerUPNSame, .note, "The former UPN is the same as the UPN and is left out",
      cause: "The column was filled for everyone.", remedy: "Leave it blank where the UPN never changed.",
      source: upnRule),
    CatalogueEntry(
      .formerUPNOfAnother, .warning, "The former UPN is another row's UPN and is left out",
      cause: "It was copied from the wrong pupil, or one pupil stands in the file under two numbers.",
      remedy: "Find out whose it is. Two pupils could otherwise be taken for one.", source: upnRule, census: [1520]),
    CatalogueEntry(
      .ulnWrong, .warning, "The ULN is wrong and is left out",
      cause: "A digit is missing, mistyped or swapped; the last digit is worked out from the others.",
      remedy: "Compare it with the Learning Records Service. The record is sent without it.",
      source: "Learning Records Service; HESA data item ULN; school census", census: [1570, 1575]),
    CatalogueEntry(
      .ulnDigitsLost, .warning, "A spreadsheet shortened the ULN; it is left out",
      cause: "The file was opened and saved in a spreadsheet, which wrote the number like 9.27631E+09.",
      remedy: "Export from the management information system again, without opening the file in between.",
      source: "what goes wrong with exports in practice [M]", census: [1575]),
    CatalogueEntry(
      .ulnPlaceholder, .note, "9999999999 stands for an unknown ULN and is left out",
      cause: "Colleges write it where the number is not known.", remedy: "Leave the cell blank.",
      source: "individualised learner record"),
    CatalogueEntry(
      .ulnOfAnother, .warning, "Another pupil's row has the same ULN; it is left out of both",
      cause: "It was copied from the wrong pupil.",
      remedy: "Find out whose it is. Two pupils could otherwise be taken for one.",
      source: "Learning Records Service; school census", census: [1573, 1578]),
  ]
}
