// Every finding of intake by its code; messages are made from it and docs/findings.md is written from it. Pure.

package import Leavers

/// The catalogue of intake's findings.
package enum FindingsCatalogue {
  /// All entries, in the order of their codes.
  package static let entries: [CatalogueEntry] =
    (fileEntries + identifierEntries + personEntries + codeEntries + damageEntries + recordEntries)
    .sorted { $0.code < $1.code }

  /// The findings that record a repair: what the cell held and what was made of it stand beside them.
  static let repairs: Set<FindingCode> = [
    .phoneRepaired, .laestabShort, .dateNotation, .codeLegacyConverted, .textApostrophe, .invisibleCharacters,
    .lettersRepaired, .numberRestored, .upnRepaired, .dayMonthSwapped, .centuryAdded,
  ]

  private static let byCode = Dictionary(entries.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

  /// The entry of a code; nil for a code that intake does not know.
  package static func entry(_ code: FindingCode) -> CatalogueEntry? { byCode[code] }

  /// The entry of a code that intake itself uses. A code without an entry is a mistake of ours that a test finds; should
  /// one ever get out, it still says so in words instead of stopping the service.
  static func known(_ code: FindingCode) -> CatalogueEntry {
    byCode[code]
      ?? CatalogueEntry(
        code, .warning, "Something is unusual here", cause: "",
        remedy: "Tell whoever looks after leaverlink: code \(code).",
        source: "")
  }
}

extension FindingCode {
  // The file.
  static let emptyFile = FindingCode(rawValue: "L001")
  static let unreadKind = FindingCode(rawValue: "L002")
  static let openQuote = FindingCode(rawValue: "L003")
  static let notText = FindingCode(rawValue: "L004")
  static let tooLarge = FindingCode(rawValue: "L005")
  static let noHeader = FindingCode(rawValue: "L006")
  static let identityColumnsMissing = FindingCode(rawValue: "L007")
  static let otherSchool = FindingCode(rawValue: "L008")
  static let beyondLimits = FindingCode(rawValue: "L009")
  static let noRows = FindingCode(rawValue: "L010")
  static let bytesMissing = FindingCode(rawValue: "L011")
  static let swallowedRows = FindingCode(rawValue: "L012")
  static let noYearGroupColumn = FindingCode(rawValue: "L018")
  static let requiredColumnMissing = FindingCode(rawValue: "L019")
  static let unknownColumn = FindingCode(rawValue: "L020")
  static let repeatedColumn = FindingCode(rawValue: "L021")
  static let linesBeforeHeader = FindingCode(rawValue: "L022")
  static let rowsPassedOver = FindingCode(rawValue: "L023")
  static let repeatedHeader = FindingCode(rawValue: "L024")
  static let otherEncoding = FindingCode(rawValue: "L025")
  static let otherDelimiter = FindingCode(rawValue: "L026")
  static let noUPNColumn = FindingCode(rawValue: "L027")
  static let noSharingColumn = FindingCode(rawValue: "L028")
  static let moreFindings = FindingCode(rawValue: "L029")
  static let tooManyCells = FindingCode(rawValue: "L030")
  static let tooFewCells = FindingCode(rawValue: "L031")
  static let spreadsheetError = FindingCode(rawValue: "L032")
  static let damagedCharacters = FindingCode(rawValue: "L033")
  static let formulaText = FindingCode(rawValue: "L034")
  static let misquoted = FindingCode(rawValue: "L035")
  static let columnsContradict = FindingCode(rawValue: "L036")
  static let pupilInText = FindingCode(rawValue: "L037")
  static let cellTooLong = FindingCode(rawValue: "L038")
  static let textApostrophe = FindingCode(rawValue: "L039")
  static let invisibleCharacters = FindingCode(rawValue: "L040")
  static let lettersRepaired = FindingCode(rawValue: "L041")
  static let numberRestored = FindingCode(rawValue: "L042")
  // Identifiers.
  static let upnMissing = FindingCode(rawValue: "L110")
  static let upnCheckLetter = FindingCode(rawValue: "L111")
  static let upnForm = FindingCode(rawValue: "L112")
  static let upnAuthority = FindingCode(rawValue: "L113")
  static let upnTemporary = FindingCode(rawValue: "L114")
  static let upnReason = FindingCode(rawValue: "L115")
  static let upnRepaired = FindingCode(rawValue: "L116")
  static let formerUPNWrong = FindingCode(rawValue: "L120")
  static let formerUPNSame = FindingCode(rawValue: "L121")
  static let formerUPNOfAnother = FindingCode(rawValue: "L122")
  static let ulnWrong = FindingCode(rawValue: "L130")
  static let ulnDigitsLost = FindingCode(rawValue: "L131")
  static let ulnPlaceholder = FindingCode(rawValue: "L132")
  static let ulnOfAnother = FindingCode(rawValue: "L133")
  static let ulnShort = FindingCode(rawValue: "L134")
  // The person.
  static let noName = FindingCode(rawValue: "L200")
  static let oneNameOnly = FindingCode(rawValue: "L201")
  static let oddName = FindingCode(rawValue: "L202")
  static let formulaName = FindingCode(rawValue: "L203")
  static let namesSwapped = FindingCode(rawValue: "L204")
  static let namesInOneCell = FindingCode(rawValue: "L205")
  static let noDateOfBirth = FindingCode(rawValue: "L210")
  static let dateOfBirthUnreadable = FindingCode(rawValue: "L211")
  static let dateOfBirthImpossible = FindingCode(rawValue: "L212")
  static let dateOfBirthUnusual = FindingCode(rawValue: "L213")
  static let birthMonthFirst = FindingCode(rawValue: "L214")
  static let dateNotation = FindingCode(rawValue: "L220")
  static let dateUnreadable = FindingCode(rawValue: "L221")
  static let dateImplausible = FindingCode(rawValue: "L222")
  static let datesOutOfOrder = FindingCode(rawValue: "L223")
  static let dateMonthFirst = FindingCode(rawValue: "L224")
  static let startsBeforeLeaving = FindingCode(rawValue: "L225")
  static let endsBeforeStart = FindingCode(rawValue: "L226")
  static let dayMonthSwapped = FindingCode(rawValue: "L227")
  static let centuryAdded = FindingCode(rawValue: "L228")
  static let postcodePlaceholder = FindingCode(rawValue: "L230")
  static let postcodeWrong = FindingCode(rawValue: "L231")
  static let laestabOther = FindingCode(rawValue: "L240")
  static let laestabWrong = FindingCode(rawValue: "L241")
  static let laestabShort = FindingCode(rawValue: "L242")
  static let phoneWrong = FindingCode(rawValue: "L250")
  static let phoneRepaired = FindingCode(rawValue: "L251")
  static let emailWrong = FindingCode(rawValue: "L252")
  static let ukprnWrong = FindingCode(rawValue: "L260")
  static let providerLAESTABWrong = FindingCode(rawValue: "L261")
  static let providerUnclear = FindingCode(rawValue: "L262")
  static let providerMismatch = FindingCode(rawValue: "L263")
  // Codes, circumstances, the file as a whole.
  static let codeUnknown = FindingCode(rawValue: "L300")
  static let codeNotInForce = FindingCode(rawValue: "L301")
  static let codeLegacyConverted = FindingCode(rawValue: "L302")
  static let codeTwoGenerations = FindingCode(rawValue: "L303")
  static let codeLegacyAmbiguous = FindingCode(rawValue: "L304")
  static let activityTooEarly = FindingCode(rawValue: "L305")
  static let dutyNotMet = FindingCode(rawValue: "L306")
  static let guaranteeContradicts = FindingCode(rawValue: "L307")
  static let guaranteeForYear12 = FindingCode(rawValue: "L308")
  static let intentionNotForCohort = FindingCode(rawValue: "L309")
  static let activityNotForCohort = FindingCode(rawValue: "L310")
  static let sharingUnknown = FindingCode(rawValue: "L320")
  static let sharingBlank = FindingCode(rawValue: "L321")
  static let yearGroupUnknown = FindingCode(rawValue: "L330")
  static let noCohort = FindingCode(rawValue: "L331")
  static let homeAuthorityUnknown = FindingCode(rawValue: "L340")
  static let placingAuthorityUnknown = FindingCode(rawValue: "L341")
  static let flagUnknown = FindingCode(rawValue: "L350")
  static let protectionUnclear = FindingCode(rawValue: "L351")
  static let repeatMerged = FindingCode(rawValue: "L400")
  static let repeatDiffers = FindingCode(rawValue: "L401")
  static let repeatContradicts = FindingCode(rawValue: "L402")
  static let samePersonTwoUPNs = FindingCode(rawValue: "L403")
  static let repeatMends = FindingCode(rawValue: "L404")
}
