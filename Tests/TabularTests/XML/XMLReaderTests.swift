// The reader of XML: events, names, encodings, and what it refuses.

import CXML
import Testing

@testable import Tabular

@Suite struct XMLReaderTests {
  /// All events as words, so that they can be compared.
  private func events(_ bytes: [UInt8], limits: XMLLimits = XMLLimits(), piece: Int = .max) throws(XMLError) -> [String]
  {
    var position = 0
    var reader = XMLReader(limits: limits) { buffer in
      let count = min(buffer.count, piece, bytes.count - position)
      buffer.copyBytes(from: bytes[position..<position + count])
      position += count
      return count
    }
    var result: [String] = []
    while let event = try reader.next() {
      switch event {
      case .start:
        let attributes = reader.attributes.map { " \($0.namespace.map { "{\($0)}" } ?? "")\($0.name)=\($0.value)" }
        result.append("<\(reader.namespace.map { "{\($0)}" } ?? "")\(reader.name)\(attributes.joined())>")
      case .end: result.append("</\(reader.name)>")
      case .text: result.append(reader.text)
      }
    }
    return result
  }

  private func events(_ text: String, limits: XMLLimits = XMLLimits(), piece: Int = .max) throws(XMLError) -> [String] {
    try events(Array(text.utf8), limits: limits, piece: piece)
  }

  private func code(_ text: String, limits: XMLLimits = XMLLimits()) -> XMLError.Code? {
    do throws(XMLError) {
      _ = try events(text, limits: limits)
      return nil
    } catch {
      return error.code
    }
  }

