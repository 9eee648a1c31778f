// What is trimmed and what is not.

import Testing

@testable import Leavers

@Suite struct BlankTests {
  @Test func trims() {
    #expect("  a b\u{A0}\u{FEFF}\u{200B}\t\r\n".trimmedOfBlanks == "a b")
    #expect("\u{A0}".trimmedOfBlanks == "")
    #expect("".trimmedOfBlanks == "")
    #expect("e\u{301} ".trimmedOfBlanks == "e\u{301}")
  }

  @Test func trimsBytesLikeText() {
    for text in ["\u{2003}x y\u{3000}", "x", "", " ", "\u{FEFF}é\u{A0}", "💥 "] {
      let bytes = text.withRawUTF8 { String(decoding: Blank.trimmed($0), as: UTF8.self) }
      #expect(bytes == text.trimmedOfBlanks)
    }
    let broken: [UInt8] = [0x20, 0xA0, 0x80, 0x20]
    #expect(broken.withUnsafeBytes { Array(Blank.trimmed($0)) } == [0xA0, 0x80])
  }

  @Test func scalarsOfBrokenBytes() {
    for bytes: [UInt8] in [
      [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3], [0xFF],
    ] {
      let found = bytes.withUnsafeBytes { Blank.scalar(in: $0, at: 0) }
      #expect(found.0 == nil && found.1 == 1)
    }
  }
}
