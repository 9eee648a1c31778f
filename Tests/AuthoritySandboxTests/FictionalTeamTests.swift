// The teams of the two authorities that do not exist: XML under a schema, and rows a characteristic with a trailer. Each
// takes a good file and refuses each kind of bad one, and says why.

import Leavers
import Tabular
import Testing

@testable import AuthoritySandbox

@Suite struct FictionalTeamTests {
  // MARK: Eastmarsh

  @Test func rowsOfAPupilBecomeOnePupilWithItsCharacteristics() throws {
    let outcome = try EastmarshFile().load()
    #expect(outcome.refusal == nil)
    #expect(outcome.rejections == [])
    #expect(outcome.rows == 4)
    #expect(outcome.loaded.map(\.characteristics) == [["110", "140"], [], []])
    #expect(outcome.loaded.map(\.upn) == [FictionalFiles.upn(1), FictionalFiles.upn(2), ""])
    #expect(outcome.loaded[0].forename == "Zo\u{EB}" && outcome.loaded[0].intention == "121")
    #expect(outcome.loaded[0].dateOfBirth == CalendarDate(year: 2010, month: 3, day: 1))
  }

  @Test(arguments: [(1, "rows 4"), (2, "pupils 3"), (3, "rows with UPN 3"), (4, "sum of ULN ")])
  func aTotalThatIsWrongRefusesTheFile(place: Int, found: String) throws {
    var file = EastmarshFile()
    for wrong in ["\((Int(file.trailer[place]) ?? 0) + 1)", "", "0\(file.trailer[place])"] {
      file.trailer[place] = wrong
      let outcome = try file.load()
      #expect(outcome.loaded.isEmpty && outcome.rows == 0)
      let why = "cell \(place + 1) of the trailer is not the total that we find: \(found)"
      #expect(outcome.refusal?.hasPrefix(why) == true, "\(outcome.refusal ?? "taken")")
    }
  }

  /// What a trailer is for: a row that is gone, come twice, or changed on its way does not pass.
  @Test func aRowThatIsGoneOrChangedRefusesTheFile() throws {
    var gone = EastmarshFile()
    gone.rows.remove(at: 2)
    #expect(try gone.load().refusal == "cell 2 of the trailer is not the total that we find: rows 3")
    var twice = EastmarshFile()
    twice.rows.append(twice.rows[0])
    #expect(try twice.load().refusal == "cell 2 of the trailer is not the total that we find: rows 5")
    var changed = EastmarshFile()
    changed.rows[2][3] = FictionalFiles.uln(5)
    #expect(try changed.load().refusal?.contains("sum of ULN") == true)
  }

  @Test func aHeadLineOfAnotherFileRefusesIt() throws {
    for (place, wrong, why) in [
      (0, "X", "is not H"), (1, "WESTMARSH", "is not EASTMARSH"), (2, "9904002", "another school's"),
      (3, "Y11-2025", "another cohort"), (4, "8", "another number"), (5, "2026-07-01", "is not a date as 31.01.2010"),
    ] {
      var file = EastmarshFile()
      file.head[place] = wrong
      let refusal = try #require(try file.load().refusal)
      #expect(refusal.hasPrefix("cell \(place + 1) of the head line ") && refusal.contains(why), "\(refusal)")
    }
  }

  @Test func missingLinesAndColumnsRefuseIt() throws {
    var file = EastmarshFile()
    file.headings.removeLast()
    file.rows = file.rows.map { $0.dropLast() }
    #expect(try file.load().refusal == "the header has 10 columns; 11 are expected")
    file = EastmarshFile()
    file.headings[4] = "Surname"
    #expect(try file.load().refusal == "header 5 is not Family name")
    file = EastmarshFile()
    file.trailer = file.rows[3]
    #expect(try file.load().refusal == "the trailer has 11 cells; 5 are expected")
    file = EastmarshFile()
    file.head = file.headings
    #expect(try file.load().refusal == "the head line has 11 cells; 6 are expected")
    file.rows = []
    #expect(try file.load().refusal == "the file has a header and no rows")
    let nothing = try FictionalFiles.load([0xFF, 0xFE], as: EastmarshFile.name, by: try FictionalFiles.teams()[1])
    #expect(nothing.refusal == "the file has no head line, headings and trailer")
  }

  @Test func onlyItsOwnEncodingIsTaken() throws {
    let file = EastmarshFile()
    func refusal(_ bytes: [UInt8]) throws -> String? {
      try FictionalFiles.load(bytes, as: EastmarshFile.name, by: try FictionalFiles.teams()[1]).refusal
    }
    #expect(try refusal(Array(file.text.utf8)) == "the byte order mark is missing")
    #expect(try refusal(Array(file.bytes.dropFirst(2))) == "the byte order mark is missing")
    #expect(try refusal(file.bytes.dropLast()) == "the text is not in the expected encoding")
    // Half of a pair of surrogates.
    #expect(try refusal(file.bytes + [0x00, 0xD8]) == "the text is not in the expected encoding")
    #expect(try refusal(file.bytes.dropLast(4))?.contains("the last row does not end") == true)
  }

