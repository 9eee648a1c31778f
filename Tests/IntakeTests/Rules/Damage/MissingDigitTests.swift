// Numbers that lost a digit.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Damage: lost digits") struct MissingDigitTests {
  @Test func nineDigitsOfAULN() {
    let outcome = Fixture.check("927630868", .uln)
    #expect(outcome.value == nil)
    #expect(outcome.codes == ["L134"])
    #expect(outcome.remarks.first?.detail?.contains("no ULN begins with 0") == true)
    #expect(MissingDigit.cause(.wrongLength(8)) == nil)
  }

  @Test func zerosOfTheSchoolsOwnNumber() throws {
    let own = try LAESTAB("3410087")
    for text in ["87", "087", "0087", " 87 "] { #expect(MissingDigit.isOwnEstablishment(text, own)) }
    for text in ["7", "00087", "870", "x", ""] { #expect(!MissingDigit.isOwnEstablishment(text, own)) }
    let context = Fixture.context(school: Fixture.school(laestab: "3410087"))
    #expect(Fixture.check("87", .laestab, context) == .kept("3410087", Remark(.laestabShort)))
    #expect(Fixture.check("88", .laestab, context).codes == ["L241"])
  }
}
