// Synthetic exports: the same request the same bytes, and in the file exactly what the manifest says.

import Leavers
import Tabular
import Testing

@testable import AuthoritySandbox

@Suite struct SampleExportTests {
  /// The records of a sample as cells, read with the far side's strict reader and not with the product's.
  static func records(_ sample: SampleExport) throws -> [[String]] {
    let layout = sample.manifest.layout
    let form = TeamForm(
      encoding: layout == .sims ? .windows1252 : .utf8, byteOrderMark: layout == .arbor, crlf: layout != .census)
    return try TeamRecords.split(sample.bytes, form).get()
  }

  static func place(of column: SampleLayout.Column, in layout: SampleLayout) throws -> Int {
    try #require(layout.columns.firstIndex { $0.column == column })
  }

  @Test(arguments: SampleLayout.allCases)
  func sameRequestSameBytes(layout: SampleLayout) {
    let request = SampleExport.Request(leavers: 120, seed: 7, layout: layout)
    #expect(SampleExport(request).bytes == SampleExport(request).bytes)
    var other = request
    other.seed = 8
    #expect(SampleExport(other).bytes != SampleExport(request).bytes)
    other = request
    other.laestab = "3436900"
    #expect(SampleExport(other).bytes != SampleExport(request).bytes)
  }

  /// Guards the promise over versions of the standard library too: these bytes are what seed 1 has always given.
  @Test func seedOneStaysSeedOne() {
    var random = SplitMix64(seed: 1)
    #expect(random.next() == 0x910A_2DEC_8902_5CC1)
    #expect(random.below(10) == 7)
  }

