// Names and date of birth of a record in a form in which they can be compared. Pure.

extension LeaverRecord {
  /// Surname, forename and date of birth, with nothing but letters and digits, in capitals; nil unless all three are
  /// there. Personal: never printed.
  package var nameKey: String? {
    guard let surname = self[.legalSurname].map(Self.comparable), !surname.isEmpty,
      let forename = self[.legalForename].map(Self.comparable), !forename.isEmpty, let born = self[.dateOfBirth]
    else { return nil }
    return "\(surname)|\(forename)|\(born)"
  }

  /// A name with nothing but its letters and digits, in capitals: `O'Brien-Smith` and `OBRIEN SMITH` are one.
  package static func comparable(_ name: String) -> String {
    String(name.uppercased().filter { $0.isLetter || $0.isNumber })
  }
}
