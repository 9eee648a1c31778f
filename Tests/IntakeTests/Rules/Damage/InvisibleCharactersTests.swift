// Characters that cannot be seen are left out, and that is noted.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Damage: invisible characters") struct InvisibleCharactersTests {
  @Test(arguments: [
    ("Zz\u{A0}Qq", "Zz Qq", "1 character"), ("Zz\u{200B}q\u{FEFF}q", "Zzqq", "2 characters"),
    ("\u{A0}Zz", "Zz", "1 character"),
  ])
  func leftOutAndNoted(_ text: String, _ name: String, _ count: String) {
    let outcome = Fixture.check(text, .legalSurname)
    #expect(outcome == .kept(name, Remark(.invisibleCharacters, count)))
  }

  @Test func beforeAndAfterAreKept() {
    let finding = Fixture.examine([Fixture.row(0, ["UPN": "D341499924001\u{A0}"])]).row(2)?.details.first
    #expect(finding?.code == .invisibleCharacters)
    #expect(finding?.severity == .note)
    #expect(finding?.value?.exposed == "D341499924001\u{A0}")
    #expect(finding?.after?.exposed == "D341499924001")
    #expect(finding.map { "\($0)" }?.contains("D3414") == false)
  }

  @Test(arguments: ["Zz Qq", "Zz\tQq", "Zz\nQq", "Zé"])
  func ordinaryOnesAreNotCounted(_ text: String) { #expect(InvisibleCharacters.count(in: text) == 0) }

  @Test func aValueThatIsLeftOutHasNoRepair() {
    #expect(Fixture.check("12345\u{A0}", .upn).codes == ["L112"])
  }
}
