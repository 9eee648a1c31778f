// The page that a tracking team agrees to: nothing of a profile is missing from it.

import Leavers
import Profiles
import Tabular
import Testing

@testable import Returns

struct ProfilePageTests {
  @Test func everyColumnCodeAndReplyOfTheShippedProfilesIsOnThePage() throws {
    let configuration = try ShippedProfilesTests.configuration()
    for authority in configuration.authorities {
      let page = ProfilePage(authority, in: configuration).page.text
      #expect(page.contains("Nobody has agreed to this yet") && !page.contains("<script"))
      for profile in authority.returns {
        #expect(page.contains("<h2>\(profile.kind.words)</h2>"))
        for column in profile.columns {
          #expect(page.contains("<th scope=\"row\">\(column.name)</th>"), "\(authority.id) \(column.name)")
          for form in column.form.all {
            for entry in form.map.entries { #expect(page.contains("<th scope=\"row\">\(entry.theirs)</th>")) }
            if let lookup = form.lookup {
              for entry in lookup.table.map(lookup.column).entries {
                #expect(page.contains("<th scope=\"row\">\(entry.theirs)</th>"))
              }
            }
          }
          if let set = column.codes, column.map.isEmpty, column.form.slice == nil {
            for entry in configuration.codes[set]?.entries ?? [] where !entry.isLegacy {
              #expect(page.contains("<th scope=\"row\">\(entry.code)</th>"))
            }
          }
        }
      }
      for reply in authority.replies {
        for (_, header) in reply.columns { #expect(page.contains("<th scope=\"row\">\(header)</th>")) }
      }
    }
  }

  @Test func oneKindAlone() throws {
    let configuration = try ShippedProfilesTests.configuration()
    let sefton = try #require(configuration.authorities.first { $0.id.rawValue == "sefton" })
    let page = ProfilePage(sefton, in: configuration, kind: .earlyLeavers).page.text
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
    let page = ProfilePage(authority, in: configuration).page.text
    #expect(page.contains("Only C0, C2, C3, C4, C7, C10, C11; every other cell is blank."))
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
      return ProfilePage(authority, in: Synthetic.configuration(authorities: [authority])).page.text
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
    let page = ProfilePage(authority, in: configuration).page.text
    #expect(page.contains("<caption>Where: activity</caption>") && page.contains("<th scope=\"row\">APP</th>"))
    #expect(page.contains("<th scope=\"row\">EC1</th><td>Example College</td>"))
    #expect(page.contains("on the days of the calendar, for Y11-2027 on 2027-11-05"))
  }

  @Test func formsInWords() throws {
    func words(_ form: CellForm) -> String { FormWords.words(form) }
    func field(_ field: Field) -> CellForm { CellForm(.field(field)) }
    #expect(words(field(.providerUKPRN)) == "provider UKPRN" && words(field(.formerUPN)) == "former UPN")
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