  @Test func rowsOfAPupilMustSayTheSame() throws {
    var file = EastmarshFile()
    file.rows[1][9] = "111"
    var outcome = try file.load()
    #expect(outcome.rejections == [.init(row: 4, column: "Plan", why: "is another than in the pupil's first row")])
    #expect(outcome.rows == 3 && outcome.loaded[0].characteristics == ["110"])
    for same in ["110", ""] {
      file = EastmarshFile()
      file.rows[1][10] = same
      outcome = try file.load()
      #expect(
        outcome.rejections == [.init(row: 4, column: "Characteristic", why: "says nothing that no earlier row says")])
    }
    file = EastmarshFile()
    file.rows[1][10] = "999"
    outcome = try file.load()
    #expect(outcome.rejections == [.init(row: 4, column: "Characteristic", why: "is not a code that we know")])
    #expect(outcome.loaded.count == 3)
  }

  @Test func aClosedRecordIsNobodyToAskAbout() throws {
    var file = EastmarshFile()
    file.rows[2][1] = "C"
    #expect(try file.load().loaded.map(\.isClosed) == [false, true, false])
    let folder = try TemporaryFolder()
    let summary = try answered(file, in: folder)
    // Rows are taken; pupils, and a stranger, are asked about.
    #expect(summary.loaded == 4 && summary.isAcknowledged && summary.surveyed == 3 && summary.chased == 3)
    let stem = "9904001-EASTMARSH-INT-9904001-Y11-2026-0007.txt"
    let names = try FarFile.names(in: folder.path + "/out")
    #expect(names == ["EASTMARSH-ACK-\(stem)", "EASTMARSH-AS-\(stem)", "EASTMARSH-NK-\(stem)"])
    #expect(try acknowledgement(names[0], in: folder) == [EastmarshFile.name, "Balanced", "4", "0", ""])
  }

  @Test func aFileThatDoesNotBalanceIsAnsweredWithTheReason() throws {
    var file = EastmarshFile()
    file.trailer[1] = "5"
    let folder = try TemporaryFolder()
    let summary = try answered(file, in: folder)
    let why = "cell 2 of the trailer is not the total that we find: rows 4"
    #expect(summary.refusal == why && summary.loaded == nil && summary.surveyed == nil && summary.isAcknowledged)
    let name = "EASTMARSH-ACK-9904001-EASTMARSH-INT-9904001-Y11-2026-0007.txt"
    #expect(try FarFile.names(in: folder.path + "/out") == [name])
    #expect(try acknowledgement(name, in: folder) == [EastmarshFile.name, "Not balanced", "0", "0", why])
  }

  /// What the team's desk did about a file; its answers are in the folder's `out`.
  private func answered(_ file: EastmarshFile, in folder: TemporaryFolder) throws -> ArrivalSummary {
    let place = TrackingTeam.Place(
      authority: "eastmarsh", recipient: "eastmarsh", inbound: folder.path + "/in", outbound: folder.path + "/out")
    for path in [place.inbound, place.outbound] { try makeFolder(path) }
    try FarFile.save(file.bytes, at: place.inbound + "/" + EastmarshFile.name)
    var desk = try TeamDesk(
      places: [place], specifications: try FictionalFiles.teams(), journal: folder.path + "/journal.jsonl",
      manner: .init(survey: 1, chase: 1), now: { Timestamp(milliseconds: 1_782_475_200_000) })
    desk.lookThrough()
    #expect(desk.problems.isEmpty)
    return try #require(try JournalReader(path: folder.path + "/journal.jsonl").verdict().first)
  }

  private func acknowledgement(_ name: String, in folder: TemporaryFolder) throws -> [String] {
    let bytes = try #require(try FarFile.read(folder.path + "/out/" + name))
    return try TeamRecords.split(bytes, TeamForm(delimiter: "|")).get()[1]
  }

  // MARK: Northmere

  @Test func recordsAreReadByTheirPaths() throws {
    let outcome = try NorthmereFile.load()
    #expect(outcome.refusal == nil)
    #expect(outcome.rejections == [])
    #expect(outcome.rows == 2)
    #expect(outcome.loaded.map(\.surname) == ["Sampleton & Mock", "Sampleton"])
    #expect(outcome.loaded.map(\.upn) == [FictionalFiles.upn(1), ""])
    #expect(outcome.loaded.map(\.uln) == [FictionalFiles.uln(1), ""])
    #expect(outcome.loaded.map(\.intention) == ["121", ""])
    #expect(outcome.loaded.map(\.postcode) == ["NM1 1AA", "NM1 1AA"])
    #expect(outcome.loaded[1].dateOfBirth == CalendarDate(year: 2010, month: 3, day: 2))
  }

  /// What is changed in a good document, and how the refusal begins.
  @Test(arguments: [
    ("        <Born>2010-03-02</Born>\n", "", "the schema does not allow it: line 31, element Identity"),
    ("<Born>2010-03-02", "<Born>02/03/2010", "the schema does not allow it: line 34, element Born"),
    ("<Postcode>NM1 1AA", "<Postcode>nm1 1aa", "the schema does not allow it: line 20, element Postcode"),
    ("<Home>", "<Shoe>9</Shoe><Home>", "the schema does not allow it: line 19, element Shoe"),
    (
      " version=\"1\"", "",
      "the schema does not allow it: line 2, element IntendedDestinations: an attribute is missing"
    ),
    ("returns:1\"", "returns:2\"", "the root is not IntendedDestinations of urn:example:northmere:returns:1"),
    ("IntendedDestinations", "EarlyLeavers", "the root is not IntendedDestinations"),
    ("</Leavers>\n</IntendedDestinations>", "", "the document cannot be read"),
    ("<IntendedDestinations ", "<!DOCTYPE x []><IntendedDestinations ", "the document cannot be read"),
    ("<Records>2<", "<Records>3<", "Header/Records is not the total that we find: rows 2"),
    ("<School>9904001<", "<School>9904002<", "Header/School is another school's than in the file's name"),
    ("<Cohort>Y11-2026<", "<Cohort>Y11-2025<", "Header/Cohort is another cohort than in the file's name"),
    ("<Sequence>7<", "<Sequence>8<", "Header/Sequence is another number than in the file's name"),
  ])
  func aDocumentThatIsWrongIsRefusedWithAReason(change: (old: String, new: String, why: String)) throws {
    let text = NorthmereFile.text.replacing(change.old, with: change.new)
    #expect(text != NorthmereFile.text)
    let outcome = try NorthmereFile.load(text)
    #expect(outcome.refusal?.hasPrefix(change.why) == true, "\(outcome.refusal ?? "taken")")
    #expect(outcome.loaded.isEmpty && outcome.rows == 0)
    for value in ["Sampleton", "nm1 1aa", "2010"] { #expect(outcome.refusal?.contains(value) == false) }
  }

  /// What the schema cannot know is refused record by record.
  @Test func aRecordThatIsWrongIsRefusedAlone() throws {
    let upn = FictionalFiles.upn(1)
    let outcome = try NorthmereFile.load(NorthmereFile.text.replacing(upn, with: SyntheticUPN.spoiled(upn)))
    #expect(outcome.refusal == nil && outcome.rows == 1)
    #expect(
      outcome.rejections == [
        .init(row: 1, column: "Identity/UPN", why: "is not a UPN with the right check letter")
      ])
    let plan = try NorthmereFile.load(NorthmereFile.text.replacing("plan=\"121\"", with: "plan=\"410\""))
    #expect(plan.rejections.map(\.column) == ["Destination/@plan"])
  }

  @Test func aSchemaThatIsNoneIsAnError() {
    #expect(throws: XMLSchemaCheck.Failure.self) { _ = try TeamSpecification.fictional(schema: Array("<a/>".utf8)) }
  }

  // MARK: In step with the profiles

  /// As `headersAreThoseOfTheExampleProfiles`: a column is found in the profile, in the same order, by its path where it
  /// has one.
  @Test func columnsAreThoseOfTheFictionalProfiles() throws {
    for team in try FictionalFiles.teams() {
      let text = try readText(FictionalFiles.root + "/config/fictional/authorities/" + team.authority + ".yaml")
      let lines = text.split(separator: "\n").map(String.init)
      for specification in team.returns {
        let start = try #require(lines.firstIndex { $0 == "  \(specification.kind):" })
        let section = lines[(start + 1)...].prefix { $0.hasPrefix("    ") }
        let columns = section.filter { $0.hasPrefix("      - {name: ") }.map { line -> String in
          let key = line.contains("element: ") ? "element: " : "name: "
          let value = line.split(separator: key, maxSplits: 1).last ?? ""
          return String(value.prefix { $0 != "," }.filter { $0 != "\"" })
        }
        #expect(columns == specification.columns.map(\.header), "\(team.authority) \(specification.kind)")
      }
      let replies = lines[(try #require(lines.firstIndex(of: "replies:")))...].joined(separator: "\n")
      let headers =
        (team.acknowledgement?.columns.map(\.header) ?? []) + (team.survey?.columns.map(\.header) ?? [])
        + (team.unknownRequest?.columns.map(\.header) ?? [])
      for name in headers { #expect(replies.contains("\(name): "), "\(name)") }
      let word = try #require(team.acknowledgement).accepted.lowercased()
      #expect(replies.contains("accepted: [\(word)]"))
    }
  }
}
