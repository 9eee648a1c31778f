// The unique pupil number against vectors from public sources and computed ones.

import Testing

@testable import Leavers

@Suite struct UPNTests {
  @Test(arguments: [
    ("D341499924001", UPN.Kind.permanent, "341"), ("N340499924002", .permanent, "340"),
    ("V342499923017", .permanent, "342"), ("J343499922105", .permanent, "343"),
    ("X344499921999", .permanent, "344"), ("N876499920000", .permanent, "876"),
    ("B801200005001", .permanent, "801"), ("P207000016049", .permanent, "207"),
    ("T823432112345", .permanent, "823"), ("C34149992401A", .temporary, "341"),
    ("J34349992499Z", .temporary, "343"), ("L87649992307H", .temporary, "876"),
    ("V34449992215R", .temporary, "344"), ("D34049992100T", .temporary, "340"),
    ("N34249992033J", .temporary, "342"),
  ])
  func acceptsVectors(text: String, kind: UPN.Kind, authority: String) throws {
    let upn = try UPN(text)
    #expect(upn.rawValue == text)
    #expect(upn.kind == kind)
    #expect(upn.localAuthorityPart.rawValue == authority)
    #expect(UPN.checkLetter(for: String(text.dropFirst())) == text.first)
    #expect(try UPN(text.lowercased()) == upn)
    #expect(try text.withRawUTF8 { bytes in Result { try UPN(bytes: bytes) } }.get() == upn)
  }

  @Test(arguments: [
    ("A801200005001", UPN.Flaw.wrongCheckLetter),
    // What two vendors' help pages print as correct.
    ("Q207000016049", .wrongCheckLetter),
    ("X80120000A001", .letterInMiddle(position: 10)),
    ("I341499924001", .letterNotUsed(position: 1)), ("O341499924001", .letterNotUsed(position: 1)),
    ("S341499924001", .letterNotUsed(position: 1)), ("D34149992401S", .letterNotUsed(position: 13)),
    ("D34149992401I", .letterNotUsed(position: 13)), ("D34149992401O", .letterNotUsed(position: 13)),
    ("1341499924001", .wrongCharacters(position: 1)), ("D34149-924001", .wrongCharacters(position: 7)),
    ("D34149992400?", .wrongCharacters(position: 13)), ("D34149992400é", .wrongCharacters(position: 13)),
    ("D34149992400", .wrongLength(12)), ("D3414999240011", .wrongLength(14)),
    ("D341499924001D341499924001D341499924001", .wrongLength(39)),
    ("", .missing), (" \t\u{A0}\u{200B}\u{FEFF} ", .missing),
    ("UN1", .noUPN(reason: 1)), ("un5", .noUPN(reason: 5)), ("UN6", .wrongLength(3)), ("UN0", .wrongLength(3)),
  ])
  func refuses(text: String, flaw: UPN.Flaw) {
    #expect(throws: flaw) { try UPN(text) }
  }

  @Test(arguments: [
    "d341499924001", "D341499924001 ", "\u{A0}D341499924001", "D3414 9992 4001", "\u{FEFF}D341499924001\u{200B}",
    "D341499924001\r\n", "\u{2003}D341499924001\u{AD}",
  ])
  func normalises(text: String) throws {
    #expect(try UPN(text).rawValue == "D341499924001")
  }

  @Test func invalidUTF8IsNoUPN() {
    var bytes = Array("D34149992400".utf8)
    bytes.append(0xFF)
    let result = bytes.withUnsafeBytes { raw -> UPN.Flaw? in
      do throws(UPN.Flaw) {
        _ = try UPN(bytes: raw)
        return nil
      } catch { return error }
    }
    #expect(result == .wrongCharacters(position: 13))
  }

  /// Any single digit changed, and any two neighbours swapped, must be noticed: 23 is prime and no weight a multiple.
  @Test func checkLetterCatchesEverySlip() throws {
    let good = Array("D341499924001".utf8)
    for position in 1..<13 {
      for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != good[position] {
        var wrong = good
        wrong[position] = digit
        #expect(throws: UPN.Flaw.wrongCheckLetter) { try UPN(String(decoding: wrong, as: UTF8.self)) }
      }
      if position < 12, good[position] != good[position + 1] {
        var swapped = good
        swapped.swapAt(position, position + 1)
        #expect(throws: UPN.Flaw.wrongCheckLetter) { try UPN(String(decoding: swapped, as: UTF8.self)) }
      }
    }
  }

  @Test(arguments: ["", "34149992400", "3414999240011", "34149A924001", "34149992400S", "34149992400é"])
  func noCheckLetterForWhatIsNoBody(body: String) {
    #expect(UPN.checkLetter(for: body) == nil)
  }

  @Test func flawsSayWhatIsWrongWithoutTheValue() {
    let flaws: [UPN.Flaw] = [
      .missing, .noUPN(reason: 2), .wrongLength(3), .wrongCharacters(position: 4), .letterNotUsed(position: 1),
      .letterInMiddle(position: 5), .wrongCheckLetter,
    ]
    #expect(Set(flaws.map(\.description)).count == flaws.count)
    #expect(UPN.Flaw.wrongLength(12).description == "a UPN has 13 characters; this has 12")
  }

  @Test func sortsByBody() throws {
    #expect(try UPN("N340499924002") < UPN("D341499924001"))
    #expect(try UPN("N34249992033J") < UPN("V342499923017"))
  }
}
