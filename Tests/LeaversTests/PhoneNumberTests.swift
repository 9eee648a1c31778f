// Telephone numbers; all from the ranges that Ofcom keeps for fiction.

import Testing

@testable import Leavers

@Suite struct PhoneNumberTests {
  @Test(arguments: [
    ("0151 496 0123", "01514960123", false), ("(0151) 496-0123", "01514960123", false),
    ("+44 151 496 0123", "01514960123", false), ("+44 (0)151 496 0123", "01514960123", false),
    ("0044 7700 900123", "07700900123", false), ("07700900123", "07700900123", false),
    ("7700900123", "07700900123", true), ("1514960123", "01514960123", true), ("2079460123", "02079460123", true),
    ("01632 960123", "01632960123", false), ("0169 772 345", "0169772345", false),
    ("0808 157 0123", "08081570123", false), ("03069 990123", "03069990123", false),
    ("\u{202A}07700 900123\u{202C}", "07700900123", false), ("07700.900.123", "07700900123", false),
  ])
  func accepts(text: String, digits: String, repaired: Bool) throws {
    let phone = try PhoneNumber(text)
    #expect(phone.rawValue == digits)
    #expect(phone.wasRepaired == repaired)
    #expect(phone.isMobile == digits.hasPrefix("07"))
  }

  @Test(arguments: [
    ("", PhoneNumber.Flaw.missing), ("7.7009E+09", .scientificNotation), ("+353 1 496 0123", .notUnitedKingdom),
    ("496 0123", .noLeadingZero), ("3700900123", .noLeadingZero), ("0770 090 012", .wrongLength(10)),
    ("077009001234", .wrongLength(12)), ("0", .wrongLength(0)), ("+44", .wrongLength(0)),
    ("0400 900 1234", .wrongPrefix), ("07700 900123 mum", .wrongCharacters(position: 12)),
    ("07700+900123", .wrongCharacters(position: 6)), ("07700 90012é", .wrongCharacters(position: 11)),
    ("07700 900123 07700 900124 07700 900125", .wrongLength(33)),
  ])
  func refuses(text: String, flaw: PhoneNumber.Flaw) {
    #expect(throws: flaw) { try PhoneNumber(text) }
  }

  @Test func repairedAndWholeAreTheSameNumber() throws {
    #expect(try PhoneNumber("7700900123") == PhoneNumber("07700 900123"))
    #expect(try Set([PhoneNumber("7700900123"), PhoneNumber("07700900123")]).count == 1)
    #expect(try PhoneNumber("07700900123") != PhoneNumber("07700900124"))
  }
}
