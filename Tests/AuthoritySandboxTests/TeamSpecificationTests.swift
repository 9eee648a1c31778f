// Each team takes a good file and refuses each kind of bad one, and says why.

import Glibc
import Leavers
import Tabular
import Testing

@testable import AuthoritySandbox

@Suite struct TeamSpecificationTests {
  @Test func sixTeamsServeSixAuthorities() {
    #expect(
      Set(TeamSpecification.all.map(\.authority))
        == ["liverpool", "sefton", "st-helens", "wirral", "halton", "knowsley"])
    #expect(TeamSpecification.all.filter { $0.recipient == "career-connect" }.count == 2)
    #expect(TeamSpecification.all.filter { $0.acknowledgement == nil }.count == 1)
    for team in TeamSpecification.all { #expect(team.returns.contains { $0.kind == "intended-destinations" }) }
  }

  @Test func goodFilesAreLoaded() throws {
    for fixture in TeamFixture.all {
      let outcome = try fixture.load()
      #expect(outcome.refusal == nil, "\(fixture.name)")
      #expect(outcome.rejections.isEmpty, "\(fixture.name)")
      #expect(outcome.loaded.count == 5)
      #expect(outcome.loaded.allSatisfy { !$0.surname.isEmpty && $0.dateOfBirth != nil && !$0.upn.isEmpty })
      let reading = try #require(fixture.team.identify(fixture.name))
      #expect(reading.specification.kind == fixture.specification.kind)
      #expect(reading.name == .init(laestab: "3414787", cohort: "Y11-2026", sequence: 1))
    }
  }

  @Test func emptyOptionalCellsAreLoaded() throws {
    for var fixture in TeamFixture.all {
      for (place, column) in fixture.specification.columns.enumerated() where !column.required {
        fixture.rows[1][place] = ""
      }
      #expect(try fixture.load().loaded.count == 5, "\(fixture.name)")
    }
  }

  @Test func wrongFormsAreRefusedWhole() throws {
    for fixture in TeamFixture.all {
      let form = fixture.specification.form
      func refusal(_ form: TeamForm) throws -> String? { try fixture.load(form).refusal }
      let newline = TeamForm(
        encoding: form.encoding, byteOrderMark: form.byteOrderMark,
        delimiter: Character(Unicode.Scalar(form.delimiter)), crlf: !form.crlf, allQuoted: form.allQuoted)
      #expect(try refusal(newline)?.contains("rows end in another way") == true, "\(fixture.name)")
      let delimiter = TeamForm(
        encoding: form.encoding, byteOrderMark: form.byteOrderMark, delimiter: form.delimiter == 0x7C ? "," : "|",
        crlf: form.crlf, allQuoted: form.allQuoted)
      #expect(try refusal(delimiter) != nil, "\(fixture.name)")
      if form.encoding == .utf8 {
        let mark = TeamForm(
          encoding: form.encoding, byteOrderMark: !form.byteOrderMark,
          delimiter: Character(Unicode.Scalar(form.delimiter)), crlf: form.crlf, allQuoted: form.allQuoted)
        #expect(try refusal(mark)?.contains("byte order mark") == true, "\(fixture.name)")
      }
      if form.allQuoted {
        let bare = TeamForm(byteOrderMark: form.byteOrderMark, crlf: form.crlf)
        #expect(try refusal(bare)?.contains("quotes") == true)
      }
    }
  }

  @Test func aWrongEncodingIsRefused() throws {
    var fixture = TeamFixture(.liverpool, TeamSpecification.liverpool.returns[0])
    fixture.rows[1][2] = "Zo\u{EB}"
    #expect(try fixture.load().loaded.count == 5)
    #expect(try fixture.load(TeamForm(encoding: .windows1252)).refusal?.contains("encoding") == true)
  }

  @Test func aCutFileIsRefused() throws {
    for fixture in TeamFixture.all {
      let whole = try fixture.bytes()
      for cut in [whole.count - 1, whole.count - 3, whole.count - 20] {
        let outcome = ReturnLoader(specification: fixture.specification)
          .load(Array(whole.prefix(cut)), named: fixture.reading)
        #expect(outcome.refusal != nil || !outcome.rejections.isEmpty, "\(fixture.name) cut at \(cut)")
      }
      #expect(ReturnLoader(specification: fixture.specification).load([], named: fixture.reading).refusal != nil)
      #expect(TeamFixture(fixture.team, fixture.specification, pupils: 0).rows.count == 1)
      let header = try TeamFixture(fixture.team, fixture.specification, pupils: 0).load()
      #expect(header.refusal == "the file has a header and no rows")
    }
  }