  private static let document = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- a comment -->
    <p:root xmlns:p="urn:p" xmlns="urn:d" a="1" p:b="&lt;&amp;&quot;&#38;&amp;#38;&#233;">
    <child>one <!-- --> &amp; <![CDATA[<two>]]> é</child><empty/><?pi x?>
    </p:root>
    """
  private static let documentEvents = [
    "<{urn:p}root a=1 {urn:p}b=<&\"&&#38;é>", "\n", "<{urn:d}child>", "one  & <two> é", "</child>", "<{urn:d}empty>",
    "</empty>", "\n", "</root>",
  ]

  /// However the source cuts the bytes, the events are the same.
  @Test(arguments: [1, 2, 3, 7, 100, .max])
  func eventsInPieces(piece: Int) throws {
    #expect(try events(Self.document, piece: piece) == Self.documentEvents)
  }

  @Test func linesAndDepths() throws {
    var reader = XMLReader(Array("<a>\n<b>x\ny</b>\n\n<c/></a>".utf8))
    var places: [String] = []
    while try reader.next() != nil { places.append("\(reader.name):\(reader.line):\(reader.depth)") }
    #expect(places == ["a:1:1", ":2:1", "b:2:2", ":3:2", "b:3:2", ":5:1", "c:5:2", "c:5:2", "a:5:1"])
  }

  @Test func pullingOnesWayThrough() throws {
    let text =
      "<list><item id=\"1\"><skip><name>no</name></skip><name>A<x>no</x>nn</name></item><item><name/></item></list>"
    var reader = XMLReader(Array(text.utf8))
    var names: [String] = []
    while let event = try reader.next() {
      guard event == .start else { continue }
      if reader.isNamed("skip") { try reader.skipElement() }
      if reader.isNamed("item") { names.append(reader.attribute("id") ?? "-") }
      if reader.isNamed("name") { names.append(try reader.elementText()) }
    }
    #expect(names == ["1", "Ann", "-", ""])
  }

  @Test func attributesByNamespace() throws {
    var reader = XMLReader(Array("<a xmlns:p=\"urn:p\" p:x=\"1\" y=\"2\" xml:space=\"preserve\"/>".utf8))
    _ = try reader.next()
    #expect(reader.attribute("x") == nil)
    #expect(reader.attribute("x", namespace: "urn:p") == "1")
    #expect(reader.attribute("y") == "2")
    #expect(reader.attribute("space", namespace: "http://www.w3.org/XML/1998/namespace") == "preserve")
    #expect(reader.isNamed("a") && !reader.isNamed("ab") && !reader.isNamed("b"))
  }

  @Test func encodings() throws {
    let text = "<a b=\"é\">ł名😀</a>"
    let expected = ["<a b=é>", "ł名😀", "</a>"]
    #expect(try events([0xEF, 0xBB, 0xBF] + Array(text.utf8)) == expected)
    let little = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    for piece in [1, 5, .max] {
      #expect(try events([0xFF, 0xFE] + little, piece: piece) == expected)
      #expect(try events([0xFE, 0xFF] + big, piece: piece) == expected)
    }
    let declared = "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>"
    #expect(try events(Array(declared.utf8) + [0x80, 0xE9] + Array("</a>".utf8)) == ["<a>", "€é", "</a>"])
    let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a b=\""
    #expect(try events(Array(latin.utf8) + [0xE9] + Array("\"/>".utf8), piece: 3) == ["<a b=é>", "</a>"])
  }

  @Test func undecodableText() {
    #expect(code("<?xml version=\"1.0\" encoding=\"x-unknown\"?><a/>") == .undecodable)
    for bytes: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]] {
      for text in [Array("<a>".utf8) + bytes + Array("</a>".utf8), Array("<a b='".utf8) + bytes + Array("'/>".utf8)] {
        #expect(throws: XMLError.self) { try events(text) }
      }
    }
    #expect(throws: XMLError.self) { try events([0xFF, 0xFE] + Array("<a/>".utf8) + [0x00, 0xD8]) }
    // Encodings that libxml2 converts: it stops at such bytes, and says so in no other way.
    let head = Array("<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>".utf8)
    for count in [0, 10, 100, 100_000] {
      let filling = [UInt8](repeating: 0x78, count: count)
      for rest in [filling + [0x81] + filling + Array("</a>".utf8), filling + Array("</a>".utf8) + [0x81]] {
        let error = #expect(throws: XMLError.self, "\(count)") { try events(head + rest) }
        #expect(error?.code == .undecodable, "\(error?.message ?? "")")
      }
    }
  }

  @Test(arguments: [
    "<a><b></a>", "<a b=1/>", "<a b=\"1\" b=\"2\"/>", "<a>&unknown;</a>", "<a>&#0;</a>", "<a>\u{1}</a>", "<a/><b/>",
    "<a/>text", "<p:a/>", "<a b=\"<\"/>", "text", "<a>]]></a>", "<a xmlns:p=\"\"/>",
  ])
  func malformed(text: String) {
    let found = code(text)
    #expect(found == .malformed || found == .truncated || found == .undecodable)
  }

  @Test(arguments: ["", "<a>", "<a><b/>", "<a>text", "<a", "<a b='", "<!-- x", "<a><![CDATA[x"])
  func truncated(text: String) {
    #expect(code(text) == .truncated)
  }

  @Test func errorsNameTheLineAndNothingElse() throws {
    do throws(XMLError) {
      _ = try events("<a>\n<secret>\n</other>\n</a>")
      Issue.record("this is not well-formed")
    } catch {
      #expect(error.code == .malformed && error.line == 3)
      #expect(error.message.hasPrefix("line 3: ") && !error.message.contains("secret"))
    }
  }

  @Test func eventsBeforeAnErrorAreGiven() throws {
    var reader = XMLReader(Array("<a><b/><b></a>".utf8))
    for name in ["a", "b", "b", "b"] {
      #expect(try reader.next() != nil)
      #expect(reader.name == name)
    }
    for _ in 0..<3 { #expect(throws: XMLError.self) { _ = try reader.next() } }
  }

  @Test(arguments: [
    "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
    "<!DOCTYPE a [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]><a/>",
    "<!DOCTYPE a [<!ENTITY x SYSTEM \"http://127.0.0.1:1/\">]><a>&x;</a>",
    "<!DOCTYPE a [<!ATTLIST a b CDATA \"default\">]><a/>",
  ])
  func doctypesAreRefused(text: String) {
    #expect(code(text) == .doctype)
  }

  @Test func limits() {
    let depth = { (count: Int) in String(repeating: "<a>", count: count) + String(repeating: "</a>", count: count) }
    #expect(code(depth(10), limits: XMLLimits(depth: 10)) == nil)
    #expect(code(depth(11), limits: XMLLimits(depth: 10)) == .tooDeep)
    #expect(code("<a b='' c='' xmlns:d='e'/>", limits: XMLLimits(attributes: 3)) == nil)
    #expect(code("<a b='' c='' xmlns:d='e'/>", limits: XMLLimits(attributes: 2)) == .tooManyAttributes)
    #expect(code("<a>12345</a>", limits: XMLLimits(textBytes: 5)) == nil)
    #expect(code("<a>123456</a>", limits: XMLLimits(textBytes: 5)) == .textTooLong)
    #expect(code("<a>123<!-- -->456</a>", limits: XMLLimits(textBytes: 5)) == .textTooLong)
    #expect(code("<a>123<b/>456</a>", limits: XMLLimits(textBytes: 5)) == nil)
    #expect(code("<a>12345</a>", limits: XMLLimits(bytes: 12)) == nil)
    #expect(code("<a>12345</a>", limits: XMLLimits(bytes: 11)) == .tooManyBytes)
    let spaces = "<a xmlns:b='b'><c xmlns:d='d'/><c xmlns:d='d'/></a>"
    #expect(code(spaces, limits: XMLLimits(namespaces: 2)) == nil)
    #expect(code(spaces, limits: XMLLimits(namespaces: 1)) == .tooManyNamespaces)
    for long in [
      "<a b='\(String(repeating: "x", count: 100_000))'/>", "<a><!--\(String(repeating: "x", count: 100_000))--></a>",
    ] {
      #expect(code(long) == nil)
      #expect(code(long, limits: XMLLimits(markupBytes: 10_000)) == .markupTooLong)
    }
  }

  /// Ten thousand attributes of one tag: libxml2 compares each with each, and must not be let do that for long.
  @Test func manyAttributesTakeNoTime() {
    let attributes = (0..<1_000_000).map { " a\($0)=''" }.joined()
    let time = ContinuousClock().measure {
      let found = code("<a\(attributes)/>")
      #expect(found == .markupTooLong || found == .tooManyAttributes)
    }
    #expect(time < .seconds(30))
  }

  @Test func aSourceThatFails() throws {
    var calls = 0
    var reader = XMLReader { buffer in
      calls += 1
      guard calls == 1 else { return nil }
      buffer.copyBytes(from: Array("<a><b/>".utf8))
      return 7
    }
    var found: XMLError?
    do throws(XMLError) { while try reader.next() != nil {} } catch { found = error }
    #expect(found?.code == .unreadable)
  }

  /// Errors of encodings go past a parser's own handler to those of the thread, which print bytes of the document.
  @Test func nothingIsSaidToTheThreadsHandlers() {
    var count = 0
    withUnsafeMutablePointer(to: &count) { counter in
      xmlSetStructuredErrorFunc(counter) { context, _ in
        context?.assumingMemoryBound(to: Int.self).pointee += 1
      }
      defer { xmlSetStructuredErrorFunc(nil, nil) }
      let bad = "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>"
      #expect(throws: XMLError.self) { try events(Array(bad.utf8) + [0x81] + Array("</a>".utf8)) }
      #expect(throws: XMLError.self) { try events([0xFF, 0xFE, 0x3C, 0, 0x61, 0, 0x3E, 0, 0, 0xD8, 0x3C, 0, 0x3C, 0]) }
      #expect(throws: XMLError.self) { try events("<a>&x;</b>") }
      #expect(counter.pointee == 0)
      // And they are put back.
      xmlFreeDoc(xmlReadMemory("<a", 2, nil, nil, 0))
      #expect(counter.pointee > 0)
    }
  }

  @Test func manyReadersAtOnce() async {
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<32 {
        group.addTask {
          let text = number % 2 == 0 ? Self.document : "<?xml version=\"1.0\" encoding=\"x-unknown\"?><a/>"
          let found = (0..<50).map { _ in (try? events(text)) }
          return found.allSatisfy { $0 == (number % 2 == 0 ? Self.documentEvents : nil) }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}
