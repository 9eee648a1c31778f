// Which header map a file follows: the school's own, or that of a sheet that a careers lead keeps by hand. Pure.

import Leavers
import Profiles

/// The header map `careers-lead`, where one is configured: tried for each file beside that of the school's system.
///
/// A careers lead's sheet has headings of its own (`Plan`, `Where next`), and its `Destination` is whatever somebody wrote,
/// while in a report it is the name of the place.
struct CareersLeadMap {
  static let id = "careers-lead"

  let map: HeaderMap
  private let own: HeaderMap

  /// Nil where there is no such map, or it is the school's own.
  init?(_ configuration: Configuration, beside own: HeaderMap) {
    guard own.id != Self.id, let map = configuration.headerMaps[Self.id] else { return nil }
    self.map = map
    self.own = own
  }

  private static let answers: Set<Field> = [.intendedDestination, .activity, .guaranteeStatus]

  /// The map that understands more of a file's headings. Where that is the school's own, and by it no column says where
  /// pupils go, the headings that say so by the other are read by it.
  func choice(for records: [ScannedRecord], _ columns: ExportColumns) -> (columns: ExportColumns, map: HeaderMap) {
    // Where the school's own map did not find the headings, these columns are already those of this one.
    let byOwn = ExportColumns.find(in: records, map: own)
    guard let other = ExportColumns.find(in: records, map: map) else { return (columns, own) }
    guard let byOwn else { return (columns, map) }
    if other.known > byOwn.known { return (other, map) }
    guard Self.answers.isDisjoint(with: byOwn.positions.keys), other.headerIndex == byOwn.headerIndex else {
      return (byOwn, own)
    }
    let headings = other.names.compactMap { name in
      map.field(for: name).flatMap { Self.answers.contains($0) ? (header: name, field: $0) : nil }
    }
    if headings.isEmpty { return (byOwn, own) }
    let keys = Set(headings.map { HeaderMap.key($0.header) })
    let mixed = HeaderMap(
      id: own.id, name: own.name, columns: own.columns.filter { !keys.contains(HeaderMap.key($0.header)) } + headings,
      parts: own.parts, values: own.values)
    return (ExportColumns.find(in: records, map: mixed) ?? byOwn, mixed)
  }
}
