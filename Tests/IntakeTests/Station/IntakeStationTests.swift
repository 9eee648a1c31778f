// The station at work: real folders, a real ledger, a clock moved by hand.

import Glibc
import Leavers
import Ledger
import Profiles
import Synchronization
import Testing

@testable import Intake

@Suite("Intake station") struct IntakeStationTests {
  private let export = Fixture.export([
    Fixture.row(0), Fixture.row(1, ["Date of Birth": ""]), Fixture.row(2, ["UPN": "x"]), Fixture.row(0),
  ])

  @Test func fromFolderToDesk() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("Leavers.csv", export)
    let first = try await station.pass()
    #expect(!first.didWork)
    #expect(first.next == .seconds(1002))
    #expect(try await yard.exports().isEmpty)
    yard.clock.advance(by: .seconds(1))
    #expect(try await station.pass().next == .seconds(1002))
    yard.clock.advance(by: .seconds(1))
    #expect(try await station.pass().didWork)
    let rest = try await yard.settle(station)
    #expect(rest.next == yard.clock.monotonic() + .seconds(60))

    let exports = try await yard.exports()
    #expect(exports.map(\.state) == [.read])
    #expect(exports[0].rowsRead == 4)
    #expect(exports[0].observedAt == yard.clock.now())
    #expect(exports[0].handedBackAt != nil)
    let ledger = try await yard.ledger()
    #expect(try await ledger.objects.read(exports[0].object) == export)
    let examination = Fixture.examine(export, school: yard.school)
    #expect(yard.out() == ["Leavers.checked.csv", "Leavers.findings.csv", "Leavers.summary.html"])
    for file in try await yard.deskFiles(named: "Leavers.csv", export) {
      #expect(yard.outBytes(file.name) == file.bytes)
      #expect(
        try await ledger.exports.deskFile(school: yard.school.id, name: file.name)?.sha256
          == ContentDigest.sha256(file.bytes))
    }
    #expect(try await ledger.exports.findings(of: exports[0].id).map(\.code) == examination.details.map(\.code))
    #expect(
      yard.told == [.stored, .read(rows: 4, held: 1, errors: 1, warnings: 1), .handedBack(files: 3)])
    #expect(yard.folder.bytes("\(Fixture.laestab)/exports/Leavers.csv") == export)
  }

  @Test func takesInOnceAndAgainWhenItChanges() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.csv", export)
    try await yard.run(station)
    try await yard.run(station)
    #expect(try await yard.exports().count == 1)
    // A fresh process knows it from the ledger.
    yard.crash()
    let second = try await yard.station()
    try await yard.run(second)
    #expect(try await yard.exports().count == 1)
    // The same content under another name is no new export.
    try yard.drop("b.csv", export)
    try await yard.run(second)
    #expect(try await yard.exports().count == 1)
    #expect(yard.told.last == .repeated)
    // Other content is, although the name is the same.
    try yard.drop("a.csv", Fixture.export([Fixture.row(3)]))
    try await yard.run(second)
    #expect(try await yard.exports().map(\.rowsRead) == [4, 1])
    #expect(
      yard.outBytes("a.findings.csv")
        == Fixture.examine([Fixture.row(3)]).deskFiles(named: "a.csv", export: [])[0].bytes)
  }

  @Test func halfWrittenFileWaits() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.csv", Array(export.prefix(100)))
    try await yard.settle(station)
    yard.clock.advance(by: .milliseconds(1500))
    try yard.drop("a.csv", export)
    try await yard.settle(station)
    yard.clock.advance(by: .milliseconds(600))
    let pass = try await yard.settle(station)
    #expect(try await yard.exports().isEmpty)
    #expect(pass.next == .seconds(1000) + .milliseconds(3500))
    yard.clock.advance(by: .milliseconds(1400))
    try await yard.settle(station)
    #expect(try await yard.exports().map(\.rowsRead) == [4])
  }

  @Test func replacedDuringReadIsReadAgain() async throws {
    let yard = try Yard()
    let folder = yard.folder
    let other = Fixture.export([Fixture.row(5)])
    let station = try await yard.station(step: { step in
      guard step == "I1", !folder.exists("done") else { return }
      try folder.write("done", "")
      try folder.write("\(Fixture.laestab)/exports/new", other)
      rename("\(folder.path)/\(Fixture.laestab)/exports/new", "\(folder.path)/\(Fixture.laestab)/exports/a.csv")
    })
    try yard.drop("a.csv", export)
    try await yard.run(station)
    #expect(try await yard.exports().isEmpty)
    #expect(yard.told == [.changedWhileRead])
    try await yard.run(station)
    #expect(try await yard.exports().map(\.rowsRead) == [1])
  }

  @Test func grownDuringReadIsReadAgain() async throws {
    let yard = try Yard()
    let folder = yard.folder
    let export = export
    let station = try await yard.station(step: { step in
      guard step == "I0", !folder.exists("done") else { return }
      try folder.write("done", "")
      try folder.write("\(Fixture.laestab)/exports/a.csv", export + export)
    })
    try yard.drop("a.csv", export)
    try await yard.run(station)
    #expect(yard.told == [.changedWhileRead])
    #expect(try await yard.exports().isEmpty)
    try await yard.run(station)
    #expect(try await yard.exports().count == 1)
  }

  @Test func passesOverWhatIsNoExport() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    for name in [".a.csv", "~$a.xlsx", "Thumbs.db", "a.csv.part", "b.tmp"] { try yard.drop(name, export) }
    try yard.folder.makeFolder("\(Fixture.laestab)/exports/sefton")
    try yard.folder.write("\(Fixture.laestab)/exports/sefton/reply.csv", export)
    symlink("/etc/hostname", "\(yard.folder.path)/\(Fixture.laestab)/exports/link.csv")
    mkfifo("\(yard.folder.path)/\(Fixture.laestab)/exports/pipe.csv", 0o600)
    try await yard.run(station)
    #expect(try await yard.exports().isEmpty)
    #expect(yard.told.isEmpty)
  }

  @Test func damagedWorkbookIsUnreadableWithARemedy() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("Students (14).xlsx", Array("PK\u{3}\u{4}".utf8))
    try yard.drop("disguised.csv", Array("PK\u{3}\u{4}x".utf8))
    try yard.drop("leavers.pdf", export)
    try yard.drop("good.csv", export + Array("\n".utf8))
    try await yard.run(station)
    let exports = try await yard.exports()
    #expect(exports.map(\.state).filter { $0 == .unreadable }.count == 3)
    #expect(exports.filter { $0.state == .read }.count == 1)
    #expect(exports.compactMap(\.unreadable?.code.rawValue).sorted() == ["L002", "L047", "L047"])
    #expect(exports.allSatisfy { $0.handedBackAt != nil })
    #expect(yard.out().contains("Students (14).xlsx.findings.csv"))
    let text = String(decoding: yard.outBytes("Students (14).xlsx.findings.csv"), as: UTF8.self)
    #expect(text.contains("Copy it again, or save it again."))
  }

  @Test func emptyFileWaitsLonger() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.csv", [])
    try await yard.run(station)
    #expect(try await yard.exports().isEmpty)
    yard.clock.advance(by: .seconds(18))
    try await yard.settle(station)
    #expect(try await yard.exports().compactMap(\.unreadable?.code.rawValue) == ["L001"])
  }

  @Test func tooLargeIsRefusedAndSaidOnce() async throws {
    let yard = try Yard()
    let station = try await yard.station(sizeLimit: 50)
    try yard.drop("a.csv", export)
    try await yard.run(station)
    try await yard.run(station)
    #expect(yard.told == [.tooLarge(Int64(export.count))])
    #expect(try await yard.exports().isEmpty)
    #expect(yard.out() == ["a.findings.csv"])
    #expect(String(decoding: yard.outBytes("a.findings.csv"), as: UTF8.self).contains("L005"))
  }

  @Test func foldersAreToldOncePerChange() async throws {
    let yard = try Yard(schools: [Fixture.laestab, "3436900"])
    let files = TroubledFiles()
    let station = try await yard.station(files: files)
    try yard.drop("b.csv", export, laestab: "3436900")
    files.problems.withLock { $0["\(Fixture.laestab)/exports"] = FileProblem(.missing) }
    try await yard.run(station)
    try await yard.run(station)
    // The other school's export was taken in all the same.
    #expect(try await yard.exports().map(\.school.rawValue) == ["3436900"])
    let missing = FileProblem(.missing).description
    #expect(yard.told.filter { $0 == .folderUnavailable(missing) }.count == 1)
    files.problems.withLock { $0["\(Fixture.laestab)/exports"] = FileProblem(number: EACCES) }
    yard.forgetEvents()
    try await yard.run(station)
    try await yard.run(station)
    #expect(yard.told == [.folderUnavailable(FileProblem(.notPermitted).description)])
    files.problems.withLock { $0 = [:] }
    yard.forgetEvents()
    try yard.drop("a.csv", export)
    try await yard.run(station)
    #expect(yard.told.first == .folderBack)
    #expect(try await yard.exports().count == 2)
  }

  @Test func realMissingFolderComesBack() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    let path = "\(yard.folder.path)/\(Fixture.laestab)/exports"
    rmdir(path)
    try await yard.run(station)
    #expect(yard.told == [.folderUnavailable(FileProblem(.missing).description)])
    try yard.folder.makeFolder("\(Fixture.laestab)/exports")
    try yard.drop("a.csv", export)
    try await yard.run(station)
    #expect(try await yard.exports().count == 1)
  }

  @Test func permissionDeniedThenGranted() async throws {
    let yard = try Yard()
    let files = TroubledFiles()
    let station = try await yard.station(files: files)
    try yard.drop("a.csv", export)
    try yard.drop("b.csv", Fixture.export([Fixture.row(3)]))
    files.problems.withLock { $0["a.csv"] = FileProblem(number: EACCES) }
    try await yard.run(station)
    try await yard.run(station)
    #expect(yard.told.filter { $0 == .fileUnavailable(FileProblem(.notPermitted).description) }.count == 1)
    #expect(try await yard.exports().map(\.rowsRead) == [1])
    files.problems.withLock { $0 = [:] }
    try await yard.run(station)
    #expect(yard.told.contains(.fileBack))
    #expect(try await yard.exports().map(\.rowsRead) == [1, 4])
  }

  @Test func namesThatAreNotUTF8AreToldOncePerChange() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    let exports = "\(Fixture.laestab)/exports/"
    let (first, second) = (Array(exports.utf8) + [0xEB, 0x2E], Array(exports.utf8) + [0xEA, 0x2E])
    #expect(yard.folder.write(named: first, String(decoding: export, as: UTF8.self)))
    // What systems leave behind is passed over, whatever its name.
    #expect(yard.folder.write(named: Array("\(exports).~lock.".utf8) + [0xEB], "x"))
    try yard.drop("b.csv", Fixture.export([Fixture.row(3)]))
    try await yard.run(station)
    try await yard.run(station)
    #expect(yard.told.filter { $0 == .namesNotText(1) }.count == 1)
    #expect(try await yard.exports().map(\.rowsRead) == [1])
    yard.forgetEvents()
    #expect(yard.folder.write(named: second, "x"))
    try await yard.run(station)
    try await yard.run(station)
    #expect(yard.told == [.namesNotText(2)])
    yard.forgetEvents()
    #expect(yard.folder.rename(named: first, to: exports + "c.csv"))
    #expect(yard.folder.rename(named: second, to: exports + "d.part"))
    try await yard.run(station)
    #expect(yard.told.first == .namesMended)
    #expect(try await yard.exports().map(\.rowsRead) == [1, 4])
  }

  @Test func personsFileOnTheDeskIsKept() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.csv", export)
    try await yard.run(station)
    let mine = Array("what the data manager wrote".utf8)
    try yard.folder.write("\(Fixture.laestab)/desk/out/a.checked.csv", mine)
    let second = Fixture.export([Fixture.row(3, ["UPN": ""])])
    try yard.drop("a.csv", second)
    try await yard.run(station)
    #expect(yard.outBytes("a.checked.csv") == mine)
    #expect(yard.out() == ["a.checked (2).csv", "a.checked.csv", "a.findings.csv", "a.summary.html"])
    #expect(yard.told.contains(.keptBeside))
    let files = try await yard.deskFiles(named: "a.csv", second, as: 2)
    #expect(yard.outBytes("a.findings.csv") == files[0].bytes)
    #expect(yard.outBytes("a.checked (2).csv") == files[1].bytes)
    // The next one replaces what is ours and still leaves the person's.
    let third = Fixture.export([Fixture.row(4)])
    try yard.drop("a.csv", third)
    try await yard.run(station)
    #expect(yard.outBytes("a.checked.csv") == mine)
    #expect(
      yard.outBytes("a.checked (2).csv") == Fixture.examine(third).deskFiles(named: "a.csv", export: third)[1].bytes)
    #expect(yard.out().count == 4)
  }

  @Test func deskThatCannotBeWrittenIsTriedAgain() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.folder.write("\(Fixture.laestab)/desk/out", "in the way")
    try yard.drop("a.csv", export)
    try await yard.run(station)
    try await yard.run(station)
    #expect(yard.told.filter { $0 == .deskUnavailable(FileProblem(.notAFolder).description) }.count == 1)
    #expect(try await yard.exports().map(\.state) == [.read])
    #expect(try await yard.exports().first?.handedBackAt == nil)
    unlink("\(yard.folder.path)/\(Fixture.laestab)/desk/out")
    try await yard.run(station)
    #expect(yard.told.contains(.deskBack))
    #expect(yard.out().count == 3)
    #expect(try await yard.exports().first?.handedBackAt != nil)
  }

  @Test func newConfigurationIsTakenFromTheNextPass() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    var configuration = yard.configuration
    configuration.settle = .seconds(30)
    await station.replace(configuration: configuration)
    try yard.drop("a.csv", export)
    #expect(try await station.pass().next == .seconds(1030))
    configuration.schools = []
    await station.replace(configuration: configuration)
    yard.clock.advance(by: .seconds(40))
    try await yard.settle(station)
    #expect(try await yard.exports().isEmpty)
  }

  @Test func badExportOfOneSchoolStopsNobody() async throws {
    let yard = try Yard(schools: [Fixture.laestab, "3436900"])
    let station = try await yard.station()
    try yard.drop("bad.csv", Array("a,b\n1,2\n".utf8))
    try yard.drop("good.csv", export)
    try yard.drop("c.csv", export, laestab: "3436900")
    try await yard.run(station)
    let exports = try await yard.exports()
    #expect(exports.filter { $0.state == .read }.count == 2)
    #expect(exports.compactMap(\.unreadable?.code.rawValue) == ["L006"])
    #expect(yard.told.contains(.unreadable(FindingCode(rawValue: "L006"))))
  }

  @Test func schoolThatTheLedgerDoesNotKnowStopsNoOther() async throws {
    let yard = try Yard(schools: ["3436900", Fixture.laestab])
    _ = try await yard.ledger(registering: false)
    let station = try await yard.station()
    try yard.drop("a.csv", export, laestab: "3436900")
    try yard.drop("b.csv", export)
    try await yard.run(station)
    try await yard.run(station)
    #expect(try await yard.exports().map(\.school.rawValue) == ["3436900"])
    let postponed = yard.told.filter { if case .postponed = $0 { true } else { false } }
    #expect(postponed.count == 1)
    let ledger = try await yard.ledger()
    try await ledger.register(schools: yard.configuration.schools.map { ($0.id, $0.name, $0.controller) })
    try await yard.run(station)
    #expect(try await yard.exports().map(\.state) == [.read, .read])
  }

  @Test func missingObjectIsToldAndTriedAgain() async throws {
    let yard = try Yard()
    let objects = "\(yard.folder.path)/state/objects"
    let hidden = "\(yard.folder.path)/hidden"
    let station = try await yard.station(step: { step in if step == "I3" { rename(objects, hidden) } })
    try yard.drop("a.csv", export)
    try await yard.run(station)
    #expect(try await yard.exports().map(\.state) == [.stored])
    #expect(yard.told.count == 2)
    try await yard.run(station)
    #expect(yard.told.count == 2)
    rename(hidden, objects)
    try await yard.run(station)
    #expect(try await yard.exports().map(\.state) == [.read])
  }

  @Test func ledgerThatFailsEndsThePass() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.csv", export)
    try await yard.ledger().close()
    await #expect(throws: LedgerError.self) { try await station.pass() }
  }

  @Test func eventsHoldNoNames() {
    let kinds: [IntakeEvent.Kind] = [
      .folderUnavailable("x"), .folderBack, .fileUnavailable("x"), .fileBack, .changedWhileRead, .tooLarge(5), .stored,
      .repeated, .read(rows: 1, held: 0, errors: 0, warnings: 0), .unreadable(.noHeader), .handedBack(files: 2),
      .keptBeside,
      .deskUnavailable("x"), .deskBack, .postponed("x"), .namesNotText(1), .namesNotText(2), .namesMended,
      .deskAway("x"), .deskThere, .unmarked, .unfinished, .expired(files: 1),
    ]
    let school = SchoolID(rawValue: Fixture.laestab)
    for kind in kinds {
      let event = IntakeEvent(kind, school: school, export: ExportID(rawValue: 3))
      #expect(!event.text.isEmpty)
      #expect(event.subjects == ["school": Fixture.laestab, "export": "E3"])
    }
    #expect(kinds.filter { IntakeEvent($0, school: school).isAlarm }.count == 9)
    #expect(IntakeEvent(.stored, school: school).subjects == ["school": Fixture.laestab])
  }

  /// What a file is compared with is known only once the one before it was read.
  @Test(arguments: ["list.csv", "a-list.csv"]) func aListAndAnUnchangedExportAtOnce(_ name: String) async throws {
    let yard = try Yard(exportsAre: .partial)
    let station = try await yard.station()
    let system = Fixture.export([Fixture.row(0, ["Intended Destination": "111"])])
    try yard.drop("export.csv", system)
    try await yard.run(station)
    try yard.drop(
      name,
      Fixture.export(
        [Fixture.row(0, ["Intended Destination": "211"])], columns: Fixture.columns.filter { $0 != "UPN" }))
    try yard.drop("export.csv", system)
    try await yard.run(station)
    let exports = try await yard.exports()
    let ledger = try await yard.ledger()
    #expect(exports.count == 2, "the system says nothing new")
    let last = try #require(exports.last)
    #expect(try await ledger.returns.rows(of: last.id).map { $0.record[.intendedDestination] } == ["211"])
  }
}
