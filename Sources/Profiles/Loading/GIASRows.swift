// Establishments in the layout of DfE's Get Information about Schools.

import Leavers
import Tabular

/// The file "Establishment fields CSV" (`edubasealldataYYYYMMDD.csv`) of Get Information about Schools, Windows-1252.
///
/// The columns used, as public readers of that file name them (among others DfE's own education-benchmarking-and-insights,
/// and a list of all its headers from the file of 2023-04-21): `URN`, `LA (code)`, `EstablishmentNumber`,
/// `EstablishmentName`, `TypeOfEstablishment (name)`, `EstablishmentStatus (name)`, `PhaseOfEducation (name)`, `UKPRN`,
/// `FurtherEducationType (name)`, `Postcode`; the types' names are those of DfE's published list of types. Nursery and
/// primary schools are passed over: no leaver goes there, and their names are those of other places.
struct GIASRows: ProviderRows {
  private(set) var providers: [Provider] = []
  private(set) var flaws = ProviderFlaws()

  private let urn, name, type: Int
  private let authority, number, status, phase, ukprn, postcode, furtherType: Int?
  private var kinds: [String: ProviderKind] = [:]

  init?(_ header: ProviderHeader) {
    guard let urn = header.column("URN"), let name = header.column("EstablishmentName"),
      let type = header.column("TypeOfEstablishment (name)")
    else { return nil }
    (self.urn, self.name, self.type) = (urn, name, type)
    authority = header.column("LA (code)")
    number = header.column("EstablishmentNumber")
    status = header.column("EstablishmentStatus (name)")
    phase = header.column("PhaseOfEducation (name)")
    ukprn = header.column("UKPRN")
    postcode = header.column("Postcode")
    furtherType = header.column("FurtherEducationType (name)")
  }

  mutating func take(_ row: borrowing CSVRow) {
    if isPrimary(row) { return }
    let line = row.line
    guard let urn = flaws.urn(row.cell(urn), line: line) else {
      if row.cell(self.urn).isEmpty { flaws.add(line, "URN", "there is no URN", "download the list again") }
      return
    }
    let name = row.cell(name)
    guard !name.isEmpty else {
      return flaws.add(line, "EstablishmentName", "there is no name", "download the list again")
    }
    let (authority, number) = (row.cell(authority), row.cell(number))
    // Children's centres and the like have no number; a zero or 000 stands for none as well.
    var laestab: LAESTAB?
    if authority.utf8.count == 3, authority != "000", (1...4).contains(number.utf8.count), number != "0" {
      let padded = String(repeating: "0", count: 4 - number.utf8.count) + number
      laestab = flaws.laestab(authority + padded, line: line)
    }
    providers.append(
      Provider(
        id: ProviderID(urn), name: name, ukprn: flaws.ukprn(row.cell(ukprn), line: line), laestab: laestab, urn: urn,
        kind: kind(row.cell(type), row.cell(furtherType)), postcode: ProviderFlaws.postcode(row.cell(postcode)),
        isClosed: isClosed(row), evidence: .register))
  }

  private func isPrimary(_ row: borrowing CSVRow) -> Bool {
    guard let phase else { return false }
    return row.withBytes(phase) { bytes in
      Self.passedOver.contains { bytes.elementsEqual($0) }
    } ?? false
  }

  private static let passedOver = ["Nursery", "Primary", "Middle deemed primary"].map { Array($0.utf8) }

  /// `Closed` alone: `Open, but proposed to close` is open, and `Proposed to open` not closed.
  private func isClosed(_ row: borrowing CSVRow) -> Bool {
    guard let status else { return false }
    return row.withBytes(status) { $0.elementsEqual("Closed".utf8) } ?? false
  }

  private mutating func kind(_ type: String, _ further: String) -> ProviderKind {
    let key = type + "|" + further
    if let known = kinds[key] { return known }
    let kind = Self.kind(of: type.lowercased(), further: further.lowercased())
    kinds[key] = kind
    return kind
  }

  private static func kind(of type: String, further: String) -> ProviderKind {
    if type == "further education" { return further.contains("sixth form") ? .sixthFormCollege : .feCollege }
    if let known = byType[type] { return known }
    if type.contains("special") { return .specialSchool }
    if type.contains("alternative provision") { return .alternativeProvision }
    return schools.contains(type) ? .school : .other
  }

  private static let byType: [String: ProviderKind] = [
    "sixth form centres": .sixthFormCollege, "academy 16-19 converter": .sixteenToNineteen,
    "academy 16 to 19 sponsor led": .sixteenToNineteen, "free schools 16 to 19": .sixteenToNineteen,
    "special post 16 institution": .specialist, "higher education institutions": .university,
    "pupil referral unit": .alternativeProvision, "secure units": .custodial, "academy secure 16 to 19": .custodial,
  ]

  private static let schools: Set<String> = [
    "community school", "voluntary aided school", "voluntary controlled school", "foundation school",
    "city technology college", "other independent school", "academy sponsor led", "academy converter", "free schools",
    "university technical college", "studio schools", "welsh establishment",
  ]
}
