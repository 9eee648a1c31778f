// The page that a tracking team agrees to: nothing of a profile is missing from it, and every form is told of.

import Leavers
import Profiles
import Tabular
import Testing

@testable import Returns

struct ProfilePageFormTests {
  /// As it stands on a page.
  private static func escaped(_ text: String) -> String { ("\(text)" as HTML).text }

  @Test(arguments: ["/leaverlink.yaml", "/fictional/leaverlink.yaml"])
  func everythingInTheShippedProfilesIsOnThePage(_ file: String) throws {
    let configuration = try ShippedProfilesTests.configuration(file)
    for authority in configuration.authorities {
      let page = ProfilePageTests.page(authority, configuration)
      func expect(_ text: String) { #expect(page.contains(Self.escaped(text)), "\(authority.id): \(text)") }
      func expectHeading(_ text: String) {
        #expect(page.contains("<th scope=\"row\">\(Self.escaped(text))</th>"), "\(authority.id): \(text)")
      }
      #expect(page.contains("Nobody has agreed to this yet") && !page.contains("<script"))
      expect("leaverlink profile trial \(authority.id)")
      for agreement in authority.agreements { expectHeading(agreement.reference) }
      for profile in authority.returns {
        #expect(page.contains("<h2>\(profile.kind.words)</h2>"))
        expect(profile.fileName.source)
        for column in profile.columns { headings(of: column, configuration).forEach(expectHeading) }
        texts(of: profile).forEach(expect)
        for example in profile.examples {
          if case .rows(let rows) = example.outcome {
            for text in rows.flatMap(\.values) { #expect(page.contains("<td>\(Self.escaped(text))</td>"), "\(text)") }
          }
        }
      }
      let kept = authority.returns.flatMap(\.examples).count {
        if case .kept = $0.outcome { true } else { false }
      }
      #expect(page.ranges(of: "such a pupil is not in the file, because").count == kept)
      for reply in authority.replies {
        expect(reply.match.source)
        for (_, header) in reply.columns { expectHeading(header) }
        for word in reply.acceptedWords where reply.kind == .acknowledgement { expect("“\(word)”") }
      }
      let recipient = try #require(configuration.recipient(authority.recipient))
      switch recipient.endpoint {
      case .sftp(let place):
        expect(place.host)
        expect(authority.sendTo)
        expect(authority.collectFrom)
      case .https(let place):
        expect(place.url)
        expect(authority.sendTo)
        expect(authority.collectFrom)
      case .handover(let by):
        expect(by)
        expect("out/\(authority.id)")
        expect("in/\(authority.id)")
        #expect(page.ranges(of: ".cover.html").count == authority.returns.count)
      }
    }
  }

  private func headings(of column: ReturnColumn, _ configuration: Configuration) -> [String] {
    var headings = [column.name]
    for form in column.form.all {
      headings += form.map.entries.map(\.theirs)
      if let lookup = form.lookup { headings += lookup.table.map(lookup.column).entries.map(\.theirs) }
    }
    guard let set = column.codes, column.map.isEmpty, column.form.slice == nil else { return headings }
    return headings + (configuration.codes[set]?.entries ?? []).filter { !$0.isLegacy }.map(\.code)
  }

  private func texts(of profile: ReturnProfile) -> [String] {
    switch profile.format {
    case .csv(let form): (form.head + form.tail).flatMap { $0.map(\.source) } + [form.dialect.encoding.description]
    case .workbook(let form): [form.sheet]
    case .template(let form):
      ([form.first] + form.cells.map(\.place)).flatMap { [$0.sheet, $0.cell] } + form.cells.map(\.text.source)
    case .xml(let form):
      form.head.flatMap { ["\(form.root)/\($0.element)", $0.text.source] }
        + [form.namespace].compactMap { $0 }
        + profile.columns.map { "\(form.root)/\(form.row)/\($0.element ?? $0.name)" }
    }
  }

  // MARK: Forms

  private func specification(_ format: ReturnFormat, _ change: (inout ReturnProfile) -> Void = { _ in })
    -> ReturnSpecification?
  {
    var profile = Synthetic.profile(.confirmedDestinations, routedBy: .educated)
    profile.format = format
    profile.columns = [
      ReturnColumn(name: "Surname", source: .field(.legalSurname)),
      ReturnColumn(name: "Born", source: .field(.dateOfBirth), date: .usual),
      ReturnColumn(name: "Doing", source: .field(.activity), map: ["310": "Works", "230": "Learns"]),
      ReturnColumn(name: "Course", form: CellForm(.field(.course)), allowsFreeText: true),
    ]
    profile.examples = [
      ReturnExample(
        given: LeaverRecord([
          .legalSurname: "Example", .legalForename: "Pat", .dateOfBirth: "2010-03-02", .activity: "310",
        ]), outcome: .rows([[:]]), place: FilePlace(file: "f"))
    ]
    change(&profile)
    let authority = Synthetic.authority(code: "341", returns: [profile])
    return FeedSpecification(
      authority, in: Synthetic.configuration(authorities: [authority]), on: ProfilePageTests.day
    ).returns.first
  }

  @Test func linesAroundTheRowsAreShownFilledIn() throws {
    let dialect = CSVDialect(
      delimiter: .semicolon, quoting: .always, newline: .lf, encoding: .utf16LittleEndian, byteOrderMark: true,
      formulas: .neutralised)
    let form = CSVForm(
      dialect: dialect, hasColumnNames: false, head: [[try LineText("H"), try LineText("{cohort}")]],
      tail: [[try LineText("T"), try LineText("{rows}")]])
    let found = try #require(specification(.csv(form)))
    #expect(found.format.texts.map(\.place) == ["line 1 above the rows", "line 1 below the last row"])
    #expect(found.format.texts.map(\.written) == ["\"H\";\"{cohort}\"", "\"T\";\"{rows}\""])
    #expect(found.format.texts.map(\.shown) == ["\"H\";\"Y11-2027\"", "\"T\";\"1\""])
    #expect(found.format.placeholders.map { $0.prefix(8) } == ["{cohort}", "{rows}: "])
    let facts = Dictionary(uniqueKeysWithValues: found.format.facts.map { ($0.name, $0.text) })
    #expect(facts["Between cells"] == "semicolons" && facts["Encoding"] == "utf-16le")
    #expect(facts["Byte order mark"] == "the file begins with one" && facts["Lines end with"] == "LF")
    #expect(facts["Quotes"]?.hasPrefix("every cell") == true && facts["Headings"]?.hasPrefix("none") == true)
    #expect(facts["Formulas"]?.hasPrefix("an apostrophe") == true)
    #expect(
      found.examples.file == """
        "H";"Y11-2027"
        "Example";"2010-03-02";"Works";""
        "T";"1"

        """)
  }

  @Test func aWorkbookHasItsSheetListsAndKindsOfCells() throws {
    let found = try #require(specification(.workbook(WorkbookForm(sheet: "Pupils"))))
    #expect(found.format.facts.contains { $0.name == "Sheet" && $0.text == "Pupils" })
    #expect(found.columns.map(\.offered) == [[], [], ["Works", "Learns"], []])
    #expect(found.columns[1].asked == ["the cell is a date"] && found.columns[0].asked == ["the cell is a text"])
    #expect(
      found.examples.file == nil && found.examples.pupils.first?.rows == [["Example", "2010-03-02", "Works", ""]])
    let without = try #require(specification(.workbook(WorkbookForm(sheet: "Pupils", offersLists: false))))
    #expect(without.columns.flatMap(\.offered) == [])
  }

