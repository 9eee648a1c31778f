// Whether a text is a value of a kind. Pure.

import Leavers

/// Recognises values.
struct ValueTest: Sendable {
  let codes: CodeTables
  let authorities: AuthorityNames
  /// Today in London: by it ages are counted and codes are judged.
  let day: CalendarDate
  /// The words of all header maps, by field, in lower case.
  let words: [Field: Set<String>]

  /// Whether the text of a cell, which is not blank, is of a kind.
  func isKind(_ kind: ValueKind, _ text: String, field: Field?) -> Bool {
    if let field, words[field]?.contains(text.lowercased()) == true { return true }
    switch kind {
    case .upn: return (try? UPN(text)) != nil
    case .uln: return (try? ULN(text)) != nil
    case .birthDate:
      guard let date = try? CalendarDate.parse(text).date else { return false }
      return (10...25).contains(date.age(on: day))
    case .date: return (try? CalendarDate.parse(text)) != nil
    case .postcode: return (try? Postcode(text)) != nil
    case .email: return EmailRule.check(text).value != nil
    case .phone: return (try? PhoneNumber(text)) != nil
    case .laestab: return (try? LAESTAB(text)) != nil
    case .ukprn: return (try? UKPRN(text)) != nil
    case .yearGroup: return YearGroupRule.check(text).value != nil
    case .sharing: return SharingRule.check(text).remarks.isEmpty
    case .authority: return authorities.code(of: CellText.plain(text)) != nil
    case .yesNo: return FlagRule.check(text, .freeSchoolMeals).remarks.isEmpty
    case .code(let id):
      guard let set = codes[id] else { return false }
      return CodeRule.lookUp(CellText.plain(text), in: set, on: day) != .unknown
    }
  }

  /// Whether a text is data that only a pupil's row has.
  func isPersonal(_ text: String) -> Bool {
    [ValueKind.upn, .uln, .date, .postcode, .email, .phone].contains { isKind($0, text, field: nil) }
  }

  /// Whether a text of a heading row may be printed as a heading: no number stands in it that could be somebody's.
  func isPrintable(_ text: String) -> Bool {
    text.unicodeScalars.filter { ("0"..."9").contains($0) }.count < 4 && text.count <= 80 && !isPersonal(text)
      && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
  }
}
