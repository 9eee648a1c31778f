// Mapping: dates, case, length, codes, maps, encoding, the floor, and special values.

import Leavers
import Profiles
import Tabular
import Testing

@testable import Returns

struct MappingTests {
  private func mapping(
    _ columns: [ReturnColumn], dialect: CSVDialect = .standard, day: CalendarDate = Synthetic.day
  ) -> Mapping {
    Mapping(
      profile: Synthetic.profile(dialect: dialect, columns: columns), school: Synthetic.school(),
      codes: Synthetic.codes, day: day)
  }

  private func map(
    _ column: ReturnColumn, _ changes: [Field: String?] = [:], _ disclosure: Disclosure = .full,
    dialect: CSVDialect = .standard, agreement: Agreement = Synthetic.agreement(), day: CalendarDate = Synthetic.day
  ) -> Mapping.Outcome {
    mapping([column], dialect: dialect, day: day)
      .map(Synthetic.seen(Synthetic.record(1, changes), disclosure, agreement))
  }

  private func cell(_ text: String) -> Mapping.Outcome { .rows([.init(texts: [text])]) }
  private func unknown(_ code: String?) -> Mapping.Outcome { .held(.codeUnknownToAuthority, column: "C", code: code) }
  private let noBasis = Mapping.Outcome.withheld(.noBasis, column: "C")
  private func held(_ reason: HoldReason) -> Mapping.Outcome { .held(reason, column: "C") }

  @Test func aDateFollowsThePattern() throws {
    let pattern = try DatePattern("dd-MMM-yyyy")
    #expect(map(ReturnColumn(name: "C", source: .field(.dateOfBirth), date: pattern)) == cell("02-Mar-2010"))
    #expect(map(ReturnColumn(name: "C", source: .field(.dateOfBirth))) == cell("2010-03-02"))
  }

  @Test func whatIsNoDateIsAbsent() {
    let column = ReturnColumn(name: "C", source: .field(.activityStart))
    #expect(map(column, [.activityStart: "soon"]) == cell(""))
    let required = ReturnColumn(name: "C", source: .field(.activityStart), required: true)
    #expect(map(required, [.activityStart: "soon"]) == held(.requiredMissing))
  }

  @Test func whatIsNoAuthorityCodeIsAbsent() {
    let column = ReturnColumn(name: "C", source: .field(.homeAuthority))
    #expect(map(column, [.homeAuthority: "343"]) == cell("343"))
    #expect(map(column, [.homeAuthority: "Bootle"]) == cell(""))
  }

