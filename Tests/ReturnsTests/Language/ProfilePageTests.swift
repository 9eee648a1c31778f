// The page that a tracking team agrees to: nothing of a profile is missing from it.

import Leavers
import Profiles
import Tabular
import Testing

@testable import Returns

struct ProfilePageTests {
  static let day = CalendarDate(uncheckedISO: "2026-12-01")

  static func page(
    _ authority: AuthorityProfile, _ configuration: Configuration, on day: CalendarDate = day, kind: ReturnKind? = nil
  ) -> String {
    ProfilePage(FeedSpecification(authority, in: configuration, on: day, kind: kind)).page.text
  }

  @Test func oneKindAlone() throws {
    let configuration = try ShippedProfilesTests.configuration()
    let sefton = try #require(configuration.authorities.first { $0.id.rawValue == "sefton" })
    let page = Self.page(sefton, configuration, kind: .earlyLeavers)
    #expect(page.contains("early leavers") && !page.contains("<h2>risk of NEET</h2>"))
    #expect(page.contains("SEF-3434787-Y12-2027-leavers-0003.csv") && page.contains("once a day"))
  }

  /// The page says of the floor what the mapping does, for whatever columns.
  @Test func whatAFloorRowHoldsIsWhatTheMappingWrites() throws {
    func field(_ field: Field) -> CellForm { CellForm(.field(field)) }
    func when(_ asked: Field, _ form: CellForm, _ otherwise: CellForm?) -> CellForm {
      CellForm(
        .when([.init(condition: FieldCondition(field: asked, test: .present), form: form)], otherwise: otherwise))
    }
    let forms: [(CellForm, Bool)] = [
      (field(.legalSurname), true), (field(.activity), false), (CellForm(.constant("X")), true),
      (CellForm(.school(.urn)), true), (CellForm(.refusal(refused: "R", otherwise: "")), true),
      (CellForm(.moved(moved: "", otherwise: "")), false),
      (CellForm(.destinationKind(intended: "I", actual: "A")), false),
      (CellForm(.firstOf([field(.activity), field(.legalSurname)])), true),
      (CellForm(.joined([field(.activity), field(.phone)], with: "-")), false),
      (when(.activity, field(.legalSurname), field(.legalSurname)), false),
      (when(.legalSurname, field(.legalSurname), nil), true),
      (when(.postcode, field(.activity), field(.legalSurname)), true),
      (CellForm(.field(.activity), substitute: .always("9")), false), (field(.parentName), false),
    ]
    var profile = Synthetic.profile(.confirmedDestinations, routedBy: .educated)
    profile.columns = forms.enumerated().map { ReturnColumn(name: "C\($0)", form: $1.0) }
    let agreement = Synthetic.agreement([.confirmedDestinations], special: true)
    let authority = Synthetic.authority(code: "341", agreements: [agreement], returns: [profile])
    let configuration = Synthetic.configuration(authorities: [authority])
    let row = Synthetic.row(
      2, [.activity: "310", .phone: "0151 496 0001", .parentName: "Ann Example", .sharing: "NO", .postcode: nil])
    let planner = ScopePlanner(
      authority: authority, profile: profile, school: Synthetic.school(), configuration: configuration,
      day: Synthetic.day, gate: .open)
    guard case .ready(let mapped) = planner.outcome(of: planner.told([row])[0]) else {
      Issue.record("the row does not go")
      return
    }
    #expect(mapped.disclosure == .floor)
    for (place, (form, speaks)) in forms.enumerated() {
      #expect(mapped.cells[place].isEmpty == !speaks, "the mapping of column \(place)")
      #expect(form.speaks(atFloorUnder: agreement) == speaks, "what is said of column \(place)")
    }
    let page = Self.page(authority, configuration)
    #expect(page.contains("Only C0, C2, C3, C4, C7, C10, C11; every other cell is blank."))
  }

