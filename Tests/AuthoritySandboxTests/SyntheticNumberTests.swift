// Numbers of made-up pupils: right by the published vectors and by the product's own check, which shares no code.

import AuthoritySandbox
import Leavers
import Testing

@Suite struct SyntheticNumberTests {
  @Test(arguments: [
    "D341499924001", "N340499924002", "V342499923017", "J343499922105", "X344499921999", "N876499920000",
    "B801200005001", "P207000016049", "T823432112345", "C34149992401A", "J34349992499Z", "L87649992307H",
  ])
  func takesRightUPNs(upn: String) { #expect(SyntheticUPN.isValid(upn)) }

  @Test(arguments: [
    "A801200005001", "Q207000016049", "X80120000A001", "I341499924001", "D34149992401S", "d341499924001",
    "D341499924001 ", "", "D34149992400",
  ])
  func refusesWrongUPNs(upn: String) { #expect(!SyntheticUPN.isValid(upn)) }

  @Test func makesUPNsThatTheProductTakes() throws {
    for serial in 0..<200 {
      let text = SyntheticUPN.make(authority: 341, establishment: 4787 + serial, year: 14, serial: serial)
      #expect(try UPN(text).rawValue == text)
      #expect(SyntheticUPN.isValid(text))
      #expect(throws: UPN.Flaw.wrongCheckLetter) { try UPN(SyntheticUPN.spoiled(text)) }
    }
    let temporary = SyntheticUPN.make(authority: 876, establishment: 4999, year: 23, serial: 7, temporary: 7)
    #expect(temporary == "L87649992307H")
    #expect(try UPN(temporary).kind == .temporary)
  }

  @Test(arguments: ["9276308686", "1000000043", "6000000013", "7001234566", "2000000060", "2000000001"])
  func takesRightULNs(uln: String) { #expect(SyntheticULN.isValid(uln)) }

  @Test(arguments: ["9876543210", "1000000060", "9276308687", "0276308686", "927630868", "9.27631E+09", "9999999999"])
  func refusesWrongULNs(uln: String) { #expect(!SyntheticULN.isValid(uln)) }

  @Test func makesULNsThatTheProductTakes() throws {
    #expect(SyntheticULN.make(body: 987_654_321) == nil)
    for body in 0..<500 {
      let text = SyntheticULN.make(from: body * 7)
      #expect(try ULN(text).rawValue == text)
    }
  }
}
