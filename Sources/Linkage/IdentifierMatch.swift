// Exact record linkage by identifiers: are these two rows one person? Pure.

package import Leavers

/// What exact comparison of identifiers says of a reply's row and the pupils it could mean.
package enum IdentifierMatch: Sendable, Equatable {
  /// One pupil, by this identifier, and nothing contradicts it.
  case matched(PupilID, by: Identifier)
  /// The identifier names a pupil whose date of birth is another: never accepted, a person looks at it.
  case contradicted(PupilID, by: Identifier)
  /// More than one pupil answers to the row's identifiers.
  case ambiguous
  /// No identifier of the row is known here.
  case unmatched

  /// The identifiers compared, strongest first.
  package enum Identifier: String, Sendable, Equatable, CaseIterable {
    case upn
    case formerUPN = "former-upn"
    case uln
  }
}

/// A pupil that one of the row's identifiers points at.
package struct IdentifierCandidate: Sendable, Equatable {
  package let pupil: PupilID
  package let identifier: IdentifierMatch.Identifier
  package let dateOfBirth: CalendarDate?

  package init(pupil: PupilID, identifier: IdentifierMatch.Identifier, dateOfBirth: CalendarDate?) {
    self.pupil = pupil
    self.identifier = identifier
    self.dateOfBirth = dateOfBirth
  }
}

extension IdentifierMatch {
  /// Decides between the candidates that the row's UPN, former UPN and ULN point at.
  ///
  /// The strongest identifier that points at anybody decides; if a weaker one points at somebody else the row is
  /// ambiguous, because one of the two identifiers is wrong and nothing says which. A date of birth that both sides
  /// give and that differs contradicts the match.
  package init(candidates: [IdentifierCandidate], dateOfBirth: CalendarDate?) {
    let ordered = Identifier.allCases.flatMap { identifier in candidates.filter { $0.identifier == identifier } }
    guard let best = ordered.first else {
      self = .unmatched
      return
    }
    guard Set(candidates.map(\.pupil)).count == 1 else {
      self = .ambiguous
      return
    }
    if let ours = best.dateOfBirth, let theirs = dateOfBirth, ours != theirs {
      self = .contradicted(best.pupil, by: best.identifier)
    } else {
      self = .matched(best.pupil, by: best.identifier)
    }
  }
}
