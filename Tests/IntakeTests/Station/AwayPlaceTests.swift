// Desks and folders of exports that are away: told and kept once, written to by nobody, concluded from by nobody.

import Glibc
import Leavers
import Ledger
import Profiles
import Synchronization
import Testing

@testable import Intake

@Suite("Shares that are away") struct AwayPlaceTests {
  private let export = Fixture.export([Fixture.row(0), Fixture.row(1)])
  private static let share = PlaceLook(kind: FileSystemKind(number: 0x6969), mountPoint: "/srv/desk")
  private static let local = PlaceLook(kind: FileSystemKind(number: 0xEF53), mountPoint: "/")

  /// A school whose exports lie on its desk, on a share.
  private func make() async throws -> (yard: Yard, files: TroubledFiles, station: IntakeStation) {
    let yard = try Yard()
    let files = TroubledFiles()
    files.places.withLock { $0["/desk"] = Self.share }
    let station = try await yard.station(files: files, configuration: configuration(yard))
    try yard.folder.makeFolder("\(Fixture.laestab)/desk/in")
    return (yard, files, station)
  }

  private func configuration(_ yard: Yard) -> Configuration { yard.configuration { $0.exports = $0.deskIn } }

  private func desk(_ yard: Yard) -> String { "\(yard.folder.path)/\(Fixture.laestab)/desk" }

  private func todo(_ yard: Yard) async throws -> [TodoItem] { try await yard.ledger().overview.todo() }

  /// The share goes: what was mounted is no longer there, and its mount point is an empty folder.
  private func unmount(_ yard: Yard, _ files: TroubledFiles) throws {
    #expect(rename(desk(yard), desk(yard) + "-away") == 0)
    #expect(mkdir(desk(yard), 0o770) == 0)
    files.places.withLock { $0["/desk"] = Self.local }
  }

  private func mount(_ yard: Yard, _ files: TroubledFiles) throws {
    #expect(rmdir(desk(yard)) == 0, "nothing was made in the mount point")
    #expect(rename(desk(yard) + "-away", desk(yard)) == 0)
    files.places.withLock { $0["/desk"] = Self.share }
  }

  @Test func anEmptyMountPointIsNoDesk() async throws {
    let (yard, files, station) = try await make()
    try yard.folder.write("\(Fixture.laestab)/desk/in/a.csv", export)
    try await yard.run(station)
    let ledger = try await yard.ledger()
    #expect(try await yard.exports().map(\.state) == [.read])
    #expect(try await ledger.exports.lying(of: yard.school.id).count == 1)
    yard.forgetEvents()

    try unmount(yard, files)
    for _ in 0..<3 { try await yard.run(station) }
    #expect(yard.told == [.deskAway("its share (NFS at /srv/desk) is not mounted")])
    #expect(TemporaryFolder.names(in: desk(yard)).isEmpty)
    // Looked for as often as a share is polled.
    #expect(try await yard.settle(station).next == yard.clock.monotonic() + .seconds(5))
    let item = try #require(try await todo(yard).first)
    #expect(item.code == .placeAway)
    #expect(item.text.contains("desk of School \(Fixture.laestab) is away since \(LondonTime.text(Yard.instant))"))
    // That nothing is there to be seen says nothing of what was.
    #expect(try await ledger.exports.lying(of: yard.school.id).count == 1)
    #expect(try await yard.exports().count == 1)

    try mount(yard, files)
    yard.forgetEvents()
    for _ in 0..<2 { try await yard.run(station) }
    #expect(yard.told == [.deskThere])
    #expect(try await !todo(yard).contains { $0.code == .placeAway })
    let events = try await ledger.overview.history(of: Fixture.laestab).map(\.kind)
    #expect(events.filter { $0 == .placeAway }.count == 1 && events.filter { $0 == .placeBack }.count == 1)
  }

  @Test func whatIsReadMeanwhileIsHandedBackWhenTheDeskIsThere() async throws {
    let yard = try Yard()
    let files = TroubledFiles()
    files.places.withLock { $0["/desk"] = Self.share }
    let station = try await yard.station(files: files)
    try await yard.run(station)
    try unmount(yard, files)
    // The exports come from another folder, which is there.
    try yard.drop("a.csv", export)
    try yard.drop("large.csv", Array(repeating: 65, count: 2 << 20))
    try await yard.run(station)
    #expect(try await yard.exports().map(\.state) == [.read])
    #expect(try await yard.exports()[0].handedBackAt == nil)
    #expect(TemporaryFolder.names(in: desk(yard)).isEmpty)
    try mount(yard, files)
    try await yard.run(station)
    #expect(try await yard.exports()[0].handedBackAt != nil)
    #expect(yard.out().contains("a.findings.csv"))
  }