  @Test func lettersChangeTheirCase() {
    let changes: [Field: String?] = [.legalSurname: "O’Brién-Straße"]
    #expect(
      map(ReturnColumn(name: "C", source: .field(.legalSurname), letterCase: .upper), changes)
        == cell("O’BRIÉN-STRASSE"))
    #expect(
      map(ReturnColumn(name: "C", source: .field(.legalSurname), letterCase: .lower), changes)
        == cell("o’brién-straße"))
  }

  @Test func aTextThatIsTooLongHoldsAndIsNotCut() {
    let column = ReturnColumn(name: "C", source: .field(.legalSurname), max: 5)
    #expect(map(column, [.legalSurname: "Abcde"]) == cell("Abcde"))
    #expect(map(column, [.legalSurname: "Abcdef"]) == held(.tooLongForAuthority))
  }

  @Test func theLengthIsThatOfTheTextWritten() {
    // ß becomes SS.
    let column = ReturnColumn(name: "C", source: .field(.legalSurname), letterCase: .upper, max: 6)
    #expect(map(column, [.legalSurname: "Straße"]) == held(.tooLongForAuthority))
  }

  @Test func whatIsRequiredMustBeThere() {
    let column = ReturnColumn(name: "C", source: .field(.uln), required: true)
    #expect(map(column) == held(.requiredMissing))
    #expect(map(ReturnColumn(name: "C", source: .field(.uln))) == cell(""))
  }

  @Test func aCodeMustBeCurrentInTheAuthoritysSet() {
    let column = ReturnColumn(name: "C", source: .field(.intendedDestination), codes: "nccis-intended")
    #expect(map(column, [.intendedDestination: "411"]) == cell("411"))
    #expect(map(column, [.intendedDestination: "410"]) == unknown("410"))
    #expect(map(column, [.intendedDestination: "999"]) == unknown("999"))
    #expect(map(column, [.intendedDestination: nil]) == cell(""))
  }

  @Test func aCodeMustBeCurrentOnTheDay() {
    let column = ReturnColumn(name: "C", source: .field(.guaranteeStatus), codes: "nccis-guarantee")
    #expect(map(column, [.guaranteeStatus: "159"]) == unknown("159"))
    #expect(map(column, [.guaranteeStatus: "159"], day: CalendarDate(uncheckedISO: "2027-01-01")) == cell("159"))
  }

  @Test func anAliasOfACodeThatRevealsHolds() throws {
    var tables = [try #require(Synthetic.codes["nccis-intended"])]
    tables.append(
      try CodeSet(
        id: "own", entries: [CodeEntry(code: "650", label: "650", attributes: ["aliases": "expecting"])]))
    let column = ReturnColumn(name: "C", source: .field(.activity), codes: "own")
    let mapping = Mapping(
      profile: Synthetic.profile(columns: [column]), school: Synthetic.school(), codes: CodeTables(tables),
      day: Synthetic.day)
    #expect(
      mapping.map(Synthetic.seen(Synthetic.record(1, [.activity: "expecting"]), .full)) == noBasis)
  }

  @Test func aSetThatIsNotThereKnowsNoCode() {
    let column = ReturnColumn(name: "C", source: .field(.intendedDestination), codes: "nowhere")
    #expect(map(column) == unknown("121"))
  }

  @Test func aMapGivesTheAuthoritysOwnAndNothingElse() {
    let column = ReturnColumn(
      name: "C", source: .field(.intendedDestination), codes: "nccis-intended", map: ["511": "410", "411": "510"])
    #expect(map(column, [.intendedDestination: "511"]) == cell("410"))
    #expect(map(column, [.intendedDestination: "411"]) == cell("510"))
    #expect(map(column, [.intendedDestination: "121"]) == unknown("121"))
    // The authority's own code as ours is none: 410 is not current in our set.
    #expect(map(column, [.intendedDestination: "410"]) == unknown("410"))
  }

  @Test func aMapWithoutCodeSetIsTheWholeTruthToo() {
    let column = ReturnColumn(name: "C", source: .field(.sharing), map: ["YES": "1"])
    #expect(map(column) == cell("1"))
    #expect(map(column, [.sharing: "SNR"]) == unknown(nil))
  }

  @Test func aCharacterThatTheEncodingLacksHolds() {
    let column = ReturnColumn(name: "C", source: .field(.legalSurname))
    let narrow = CSVDialect(encoding: .windows1252)
    #expect(map(column, [.legalSurname: "Łukasz"], dialect: narrow) == held(.notInEncoding))
    #expect(map(column, [.legalSurname: "Łukasz"]) == cell("Łukasz"))
    #expect(map(column, [.legalSurname: "O’Brien"], dialect: narrow) == cell("O’Brien"))
    #expect(map(column, [.legalSurname: "A\u{0}B"]) == held(.notInEncoding))
  }

  @Test(arguments: ["=1+1", "+44", "-x", "@x"])
  func aCellIsKeptAsItIs(_ text: String) {
    #expect(map(ReturnColumn(name: "C", source: .field(.course)), [.course: text]) == cell(text))
  }

  @Test func constantsAndSchoolItemsStandInEveryRow() {
    let columns = [
      ReturnColumn(name: "A", source: .constant("v1")), ReturnColumn(name: "B", source: .school(.laestab)),
      ReturnColumn(name: "C", source: .school(.urn)), ReturnColumn(name: "D", source: .school(.ukprn)),
      ReturnColumn(name: "E", source: .school(.name)),
    ]
    for disclosure in [Disclosure.full, .floor] {
      #expect(
        mapping(columns).map(Synthetic.seen(Synthetic.record(1), disclosure))
          == .rows([.init(texts: ["v1", "3414787", "104693", "10012345", "Example High School"])]))
    }
  }

  @Test func theFloorIsNameAddressAndDateOfBirth() {
    let all = Field.allCases.map { ReturnColumn(name: $0.rawValue, source: .field($0)) }
    var record = LeaverRecord(Dictionary(uniqueKeysWithValues: Field.allCases.map { ($0, "value") }))
    record[.dateOfBirth] = "2010-03-02"
    guard case .rows(let rows) = mapping(all).map(Synthetic.seen(record, .floor)) else {
      Issue.record("a floor row is never held for what it leaves out")
      return
    }
    let filled = zip(Field.allCases, rows[0].texts).filter { !$0.1.isEmpty }.map(\.0)
    #expect(
      filled == [
        .legalSurname, .legalForename, .middleNames, .dateOfBirth, .addressLine1, .addressLine2, .addressLine3, .town,
        .county, .postcode,
      ])
  }

  @Test func theParentIsInTheFloorOnlyWhereSignedOff() {
    let column = ReturnColumn(name: "C", source: .field(.parentName))
    #expect(map(column, [:], .floor) == cell(""))
    #expect(map(column, [:], .floor, agreement: Synthetic.agreement(parent: true)) == cell("Parent 1"))
    #expect(map(column, [:], .full) == cell("Parent 1"))
  }

  @Test func whatIsRequiredBeyondTheFloorBlocksNoFloorRow() {
    let upn = ReturnColumn(name: "C", source: .field(.upn), required: true)
    #expect(map(upn, [:], .floor) == cell(""))
    #expect(map(upn, [.upn: nil], .floor) == cell(""))
    #expect(map(upn, [.upn: nil], .full) == held(.requiredMissing))
    #expect(map(upn, [:], .full) == cell(Synthetic.upn(1)))
  }

  @Test func aRequiredFieldOfTheFloorThatIsMissingHolds() {
    let column = ReturnColumn(name: "C", source: .field(.postcode), required: true)
    #expect(map(column, [.postcode: nil], .floor) == held(.requiredMissing))
  }

  @Test(arguments: ["640", "650", "660", "620"])
  func aValueThatRevealsIsWithheldWithoutABasis(_ code: String) {
    let column = ReturnColumn(name: "C", source: .field(.activity))
    #expect(map(column, [.activity: code]) == noBasis)
    #expect(map(column, [.activity: code], agreement: Synthetic.agreement(special: true)) == cell(code))
    #expect(map(column, [.activity: code], .floor) == cell(""))
  }

  @Test func aRevealingValueThatNoColumnAsksForHoldsNothing() {
    #expect(map(ReturnColumn(name: "C", source: .field(.legalSurname)), [.activity: "650"]) == cell("Example-1"))
  }

  @Test func aSpecialFieldThatConfigurationLetThroughIsWithheld() {
    let column = ReturnColumn(name: "C", source: .field(.ethnicity))
    #expect(map(column) == noBasis)
    #expect(map(column, [.ethnicity: nil]) == cell(""))
  }

  @Test func theFirstColumnThatHoldsIsNamed() {
    let columns = [
      ReturnColumn(name: "A", source: .field(.legalSurname)),
      ReturnColumn(name: "B", source: .field(.uln), required: true),
      ReturnColumn(name: "C", source: .field(.legalForename), max: 1),
    ]
    #expect(mapping(columns).map(Synthetic.seen(Synthetic.record(1), .full)) == .held(.requiredMissing, column: "B"))
  }

  @Test func nothingOfTheRowPrints() {
    let outcome = mapping([ReturnColumn(name: "C", source: .field(.legalSurname))])
      .map(Synthetic.seen(Synthetic.record(1), .full))
    #expect(!"\(outcome)".contains("Example-1"))
    var dumped = ""
    dump(outcome, to: &dumped)
    #expect(!dumped.contains("Example-1"))
  }
}
