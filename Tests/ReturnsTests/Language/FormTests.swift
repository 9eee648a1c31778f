// What each source and each step makes of a record, in full and at the floor.

import Leavers
import Profiles
import Testing

@testable import Returns

struct FormTests {
  private func map(
    _ form: CellForm, _ changes: [Field: String?] = [:], _ extent: Disclosure = .full,
    rows: RowShape = .pupil, agreement: Agreement = Synthetic.agreement()
  ) -> [[String]]? {
    var profile = Synthetic.profile(columns: [ReturnColumn(name: "C", form: form)])
    profile.rows = rows
    let mapping = Mapping(profile: profile, school: Synthetic.school(), codes: Synthetic.codes, day: Synthetic.day)
    guard case .rows(let rows) = mapping.map(Synthetic.seen(Synthetic.record(1, changes), extent, agreement)) else {
      return nil
    }
    return rows.map(\.texts)
  }

  private func text(
    _ form: CellForm, _ changes: [Field: String?] = [:], _ extent: Disclosure = .full,
    agreement: Agreement = Synthetic.agreement()
  ) -> String? {
    map(form, changes, extent, agreement: agreement)?[0][0]
  }

  private func field(_ field: Field) -> CellForm { CellForm(.field(field)) }

  @Test func theFirstThatSaysSomething() {
    let form = CellForm(.firstOf([field(.preferredForename), field(.legalForename)]))
    #expect(text(form, [.preferredForename: "Patty"]) == "Patty")
    #expect(text(form) == "Pat1")
    // The preferred name is beyond the floor.
    #expect(text(form, [.preferredForename: "Patty"], .floor) == "Pat1")
  }

  @Test func textsAreJoinedWithoutGaps() {
    let form = CellForm(
      .joined([field(.addressLine1), field(.addressLine2), field(.phone), field(.postcode)], with: ", "))
    #expect(text(form, [.phone: "01514960101"]) == "1 Sample Street, 01514960101, L1 1AA")
    #expect(text(form, [.phone: "01514960101"], .floor) == "1 Sample Street, L1 1AA")
  }

  @Test func aConditionTellsNothingThatMayNotBeTold() {
    let form = CellForm(
      .when(
        [
          .init(
            condition: FieldCondition(field: .activity, test: .isOneOf(["310", "320"])),
            form: CellForm(.constant("work")))
        ],
        otherwise: CellForm(.constant("other"))))
    #expect(text(form, [.activity: "310"]) == "work")
    #expect(text(form, [.activity: "230"]) == "other")
    #expect(text(form, [.activity: nil]) == "other")
    #expect(text(form, [.activity: "310"], .floor) == "")
    // Even that it is another one would tell.
    #expect(text(form, [.activity: "640"]) == nil)
    var substituted = form
    substituted.substitute = .always("kept back")
    #expect(text(substituted, [.activity: "640"]) == "kept back")
  }

  @Test func whatStandsForASensitiveValue() {
    var form = field(.activity)
    form.substitute = .byValue(["640": "680"])
    #expect(text(form, [.activity: "640"]) == "680")
    #expect(text(form, [.activity: "650"]) == nil)
    #expect(text(form, [.activity: "640"], .floor) == "")
    #expect(text(form, [.activity: "640"], agreement: Synthetic.agreement(special: true)) == "640")
    // Special is not enough for custody.
    #expect(text(form, [.activity: "710"], agreement: Synthetic.agreement(special: true)) == nil)
  }

  @Test func whatStandsForAValueIsNoSuchValue() {
    var form = field(.activity)
    form.substitute = .always("650")
    #expect(text(form, [.activity: "640"]) == nil)
    form.map = ["230": "A", "640": "B", "650": "C"]
    form.substitute = .always("C")
    #expect(text(form, [.activity: "640"]) == nil)
    form.substitute = .always("other")
    #expect(text(form, [.activity: "640"]) == "other")
  }

  @Test func aTextThatNoSpreadsheetHoldsWaits() {
    #expect(text(field(.legalSurname), [.legalSurname: String(repeating: "x", count: 32_768)]) == nil)
    #expect(text(field(.legalSurname), [.legalSurname: String(repeating: "x", count: 32_767)]) != nil)
  }

