// The tracking team's work on files as they come: journal, acknowledgements, surveys, hand-over packs, restarts.

import Glibc
import Leavers
import Tabular
import Testing

@testable import AuthoritySandbox

@Suite struct TeamDeskTests {
  let folder: TemporaryFolder
  let now = Timestamp(milliseconds: 1_782_475_200_000)

  init() throws { folder = try TemporaryFolder() }

  private var journal: String { folder.path + "/journal.jsonl" }

  private func place(_ team: TeamSpecification, desk: String? = nil) throws -> TrackingTeam.Place {
    let place = TrackingTeam.Place(
      authority: team.authority, recipient: team.recipient, inbound: folder.path + "/in-" + team.authority,
      outbound: folder.path + "/out-" + team.authority, desk: desk)
    try makeFolder(place.inbound)
    try makeFolder(place.outbound)
    return place
  }

  private func desk(
    _ places: [TrackingTeam.Place], survey: Double = 0, chase: Double = 0
  ) throws -> TeamDesk {
    let instant = now
    return try TeamDesk(
      places: places, specifications: TeamSpecification.all, journal: journal,
      manner: .init(survey: survey, chase: chase), now: { instant })
  }

  private func events() throws -> [String] {
    try JournalReader(path: journal).entries.map { "\($0.event.rawValue) \($0.name)" }
  }

  /// The rows of a file that the team sent, header first.
  private func sent(_ place: TrackingTeam.Place, _ name: String, _ form: TeamForm) throws -> [[String]] {
    try TeamRecords.split(try #require(try FarFile.read(place.outbound + "/" + name)), form).get()
  }

  @Test func aGoodReturnIsJournalledLoadedAndAcknowledged() throws {
    for fixture in TeamFixture.all where fixture.specification.kind == "intended-destinations" {
      let place = try place(fixture.team, desk: fixture.team.authority == "knowsley" ? "3414787" : nil)
      var desk = try desk([place])
      try FarFile.save(try fixture.bytes(), at: place.inbound + "/" + fixture.name)
      desk.look(folder: place.inbound, name: fixture.name)
      #expect(desk.problems.isEmpty)
      let summary = try #require(
        try JournalReader(path: journal).verdict().first { $0.authority == fixture.team.authority })
      #expect(summary.isExactlyOnce)
      #expect(summary.sha256 == [FarFile.sha256(try fixture.bytes())])
      #expect(summary.loaded == 5)
      #expect(summary.refusal == nil)
      #expect(summary.surveyed == nil)
      guard let format = fixture.team.acknowledgement else {
        #expect(!summary.isAcknowledged)
        #expect(try FarFile.names(in: place.outbound).isEmpty)
        continue
      }
      #expect(summary.isAcknowledged)
      let names = try FarFile.names(in: place.outbound)
      #expect(names.count == 1)
      #expect(names[0].hasPrefix(format.nameBeginning.replacing("{laestab}", with: "3414787")))
      let rows = try sent(place, names[0], format.form)
      #expect(rows[0] == format.columns.map(\.header))
      let facts = Dictionary(
        uniqueKeysWithValues: zip(format.columns.map { "\($0.fact)" }, rows[1]))
      #expect(facts["returnFile"] == fixture.name)
      #expect(facts["verdict"] == format.accepted)
      #expect(facts["loaded"] == "5")
      #expect(facts["rejected"] == "0")
    }
  }

