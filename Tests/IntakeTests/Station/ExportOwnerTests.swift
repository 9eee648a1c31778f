// Whose file an export was: by name where the machine knows the user.

import Glibc
import Leavers
import Ledger
import Synchronization
import Testing

@testable import Intake

@Suite("Owners of exports") struct ExportOwnerTests {
  @Test func theOwnerIsRememberedByNameElseByNumber() async throws {
    let yard = try Yard()
    let files = TroubledFiles()
    let station = try await yard.station(files: files)
    try yard.drop("a.csv", Fixture.export([Fixture.row(0)]))
    try await yard.run(station)
    files.names.withLock { $0[getuid()] = "m.example" }
    try yard.drop("b.csv", Fixture.export([Fixture.row(1)]))
    try await yard.run(station)
    let ledger = try await yard.ledger()
    var owners: [Person?] = []
    for export in try await yard.exports() { owners.append(try await ledger.exports.owner(of: export.id)) }
    #expect(
      owners == [
        Person(name: "uid \(getuid())", known: "file owner"), Person(name: "m.example", known: "file owner"),
      ])
  }
}
