// Folders of exports and desks that lie in one another.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Folders in folders") struct NestedFolderTests {
  private let export = Fixture.export([Fixture.row(0), Fixture.row(1)])

  /// A desk may lie in the folder that the system exports to.
  @Test func whatIsPutOnADeskBelowTheExportsIsTakenIn() async throws {
    let yard = try Yard()
    let configuration = yard.configuration { $0.exports = "\(yard.folder.path)/\(Fixture.laestab)" }
    let station = try await yard.station(configuration: configuration)
    try yard.folder.makeFolder("\(Fixture.laestab)/desk/in")
    try yard.folder.write("\(Fixture.laestab)/desk/in/a.csv", export)
    try yard.folder.write("\(Fixture.laestab)/b.csv", Fixture.export([Fixture.row(3)]))
    try await yard.run(station)
    #expect(try await yard.exports().count == 2)
    #expect(try await yard.ledger().exports.lying(of: yard.school.id).count == 2)
    yard.forgetEvents()
    for _ in 0..<2 { try await yard.run(station) }
    #expect(yard.told.isEmpty)
  }

  /// One school's folder of exports may lie in another's.
  @Test func exportsBelowAnotherSchoolsAreTakenIn() async throws {
    let yard = try Yard(schools: [Fixture.laestab, "3436900"])
    var configuration = yard.configuration
    configuration.schools[0].exports = yard.folder.path
    let station = try await yard.station(configuration: configuration)
    try yard.drop("b.csv", export, laestab: "3436900")
    try await yard.run(station)
    #expect(try await yard.exports().map(\.school.rawValue) == ["3436900"])
  }
}