  @Test func rejectedRowsAndFilesAreAcknowledgedAsSuch() throws {
    let place = try place(.liverpool)
    var desk = try desk([place])
    let good = TeamFixture(.liverpool, TeamSpecification.liverpool.returns[0])
    var someBad = good
    someBad.rows[1][4] = "2010-01-31"
    try FarFile.save(try someBad.bytes(), at: place.inbound + "/" + good.name)
    desk.look(folder: place.inbound, name: good.name)
    var second = TeamFixture(.liverpool, TeamSpecification.liverpool.returns[0], sequence: 2)
    second.rows[0][0] = "UPN"
    try FarFile.save(try second.bytes(), at: place.inbound + "/" + second.name)
    desk.look(folder: place.inbound, name: second.name)

    let verdict = try JournalReader(path: journal).verdict()
    #expect(verdict.map(\.loaded) == [4, nil])
    #expect(verdict.map(\.rejectedRows) == [1, 0])
    #expect(verdict[1].refusal == "header 1 is not Unique Pupil Number")
    let acknowledgements = try FarFile.names(in: place.outbound).map { try sent(place, $0, TeamForm())[1] }
    #expect(acknowledgements[0][1...3] == ["Accepted", "4", "1"])
    #expect(acknowledgements[0][4] == "row 2: Date of Birth is not a date as 31/01/2010")
    #expect(acknowledgements[1][1...3] == ["Rejected", "0", "0"])
    #expect(acknowledgements[1][4] == "header 1 is not Unique Pupil Number")
  }

  @Test func aNameThatIsNobodysIsRejected() throws {
    let place = try place(.sefton)
    var desk = try desk([place])
    try FarFile.save([1], at: place.inbound + "/3436900 leavers.xlsx")
    try FarFile.save([1], at: place.inbound + "/leavers.xlsx")
    desk.lookThrough()
    let verdict = try JournalReader(path: journal).verdict()
    #expect(verdict.map(\.refusal) == ["no file of ours has such a name", "no file of ours has such a name"])
    // Answered where the name says whom to answer.
    #expect(verdict.map(\.isAcknowledged) == [true, false])
    #expect(try FarFile.names(in: place.outbound) == ["SEF-ACK-3436900-3436900 leavers.csv"])
  }

  // MARK: arrivals

