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
          for entry in column.map.entries { #expect(page.contains("<th scope=\"row\">\(entry.theirs)</th>")) }
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
    #expect(page.contains("SEF-3434787-Y11-2027-leavers-0003.csv") && page.contains("once a day"))
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