  @Test func aNewProcessKnowsWhatIsAwayAndSaysItsEnd() async throws {
    let (yard, files, station) = try await make()
    try await yard.run(station)
    try unmount(yard, files)
    let since = yard.clock.now()
    try await yard.run(station)
    yard.crash()
    yard.forgetEvents()
    let second = try await yard.station(files: files, configuration: configuration(yard))
    #expect(try await second.schoolsWithoutDesk() == [yard.school.id])
    try await yard.run(second)
    #expect(yard.told.isEmpty)
    #expect(try await yard.ledger().places.away().map(\.since) == [since])
    try mount(yard, files)
    yard.crash()
    let third = try await yard.station(files: files, configuration: configuration(yard))
    #expect(try await third.schoolsWithoutDesk().isEmpty)
    #expect(yard.told == [.deskThere])
    #expect(try await yard.ledger().places.away().isEmpty)
  }

  @Test(arguments: [ENOENT, EACCES, ESTALE, EIO, EHOSTDOWN])
  func whatCannotBeLookedAtIsAway(_ number: Int32) async throws {
    let (yard, files, station) = try await make()
    try yard.folder.write("\(Fixture.laestab)/desk/in/a.csv", export)
    files.problems.withLock { $0["/desk"] = FileProblem(number: number) }
    for _ in 0..<3 { try await yard.run(station) }
    #expect(yard.told == [.deskAway(FileProblem(number: number).description)])
    files.problems.withLock { $0 = [:] }
    yard.forgetEvents()
    try await yard.run(station)
    #expect(yard.told.first == .deskThere)
    #expect(try await yard.exports().count == 1)
  }

  @Test(arguments: [EACCES, ESTALE, EIO])
  func aFolderOfExportsThatCannotBeListedIsAway(_ number: Int32) async throws {
    let (yard, files, station) = try await make()
    try await yard.run(station)
    files.problems.withLock { $0["/desk/in"] = FileProblem(number: number) }
    for _ in 0..<3 { try await yard.run(station) }
    #expect(yard.told == [.folderUnavailable(FileProblem(number: number).description)])
    #expect(try await todo(yard).map(\.subjects) == [[Fixture.laestab, "exports"]])
    files.problems.withLock { $0 = [:] }
    try await yard.run(station)
    #expect(yard.told.last == .folderBack)
    #expect(try await todo(yard).isEmpty)
  }

  @Test func aMountWithNothingOfOursInItIsAwayUntilAPersonMakesOut() async throws {
    let (yard, _, station) = try await make()
    try yard.folder.write("\(Fixture.laestab)/desk/in/a.csv", export)
    try await yard.run(station)
    #expect(yard.folder.exists("\(Fixture.laestab)/desk/\(DeskMark.name)"))
    #expect(rename(desk(yard), desk(yard) + "-away") == 0)
    #expect(mkdir(desk(yard), 0o770) == 0)
    yard.forgetEvents()
    try await yard.run(station)
    guard case .deskAway = yard.told.first else {
      Issue.record("it is taken for the desk")
      return
    }
    #expect(TemporaryFolder.names(in: desk(yard)).isEmpty)
    try yard.folder.makeFolder("\(Fixture.laestab)/desk/out")
    try await yard.run(station)
    #expect(yard.told.contains(.deskThere))
    #expect(yard.folder.exists("\(Fixture.laestab)/desk/\(DeskMark.name)"))
  }

  @Test func oneSchoolsDeskInAnothersPlaceIsAway() async throws {
    let yard = try Yard(schools: [Fixture.laestab, "3436900"])
    let station = try await yard.station()
    try await yard.run(station)
    let (first, second) = ("\(yard.folder.path)/\(Fixture.laestab)/desk", "\(yard.folder.path)/3436900/desk")
    for (old, new) in [(first, first + "-x"), (second, first), (first + "-x", second)] {
      #expect(rename(old, new) == 0)
    }
    try yard.drop("a.csv", export)
    try await yard.run(station)
    #expect(yard.told.filter { $0 == .deskAway("the desk of another school lies there") }.count == 2)
    #expect(!yard.folder.exists("\(Fixture.laestab)/desk/out/a.findings.csv"))
  }

