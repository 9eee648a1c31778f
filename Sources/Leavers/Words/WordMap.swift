// The memory of what a school's words mean. Pure; who keeps it is not its business.

/// The confirmed meanings of one school's words, by key.
///
/// `here` means another place in each school and nothing is shared across controllers, so each school has a map of its
/// own. Nothing comes in but by a person's confirmation.
package struct WordMap: Hashable, Sendable {
  private var meanings: [String: ConfirmedMeaning]

  /// From what was kept, by the key of each word.
  package init(_ meanings: [String: ConfirmedMeaning] = [:]) { self.meanings = meanings }

  /// The keys, sorted.
  package var keys: [String] { meanings.keys.sorted() }
  package var count: Int { meanings.count }
  package subscript(key: String) -> ConfirmedMeaning? { meanings[key] }

  /// Remembers what a person said, in place of what was said before, which is returned.
  @discardableResult
  package mutating func confirm(_ word: SchoolWord, as confirmed: ConfirmedMeaning) -> ConfirmedMeaning? {
    meanings.updateValue(confirmed, forKey: word.key)
  }

  /// Forgets a word; it is undecided again.
  @discardableResult
  package mutating func forget(_ word: SchoolWord) -> ConfirmedMeaning? { meanings.removeValue(forKey: word.key) }
}
