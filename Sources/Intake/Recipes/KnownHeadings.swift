// Headings that are known already, from header maps. Pure.

import Leavers

/// Headings that are known, and what they stand for.
struct KnownHeadings: Sendable {
  struct Entry: Sendable {
    let heading: String
    let field: Field
    let words: HeadingWords
    /// The name of the header map, or nil for the name that leaverlink itself has for the field.
    let map: String?

    init(_ heading: String, _ field: Field, map: String?) {
      self.heading = heading
      self.field = field
      self.map = map
      words = HeadingWords(heading)
    }
  }

  let entries: [Entry]

  /// The known heading that a heading is most like; nil where there is none, or where headings of several fields are as
  /// like as each other.
  func nearest(to heading: String) -> (entry: Entry, likeness: HeadingLikeness)? {
    let words = HeadingWords(heading)
    let alike = entries.compactMap { entry in
      HeadingLikeness.between(words, entry.words).map { (entry: entry, likeness: $0) }
    }
    guard let best = alike.map(\.likeness).max() else { return nil }
    let nearest = alike.filter { $0.likeness == best }
    return Set(nearest.map(\.entry.field)).count == 1 ? nearest.first : nil
  }
}