  @Test func headersOfTheLayouts() throws {
    func header(_ layout: SampleLayout) throws -> [String] {
      try Self.records(SampleExport(.init(leavers: 1, seed: 1, layout: layout)))[0]
    }
    let sims = try header(.sims)
    #expect(
      sims.prefix(17) == [
        "Admission No", "UPN", "Legal Surname", "Legal Forename", "Middle Names", "Preferred Name", "Date of Birth",
        "Gender", "Year Group", "Reg Group", "Enrolment Status", "SEN Status", "Pupil Premium", "EAL", "Looked After",
        "School", "Site",
      ])
    #expect(sims.suffix(3) == ["", "", ""])
    #expect(
      try header(.arbor).prefix(8) == [
        "Admission Number", "Legal Surname", "Legal Forename", "Year Group", "Class", "PP", "ELK", "SEN",
      ])
    #expect(try header(.census).contains("UniqueLearnerNumber"))
    for layout in SampleLayout.allCases { #expect(Set(try header(layout)).isSuperset(of: ["UPN", "YSSA", "Course"])) }
  }

  @Test func bytesOfTheLayouts() {
    func bytes(_ layout: SampleLayout) -> [UInt8] {
      SampleExport(.init(leavers: 60, seed: 3, layout: layout)).bytes
    }
    #expect(bytes(.arbor).starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(!bytes(.census).contains(13))
    #expect(bytes(.sims).contains(0x92))
    #expect(String(validating: bytes(.sims), as: UTF8.self) == nil)
    #expect(String(validating: bytes(.census), as: UTF8.self) != nil)
  }

  @Test(arguments: SampleLayout.allCases)
  func countsAgreeWithTheFile(layout: SampleLayout) throws {
    let sample = SampleExport(.init(leavers: 1000, seed: 42, layout: layout))
    let rows = try Self.records(sample).dropFirst()
    let counts = sample.manifest.counts
    #expect(rows.count == sample.manifest.rows.count)
    #expect(sample.manifest.pupils == 1000)
    #expect(rows.count == 1000 + counts[.identicalRepeat, default: 0] + counts[.contradictoryRepeat, default: 0])
    for kind in SampleDirt.allCases where kind.perThousand != nil { #expect(counts[kind] == kind.rows(of: 1000)) }

    func cells(_ column: SampleLayout.Column) throws -> [String] {
      let place = try Self.place(of: column, in: layout)
      return rows.map { $0[place] }
    }
    func count(_ column: SampleLayout.Column, where test: (String) -> Bool) throws -> Int {
      try cells(column).filter(test).count
    }
    func flaw(_ text: String) -> UPN.Flaw? {
      do throws(UPN.Flaw) {
        _ = try UPN(text)
        return nil
      } catch { return error }
    }
    #expect(try count(.upn) { $0 != $0.uppercased() } == counts[.lowerCaseUPN])
    #expect(try count(.upn) { $0.hasSuffix(" ") } == counts[.trailingSpace])
    #expect(try count(.surname) { $0.hasSuffix(" ") } == counts[.trailingSpace])
    #expect(try count(.upn) { flaw($0) == .wrongCheckLetter } == counts[.wrongCheckLetter])
    #expect(try count(.upn) { flaw($0) != nil } == counts[.wrongCheckLetter])
    #expect(try count(.uln) { $0.count == 9 } == counts[.ulnLostDigit])
    #expect(try count(.uln) { $0.hasSuffix("E+09") } == counts[.ulnScientific])
    #expect(
      try count(.uln) { !$0.isEmpty && (try? ULN($0)) == nil }
        == counts[.ulnLostDigit, default: 0] + counts[.ulnScientific, default: 0])
    #expect(try count(.dateOfBirth) { $0.count == 5 } == counts[.excelSerialDate])
    #expect(try count(.dateOfBirth) { $0.hasSuffix(" 00:00:00") } == counts[.isoWithTime])
    #expect(try count(.dateOfBirth) { $0.isEmpty } == counts[.missingDateOfBirth])
    #expect(try count(.surname) { $0.contains("\u{A0}") } == counts[.noBreakSpace])
    #expect(try count(.surname) { $0.contains("\u{2019}") } == counts[.curlyApostrophe])
    #expect(try count(.addressLine1) { $0.contains("\n") } == counts[.newlineInAddress])
    #expect(try count(.postcode) { $0 == "ZZ99 9ZZ" } == counts[.placeholderPostcode])
    #expect(try count(.startDate) { $0 == "#VALUE!" } == counts[.spreadsheetError])
    #expect(try count(.sharing) { $0.isEmpty } == counts[.blankSharing])

    // A repeat is the same row; a contradictory one differs.
    for row in sample.manifest.rows {
      guard let first = row.repeatOf else { continue }
      let same = rows[rows.startIndex + first - 2] == rows[rows.startIndex + row.number - 2]
      #expect(same == (row.dirt == .identicalRepeat))
    }
  }

  @Test(arguments: SampleLayout.allCases)
  func everyKindOfPupilIsThere(layout: SampleLayout) throws {
    let manifest = SampleExport(.init(leavers: 240, seed: 11, layout: layout)).manifest
    #expect(Set(manifest.homes.keys).isSuperset(of: ["340", "341", "342", "343", "344", "876", ""]))
    #expect(["888", "896", "877"].contains { manifest.homes[$0] != nil })
    #expect(Set(manifest.sharing.keys).isSuperset(of: ["YES", "NO", "UNS", "SNR", ""]))
    #expect(manifest.stages[11, default: 0] > 200)
    #expect(manifest.stages.count == 3)
    #expect(manifest.homes.values.reduce(0, +) == 240)
    #expect(Set(manifest.counts.keys).isSuperset(of: SampleDirt.allCases.filter { $0.perThousand != nil }))
  }

  /// The school's own number says around which authorities its pupils live.
  @Test(arguments: SampleLayout.allCases)
  func pupilsOfAFictionalSchoolLiveInFictionalAuthorities(layout: SampleLayout) throws {
    let sample = SampleExport(.init(leavers: 240, seed: 11, layout: layout, laestab: "9904001"))
    let homes = sample.manifest.homes
    #expect(homes["990", default: 0] > 60 && homes["991", default: 0] > 40)
    #expect(Set(homes.keys).isSubset(of: ["990", "991", "888", "896", "877", ""]))
    let rows = try Self.records(sample).dropFirst()
    let postcode = try Self.place(of: .postcode, in: layout)
    #expect(rows.contains { $0[postcode].hasPrefix("EM") } && rows.contains { $0[postcode].hasPrefix("NM") })
    #expect(!rows.contains { $0[postcode].hasPrefix("L1 ") })
  }

  @Test func theMadeUpLayoutHasWhatTheOthersHaveNot() throws {
    let sample = SampleExport(.init(leavers: 240, seed: 11, layout: .madeUp))
    let rows = try Self.records(sample).dropFirst()
    let characteristics = try Self.place(of: .characteristics, in: .madeUp)
    let lists = rows.map { $0[characteristics] }.filter { !$0.isEmpty }
    #expect((40...110).contains(lists.count))
    #expect(lists.contains { $0.contains(";") })
    let codes = lists.flatMap { $0.split(whereSeparator: { "; ".contains($0) }).map(String.init) }
    #expect(Set(codes).isSubset(of: TeamCodes.characteristics.subtracting(["170"])))
    let (year, left) = (try Self.place(of: .yearGroup, in: .madeUp), try Self.place(of: .leavingDate, in: .madeUp))
    #expect(rows.allSatisfy { $0[left] == ($0[year] == "11" ? "26.06.2026" : "18.09.2025") })
  }

  @Test func pupilsAreTellableApart() throws {
    let sample = SampleExport(.init(leavers: 3000, seed: 5, layout: .census))
    let rows = try Self.records(sample).dropFirst()
    func distinct(_ columns: [SampleLayout.Column]) throws -> Int {
      let places = try columns.map { try Self.place(of: $0, in: .census) }
      return Set(rows.prefix(3000).map { row in places.map { row[$0].lowercased() } }).count
    }
    #expect(try distinct([.upn]) == 3000)
    #expect(try distinct([.surname, .forename, .dateOfBirth]) == 3000)
    let ulns = try Self.place(of: .uln, in: .census)
    let whole = rows.prefix(3000).map { $0[ulns] }.filter { $0.count == 10 }
    #expect(Set(whole).count == whole.count)
  }

  @Test func notationsAreThoseOfTheLayout() throws {
    for (layout, notation) in [(SampleLayout.sims, "26/06/2026"), (.arbor, "26 Jun 2026"), (.census, "2026-06-26")] {
      let sample = SampleExport(.init(leavers: 50, seed: 2, layout: layout))
      let rows = try Self.records(sample).dropFirst()
      let leaving = try Self.place(of: .leavingDate, in: layout)
      #expect(rows.allSatisfy { $0[leaving] == notation })
      let year = try Self.place(of: .yearGroup, in: layout)
      #expect(rows.contains { $0[year] == (layout == .arbor ? "Year 11" : "11") })
    }
    let later = SampleExport(.init(leavers: 5, seed: 2, layout: .census, leavingYear: 2027))
    let leaving = try Self.place(of: .leavingDate, in: .census)
    #expect(try Self.records(later)[1][leaving] == "2027-06-25")
  }

  @Test func noLeaversIsAHeaderAlone() throws {
    let sample = SampleExport(.init(leavers: 0, seed: 1, layout: .sims))
    #expect(try Self.records(sample).count == 1)
    #expect(sample.manifest.rows.isEmpty)
  }

  // MARK: canaries

  /// The words of a cell in small letters, and the cell without its spaces, as a telephone number may be kept.
  private static func words(_ cell: String) -> Set<String> {
    let cell = cell.lowercased()
    let words = cell.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.map(String.init)
    return Set(words + [cell, cell.filter { $0 != " " }])
  }

  @Test(arguments: SampleLayout.allCases)
  func everyTokenIsFoundInOnePupilOnly(layout: SampleLayout) throws {
    let sample = SampleExport(.init(leavers: 150, seed: 9, layout: layout, canaries: true))
    #expect(Set(sample.tokens).count == sample.tokens.count)
    #expect(sample.tokens.count > 150 * 10)
    #expect(sample.tokenFile.filter { $0 == 10 }.count == sample.tokens.count)
    var pupils: [String: Set<Int>] = [:]
    for (row, facts) in zip(try Self.records(sample).dropFirst(), sample.manifest.rows) {
      for word in Set(row.flatMap(Self.words)) {
        pupils[word, default: []].insert(facts.repeatOf ?? facts.number)
      }
    }
    for token in sample.tokens { #expect(pupils[token.lowercased()]?.count == 1, "token \(token)") }
  }

  @Test(arguments: SampleLayout.allCases)
  func everyPersonalTextCarriesAToken(layout: SampleLayout) throws {
    let sample = SampleExport(.init(leavers: 100, seed: 4, layout: layout, canaries: true))
    let tokens = Set(sample.tokens.map { $0.lowercased() })
    let personal: [SampleLayout.Column] = [
      .admissionNumber, .upn, .formerUPN, .surname, .forename, .middleNames, .preferredForename, .addressLine1,
      .addressLine2, .town, .phone, .email, .providerName, .course, .note,
    ]
    for (row, facts) in zip(try Self.records(sample).dropFirst(), sample.manifest.rows) {
      for (place, column) in layout.columns.enumerated() where personal.contains(column.column) {
        if row[place].isEmpty { continue }
        #expect(!tokens.isDisjoint(with: Self.words(row[place])), "\(column.header) of row \(facts.number)")
      }
    }
  }

  @Test func withoutCanariesThereAreNoTokens() {
    #expect(SampleExport(.init(leavers: 10, seed: 1, layout: .sims)).tokens.isEmpty)
  }

  @Test func pupilsPrintRedacted() {
    var pupil = SamplePupil()
    pupil.surname = "Secretive"
    #expect(!"\(pupil)".contains("Secretive"))
    #expect(!String(reflecting: pupil).contains("Secretive"))
    var dump = ""
    Swift.dump(pupil, to: &dump)
    #expect(!dump.contains("Secretive"))
  }
}
