// To whom a decision of the register applies. Pure.

/// To which authorities and which kinds of return a decision applies.
package struct RegisterScope: Sendable, Hashable {
  /// Nil for all.
  package let authority: AuthorityID?
  /// Nil for all.
  package let kind: ReturnKind?

  package init(authority: AuthorityID? = nil, kind: ReturnKind? = nil) {
    self.authority = authority
    self.kind = kind
  }

  package static let all = RegisterScope()

  package func covers(_ authority: AuthorityID, _ kind: ReturnKind) -> Bool {
    (self.authority == nil || self.authority == authority) && (self.kind == nil || self.kind == kind)
  }

  /// Whether whatever the other applies to, this one does.
  package func covers(_ other: RegisterScope) -> Bool {
    (authority == nil || authority == other.authority) && (kind == nil || kind == other.kind)
  }

  /// Whether there is an authority and kind to which both apply.
  package func overlaps(_ other: RegisterScope) -> Bool {
    (authority == nil || other.authority == nil || authority == other.authority)
      && (kind == nil || other.kind == nil || kind == other.kind)
  }

  /// In words: `all`, `sefton`, `intended-destinations`, `sefton intended-destinations`.
  package var words: String {
    let parts = [authority?.rawValue, kind?.rawValue].compactMap { $0 }
    return parts.isEmpty ? "all" : parts.joined(separator: " ")
  }
}
