// The unique learner number against published and computed vectors.

import Testing

@testable import Leavers

@Suite struct ULNTests {
  @Test(arguments: [
    // HESA's published example first.
    "9276308686", "1000000043", "1234567899", "6000000013", "7001234566", "3000000002", "9999999998", "8111111117",
    "2000000060", "2000000001",
  ])
  func acceptsVectors(text: String) throws {
    let uln = try ULN(text)
    #expect(uln.rawValue == text)
    #expect(ULN.checkDigit(for: String(text.dropLast())) == text.last?.wholeNumberValue)
  }

  @Test(arguments: [
    // The remainder is 0: whatever the tenth digit, there is no such number.
    ("9876543210", ULN.Flaw.noSuchNumber), ("9876543211", .noSuchNumber), ("1000000060", .noSuchNumber),
    ("9276308687", .wrongCheckDigit), ("0276308686", .leadingZero), ("927630868", .wrongLength(9)),
    ("92763086861", .wrongLength(11)), ("9.27631E+09", .scientificNotation), ("9,27631e+09", .scientificNotation),
    ("9E9X", .wrongCharacters(position: 2)), ("9999999999", .placeholder), ("", .missing), ("\u{A0}", .missing),
    ("92763O8686", .wrongCharacters(position: 6)), ("９276308686", .wrongCharacters(position: 1)),
    ("9276308686.0", .wrongCharacters(position: 11)),
  ])
  func refuses(text: String, flaw: ULN.Flaw) {
    #expect(throws: flaw) { try ULN(text) }
  }

  @Test(arguments: ["9276 308 686", " 9276308686\u{A0}", "\u{FEFF}9276308686"])
  func normalises(text: String) throws {
    #expect(try ULN(text).rawValue == "9276308686")
  }

  @Test(arguments: ["987654321", "100000006", "012345678", "12345678", "1234567890", "12345678x"])
  func noCheckDigit(body: String) {
    #expect(ULN.checkDigit(for: body) == nil)
  }

  @Test func sorts() throws {
    #expect(try ULN("1000000043") < ULN("9276308686"))
  }
}
