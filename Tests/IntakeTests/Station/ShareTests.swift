// Folders on a share: polled, settled by looks that no cache answers, known again when mounted anew.

import Glibc
import Leavers
import Ledger
import Profiles
import Synchronization
import Testing

@testable import Intake

@Suite("Exports on a share") struct ShareTests {
  private let export = Fixture.export((0..<6).map { Fixture.row($0) })
  private static let nfs = PlaceLook(kind: FileSystemKind(number: 0x6969), mountPoint: "/srv")
  private static let smb = PlaceLook(kind: FileSystemKind(number: 0xFE53_4D42), mountPoint: "/srv")

  private func files(_ place: PlaceLook = nfs) -> TroubledFiles {
    let files = TroubledFiles()
    files.places.withLock { $0["/exports"] = place }
    return files
  }

  /// Passes as the daemon makes them where no event comes: whenever the last one asked for it.
  private func poll(_ yard: Yard, _ station: IntakeStation, until end: Duration) async throws {
    while true {
      let next = try await yard.settle(station).next ?? end
      guard next <= end else { break }
      yard.clock.advance(by: next - yard.clock.monotonic())
    }
    yard.clock.advance(by: end - yard.clock.monotonic())
    try await yard.settle(station)
  }

  @Test func aShareIsPolledAndALocalFolderIsNot() async throws {
    let yard = try Yard()
    let now = yard.clock.monotonic()
    #expect(try await yard.settle(yard.station()).next == now + .seconds(60))
    #expect(try await yard.settle(yard.station(files: files())).next == now + .seconds(5))
  }

  @Test func aHalfCopiedFileIsNeverReadHalf() async throws {
    let yard = try Yard()
    let station = try await yard.station(files: files())
    let start = yard.clock.monotonic()
    // Grows between looks, pauses for less than the time it settles, and grows again.
    for (part, until) in [(100, 5), (180, 10), (250, 19), (300, 28), (export.count, 37)] {
      try yard.drop("a.csv", Array(export.prefix(part)))
      try await poll(yard, station, until: start + .seconds(until))
      #expect(try await yard.exports().isEmpty, "at \(until) s")
    }
    try await poll(yard, station, until: start + .seconds(45))
    #expect(try await yard.exports().map(\.rowsRead) == [6])
    #expect(!yard.told.contains(.changedWhileRead))
  }

  @Test func whatACacheHidesIsSeenByOpening() async throws {
    let yard = try Yard()
    let files = files()
    let station = try await yard.station(files: files)
    try yard.drop("a.csv", Array(export.prefix(100)))
    let stale = try SystemFiles().look("\(yard.school.exports)/a.csv")
    files.cached.withLock { $0["a.csv"] = stale }
    let start = yard.clock.monotonic()
    for seconds in stride(from: 5, through: 40, by: 5) {
      try yard.drop("a.csv", Array(export.prefix(100 + seconds)))
      try await poll(yard, station, until: start + .seconds(seconds))
    }
    #expect(try await yard.exports().isEmpty)
    files.cached.withLock { $0 = [:] }
    try yard.drop("a.csv", export)
    try await poll(yard, station, until: start + .seconds(60))
    #expect(try await yard.exports().map(\.rowsRead) == [6])
  }

  @Test func aFileThatAnotherProgramHoldsWaitsQuietly() async throws {
    let yard = try Yard()
    let files = files(Self.smb)
    let station = try await yard.station(files: files)
    try yard.drop("a.csv", export)
    files.problems.withLock { $0["a.csv"] = FileProblem(number: EBUSY) }
    let start = yard.clock.monotonic()
    try await poll(yard, station, until: start + .seconds(60))
    #expect(yard.told.isEmpty)
    files.problems.withLock { $0 = [:] }
    try await poll(yard, station, until: start + .seconds(75))
    #expect(try await yard.exports().count == 1)
  }

  /// Windows gives a file its length first: sizes and times stand still while the rest is zeros.
  @Test func aFileThatEndsInZerosIsStillCopied() async throws {
    let yard = try Yard()
    let station = try await yard.station(files: files(Self.smb))
    try yard.drop("a.csv", Array(export.prefix(100)) + Array(repeating: 0, count: 600))
    let start = yard.clock.monotonic()
    try await poll(yard, station, until: start + .seconds(60))
    #expect(try await yard.exports().isEmpty)
    #expect(yard.told == [.unfinished])
    try yard.drop("a.csv", export)
    try await poll(yard, station, until: start + .seconds(90))
    #expect(try await yard.exports().map(\.rowsRead) == [6])
    #expect(yard.told.contains(.fileBack))
  }

  @Test(arguments: [nfs, smb])
  func aShareThatIsMountedAnewBringsNothingNew(_ place: PlaceLook) async throws {
    let yard = try Yard()
    let files = files(place)
    let station = try await yard.station(files: files)
    try yard.drop("a.csv", export)
    let start = yard.clock.monotonic()
    try await poll(yard, station, until: start + .seconds(20))
    #expect(try await yard.exports().count == 1)
    yard.crash()
    yard.forgetEvents()
    // Another number of the device, and where the share does not keep them other numbers of files.
    var look = try SystemFiles().look("\(yard.school.exports)/a.csv")
    look.device += 7
    if !place.kind.numbersLast { look.inode += 1 }
    let (opened, path) = (look, "\(yard.school.exports)/a.csv")
    #expect(ShareFiles(files: files, kind: place.kind).sameAs(opened, path))
    let second = try await yard.station(files: files)
    files.cached.withLock { $0["a.csv"] = opened }
    try await poll(yard, second, until: start + .seconds(60))
    #expect(yard.told.isEmpty)
  }

  @Test func aSettingMayPollMoreOften() async throws {
    let yard = try Yard()
    var configuration = yard.configuration
    (configuration.poll, configuration.shareSettle) = (.seconds(1), .seconds(3))
    let station = try await yard.station(files: files(), configuration: configuration)
    try yard.drop("a.csv", export)
    let start = yard.clock.monotonic()
    #expect(try await station.pass().next == start + .seconds(1))
    try await poll(yard, station, until: start + .seconds(3))
    #expect(try await yard.exports().count == 1)
  }
}

extension ShareFiles {
  /// Whether a look of another mount is the same as one of now.
  fileprivate func sameAs(_ look: FileLook, _ path: String) -> Bool {
    let other = TroubledFiles()
    other.cached.withLock { $0[path] = look }
    return (try? ShareFiles(files: other, kind: kind).look(path)) == (try? self.look(path))
  }
}
