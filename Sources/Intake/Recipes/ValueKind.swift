// What a cell can be seen to be, whatever its heading says. Pure.

import Leavers

/// A kind of value that can be recognised.
enum ValueKind: Sendable, Hashable {
  case upn, uln
  /// A date on which somebody was born who leaves school now.
  case birthDate
  case date
  case postcode, email, phone, laestab, ukprn, yearGroup, sharing, authority, yesNo
  /// A code, or a word for one, of the code set with this identifier.
  case code(String)

  /// What the values of a field must be; nil where nothing can be told of them, as of names.
  init?(_ field: Field) {
    switch field.type {
    case .upn: self = .upn
    case .uln: self = .uln
    case .date: self = field == .dateOfBirth ? .birthDate : .date
    case .postcode: self = .postcode
    case .laestab: self = .laestab
    case .ukprn: self = .ukprn
    case .phone: self = .phone
    case .localAuthority: self = .authority
    case .sharing: self = .sharing
    case .yearGroup: self = .yearGroup
    case .flag: self = .yesNo
    case .code(let set): self = .code(set)
    case .name: return nil
    case .text:
      guard field == .email else { return nil }
      self = .email
    }
  }

  /// What it is called after a count, such as `198 of 200 are valid UPNs`.
  var words: String {
    switch self {
    case .upn: "valid UPNs"
    case .uln: "valid ULNs"
    case .birthDate: "dates on which a leaver can have been born"
    case .date: "dates"
    case .postcode: "postcodes"
    case .email: "e-mail addresses"
    case .phone: "telephone numbers"
    case .laestab: "DfE numbers of schools"
    case .ukprn: "UKPRNs"
    case .yearGroup: "year groups"
    case .sharing: "answers on sharing (YES, NO, UNS, SNR)"
    case .authority: "local authorities"
    case .yesNo: "yes or no"
    case .code(let set): "codes or words of the list \(set)"
    }
  }

  /// The field for which such values speak by themselves, without a heading: their form or check digit is nobody else's.
  static let telling: [(kind: ValueKind, field: Field)] = [
    (.upn, .upn), (.uln, .uln), (.birthDate, .dateOfBirth), (.postcode, .postcode), (.email, .email),
  ]
}
