// What an export comes to in numbers, by which the next one is judged. A value; names nobody.

/// What an export comes to for one school, authority, kind of return and cohort.
package struct BrakeMeasure: Sendable, Hashable {
  /// Those whom the return tells of.
  package let leavers: Int
  /// Nil of a return that was made before measures were kept: then only the leavers are compared.
  package let detail: Detail?

  /// What else is compared.
  package struct Detail: Sendable, Hashable {
    /// Rows that are surely this authority's by its route, and of this kind and cohort: in the return or not.
    package let rows: Int
    /// Of these, rows that are held or in which a finding is an error.
    package let doubtful: Int
    /// Of the leavers, those whose destination nobody knows.
    package let unknown: Int
    /// The columns of the export that we know.
    package let columns: Set<Field>

    package init(rows: Int, doubtful: Int, unknown: Int, columns: Set<Field>) {
      self.rows = rows
      self.doubtful = doubtful
      self.unknown = unknown
      self.columns = columns
    }
  }

  package init(leavers: Int, detail: Detail?) {
    self.leavers = leavers
    self.detail = detail
  }
}

/// A number of a whole, such as 58 of 142.
package struct Share: Sendable, Hashable {
  package let number: Int
  package let whole: Int

  package init(_ number: Int, of whole: Int) {
    self.number = number
    self.whole = whole
  }

  /// In whole per cent; 0 of nothing.
  package var percent: Int { whole > 0 ? Int((Double(number) * 100 / Double(whole)).rounded()) : 0 }

  /// Whether it is greater than another by so many percentage points or more.
  func exceeds(_ other: Share, byPoints points: Int) -> Bool {
    guard whole > 0, other.whole > 0 else { return false }
    return (number * other.whole - other.number * whole) * 100 >= points * whole * other.whole
  }
}

/// What kind of file an export is: what one says again is compared with the newest of the same kind.
package enum ExportSeries: String, Sendable, Hashable, CaseIterable {
  /// Out of the school's system: it has UPNs.
  case export
  /// Somebody's own list, without UPNs.
  case list
  /// A sheet of ours that was filled in.
  case sheet
}

/// Whether a school's exports hold all its leavers.
package enum ExportExtent: String, Sendable, Hashable, CaseIterable {
  /// Whoever is missing from an export may be in another one: nothing is concluded.
  case partial
  /// Whoever is missing from an export is asked about.
  case full
}