  @Test func wrongHeadersAreRefused() throws {
    for fixture in TeamFixture.all {
      var renamed = fixture
      renamed.rows[0][2] += "x"
      #expect(try renamed.load().refusal == "header 3 is not \(fixture.rows[0][2])")
      var shorter = fixture
      shorter.rows[0].removeLast()
      #expect(try shorter.load().refusal?.contains("columns") == true)
      var swapped = fixture
      swapped.rows[0].swapAt(0, 1)
      #expect(try swapped.load().refusal?.hasPrefix("header 1") == true)
    }
  }

  /// Puts a bad value into the first pupil's row and expects that row alone to be rejected.
  private func expectRejection(
    _ fixture: TeamFixture, at place: Int?, value: String, why: String,
    location: SourceLocation = #_sourceLocation
  ) throws {
    guard let place else { return }
    var fixture = fixture
    fixture.rows[1][place] = value
    let outcome = try fixture.load()
    #expect(outcome.refusal == nil, sourceLocation: location)
    #expect(outcome.loaded.count == 4, sourceLocation: location)
    let rejection = try #require(outcome.rejections.first, sourceLocation: location)
    #expect(rejection.row == 2, sourceLocation: location)
    #expect(rejection.column == fixture.rows[0][place], sourceLocation: location)
    #expect(rejection.why.contains(why), "\(rejection.why)", sourceLocation: location)
    // What the school reads must not repeat the value.
    if value.count > 3 { #expect(!rejection.why.contains(value), sourceLocation: location) }
  }

  @Test func badCellsAreRejectedRowByRow() throws {
    for fixture in TeamFixture.all {
      func place(_ test: (TeamColumn) -> Bool) -> Int? { fixture.column(where: test) }
      func isDate(_ column: TeamColumn) -> Bool { if case .date = column.content { true } else { false } }
      let date = place(isDate)
      for wrong in ["2010-1-31", "31/1/2010", "40210", "2010-02-30", "30/02/2010", "20100230", "30-Feb-2010", "x"] {
        try expectRejection(fixture, at: date, value: wrong, why: "is not a date")
      }
      let upn = place { if case .upn = $0.content { true } else { false } }
      let good = TeamFixture.cell(fixture.specification.columns[try #require(upn)], 0)
      for wrong in [SyntheticUPN.spoiled(good), good.lowercased(), "UN1"] {
        try expectRejection(fixture, at: upn, value: wrong, why: "UPN")
      }
      let uln = place { if case .uln = $0.content { true } else { false } }
      try expectRejection(fixture, at: uln, value: "9999999999", why: "ULN")
      for place in fixture.specification.columns.indices {
        let column = fixture.specification.columns[place]
        if case .code = column.content {
          try expectRejection(fixture, at: place, value: "999", why: "not a code that we know")
        }
        if case .digits = column.content {
          try expectRejection(fixture, at: place, value: "12a4567", why: "digits")
        }
        if column.required { try expectRejection(fixture, at: place, value: "", why: "is required") }
        if case .capitals = column.content {
          try expectRejection(fixture, at: place, value: "Sampleton", why: "is not in capitals")
        }
        if let max = column.max {
          try expectRejection(fixture, at: place, value: String(repeating: "X", count: max + 1), why: "is longer than")
        }
        if case .exactly = column.content {
          try expectRejection(fixture, at: place, value: "XXX", why: "is not what it always is")
        }
      }
      let postcode = place { if case .postcode = $0.content { true } else { false } }
      for wrong in ["L11AA", "l1 1aa", "L1 1AAA", "Liverpool"] {
        try expectRejection(fixture, at: postcode, value: wrong, why: "is not a postcode")
      }
      let surname = place { $0.role == .surname }
      try expectRejection(fixture, at: surname, value: "SAMPLETON ", why: "begins or ends with a space")
    }
  }

  @Test func aRowOfAnotherLengthIsRejected() throws {
    for var fixture in TeamFixture.all {
      fixture.rows[2].append("more")
      let outcome = try fixture.load()
      #expect(outcome.rejections.map(\.row) == [3])
      #expect(outcome.rejections[0].why.contains("cells"))
    }
  }

  @Test func somebodyTwiceIsRejected() throws {
    for var fixture in TeamFixture.all {
      fixture.rows.append(fixture.rows[1])
      let outcome = try fixture.load()
      #expect(outcome.loaded.count == 5)
      #expect(outcome.rejections.map(\.row) == [7])
    }
  }

  /// Halton knows the older list of intended destinations, the others the current one: a code of the wrong generation,
  /// which would mean something else, is not taken by either.
  @Test func generationsOfCodesAreNotMixed() throws {
    let halton = TeamFixture(.halton, TeamSpecification.halton.returns[0])
    let intended = halton.column { $0.role == .intention }
    for current in ["111", "411", "511"] {
      try expectRejection(halton, at: intended, value: current, why: "not a code that we know")
    }
    let liverpool = TeamFixture(.liverpool, TeamSpecification.liverpool.returns[0])
    let place = liverpool.column { $0.role == .intention }
    for legacy in ["110", "410", "510"] {
      try expectRejection(liverpool, at: place, value: legacy, why: "not a code that we know")
    }
  }

  @Test func namesOfOtherShapesAreNobodys() {
    for fixture in TeamFixture.all {
      let name = fixture.name
      for wrong in [
        name + ".part", "." + name, String(name.dropLast()), name.replacing("3414787", with: "341478"),
        name.replacing("Y11-2026", with: "Y11-26"), name.replacing("0001", with: "001"), "", "x",
      ] { #expect(fixture.team.identify(wrong) == nil, "\(wrong)") }
      #expect(fixture.team.identify(name.replacing("0001", with: "12345"))?.name.sequence == 12345)
    }
  }

  @Test(arguments: [
    (TeamDate.slashes, "31/01/2010"), (.iso, "2010-01-31"), (.monthName, "31-Jan-2010"), (.compact, "20100131"),
    (.dots, "31.01.2010"), (.hyphens, "31-01-2010"),
  ])
  func datesInEachNotation(notation: TeamDate, text: String) throws {
    let date = try #require(CalendarDate(year: 2010, month: 1, day: 31))
    #expect(notation.text(date) == text)
    #expect(notation.date(text) == date)
    #expect(notation.date(text + " ") == nil)
    #expect(notation.date("") == nil)
  }

  // MARK: in step with the example profiles

  /// The profiles are read as text, by hand: what the example configuration sends and the sandbox takes must be the
  /// same columns in the same order, and every column that the sandbox answers by must be known to the profile.
  @Test func headersAreThoseOfTheExampleProfiles() throws {
    let source = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    let root = source.dropLast(3).joined(separator: "/")
    for team in TeamSpecification.all {
      let text = try readText(root + "/config/authorities/" + team.authority + ".yaml")
      let lines = text.split(separator: "\n").map(String.init)
      for specification in team.returns {
        let start = try #require(lines.firstIndex { $0 == "  \(specification.kind):" })
        let section = lines[(start + 1)...].prefix { $0.hasPrefix("    ") }
        let headers = section.compactMap { line -> String? in
          let trimmed = line.drop { $0 == " " }
          for beginning in ["- {name: ", "- name: "] where trimmed.hasPrefix(beginning) {
            return String(trimmed.dropFirst(beginning.count).prefix { $0 != "," })
          }
          return nil
        }
        #expect(headers == specification.columns.map(\.header), "\(team.authority) \(specification.kind)")
      }
      let replies = lines[(try #require(lines.firstIndex(of: "replies:")))...].joined(separator: "\n")
      let names =
        (team.acknowledgement?.columns.map(\.header) ?? []) + (team.survey?.columns.map(\.header) ?? [])
        + (team.unknownRequest?.columns.map(\.header) ?? [])
      for name in names { #expect(replies.contains("\(name): "), "\(team.authority): \(name)") }
      let beginnings = [
        team.acknowledgement?.nameBeginning, team.survey?.nameBeginning, team.unknownRequest?.nameBeginning,
      ]
      for beginning in beginnings.compactMap(\.self) {
        #expect(replies.contains("match: \"\(beginning)*"), "\(team.authority): \(beginning)")
      }
      if let word = team.acknowledgement?.accepted.lowercased() {
        #expect(replies.contains("accepted: [\(word)]"), "\(team.authority): \(word)")
      }
    }
  }
}
