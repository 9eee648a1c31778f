// Which schemas are taken, and that what is said of a document is nothing of it.

import Testing

@testable import Tabular

struct XMLSchemaCheckTests {
  private static func schema(_ body: String) -> [UInt8] {
    Array("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\(body)</xs:schema>".utf8)
  }

  @Test(arguments: [
    ("<xs:import namespace=\"urn:x\" schemaLocation=\"http://example.org/x.xsd\"/>", "import"),
    ("<xs:include schemaLocation=\"/etc/passwd\"/>", "include"),
    ("<xs:element name=\"A\" type=\"xs:nothing\"/>", "no valid XML Schema"),
    (
      "<xs:element name=\"A\"><xs:simpleType><xs:restriction base=\"xs:string\"><xs:pattern value=\"[\"/></xs:restriction></xs:simpleType></xs:element>",
      "no valid XML Schema"
    ),
  ])
  func whatIsNotTaken(_ body: String, _ saying: String) {
    #expect {
      _ = try XMLSchemaCheck(schema: Self.schema(body))
    } throws: { "\($0)".contains(saying) }
  }

  @Test func whatIsNoSchema() {
    #expect(throws: XMLSchemaCheck.Failure.self) { _ = try XMLSchemaCheck(schema: Array("<a/>".utf8)) }
    #expect(throws: XMLSchemaCheck.Failure.self) { _ = try XMLSchemaCheck(schema: Array("schools: []".utf8)) }
  }

  @Test(arguments: [
    ("<A><B>12</B></A>", nil), ("<A><B>99</B></A>", "out of bounds"), ("<A><B>secret</B></A>", "not of the type"),
    ("<A/>", "missing"), ("<A><B>1</B><C/></A>", "wrong place"), ("<Z/>", "no such root"),
    ("<A><B>1</A>", "well-formed"),
    ("<A x=\"secret\"><B>1</B></A>", "attribute is not allowed"),
  ])
  func whatIsSaidOfADocument(_ document: String, _ saying: String?) throws {
    let check = try XMLSchemaCheck(
      schema: Self.schema(
        "<xs:element name=\"A\"><xs:complexType><xs:sequence><xs:element name=\"B\"><xs:simpleType>"
          + "<xs:restriction base=\"xs:int\"><xs:maxInclusive value=\"50\"/></xs:restriction></xs:simpleType></xs:element>"
          + "</xs:sequence></xs:complexType></xs:element>"))
    let problems = check.problems(in: Array(document.utf8)).map(\.description)
    #expect(problems.isEmpty == (saying == nil))
    if let saying { #expect(problems.contains { $0.contains(saying) }, "\(problems)") }
    #expect(!problems.contains { $0.contains("secret") })
  }

  @Test func aDocumentReadsBackAsItWasWritten() throws {
    var root = XMLElement("R", attributes: [.init("a", "1\"<&\n")])
    root.children = [
      XMLElement("T", text: " <&>\"'\r\n\té "), XMLElement("E"),
      XMLElement("P", children: [XMLElement("Q", text: "x")]),
    ]
    let read = try XMLElement.read(try root.document(namespace: "urn:r"))
    #expect(read.namespace == "urn:r")
    var found = read.root
    found.attributes.removeAll { $0.name == "xmlns" }
    #expect(found == root)
    #expect(throws: XMLError.self) { _ = try XMLElement("A", text: "\u{1}").document() }
  }
}
