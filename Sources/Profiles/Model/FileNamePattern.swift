// File names with placeholders: written for returns, recognised for replies. Pure.

package import Leavers

/// A file name with placeholders such as `{laestab}_IntendedDestinations_{cohort}_{sequence}.csv`; in a reply's
/// pattern `*` stands for any run of characters.
package struct FileNamePattern: Sendable, Hashable {
  package enum Placeholder: String, Sendable, Hashable, CaseIterable {
    case laestab, urn, ukprn, cohort, cycle, sequence, date, kind, authority
  }
  package enum Piece: Sendable, Hashable {
    case text(String)
    case placeholder(Placeholder)
    case wildcard
  }

  package let pieces: [Piece]
  /// As written in the configuration.
  package let source: String

  package init(pieces: [Piece], source: String) {
    self.pieces = pieces
    self.source = source
  }

  /// What the placeholders stand for; those that are nil are not known.
  package struct Values: Sendable {
    package var laestab: String
    package var urn: String?
    package var ukprn: String?
    package var cohort: String?
    package var cycle: String?
    /// The return's number in its series; printed with at least four digits.
    package var sequence: Int?
    package var date: CalendarDate?
    package var kind: String?
    package var authority: String?

    package init(
      laestab: String, urn: String? = nil, ukprn: String? = nil, cohort: String? = nil, cycle: String? = nil,
      sequence: Int? = nil, date: CalendarDate? = nil, kind: String? = nil, authority: String? = nil
    ) {
      self.laestab = laestab
      self.urn = urn
      self.ukprn = ukprn
      self.cohort = cohort
      self.cycle = cycle
      self.sequence = sequence
      self.date = date
      self.kind = kind
      self.authority = authority
    }
  }
}
