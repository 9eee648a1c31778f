// A record as it may be told under decisions that the record itself does not know. Pure.

extension Field {
  /// By which a pupil or the family could be contacted: told to nobody where they are not to be.
  package static let contact: Set<Field> = [.phone, .email, .parentName, .parentAddress]
}

extension LeaverRecord {
  /// The record under the decisions of the register. What an export says protects as well: of the two the more protective
  /// holds, so that neither takes back what stands in the other.
  package func under(_ standing: PupilStanding.TowardsAuthority) -> LeaverRecord {
    var record = standing.refusesSharing ? under(refusal: .no) : self
    if standing.protectsAddress { record[.protectedAddress] = "Y" }
    if standing.isNotToBeContacted {
      for field in Field.contact { record[field] = nil }
    }
    return record
  }

  /// The record under a refusal of sharing that it did not take back: it holds over a consent, or over no answer. An answer
  /// that nobody understands stays, and is held for that.
  package func under(refusal: Sharing) -> LeaverRecord {
    if let text = self[.sharing] {
      guard let answer = Sharing(cell: text), answer.disclosure == .full else { return self }
    }
    var record = self
    record[.sharing] = refusal.rawValue
    return record
  }
}
