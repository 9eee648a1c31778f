// Encodings both ways.

import Testing

@testable import Tabular

@Suite struct TextEncodingTests {
  @Test func windows1252HasACharacterForEveryByte() throws {
    let all = (0...255).map { UInt8($0) }
    let text = try TextEncoding.windows1252.decode(all)
    #expect(text.unicodeScalars.count == 256)
    #expect(try TextEncoding.windows1252.encode(text) == all)
    #expect(try TextEncoding.windows1252.decode([0x80, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x9F, 0xE9]) == "€‘’“”–—Ÿé")
  }

  @Test(arguments: TextEncoding.allCases)
  func thereAndBack(encoding: TextEncoding) throws {
    let text = encoding == .windows1252 ? "O’Brien, Zoë – €" : "O’Brien, Zoë 漢 💥\u{10FFFF}"
    let bytes = try encoding.encode(text)
    #expect(try encoding.decode(bytes) == text)
    #expect(try encoding.decode([UInt8]()) == "")
  }

  private func failure(_ bytes: [UInt8], _ encoding: TextEncoding) -> TextEncodingError? {
    do throws(TextEncodingError) {
      _ = try encoding.decode(bytes)
      return nil
    } catch { return error }
  }

  @Test func saysWhere() throws {
    #expect(failure([0x61, 0xE9, 0x62], .utf8)?.position == 1)
    #expect(failure([0x61, 0, 0x62], .utf16LittleEndian)?.position == 2)
    #expect(failure([0x61, 0, 0x3D, 0xD8], .utf16LittleEndian)?.position == 2)
    #expect(failure([0x61, 0, 0x3D, 0xD8, 0x61, 0], .utf16LittleEndian)?.position == 2)
    #expect(failure([0xDC, 0x00], .utf16BigEndian)?.position == 0)
    #expect(failure([0x61, 0xE9], .utf8)?.description.contains("offset 1") == true)
    do throws(TextEncodingError) {
      _ = try TextEncoding.windows1252.encode("ab\u{142}")
      Issue.record("encoded what windows-1252 has not")
    } catch {
      #expect(error.position == 3)
      #expect(error.scalar == "\u{142}")
      #expect(error.direction == .encoding)
      #expect(error.description.contains("character 3 (U+0142)"))
    }
  }
}