  @Test func temporaryNamesComeAndGo() throws {
    let place = try place(.wirral)
    var desk = try desk([place])
    let fixture = TeamFixture(.wirral, TeamSpecification.wirral.returns[0])
    try FarFile.save([1, 2, 3], at: place.inbound + "/.a1b2c3-R1.1.part")
    desk.look(folder: place.inbound, name: ".a1b2c3-R1.1.part")
    #expect(try JournalReader(path: journal).temporariesLeft() == [place.inbound + "/.a1b2c3-R1.1.part"])
    try FarFile.save(try fixture.bytes(), at: place.inbound + "/.a1b2c3-R1.1.part")
    #expect(rename(place.inbound + "/.a1b2c3-R1.1.part", place.inbound + "/" + fixture.name) == 0)
    desk.look(folder: place.inbound, name: ".a1b2c3-R1.1.part")
    desk.look(folder: place.inbound, name: fixture.name)
    desk.look(folder: place.inbound, name: ".quick.part")
    #expect(
      try events() == [
        "arrived .a1b2c3-R1.1.part", "removed .a1b2c3-R1.1.part", "arrived \(fixture.name)", "loaded \(fixture.name)",
        "acknowledged \(fixture.name)", "arrived .quick.part", "removed .quick.part",
      ])
    let reader = try JournalReader(path: journal)
    #expect(reader.temporariesLeft().isEmpty)
    #expect(reader.verdict().count == 1)
    #expect(reader.entries[0].temporary && reader.entries[0].size == 3 && reader.entries[0].sha256 == nil)
  }

  @Test func lookingAgainTellsNothingNew() throws {
    let place = try place(.liverpool)
    var desk = try desk([place], survey: 1)
    let fixture = TeamFixture(.liverpool, TeamSpecification.liverpool.returns[0])
    try FarFile.save(try fixture.bytes(), at: place.inbound + "/" + fixture.name)
    for _ in 0..<3 { desk.look(folder: place.inbound, name: fixture.name) }
    desk.lookThrough()
    #expect(try events().map { $0.prefix(7) } == ["arrived", "loaded ", "acknowl", "surveye"])
  }

  @Test func aChangedFileIsJournalledAsReplacedAndNotLoaded() throws {
    let place = try place(.liverpool)
    var desk = try desk([place])
    let fixture = TeamFixture(.liverpool, TeamSpecification.liverpool.returns[0])
    let path = place.inbound + "/" + fixture.name
    try FarFile.save(try fixture.bytes(), at: path)
    desk.look(folder: place.inbound, name: fixture.name)
    let more = TeamFixture(.liverpool, TeamSpecification.liverpool.returns[0], pupils: 9)
    try FarFile.place(try more.bytes(), at: path)
    desk.look(folder: place.inbound, name: fixture.name)
    let summary = try #require(try JournalReader(path: journal).verdict().first)
    #expect(!summary.isExactlyOnce)
    #expect(summary.arrivals == 2)
    #expect(summary.sha256.count == 2)
    #expect(summary.loaded == 5)
    #expect(try events().map { $0.prefix(4) } == ["arri", "load", "ackn", "repl"])
  }

  @Test func theSameBytesTwiceAreNoticedToo() throws {
    let place = try place(.liverpool)
    var desk = try desk([place])
    let fixture = TeamFixture(.liverpool, TeamSpecification.liverpool.returns[0])
    let path = place.inbound + "/" + fixture.name
    try FarFile.save(try fixture.bytes(), at: path)
    desk.look(folder: place.inbound, name: fixture.name)
    try FarFile.place(try fixture.bytes(), at: path)
    desk.look(folder: place.inbound, name: fixture.name)
    let summary = try #require(try JournalReader(path: journal).verdict().first)
    #expect(summary.arrivals == 2)
    #expect(summary.sha256.count == 1)
    #expect(!summary.isExactlyOnce)
  }

  @Test func removedAndPutBackIsNotOnce() throws {
    let place = try place(.halton)
    var desk = try desk([place])
    let fixture = TeamFixture(.halton, TeamSpecification.halton.returns[0])
    let path = place.inbound + "/" + fixture.name
    try FarFile.save(try fixture.bytes(), at: path)
    desk.look(folder: place.inbound, name: fixture.name)
    unlink(path)
    desk.lookThrough()
    desk.lookThrough()
    try FarFile.save(try fixture.bytes(), at: path)
    desk.look(folder: place.inbound, name: fixture.name)
    #expect(try events().map { $0.prefix(4) } == ["arri", "load", "remo", "repl"])
    let summary = try #require(try JournalReader(path: journal).verdict().first)
    #expect(!summary.isExactlyOnce && summary.removals == 1 && summary.arrivals == 2)
  }

  // MARK: restarts

  @Test func aRestartGoesOnFromTheJournal() throws {
    let place = try place(.sefton)
    let fixture = TeamFixture(.sefton, TeamSpecification.sefton.returns[0])
    let other = TeamFixture(.sefton, TeamSpecification.sefton.returns[0], sequence: 2)
    do {
      var desk = try desk([place], survey: 1, chase: 1)
      try FarFile.save(try fixture.bytes(), at: place.inbound + "/" + fixture.name)
      desk.lookThrough()
    }
    let before = try events()
    try FarFile.save(try other.bytes(), at: place.inbound + "/" + other.name)
    var desk = try desk([place], survey: 1, chase: 1)
    desk.lookThrough()
    #expect(Array(try events().prefix(before.count)) == before)
    let verdict = try JournalReader(path: journal).verdict()
    #expect(verdict.map(\.isExactlyOnce) == [true, true])
    #expect(verdict.map(\.surveyed) == [6, 6])
    #expect(try FarFile.names(in: place.outbound).count == 6)
  }

  @Test func whatACrashLeftUndoneIsDone() throws {
    let place = try place(.sefton)
    let fixture = TeamFixture(.sefton, TeamSpecification.sefton.returns[0])
    try FarFile.save(try fixture.bytes(), at: place.inbound + "/" + fixture.name)
    do {
      var desk = try desk([place])
      desk.lookThrough()
    }
    // As if it had been killed after each of its journal's lines, and while it wrote the last.
    let whole = try #require(try FarFile.read(journal))
    let ends = whole.indices.filter { whole[$0] == 10 }.map { $0 + 1 }
    for cut in ends.dropLast() + [ends[0] + 20, 30] {
      try FarFile.save(Array(whole.prefix(cut)), at: journal)
      var desk = try desk([place])
      desk.lookThrough()
      #expect(try events().map { $0.prefix(4) } == ["arri", "load", "ackn"], "cut at \(cut)")
      #expect(desk.problems.isEmpty)
    }
  }

  @Test func oneWriterOnly() throws {
    let place = try place(.sefton)
    let first = try desk([place])
    let error = #expect(throws: SandboxError.self) { _ = try desk([place]) }
    #expect(error?.message.contains("written by another process") == true)
    _ = first
  }

  @Test func aDamagedJournalIsAnError() throws {
    try FarFile.save(Array("{\"at\":1}\n".utf8), at: journal)
    #expect(throws: SandboxError.self) { try JournalReader(path: journal) }
    #expect(try JournalReader(path: folder.path + "/none").entries.isEmpty)
  }

  @Test func troublesAreToldAndNotFatal() throws {
    var desk = try desk([
      TrackingTeam.Place(
        authority: "sefton", recipient: "career-connect", inbound: folder.path + "/nowhere",
        outbound: folder.path + "/nowhere")
    ])
    desk.lookThrough()
    #expect(desk.problems.count == 1)
    #expect(desk.problems[0].contains("cannot list"))
  }

  // MARK: survey and chase

  @Test func theShareIsDeterministicAndAboutRight() throws {
    for team in TeamSpecification.all {
      let specification = team.returns[0]
      let pupils = try TeamFixture(team, specification, pupils: 1000).load().loaded
      let replies = TeamReplies(specification: team, laestab: "3414787", name: "x.csv")
      func rows(_ share: Double) -> [Int] { replies.chosen(from: pupils, share: share, salt: "survey").map(\.row) }
      #expect(rows(0).isEmpty)
      #expect(rows(1).count == 1000)
      #expect((200...300).contains(rows(0.25).count))
      #expect(Set(rows(0.25)).isSubset(of: rows(0.5)))
      // Of the person and not of the place in the file.
      let shuffled = replies.chosen(from: pupils.reversed(), share: 0.25, salt: "survey").map(\.row)
      #expect(Set(shuffled) == Set(rows(0.25)))
      #expect(replies.chosen(from: pupils, share: 0.25, salt: "chase").map(\.row) != rows(0.25))
    }
  }

  @Test func surveysAndRequestsAreWrittenOnceAReturn() throws {
    for fixture in TeamFixture.all where fixture.specification.kind == "intended-destinations" {
      let team = fixture.team
      let place = try place(team, desk: team.authority == "knowsley" ? "3414787" : nil)
      var desk = try desk([place], survey: 0.5, chase: 0.3)
      let many = TeamFixture(team, fixture.specification, pupils: 100)
      try FarFile.save(try many.bytes(), at: place.inbound + "/" + many.name)
      desk.look(folder: place.inbound, name: many.name)
      let summary = try #require(try JournalReader(path: journal).verdict().first { $0.authority == team.authority })
      let survey = try #require(team.survey)
      let names = try FarFile.names(in: place.outbound)
      let beginning = survey.nameBeginning.replacing("{laestab}", with: "3414787")
      let name = try #require(names.first { $0.hasPrefix(beginning) })
      let rows = try sent(place, name, survey.form)
      #expect(rows[0] == survey.columns.map(\.header))
      #expect(rows.count - 1 == summary.surveyed)
      #expect((30...72).contains(rows.count))
      // Every UPN is one of the return's, but for the last, whom nobody knows.
      let sentUPNs = Set(many.rows.dropFirst().map { $0[many.column { $0.role == .upn } ?? 0] })
      let upn = try #require(survey.columns.firstIndex { "\($0.fact)" == "upn" })
      #expect(rows.dropFirst().dropLast().allSatisfy { sentUPNs.contains($0[upn]) })
      let stranger = try #require(rows.last)[upn]
      #expect(!sentUPNs.contains(stranger) && SyntheticUPN.isValid(stranger))
      let activity = try #require(survey.columns.firstIndex { "\($0.fact)" == "activity" })
      #expect(rows.dropFirst().allSatisfy { TeamCodes.activity.contains($0[activity]) })

      let request = try #require(team.unknownRequest)
      let asked = try #require(
        names.first { $0.hasPrefix(request.nameBeginning.replacing("{laestab}", with: "3414787")) })
      let chased = try sent(place, asked, request.form)
      #expect(chased.count - 1 == summary.chased)
      let due = try #require(request.columns.firstIndex { "\($0.fact)".hasPrefix("due") })
      #expect(chased[1][due].contains("2026") && chased[1][due] == chased.last?[due])
    }
  }

  @Test func onlyIntendedDestinationsAreSurveyed() throws {
    let place = try place(.sefton)
    var desk = try desk([place], survey: 1, chase: 1)
    let fixture = TeamFixture(.sefton, TeamSpecification.sefton.returns[1])
    try FarFile.save(try fixture.bytes(), at: place.inbound + "/" + fixture.name)
    desk.lookThrough()
    #expect(try events().map { $0.prefix(4) } == ["arri", "load", "ackn"])
  }

  // MARK: hand-over packs

  @Test(arguments: [true, false])
  func theCoverSheetsHashIsCompared(sheetFirst: Bool) throws {
    let place = try place(.knowsley, desk: "3414787")
    var desk = try desk([place])
    let fixture = TeamFixture(.knowsley, TeamSpecification.knowsley.returns[0])
    let bytes = try fixture.bytes()
    func sheet(_ hash: String) -> [UInt8] {
      Array("leaverlink hand-over pack R1\nFile:         \(fixture.name)\nSHA-256:      \(hash)\n".utf8)
    }
    func put(_ bytes: [UInt8], _ name: String) throws {
      try FarFile.save(bytes, at: place.inbound + "/" + name)
      desk.look(folder: place.inbound, name: name)
    }
    if sheetFirst { try put(sheet(FarFile.sha256(bytes)), "R1 cover.txt") }
    try put(bytes, fixture.name)
    if !sheetFirst { try put(sheet(String(repeating: "0", count: 64)), "R1 cover.txt") }
    desk.lookThrough()
    let checks = try JournalReader(path: journal).entries.filter { $0.event == .coverChecked }
    #expect(checks.map(\.detail) == [sheetFirst ? "matches" : "differs"])
    #expect(checks.map(\.name) == ["R1 cover.txt"])
    #expect(try JournalReader(path: journal).verdict().map(\.name) == [fixture.name])
    // A sheet that is made anew is compared anew.
    try put(sheet(FarFile.sha256(bytes)) + [10], "R1 cover.txt")
    #expect(try JournalReader(path: journal).entries.last?.detail == "matches")
    // The sheet itself is no return: neither loaded nor answered.
    #expect(try FarFile.names(in: place.outbound) == ["Knowsley receipt 3414787 Knowsley 3414787 Y11-2026 0001.csv"])
    #expect(desk.problems.isEmpty)
  }

  @Test func pupilsPrintRedacted() throws {
    let pupil = try #require(try TeamFixture.all[0].load().loaded.first)
    #expect("\(pupil)" == "TeamPupil(redacted)")
    #expect(!String(reflecting: pupil).contains("Sampleton"))
  }
}
