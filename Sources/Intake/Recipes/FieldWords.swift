// Fields in plain English, for people who build reports. Pure.

import Leavers

/// What a field is called, and how its cells should look.
enum FieldWords {
  /// The name of a field in a sentence, such as `date of birth`.
  static func name(_ field: Field) -> String {
    switch field {
    case .upn: "UPN"
    case .formerUPN: "former UPN"
    case .uln: "ULN"
    case .laestab: "the school's DfE number"
    case .providerUKPRN: "the provider's UKPRN"
    case .providerLAESTAB: "the provider's DfE number"
    case .dateOfBirth: "date of birth"
    case .senProvision: "SEN provision"
    case .homeAuthority: "home local authority"
    case .placedByAuthority: "placed by another local authority"
    case .sharing: "sharing answer (YSSA)"
    case .guaranteeStatus: "September Guarantee status"
    case .activity: "current activity"
    case .level: "level of the course"
    default: spaced(field.rawValue)
    }
  }

  /// How a cell should look; nil where there is nothing to say.
  static func form(_ field: Field, codes: CodeTables) -> String? {
    switch field.type {
    case .date: "a date, day first: 31/08/2010"
    case .upn: "13 characters, as the system has it"
    case .uln: "10 digits"
    case .ukprn: "8 digits"
    case .laestab: "7 digits, such as 341/4787 or 3414787"
    case .localAuthority:
      field == .homeAuthority
        ? "the authority's three-digit number or its name"
        : "the other authority's three-digit number or its name; blank for nobody"
    case .sharing: "YES, NO, UNS (not yet sought) or SNR (sought, no reply)"
    case .yearGroup: "the National Curriculum year, such as 11"
    case .flag: "yes or no"
    case .code(let id):
      codes[id] == nil ? "a code" : "a code of the list \(id) (\(answers(field, codes: codes).count) codes)"
    case .text, .name, .postcode, .phone: nil
    }
  }

  /// The answers that can stand in a cell, where they are a list: `111 - Full-time education`, current codes only.
  static func answers(_ field: Field, codes: CodeTables) -> [String] {
    switch field.type {
    case .sharing: return Sharing.allCases.map(\.rawValue)
    case .flag: return ["Yes", "No"]
    case .code(let id):
      var seen: Set<String> = []
      return (codes[id]?.entries ?? []).filter { !$0.isLegacy && $0.until == nil && seen.insert($0.code).inserted }
        .map { "\($0.code) - \($0.label)" }
    default: return []
    }
  }

  /// `legalSurname` as `legal surname`.
  private static func spaced(_ name: String) -> String {
    name.reduce(into: "") { text, character in
      if character.isUppercase || (character.isNumber && text.last?.isNumber == false) { text += " " }
      text += character.lowercased()
    }
  }
}
