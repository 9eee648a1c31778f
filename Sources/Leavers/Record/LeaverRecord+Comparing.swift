// Whether two accounts of who somebody is may be of one young person. Pure.

extension LeaverRecord {
  /// Whether each of the fields that both sides give is the same.
  package func comparisons(of fields: [Field], with other: LeaverRecord) -> [Bool] {
    fields.compactMap { field in
      guard let given = self[field], let known = other[field] else { return nil }
      return Self.comparable(given) == Self.comparable(known)
    }
  }

  /// Whether what a row says of who it is speaks for the record that its hidden key stands for: twins have the same surname
  /// and date of birth, and a class has many of either. A forename alone, where all else is another's, is another child's.
  package func speaks(for known: LeaverRecord) -> Bool {
    let identifiers = comparisons(of: [.upn, .uln, .admissionNumber], with: known)
    if identifiers.contains(false) { return false }
    if identifiers.contains(true) { return true }
    let others = comparisons(of: [.legalSurname, .dateOfBirth], with: known)
    switch comparisons(of: [.legalForename], with: known).first {
    case true?: return others != [false, false]
    case false?: return false
    case nil: return others == [true, true]
    }
  }

  /// Whether a name, the date of birth or the ULN is another than the known ones. Names that somebody is called by, or had
  /// before, are known ones.
  package func contradicts(_ known: LeaverRecord) -> Bool {
    comparisons(of: [.dateOfBirth, .uln], with: known).contains(false) || hasOtherForename(than: known)
      || isOther(.legalSurname, than: known, or: [.preferredSurname, .formerSurname])
  }

  /// Whether the forename is another than those that are known.
  package func hasOtherForename(than known: LeaverRecord) -> Bool {
    isOther(.legalForename, than: known, or: [.preferredForename])
  }

  private func isOther(_ field: Field, than known: LeaverRecord, or more: [Field]) -> Bool {
    guard let given = self[field].map(Self.plain), known[field] != nil else { return false }
    return !([field] + more).contains { known[$0].map(Self.plain) == given }
  }

  /// Whoever writes a name by hand leaves its accents out.
  private static func plain(_ name: String) -> String { comparable(String(FoldedText.folded(name))) }

  /// Whether this may be another account of somebody with one thing corrected: an identifier is the same, or two of
  /// surname, forename and date of birth.
  package func mayCorrect(_ earlier: LeaverRecord) -> Bool {
    comparisons(of: [.upn, .uln, .admissionNumber], with: earlier).contains(true)
      || comparisons(of: [.legalSurname, .legalForename, .dateOfBirth], with: earlier).count { $0 } >= 2
  }
}
