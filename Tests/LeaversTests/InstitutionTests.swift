// Numbers of authorities, establishments and providers.

import Testing

@testable import Leavers

@Suite struct InstitutionTests {
  @Test(arguments: ["3414787", "341/4787", "341-4787", "341 4787", " 341 / 4787 ", "\u{A0}3414787"])
  func laestab(text: String) throws {
    let number = try LAESTAB(text)
    #expect(number.rawValue == "3414787")
    #expect(number.authority == (try LACode("341")))
    #expect(number.establishment == "4787")
    #expect("\(number)" == "3414787")
  }

  @Test(arguments: [
    ("", LAESTAB.Flaw.missing), ("4787", .wrongLength(4)), ("34147871", .wrongLength(8)),
    ("341/478", .wrongCharacters(position: 4)), ("34/14787", .wrongCharacters(position: 3)),
    ("341/47/7", .wrongCharacters(position: 7)), ("341478X", .wrongCharacters(position: 7)),
    ("é414787", .wrongCharacters(position: 1)),
  ])
  func laestabRefuses(text: String, flaw: LAESTAB.Flaw) {
    #expect(throws: flaw) { try LAESTAB(text) }
  }

  @Test func zerosAreKept() throws {
    #expect(try LACode("005").rawValue == "005")
    #expect(try LAESTAB("0010007").rawValue == "0010007")
    #expect(try LAESTAB("0010007").establishment == "0007")
    #expect(try URN("001234").rawValue == "001234")
  }

  @Test func fourDigitsAreExplained() {
    #expect(LAESTAB.Flaw.wrongLength(4).description.contains("authority's 3 digits"))
  }

  @Test func others() throws {
    #expect(try LACode(" 876 ").rawValue == "876")
    #expect(try URN("104693").rawValue == "104693")
    #expect(try UKPRN("10012345").rawValue == "10012345")
    #expect(throws: LACode.Flaw.missing) { try LACode(" ") }
    #expect(throws: LACode.Flaw.wrongLength(2)) { try LACode("34") }
    #expect(throws: LACode.Flaw.wrongCharacters(position: 1)) { try LACode("E08") }
    #expect(throws: URN.Flaw.missing) { try URN("") }
    #expect(throws: URN.Flaw.wrongLength(7)) { try URN("1046931") }
    #expect(throws: URN.Flaw.wrongCharacters(position: 6)) { try URN("10469x") }
    #expect(throws: UKPRN.Flaw.missing) { try UKPRN("") }
    #expect(throws: UKPRN.Flaw.wrongLength(7)) { try UKPRN("1001234") }
    #expect(throws: UKPRN.Flaw.wrongFirstDigit) { try UKPRN("20012345") }
    #expect(throws: UKPRN.Flaw.wrongCharacters(position: 2)) { try UKPRN("1E012345") }
    #expect(try LACode("340") < LACode("341"))
    #expect(try URN("100000") < URN("104693"))
    #expect(try UKPRN("10000001") < UKPRN("10012345"))
    #expect(try LAESTAB("3404787") < LAESTAB("3414787"))
  }
}
