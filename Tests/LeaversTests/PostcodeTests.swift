// Postcodes: form, normal writing, the placeholder.

import Testing

@testable import Leavers

@Suite struct PostcodeTests {
  @Test(arguments: [
    ("L1 8JQ", "L1", "8JQ"), ("l203dl", "L20", "3DL"), ("CH41\u{A0}5AA", "CH41", "5AA"), ("WA8 7QF", "WA8", "7QF"),
    (" pr8  1 rl ", "PR8", "1RL"), ("W1A 0AX", "W1A", "0AX"), ("EC1A1BB", "EC1A", "1BB"), ("GIR 0AA", "GIR", "0AA"),
    ("M11AE", "M1", "1AE"), ("DN551PT", "DN55", "1PT"),
  ])
  func accepts(text: String, outward: String, inward: String) throws {
    let postcode = try Postcode(text)
    #expect(postcode.rawValue == "\(outward) \(inward)")
    #expect(postcode.outward == outward)
    #expect(postcode.inward == inward)
    #expect(!postcode.isPlaceholder)
  }

  @Test(arguments: ["ZZ99 9ZZ", "ZZ999ZZ", "zz99 9zz"])
  func placeholder(text: String) throws {
    let postcode = try Postcode(text)
    #expect(postcode.isPlaceholder)
    #expect(postcode.rawValue == "ZZ99 9ZZ")
  }

  @Test(arguments: [
    ("", Postcode.Flaw.missing), ("\u{200B}", .missing), ("L20", .districtOnly), ("CH41", .districtOnly),
    ("L1 8J", .wrongLength(4)), ("1234", .wrongLength(4)), ("CH41 5AAA", .wrongLength(8)),
    ("Q1 8JQ", .wrongShape), ("LJ1 8JQ", .wrongShape), ("L1 8CQ", .wrongShape), ("L1 8JO", .wrongShape),
    ("L1O 8JQ", .wrongShape), ("LO1 8JQX", .wrongShape), ("ZZ98 9ZZ", .wrongShape), ("12345", .wrongShape),
    ("L1 BJQ", .wrongShape), ("W1I 0AX", .wrongShape), ("EC1C 1BB", .wrongShape),
    ("L1-8JQ", .wrongCharacters(position: 3)),
    ("L1 8Jé", .wrongCharacters(position: 5)),
  ])
  func refuses(text: String, flaw: Postcode.Flaw) {
    #expect(throws: flaw) { try Postcode(text) }
  }

  @Test func sorts() throws {
    #expect(try Postcode("L1 8JQ") < Postcode("L20 3DL"))
    #expect(try Postcode("CH41 5AA") < Postcode("L1 8JQ"))
  }
}