  /// Whether a pupil who refused is in the file at all: what the page says is what the planner does.
  @Test func whoIsInAFileAtTheFloorIsWhoThePlannerLetsIn() throws {
    let activity = FieldCondition(field: .activity, test: .isOneOf(["310"]))
    let cases: [(conditions: [FieldCondition], parent: Bool, isIn: Bool)] = [
      ([], false, true), ([FieldCondition(field: .yearGroup, test: .isOneOf(["11"]))], false, true),
      ([FieldCondition(field: .postcode, test: .present)], false, true), ([activity], false, false),
      ([FieldCondition(field: .phone, test: .absent)], false, false),
      ([FieldCondition(field: .postcode, test: .present), activity], true, false),
      ([FieldCondition(field: .parentName, test: .present)], false, false),
      ([FieldCondition(field: .parentName, test: .present)], true, true),
    ]
    let row = Synthetic.row(2, [.activity: "310", .phone: nil, .sharing: "NO"])
    for (conditions, parent, isIn) in cases {
      var profile = Synthetic.profile(.confirmedDestinations, routedBy: .educated)
      profile.conditions = conditions
      let agreement = Synthetic.agreement([.confirmedDestinations], parent: parent)
      let authority = Synthetic.authority(code: "341", agreements: [agreement], returns: [profile])
      let planner = Synthetic.planner(authority, profile)
      let outcome = planner.outcome(of: planner.told([row])[0])
      if case .ready(let mapped) = outcome {
        #expect(isIn && mapped.disclosure == .floor)
      } else {
        #expect(!isIn && outcome == .withheld(.floorNotEnough, column: nil))
      }
      let page = Self.page(authority, Synthetic.configuration(authorities: [authority]))
      #expect(page.contains("The pupil is not in the file.") == !isIn, "\(conditions)")
      #expect(page.contains("every other cell is blank") == isIn, "\(conditions)")
    }
  }

  /// Each agreement has its own floor; what is over counts no more.
  @Test func theFloorIsThatOfEachAgreement() throws {
    var profile = Synthetic.profile(.earlyLeavers, routedBy: .educated)
    profile.columns = [
      ReturnColumn(name: "Surname", source: .field(.legalSurname)),
      ReturnColumn(name: "Parent", source: .field(.parentName)),
      ReturnColumn(name: "UPN", source: .field(.upn)),
    ]
    func agreement(_ reference: String, _ from: String, _ until: String, _ basis: Basis, parent: Bool = false)
      -> Agreement
    {
      Synthetic.agreement(
        [.earlyLeavers], basis: basis, reference: reference, parent: parent, from: from, until: until)
    }
    let old = agreement("OLD", "2025-09-01", "2026-08-31", .publicTask, parent: true)
    let now = agreement("NOW", "2026-09-01", "2027-08-31", .publicTask)
    let next = agreement("NEXT", "2027-09-01", "2028-08-31", .esa2008s13)
    func page(_ agreements: [Agreement], on day: String) -> String {
      let authority = Synthetic.authority(code: "341", agreements: agreements, returns: [profile])
      return Self.page(
        authority, Synthetic.configuration(authorities: [authority]), on: CalendarDate(uncheckedISO: day))
    }
    let floor = "Only Surname; every other cell is blank."
    let both = page([old, now, next], on: "2026-12-01")
    #expect(both.contains("NOW, 2026-09-01 to 2027-08-31: \(floor)"))
    #expect(both.contains("NEXT, 2027-09-01 to 2028-08-31: It makes no difference"))
    #expect(!both.contains("Surname, Parent") && !both.contains("OLD, 2025") && both.contains("OLD (over)"))
    #expect(page([old, now], on: "2026-12-01").contains("<td>\(floor)</td>"))
    #expect(page([old, now], on: "2026-08-31").contains("OLD, 2025-09-01 to 2026-08-31: Only Surname, Parent;"))
    #expect(page([old], on: "2026-12-01").contains("Nothing goes: OLD, 2025-09-01 to 2026-08-31, is over."))
  }

