// What a synthetic export holds and where, for tests to compare with. Pure.

/// What was put where in a synthetic export. Holds no personal value.
package struct SampleManifest: Sendable, Equatable {
  /// One record of the file.
  package struct Row: Sendable, Equatable {
    /// The record's number in the file, counted from 1 with the header as the first.
    package let number: Int
    package let dirt: SampleDirt?
    /// The number of the record that this one repeats.
    package let repeatOf: Int?
    /// The home authority's three digits; nil where the file does not say.
    package let home: String?
    /// As written, in any case; empty where the file does not say.
    package let sharing: String
    /// 11, 12 or 13.
    package let stage: Int
    /// The NCCIS intended destination.
    package let intention: String
  }

  package let layout: SampleLayout
  package let rows: [Row]
  /// Different young people, which is less than rows by the repeats.
  package let pupils: Int

  /// How many rows, or for dirt of the file how many files, have each kind of dirt. A repeat is counted once.
  package var counts: [SampleDirt: Int] {
    var counts: [SampleDirt: Int] = [:]
    for row in rows where row.repeatOf == nil {
      if let dirt = row.dirt { counts[dirt, default: 0] += 1 }
    }
    for dirt in layout.fileDirt { counts[dirt] = 1 }
    return counts
  }

  /// Young people by home authority, "" for those of whom the file does not say.
  package var homes: [String: Int] { tally { $0.home ?? "" } }
  /// Young people by sharing answer in capitals.
  package var sharing: [String: Int] { tally { $0.sharing.uppercased() } }
  /// Young people by stage.
  package var stages: [Int: Int] { tally { $0.stage } }

  private func tally<Key: Hashable>(_ key: (Row) -> Key) -> [Key: Int] {
    var counts: [Key: Int] = [:]
    for row in rows where row.repeatOf == nil { counts[key(row), default: 0] += 1 }
    return counts
  }
}