  @Test func aHomeAuthorityThatIsNoneTellsNothingAtTheFloor() {
    let form = CellForm(
      .when(
        [.init(condition: FieldCondition(field: .homeAuthority, test: .absent), form: CellForm(.constant("NK")))],
        otherwise: nil))
    #expect(text(form, [.homeAuthority: "Isle of Man"], .floor) == "")
    #expect(text(form, [.homeAuthority: "Isle of Man"]) == "NK")
  }

  @Test func aListOfCodesIsAskedCodeByCode() {
    func holds(_ test: FieldCondition.Test, _ value: String?) -> Bool {
      FieldCondition(field: .characteristics, test: test).holds(of: value)
    }
    #expect(holds(.isOneOf(["110"]), "110;160") && !holds(.isNoneOf(["170"]), "160;170"))
    #expect(holds(.isNoneOf(["170"]), "160") && !holds(.isOneOf(["11"]), "110") && !holds(.isNoneOf(["1"]), nil))
  }

  @Test(arguments: [
    ("C", "C"), ("Single Registration", "C"), ("Current", "C"), ("Guest", "G"), ("Main - Dual Registration", "M"),
    ("Current Subsidiary (dual)", "S"), ("FE College", "F"), ("Other Provider", "O"), ("Leaver", nil), ("?", nil),
  ])
  func enrolmentAsSystemsWriteIt(_ cell: String, _ code: String?) {
    #expect(EnrolmentStatus(cell: cell)?.rawValue == code)
  }

  @Test func wherePupilsAreHeldOrTaughtIsKeptWithTheActivity() {
    for field in [Field.providerName, .providerUKPRN, .providerLAESTAB, .course, .level] {
      #expect(text(self.field(field), [field: "Sample", .activity: "290"]) == "", "\(field)")
      #expect(text(self.field(field), [field: "Sample", .activity: "230"]) == "Sample", "\(field)")
    }
  }

  @Test func theMarkOfARefusal() {
    let form = CellForm(.refusal(refused: "Y", otherwise: "N"))
    #expect(text(form, [.sharing: "NO"], .floor) == "Y")
    // Nobody was asked yet: that is no refusal.
    #expect(text(form, [.sharing: "UNS"], .floor) == "N")
    #expect(text(form) == "N")
  }

  @Test func partsOfTexts() {
    func cut(_ slice: CellForm.Slice) -> String? { text(CellForm(.field(.upn), slice: slice), [.upn: "P207000016049"]) }
    #expect(cut(.first(3)) == "P20")
    #expect(cut(.last(4)) == "6049")
    #expect(cut(.range(2...4)) == "207")
    #expect(cut(.range(12...Int.max)) == "49")
    #expect(cut(.range(20...30)) == "")
  }

