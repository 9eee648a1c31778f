// Our values in an authority's own words, by date. Pure.

package import Leavers

/// Our value → the authority's own.
package struct ValueMap: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  package struct Entry: Sendable, Hashable {
    package var ours: String
    package var theirs: String
    /// The first and the last day on which it holds; nil without bound.
    package var from: CalendarDate?
    package var until: CalendarDate?

    package init(ours: String, theirs: String, from: CalendarDate? = nil, until: CalendarDate? = nil) {
      self.ours = ours
      self.theirs = theirs
      self.from = from
      self.until = until
    }

    package func holds(on day: CalendarDate) -> Bool {
      from.map { $0 <= day } != false && until.map { day <= $0 } != false
    }
  }
  package private(set) var entries: [Entry]
  private var places: [String: [Int]] = [:]

  package init(_ entries: [Entry] = []) {
    self.entries = entries
    for (place, entry) in entries.enumerated() { places[entry.ours, default: []].append(place) }
  }

  package init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements.map { Entry(ours: $0.0, theirs: $0.1) })
  }

  package var isEmpty: Bool { entries.isEmpty }
  /// Whether a value's meaning depends on the day.
  package var isDated: Bool { entries.contains { $0.from != nil || $0.until != nil } }

  /// The authority's own word on a day; nil where the map does not name the value.
  package func callAsFunction(_ value: String, on day: CalendarDate) -> String? {
    (places[value] ?? []).lazy.map { entries[$0] }.first { $0.holds(on: day) }?.theirs
  }

  /// Our values that are written as a word, in any case of letters, on whatever day.
  package func sources(of word: String) -> [String] {
    let folded = word.uppercased()
    return entries.filter { $0.theirs.uppercased() == folded }.map(\.ours)
  }
}