  @Test func aTemplateHasItsCellsAndWhereTheRowsStand() throws {
    let form = TemplateForm(
      workbook: [], file: "t.xlsx", first: .init(sheet: "Leaver data", cell: "Y7"),
      cells: [.init(place: .init(sheet: "Front", cell: "B1"), text: try LineText("{school}"))], replacesSample: true)
    let found = try #require(specification(.template(form)))
    #expect(found.columns.map(\.place) == ["Y7", "Z7", "AA7", "AB7"])
    let cell = try #require(found.format.texts.first)
    #expect(cell.place == "Front!B1" && cell.written == "{school}" && cell.shown == "Example High School")
    #expect(found.format.facts.contains { $0.name == "Sample row" && $0.text.contains("written over") })
    #expect(found.format.facts.contains { $0.name == "Sheet" && $0.text == "Leaver data" })
  }

  @Test func freeTextChangesAndCoverSheetsAreSaid() throws {
    let plain = try #require(specification(.csv(CSVForm())))
    #expect(plain.columns.map(\.isFreeText) == [false, false, false, true])
    #expect(plain.columns[3].asked == ["free text: people's own words, which nobody checked"])
    #expect(plain.coverSheet == nil && !plain.who.contains { $0.contains("changed") || $0.contains("closing") })
    let rich = try #require(
      specification(.csv(CSVForm())) {
        ($0.changesOnly, $0.coverSheet) = (true, true)
        $0.columns.append(ReturnColumn(name: "Mark", form: CellForm(.moved(moved: "C", otherwise: ""))))
      })
    #expect(rich.coverSheet == rich.fileName + ".cover.html")
    #expect(rich.who.contains { $0.contains("something changed") })
    #expect(rich.who.contains { $0.contains("closing row") && $0.contains("the mark in Mark") })
  }

  /// The way is told of as the courier goes it.
  @Test func theWayIsTold() throws {
    let authority = Synthetic.authority(code: "341")
    func facts(_ recipient: Recipient) -> [String: String] {
      let way = WaySpecification(recipient, for: authority)
      return Dictionary(uniqueKeysWithValues: way.facts.map { ($0.name, $0.text) })
    }
    var recipient = Synthetic.recipient("liverpool")
    let sftp = facts(recipient)
    #expect(sftp["By"] == "SFTP, to sftp.example.org, port 22, as school, with a key" && sftp["Folder"] == "inbound")
    #expect(sftp["While it is written"]?.contains(".a1b2c3-R34.1.part") == true)
    #expect(
      sftp["Read back"]?.contains("its content") == true && sftp["Overwriting"]?.contains("ever written over") == true)
    #expect(sftp["Taking it away"]?.hasPrefix("leave it there") == true)
    #expect(sftp["Answers"] == "none are fetched")
    (recipient.readBack, recipient.removesFiles) = (.none, true)
    recipient.endpoint = .https(
      HTTPSEndpoint(url: "https://example.org/", webDAV: false, ca: nil, certificate: nil))
    let put = facts(recipient)
    #expect(put["By"] == "HTTPS, to https://example.org/, a plain PUT, without a certificate of the school's")
    #expect(put["While it is written"]?.hasPrefix("it has its own name") == true)
    #expect(put["Read back"]?.contains("only your acknowledgement") == true)
    #expect(put["Taking it away"] == "take it as soon as it is whole")
    #expect(put["Overwriting"]?.hasSuffix("is written over") == true)
    recipient.readBack = .size
    #expect(facts(recipient)["Taking it away"]?.hasPrefix("you take files away") == true)
    #expect(facts(recipient)["Overwriting"]?.contains("ever written over") == true)
    recipient.endpoint = .handover(by: "the portal")
    let hand = facts(recipient)
    #expect(hand["By"]?.hasSuffix("the portal") == true && hand["Answers"]?.contains("in/liverpool") == true)
    #expect(hand["Before"]?.contains("out/liverpool") == true)
  }

  @Test func answersAreTold() throws {
    let pattern = try FileNamePattern("ACK_{laestab}_*.csv")
    let reply = ReplyProfile(
      kind: .acknowledgement, match: pattern, level: .pupil,
      columns: [(.returnFile, "File"), (.verdict, "State"), (.field(.activity), "Code")],
      acceptedWords: ["loaded", "ok"])
    let found = ReplySpecification(reply, of: Synthetic.authority(code: "341"))
    #expect(found.fileName == "ACK_3414787_1.csv" && found.placeholders.count == 2)
    #expect(found.words.last?.hasPrefix("In State, in capitals or small letters, “loaded” or “ok” means") == true)
    #expect(found.columns.map(\.says).last == "activity, a code of the list nccis-activity")
  }
}