  @Test func aPersonsFileUnderTheNameOfTheMarkStays() async throws {
    let (yard, _, station) = try await make()
    try yard.folder.write("\(Fixture.laestab)/desk/\(DeskMark.name)", "mine")
    try await yard.run(station)
    #expect(yard.folder.bytes("\(Fixture.laestab)/desk/\(DeskMark.name)") == Array("mine".utf8))
    #expect(yard.told.isEmpty)
  }

  @Test func aSchoolThatIsConfiguredNoLongerIsMissedByNobody() async throws {
    let (yard, files, station) = try await make()
    try await yard.run(station)
    try unmount(yard, files)
    try await yard.run(station)
    var configuration = yard.configuration
    configuration.schools = []
    await station.replace(configuration: configuration)
    configuration.schools = Array(try Yard(schools: ["3436900"]).configuration.schools)
    await station.replace(configuration: configuration)
    try await yard.ledger().register(schools: configuration.schools.map { ($0.id, $0.name, $0.controller) })
    try await yard.settle(station)
    #expect(try await yard.ledger().places.away().filter { $0.school == yard.school.id }.isEmpty)
  }

  /// Whoever can write to a desk could put a link in the place of a folder that we read or write.
  @Test(arguments: ["in", "out"])
  func aLinkInThePlaceOfAFolderIsNotFollowed(_ name: String) async throws {
    let yard = try Yard(schools: [Fixture.laestab, "3436900"])
    let station = try await yard.station()
    try await yard.run(station)
    let folder = "\(desk(yard))/\(name)"
    if name == "in" {
      #expect(mkdir(folder, 0o770) == 0)
    }
    #expect(rename(folder, folder + "-aside") == 0)
    #expect(symlink("\(yard.folder.path)/3436900/\(name == "in" ? "exports" : "desk")", folder) == 0)
    let before = TemporaryFolder.names(in: "\(yard.folder.path)/3436900/desk")
    try yard.drop("theirs.csv", export, laestab: "3436900")
    try yard.drop("ours.csv", Fixture.export([Fixture.row(3)]))
    yard.forgetEvents()
    for _ in 0..<2 { try await yard.run(station) }
    let why = "its \(name) is a link, which is not followed; put a folder in its place"
    #expect(yard.told.filter { $0 == .deskAway(why) }.count == 1)
    #expect(try await todo(yard).filter { $0.code == .placeAway }.map(\.subjects) == [[Fixture.laestab, "desk"]])
    #expect(try await yard.exports().map(\.school.rawValue).sorted() == [Fixture.laestab, "3436900"])
    #expect(TemporaryFolder.names(in: "\(yard.folder.path)/3436900/desk") == before)
    #expect(unlink(folder) == 0)
    #expect(rename(folder + "-aside", folder) == 0)
    try await yard.run(station)
    #expect(yard.told.contains(.deskThere) && yard.out().contains("ours.findings.csv"))
    #expect(yard.out("3436900").contains("theirs.findings.csv") && !yard.out().contains("theirs.findings.csv"))
  }

  /// Between the look at the desk and the end of the copy.
  @Test func aLinkThatComesInBetweenIsNotFollowedEither() async throws {
    let yard = try Yard()
    let inFolder = "\(desk(yard))/in"
    let station = try await yard.station(step: { step in
      guard step == "I0", rename(inFolder, inFolder + "-aside") == 0 else { return }
      // The same file under the same name, by way of the link.
      _ = symlink(inFolder + "-aside", inFolder)
    })
    try yard.folder.makeFolder("\(Fixture.laestab)/desk/in")
    try yard.folder.write("\(Fixture.laestab)/desk/in/a.csv", export)
    for _ in 0..<2 { try await yard.run(station) }
    #expect(try await yard.exports().isEmpty)
    #expect(yard.told.contains(.changedWhileRead))
    #expect(yard.told.last == .deskAway("its in is a link, which is not followed; put a folder in its place"))
  }

  @Test func aRefusalForItsSizeReachesADeskThatWasAway() async throws {
    let yard = try Yard()
    let files = TroubledFiles()
    files.places.withLock { $0["/desk"] = Self.share }
    let station = try await yard.station(files: files, sizeLimit: 50)
    try await yard.run(station)
    try unmount(yard, files)
    try yard.drop("large.csv", export)
    for _ in 0..<3 { try await yard.run(station) }
    #expect(yard.told.filter { $0 == .tooLarge(Int64(export.count)) }.count == 1)
    try mount(yard, files)
    for _ in 0..<2 { try await yard.run(station) }
    #expect(yard.out() == ["large.findings.csv"])
    #expect(yard.told.filter { $0 == .tooLarge(Int64(export.count)) }.count == 1)
  }
}
