// The scope of a decision as a person writes it: an authority, a kind of return, or both. Pure.

import Leavers
import Profiles

/// Reads scopes by the authorities that are configured.
struct RegisterScopes: Sendable {
  /// What is wrong with a scope.
  struct Mistake: Error {
    let words: String
  }

  /// What a list offers: all, each authority, each kind.
  let words: [String]
  /// By the text without case, spaces and punctuation.
  private let known: [String: RegisterScope]

  init(_ authorities: [AuthorityProfile]) {
    var known = [HeaderMap.key("all"): RegisterScope.all]
    let kinds = ReturnKind.allCases.flatMap { kind in [(kind.rawValue, kind), (SheetWords.kind(kind), kind)] }
    for (word, kind) in kinds { known[HeaderMap.key(word)] = RegisterScope(kind: kind) }
    for authority in authorities {
      for name in [authority.id.rawValue, authority.name] {
        known[HeaderMap.key(name)] = RegisterScope(authority: authority.id)
        for (word, kind) in kinds {
          known[HeaderMap.key(name + word)] = RegisterScope(authority: authority.id, kind: kind)
        }
      }
    }
    self.known = known
    words = ["all"] + authorities.map(\.name) + ReturnKind.allCases.map(SheetWords.kind)
  }

  /// Blank means all.
  func read(_ text: String) -> Result<RegisterScope, Mistake> {
    if text.isEmpty { return .success(.all) }
    if let scope = known[HeaderMap.key(text)] { return .success(scope) }
    return .failure(
      Mistake(
        words:
          "the scope is neither an authority nor a kind of return; leave it blank for all, or choose one. For both, write the authority and then the kind"
      ))
  }
}
