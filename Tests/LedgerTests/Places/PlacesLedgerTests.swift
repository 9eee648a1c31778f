// The folders of schools over restarts: where they were, since when they are away, what waits for its marker.

import Leavers
import Testing

@testable import Ledger

@Suite struct PlacesLedgerTests {
  private let bench: LedgerBench
  private let school = LedgerBench.school

  init() throws { bench = try LedgerBench() }

  @Test func whereAFolderWasIsKnownUnderItsPathOnly() async throws {
    let ledger = try await bench.openWithSchools()
    #expect(try await ledger.places.known(.desk, of: school, path: "/srv/a") == nil)
    #expect(try await ledger.places.lastMark(.desk, of: school) == 0)
    let place = KnownPlace(fileSystem: 0xFE53_4D42, mountPoint: "/srv", mark: 4, isMarked: true)
    try await ledger.places.keep(place, .desk, of: school, path: "/srv/a")
    ledger.close()
    let again = try await bench.open()
    #expect(try await again.places.known(.desk, of: school, path: "/srv/a") == place)
    #expect(try await again.places.known(.desk, of: school, path: "/srv/b") == nil)
    #expect(try await again.places.known(.exports, of: school, path: "/srv/a") == nil)
    #expect(try await again.places.lastMark(.desk, of: school) == 4)
  }

  @Test func aMarkIsOfItsSchoolAndNumber() async throws {
    let ledger = try await bench.openWithSchools()
    let marks = [
      ledger.places.mark(1, of: school), ledger.places.mark(2, of: school),
      ledger.places.mark(1, of: LedgerBench.otherSchool),
    ]
    #expect(Set(marks).count == 3)
    #expect(ledger.places.mark(1, of: school) == marks[0])
  }

  @Test func awayBeginsAndEndsOnce() async throws {
    let ledger = try await bench.openWithSchools()
    #expect(try await !ledger.places.back(.desk, of: school))
    #expect(try await ledger.places.away(.desk, of: school, why: "it is not there"))
    let since = bench.clock.now()
    bench.clock.advance(by: .seconds(60))
    // Another reason is no new beginning.
    #expect(try await !ledger.places.away(.desk, of: school, why: "it is not mounted"))
    #expect(try await !ledger.places.away(.desk, of: school, why: "it is not mounted"))
    #expect(
      try await ledger.places.away()
        == [AwayPlace(school: school, role: .desk, since: since, why: "it is not mounted")])
    let todo = try await ledger.overview.todo()
    #expect(todo.map(\.code) == [.placeAway])
    #expect(todo.first?.subjects == [school.rawValue, "desk"])
    #expect(try await ledger.places.back(.desk, of: school))
    #expect(try await !ledger.places.back(.desk, of: school))
    #expect(try await ledger.places.away().isEmpty)
    #expect(try await ledger.overview.history(of: school.rawValue).map(\.kind).suffix(2) == [.placeAway, .placeBack])
    #expect(try await ledger.audit().problems.isEmpty)
  }

  @Test func aSchoolThatNobodyKnowsHasNoFolders() async throws {
    let ledger = try await bench.openWithSchools()
    await #expect(throws: LedgerError.self) {
      try await ledger.places.away(.desk, of: SchoolID(rawValue: "9999999"), why: "x")
    }
  }

  @Test func exportsWithoutTheirMarkerAreAMatterAfterAnHour() async throws {
    let ledger = try await bench.openWithSchools()
    let since = bench.clock.now()
    try await ledger.places.noteUnmarked(2, since: since, of: school)
    #expect(try await ledger.places.unmarked(of: school)?.count == 2)
    bench.clock.advance(by: .seconds(3599))
    #expect(try await ledger.overview.todo().isEmpty)
    bench.clock.advance(by: .seconds(1))
    #expect(try await ledger.overview.todo().map(\.code) == [.exportsUnmarked])
    try await ledger.places.noteUnmarked(0, since: nil, of: school)
    #expect(try await ledger.overview.todo().isEmpty)
    #expect(try await ledger.places.unmarked(of: school) == nil)
  }

  @Test func whatHoldsOfSchoolsThatAreNoLongerConfiguredIsForgotten() async throws {
    let ledger = try await bench.openWithSchools()
    for id in [school, LedgerBench.otherSchool] {
      _ = try await ledger.places.away(.exports, of: id, why: "x")
      try await ledger.places.noteUnmarked(1, since: nil, of: id)
    }
    _ = try await ledger.storeExport("a")
    try await ledger.places.keep(only: [LedgerBench.otherSchool])
    #expect(try await ledger.places.away().map(\.school) == [LedgerBench.otherSchool])
    #expect(try await ledger.places.unmarked(of: school) == nil)
    #expect(try await ledger.exports.lying(of: school).isEmpty)
  }
}
