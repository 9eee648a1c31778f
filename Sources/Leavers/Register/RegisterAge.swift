// Who may decide about sharing and tracking at which age. Pure.

/// Who decided, as far as the words that a person wrote tell it.
package enum DecidingPerson: Sendable, Hashable {
  case parent, youngPerson
  /// The school, a court, an authority, a name: nothing that tells whether it was theirs to decide.
  case other

  /// From the words of a register: `mother`, `parent or carer`, `the young person`.
  package init(words: String) {
    let tokens = Set(words.lowercased().split { !$0.isLetter }.map(String.init))
    let parents: Set = ["parent", "parents", "mother", "father", "mum", "dad", "carer", "guardian"]
    let isParent = !tokens.isDisjoint(with: parents)
    let isPupil =
      !tokens.isDisjoint(with: ["pupil", "student", "self", "herself", "himself", "themselves"])
      || tokens.isSuperset(of: ["young", "person"])
    switch (isParent, isPupil) {
    case (true, false): self = .parent
    case (false, true): self = .youngPerson
    default: self = .other
    }
  }
}

/// The ages on which decisions of the register depend.
package enum RegisterAge {
  /// From here on the young person decides instead of a parent (Education and Skills Act 2008 s.72(4)).
  package static let ofDecision = 16
  /// Under this age nobody is named as at risk of NEET without a basis that an agreement names.
  package static let ofRisk = 13

  /// What is wrong with who decided, in words; nil where it was theirs to decide, or nobody can tell.
  package static func objection(
    to decision: RegisterDecision, by person: DecidingPerson, age: Int?
  ) -> String? {
    guard decision.isOfTheFamily, let age else { return nil }
    switch person {
    case .parent where age >= ofDecision:
      return "the pupil was \(age) by then, and from \(ofDecision) the young person decides"
    case .youngPerson where age < ofDecision:
      return "the pupil was \(age) by then, and under \(ofDecision) a parent decides"
    default: return nil
    }
  }
}
