// The one place that knows which rule looks at which field. Pure.

import Leavers

/// Checks cells: the common steps first, then the field's own rule.
enum Rules {
  /// What becomes of the cell of a field.
  static func check(_ raw: String, field: Field, in context: RuleContext) -> CellOutcome {
    isPlain(raw) ? looked(at: raw, field: field, in: context) : mended(raw, field: field, in: context)
  }

  /// Printable ASCII that does not begin with an apostrophe: no damage to characters can be in it.
  private static func isPlain(_ raw: String) -> Bool {
    raw.utf8.first != UInt8(ascii: "'") && raw.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
  }

  /// A cell after damage to its characters was repaired, which is said with what is kept of it.
  private static func mended(_ raw: String, field: Field, in context: RuleContext) -> CellOutcome {
    var text = raw
    var repairs: [Remark] = []
    // Before blanks are left out: half of a damaged letter may be a no-break space.
    if field.type == .name || field.type == .text, let before = Mojibake.repaired(raw) {
      text = before
      repairs.append(Remark(.lettersRepaired))
    }
    let invisible = InvisibleCharacters.count(in: text)
    if invisible > 0 { repairs.append(InvisibleCharacters.remark(invisible)) }
    if let unmarked = TextApostrophe.removed(text.trimmedOfBlanks, field) {
      text = unmarked
      repairs.append(Remark(.textApostrophe))
    }
    var outcome = looked(at: text, field: field, in: context)
    if outcome.value != nil { outcome.remarks += repairs }
    return outcome
  }

  private static func looked(at raw: String, field: Field, in context: RuleContext) -> CellOutcome {
    let text = raw.trimmedOfBlanks
    if CellText.isSpreadsheetError(text) { return spreadsheetError(field) }
    if CellText.holdsAnotherPupil(text, in: field) { return .held(.cellsOutOfPlace, .pupilInText) }
    if let canonical = context.words[field]?[text.lowercased()] {
      // The header map's own words are trusted, and may say that a word means blank.
      return canonical.isEmpty ? .blank : checked(canonical, field: field, in: context)
    }
    if CellText.isBlank(text, in: field) { return .blank }
    return checked(text, field: field, in: context)
  }

  /// What becomes of a field of which a cell was blanked for its length, as the row's reader tells. `raw` is what
  /// another column that means the same says, if there is one.
  static func tooLong(_ raw: String, field: Field, in context: RuleContext) -> CellOutcome {
    unclear(field, "the cell is too long") ?? check(raw, field: field, in: context)
  }

  /// What becomes of a field of which a cell is not clear, as the row's reader tells. `raw` is what another
  /// column that means the same says, if there is one.
  static func unclear(_ cell: UnclearCell, _ raw: String, field: Field, in context: RuleContext) -> CellOutcome {
    let (why, code): (String, FindingCode) =
      switch cell {
      case .formula: ("the cell holds a formula without its value", .formulaWithoutValue)
      case .merged: ("the cell is merged with another one", .mergedCell)
      case .undated: ("it cannot be told which entry is the newest", .transferUndated)
      }
    if let outcome = unclear(field, why) { return outcome }
    return CellText.isBlank(raw.trimmedOfBlanks, in: field) ? .leftOut(code) : check(raw, field: field, in: context)
  }

  private static func spreadsheetError(_ field: Field) -> CellOutcome {
    unclear(field, "the cell holds a spreadsheet's error") ?? .leftOut(.spreadsheetError)
  }

  /// Where a cell that cannot be read must not count as no, or as blank: a person must look before anything about the
  /// child goes anywhere.
  private static func unclear(_ field: Field, _ why: String) -> CellOutcome? {
    switch field {
    case .protectedAddress: .kept(FlagRule.yes, Remark(.protectionUnclear, why))
    case .placedByAuthority: .held(.placedByAnotherAuthority, .placingAuthorityUnknown, why)
    case .sharing: .kept(SharingRule.notUnderstood, Remark(.sharingUnknown, why))
    case .homeAuthority: .kept(AuthorityRule.notReadable, Remark(.homeAuthorityUnknown, why))
    default: nil
    }
  }

  private static func checked(_ text: String, field: Field, in context: RuleContext) -> CellOutcome {
    switch field.type {
    case .upn: field == .upn ? UPNRule.check(text) : FormerUPNRule.check(text)
    case .uln: ULNRule.check(text)
    case .date:
      field == .dateOfBirth ? DateOfBirthRule.check(text, in: context) : DateRule.check(text, field, in: context)
    case .postcode: PostcodeRule.check(text)
    case .laestab:
      field == .laestab
        ? LAESTABRule.check(DecimalTail.removed(text), in: context)
        : ProviderRule.checkLAESTAB(DecimalTail.removed(text))
    case .ukprn: ProviderRule.checkUKPRN(DecimalTail.removed(text))
    case .phone: PhoneRule.check(text)
    case .localAuthority: AuthorityRule.check(text, field, in: context)
    case .sharing: SharingRule.check(text)
    case .yearGroup: YearGroupRule.check(text)
    case .flag: FlagRule.check(text, field)
    case .code(let set): CodeRule.check(text, field, set: set, in: context)
    case .name: NameRule.check(text, field)
    case .text:
      switch field {
      case .email: EmailRule.check(text)
      case .characteristics: CharacteristicsRule.check(text, in: context)
      default: TextRule.check(text, field)
      }
    }
  }
}
