// The management information systems of which the catalogue knows where an entry is mended. Pure.

/// A system that findings have words of their own for. All others get the general remedy.
package enum MISProduct: String, Sendable, Hashable, CaseIterable {
  case sims, arbor

  package var name: String {
    switch self {
    case .sims: "SIMS"
    case .arbor: "Arbor"
    }
  }

  /// The system of a header map: `sims`, and a school's own `sims-leavers` as well.
  package init?(headerMap id: String) {
    guard let found = Self.allCases.first(where: { id.lowercased().hasPrefix($0.rawValue) }) else { return nil }
    self = found
  }
}

/// Where in each system something is mended, as the rest of a sentence that begins with the system's name.
typealias MISPlaces = [MISProduct: String]

extension MISPlaces {
  static let names: MISPlaces = [
    .sims: "Focus > Pupil > Pupil Details, panel Basic Details", .arbor: "the student's profile, Basic details",
  ]
  static let identifiers: MISPlaces = [
    .sims: "Focus > Pupil > Pupil Details, panel Registration", .arbor: "the student's profile, Identifiers",
  ]
  static let addresses: MISPlaces = [
    .sims: "Focus > Pupil > Pupil Details, panel Addresses", .arbor: "the student's profile, Contact details",
  ]
  /// No place for it in Arbor is known.
  static let leavingDate: MISPlaces = [.sims: "Focus > Pupil > Pupil Details, panel Registration"]
  static let sharing: MISPlaces = [
    .sims: "Focus > Pupil > Pupil Details, panel Additional Information, Youth Support Services Agreement"
  ]

  /// What to add to the report, by the heading that the system's header map knows.
  static func column(_ heading: String) -> MISPlaces {
    Dictionary(uniqueKeysWithValues: MISProduct.allCases.map { ($0, "add the column \"\(heading)\" to the report") })
  }
}