  /// Who is not in the file under an agreement.
  @Test func whatAnAgreementDoesNotCover() throws {
    var agreement = Synthetic.agreement([.confirmedDestinations])
    agreement.consent = .tracking
    var profile = Synthetic.profile(.confirmedDestinations, routedBy: .educated)
    profile.columns = [
      ReturnColumn(name: "Activity", source: .field(.activity)),
      ReturnColumn(name: "Ethnicity", form: CellForm(.field(.ethnicity), substitute: .always("-"))),
    ]
    profile.conditions = [FieldCondition(field: .senProvision, test: .present)]
    func terms(_ agreement: Agreement) -> [String] {
      AgreementSpecification(agreement, of: profile, codes: Synthetic.codes, on: Self.day).terms
    }
    #expect(
      terms(agreement) == [
        "only pupils of whom the school holds a consent to being tracked",
        "no special category data: where Activity would tell it, the pupil is not in the file",
        "no special category data: where Ethnicity would tell it, the word for it stands there or the pupil is not in the file",
        "no special category data: nobody of whom a condition would tell it (SEN provision)",
        "no data about offences: where Activity would tell it, the pupil is not in the file",
      ])
    agreement.consent = nil
    (agreement.coversSpecial, agreement.coversOffences) = (true, true)
    #expect(terms(agreement) == ["special category data may be told", "data about offences may be told"])
  }

  @Test func whereTheFloorIsNoneOrAll() throws {
    func page(_ kind: ReturnKind, _ basis: Basis?) -> String {
      let agreements = basis.map { basis in
        var agreement = Synthetic.agreement([kind])
        agreement.basis = basis
        return [agreement]
      }
      let authority = Synthetic.authority(
        code: "341", agreements: agreements ?? [], returns: [Synthetic.profile(kind, routedBy: .educated)])
      return Self.page(authority, Synthetic.configuration(authorities: [authority]))
    }
    #expect(page(.riskOfNEET, .publicTask).contains("The pupil is not in the file."))
    #expect(page(.earlyLeavers, .esa2008s13).contains("no objection to this notice"))
    #expect(page(.earlyLeavers, .esa2008s72).contains("every other cell is blank"))
    #expect(page(.intendedDestinations, nil).contains("Nothing goes."))
  }

  /// Codes of parts and of tables stand on it, and the days of the calendar.
  @Test func codesOfPartsAndDaysOfTheCalendar() throws {
    let mapped = CellForm(.field(.activity), map: ["310": "APP"])
    let table = LookupTable(id: "t", columns: ["code"], rows: [("Example College", .init(cells: ["EC1"]))])
    var profile = Synthetic.profile(.confirmedDestinations, routedBy: .educated, send: .onCalendar)
    profile.columns = [
      ReturnColumn(name: "Where", form: CellForm(.firstOf([mapped, CellForm(.field(.providerName))]))),
      ReturnColumn(
        name: "College", form: CellForm(.field(.providerName), lookup: .init(table: table, column: "code"))),
    ]
    let authority = Synthetic.authority(code: "341", returns: [profile])
    var configuration = Synthetic.configuration(authorities: [authority])
    configuration.calendar = ReturnCalendar(rules: [
      .init(
        kind: .confirmedDestinations, extent: .all, authority: nil, opens: nil, due: nil, closes: nil,
        send: [try #require(CalendarDay("11-05"))])
    ])
    let page = Self.page(authority, configuration)
    #expect(page.contains("<caption>Where: activity</caption>") && page.contains("<th scope=\"row\">APP</th>"))
    #expect(page.contains("<th scope=\"row\">EC1</th><td>Example College</td>"))
    #expect(page.contains("on the days of the calendar, for Y11-2027 on 2027-11-05, after the last day"))
  }

  /// Each stage has its own days, in the year that is told of; one without waits for a person.
  @Test func eachStageHasItsDays() throws {
    let profile = Synthetic.profile(
      .confirmedDestinations, cohorts: [.y11, .y12, .y13], routedBy: .educated, send: .onCalendar)
    let agreement = Synthetic.agreement([.confirmedDestinations], from: "2026-03-01", until: "2031-08-31")
    let authority = Synthetic.authority(code: "341", agreements: [agreement], returns: [profile])
    var configuration = Synthetic.configuration(authorities: [authority])
    func rule(_ stage: Cohort.Stage, due: String?, send: [String]) throws -> ReturnCalendar.Rule {
      .init(
        kind: .confirmedDestinations, extent: .stage(stage), authority: nil, opens: nil,
        due: due.flatMap { CalendarDay($0) }, closes: nil, send: try send.map { try #require(CalendarDay($0)) })
    }
    configuration.calendar = ReturnCalendar(rules: [
      try rule(.y11, due: "11-01", send: ["11-05", "10-05"]), try rule(.y12, due: nil, send: ["+01-31"]),
    ])
    let page = Self.page(authority, configuration, on: CalendarDate(uncheckedISO: "2028-10-01"))
    #expect(page.contains("for Y11-2029 on 2029-10-05, 2029-11-05"))
    #expect(page.contains("for Y12-2029 on 2030-01-31"))
    #expect(page.contains("for Y13-2029 the calendar has no day: a return waits until somebody"))
    #expect(page.contains("<th scope=\"row\">Y11-2029</th><td>not set</td><td>2029-11-01</td><td>not set</td>"))
    // Of an agreement that is to come, the cohorts are those of its first day.
    let early = Self.page(authority, configuration, on: CalendarDate(uncheckedISO: "2025-12-01"))
    #expect(early.contains("for Y11-2026 on 2026-10-05"))
  }

  @Test func formsInWords() throws {
    func words(_ form: CellForm) -> String { FormWords.words(form) }
    func field(_ field: Field) -> CellForm { CellForm(.field(field)) }
    #expect(words(field(.providerUKPRN)) == "provider UKPRN" && words(field(.formerUPN)) == "former UPN")
    #expect(words(field(.senProvision)) == "SEN provision")
    #expect(words(field(.upn)) == "UPN" && words(field(.legalSurname)) == "legal surname")
    #expect(words(CellForm(.field(.dateOfBirth), date: try DatePattern("ddMMyyyy"))) == "date of birth, as ddMMyyyy")
    #expect(
      words(CellForm(.joined([field(.town), field(.postcode)], with: ", "))) == "town; postcode (with “, ” between)")
    #expect(words(CellForm(.joined([field(.town)], with: ""))) == "town (run together)")
    #expect(words(CellForm(.firstOf([field(.uln), field(.upn)]))) == "the first of these that is known: ULN; UPN")
    let condition = FieldCondition(field: .activity, test: .isOneOf(["310", "320"]))
    #expect(
      words(CellForm(.when([.init(condition: condition, form: field(.providerName))], otherwise: nil)))
        == "where activity is 310 or 320: provider name; else blank")
    #expect(
      words(CellForm(.refusal(refused: "R", otherwise: ""))) == "“R” where sharing was refused, else blank")
    #expect(
      words(CellForm(.moved(moved: "T", otherwise: "P")))
        == "“T” once for a pupil who moved to another authority, else “P”")
    #expect(
      words(CellForm(.field(.freeSchoolMeals), yesNo: .init(yes: "1", no: "0")))
        == "free school meals, “1” for yes, “0” for no, blank where not known")
    #expect(
      words(CellForm(.field(.level), number: .init(digits: 1, decimals: 2, mark: ",")))
        == "level, a number with at least 1 digit and 2 behind “,”")
    #expect(
      words(
        CellForm(
          .field(.upn), letterCase: .upper, slice: .range(2...4),
          padding: .init(length: 5, filler: "0", side: .left)))
        == "UPN, from character 2 to 4, in capitals, filled on the left with “0” to 5 characters")
    #expect(
      words(CellForm(.field(.activity), substitute: .byValue(["640": "680", "650": "680"])))
        == "activity, “680” in place of 640, 650, which may not be told")
    let table = LookupTable(id: "t", columns: ["code"], rows: [])
    #expect(
      words(CellForm(.field(.providerName), lookup: .init(table: table, column: "code", otherwise: "9")))
        == "provider name, code of the table t, “9” where it has none")
    #expect(words(CellForm(.constant("<INT>"))) == "always “<INT>”")
    #expect(words(CellForm(.school(.urn))) == "the school's URN")
    #expect(words(CellForm(.destinationKind(intended: "I", actual: "A"))).contains("which destination"))
  }
}
