// Common Transfer Files changed at random, the whole way of an export.

import Leavers
import MutationSupport
import Tabular
import Testing

@testable import Intake

@Suite("Common Transfer Files changed at random") struct TransferMutationTests {
  private static let corpus: [[UInt8]] = {
    let text = TransferFixture.text([TransferFixture.full, TransferFixture.pupil(1), TransferFixture.pupil(2)])
    let wide = TextEncoding.utf16LittleEndian
    let utf16 = (try? wide.encode(text.replacing("UTF-8", with: "UTF-16"))).map { wide.byteOrderMark + $0 }
    return [Array(text.utf8), TransferFixture.bytes([TransferFixture.full]), utf16 ?? []]
  }()

  private static let mutator = Mutator(
    words: [
      "<Pupil>", "</Pupil>", "<Pupil/>", "</CTFpupilData>", "<DOB>2010-03-01</DOB>", "<UPN/>", "<a>", "</a>", "<a b=''",
      "xmlns=\"urn:x\"", "xmlns:x=\"urn:x\"", "<x:a>", "<![CDATA[", "]]>", "<!--", "-->", "<?x ?>", "&amp;", "&lt;",
      "&#0;",
      "&#x10FFFF;", "&x;", "<!DOCTYPE CTfile>", "<SEN><SENprovision>K</SENprovision></SEN>", "<Order>1</Order>",
      "\u{FEFF}",
      "<AddressLines><AddressLine1>Zz</AddressLine1></AddressLines>", "encoding=\"windows-1252\"", "é", "\u{1F600}",
      "\n",
    ], bytes: [[0], [0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80]])

  private let run = MutationRun("ctf") { seed in
    var generator = SeededGenerator(seed: seed)
    let bytes = mutator.changed(corpus[Int(seed % UInt64(corpus.count))], &generator)
    ExportProperties.check(bytes, named: "a.xml", seed: seed)
  }

  @Test func aFew() throws { try run.few(400) }

  @Test(.enabled(if: MutationRun.seconds > 0)) func aLongTime() throws { try run.long() }
}
