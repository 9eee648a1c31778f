// The apostrophe of a text cell goes; that of a name stays.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Damage: text apostrophe") struct TextApostropheTests {
  @Test func numbersLoseIt() {
    #expect(Fixture.check("'07700 900123", .phone) == .kept("07700900123", Remark(.textApostrophe)))
    #expect(Fixture.check("\u{2019}01/09/2026", .startDate).value == "2026-09-01")
    #expect(Fixture.check("'D341499924001", .upn).value == "D341499924001")
    #expect(Fixture.check("'12 Zz Street", .addressLine1).value == "12 Zz Street")
  }

  @Test func namesAndWordsKeepIt() {
    #expect(Fixture.check("'Abd", .legalForename) == .kept("'Abd"))
    #expect(Fixture.check("'Zz House'", .addressLine1) == .kept("'Zz House'"))
    #expect(TextApostrophe.removed("'", .phone) == nil)
    #expect(TextApostrophe.removed("1'2", .phone) == nil)
  }

  /// What a spreadsheet was kept from carrying out does not come alive here.
  @Test func aFormulaBehindItStaysText() {
    #expect(Fixture.check("'=1+1", .course) == .kept("'=1+1"))
  }
}