  @Test func lettersAndFilling() {
    #expect(
      text(CellForm(.field(.legalSurname), letterCase: .title), [.legalSurname: "O'EXAMPLE-mc smith"])
        == "O'Example-Mc Smith")
    let pad = CellForm.Padding(length: 6, filler: "0", side: .left)
    #expect(text(CellForm(.field(.admissionNumber), padding: pad), [.admissionNumber: "123"]) == "000123")
    #expect(text(CellForm(.field(.admissionNumber), padding: pad), [.admissionNumber: "1234567"]) == "1234567")
    #expect(text(CellForm(.field(.admissionNumber), padding: pad), [.admissionNumber: nil]) == "")
  }

  @Test func yesAndNoInTheAuthoritysWords() {
    let form = CellForm(.field(.freeSchoolMeals), yesNo: .init(yes: "1", no: "0", unknown: "9"))
    #expect(text(form, [.freeSchoolMeals: "Y"]) == "1")
    #expect(text(form, [.freeSchoolMeals: "N"]) == "0")
    #expect(text(form, [.freeSchoolMeals: nil]) == "9")
    #expect(text(form, [.freeSchoolMeals: "perhaps"]) == nil)
    #expect(text(form, [.freeSchoolMeals: "Y"], .floor) == "")
  }

  @Test(arguments: [
    ("7", "007.00"), ("007", "007.00"), ("12.5", "012.50"), ("-3", "-003.00"), ("1234.50", "1234.50"), ("0", "000.00"),
    ("1.234", nil), ("twelve", nil), ("1.", nil), ("", ""), (".5", nil),
  ])
  func numbers(_ value: String, _ expected: String?) {
    let form = CellForm(.field(.level), number: .init(digits: 3, decimals: 2))
    #expect(text(form, [.level: value]) == expected)
  }

  @Test func aMapHoldsOnItsDays() {
    let map = ValueMap([
      .init(ours: "230", theirs: "FE", until: CalendarDate(uncheckedISO: "2026-06-25")),
      .init(ours: "230", theirs: "COLLEGE", from: CalendarDate(uncheckedISO: "2026-06-26")),
    ])
    #expect(text(CellForm(.field(.activity), map: map)) == "COLLEGE")
    #expect(map("230", on: CalendarDate(uncheckedISO: "2026-06-25")) == "FE")
  }

  @Test func aTableOfTheAuthoritys() {
    let table = LookupTable(id: "t", columns: ["code"], rows: [("Sample College", .init(cells: ["77"]))])
    let known = CellForm(.field(.providerName), lookup: .init(table: table, column: "code"))
    #expect(text(known) == "77")
    #expect(text(known, [.providerName: "Elsewhere"]) == nil)
    var open = known
    open.lookup?.otherwise = "99"
    #expect(text(open, [.providerName: "Elsewhere"]) == "99")
  }

  // MARK: Rows

  @Test func aRowForEachCharacteristic() {
    let special = Synthetic.agreement(special: true)
    let form = field(.characteristics)
    #expect(map(form, [.characteristics: "110;140"], rows: .characteristic, agreement: special) == [["110"], ["140"]])
    #expect(map(form, [.characteristics: nil], rows: .characteristic, agreement: special) == [[""]])
    // How many there are would tell that there are some.
    #expect(map(form, [.characteristics: "110;140"], .floor, rows: .characteristic, agreement: special) == [[""]])
    // One of them needs another basis: nobody is told the rest in its place.
    #expect(map(form, [.characteristics: "110;170"], rows: .characteristic, agreement: special) == nil)
    // A column of something else has no row more for what may not be told.
    #expect(map(field(.upn), [.characteristics: "110;140"], rows: .characteristic)?.count == 1)
  }

  @Test func aRowForEachDestination() {
    let form = CellForm(
      .joined(
        [CellForm(.destinationKind(intended: "I", actual: "A")), field(.intendedDestination), field(.activity)],
        with: ""))
    #expect(map(form, rows: .destination) == [["I121"], ["A230"]])
    #expect(map(form, [.activity: nil], rows: .destination) == [["I121"]])
    #expect(map(form, [.activity: nil, .intendedDestination: nil], rows: .destination) == [[""]])
    #expect(map(form, [:], .floor, rows: .destination) == [[""]])
  }

  // MARK: Who is in it

  @Test func conditionsSayWhoIsInIt() {
    var profile = Synthetic.profile(.confirmedDestinations)
    profile.conditions = [FieldCondition(field: .activity, test: .isOneOf(["310"]))]
    func outcome(_ changes: [Field: String?]) -> RowOutcome {
      Synthetic.planner(Synthetic.authority(returns: [profile])).outcome(of: Synthetic.row(2, changes))
    }
    #expect(outcome([.activity: "230"]) == .notInKind(.conditionNotMet))
    guard case .ready = outcome([.activity: "310"]) else {
      Issue.record("an apprentice is in it")
      return
    }
    // That a pupil is in it tells what they do.
    #expect(outcome([.activity: "310", .sharing: "NO"]) == .withheld(.floorNotEnough, column: nil))
    profile.conditions = [FieldCondition(field: .senProvision, test: .isOneOf(["E"]))]
    #expect(outcome([.senProvision: "E"]) == .withheld(.noBasis, column: nil))
    profile.conditions = []
    profile.enrolment = ["C"]
    #expect(outcome([.enrolmentStatus: "G"]) == .notInKind(.conditionNotMet))
    // A status that nobody understands loses nobody.
    guard case .ready = outcome([.enrolmentStatus: "Z"]) else {
      Issue.record("nobody is left out for a word")
      return
    }
    guard case .ready(let row) = outcome([.enrolmentStatus: "C", .sharing: "NO"]) else {
      Issue.record("whoever is on the roll is known to be")
      return
    }
    #expect(row.disclosure == .floor)
  }
}
