// Whether a document meets an XML Schema: libxml2's validator, with nothing of the document in what it says.

import CXML
import Synchronization

/// An XML Schema (XSD 1.0) that documents are held against.
///
/// Nothing outside the schema's own bytes is read: one that imports, includes or redefines others is refused.
package struct XMLSchemaCheck: Sendable {
  /// Why a schema cannot be used.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String
    package var description: String { message }
  }

  /// Where a document does not meet the schema; no part of the document but the name of an element.
  package struct Problem: Hashable, Sendable, CustomStringConvertible {
    /// From 1; 0 where it is not known.
    package let line: Int
    package let element: String?
    package let words: String

    package var description: String {
      "line \(line)" + (element.map { ", element \($0)" } ?? "") + ": \(words)"
    }
  }

  private let schema: [UInt8]

  /// How many problems are told of a document.
  private static let problemLimit = 20
  /// libxml2's schemas are set up once, and are not for two threads at once.
  private static let turn = Mutex(())

  package init(schema: [UInt8]) throws(Failure) {
    let root: XMLElement
    do { root = try XMLElement.read(schema, limits: XMLLimits(bytes: 1 << 22)).root } catch {
      throw Failure(message: error.message)
    }
    guard root.name == "schema" else { throw Failure(message: "its root is no schema element of XML Schema") }
    for child in root.children where ["import", "include", "redefine", "override"].contains(child.name) {
      throw Failure(
        message: "it has an \(child.name) element, and other files are not read; put all of it into one file")
    }
    self.schema = schema
    let compiles = Self.turn.withLock { _ in Self.withSchema(schema) { _ in true } }
    guard compiles == true else { throw Failure(message: "libxml2 finds it to be no valid XML Schema") }
  }

  /// Where a document does not meet the schema; empty where it does.
  package func problems(in document: [UInt8]) -> [Problem] {
    let found = Self.turn.withLock { _ in
      Self.withSchema(schema) { compiled in Self.validate(document, compiled) }
    }
    return found ?? [Problem(line: 0, element: nil, words: "the schema cannot be used any more")]
  }

  // MARK: libxml2

  private static func withSchema<Value>(_ bytes: [UInt8], _ body: (xmlSchemaPtr) -> Value) -> Value? {
    xmlInitParser()
    return bytes.withUnsafeBytes { buffer in
      guard
        let parser = xmlSchemaNewMemParserCtxt(
          buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
      else { return nil }
      defer { xmlSchemaFreeParserCtxt(parser) }
      xmlSchemaSetParserStructuredErrors(parser, { _, _ in }, nil)
      guard let schema = leaverlink_xml_schema_parse(parser) else { return nil }
      defer { xmlSchemaFree(schema) }
      return body(schema)
    }
  }

  private final class Problems {
    var found: [Problem] = []
  }

  private static func validate(_ bytes: [UInt8], _ schema: xmlSchemaPtr) -> [Problem] {
    let problems = Problems()
    let tree = bytes.withUnsafeBytes { buffer in
      xmlReadMemory(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), nil, nil,
        Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue))
    }
    guard let tree else { return [Problem(line: 0, element: nil, words: "the document is not well-formed XML")] }
    defer { xmlFreeDoc(tree) }
    guard let context = xmlSchemaNewValidCtxt(schema) else {
      return [Problem(line: 0, element: nil, words: "there is no memory left to check with")]
    }
    defer { xmlSchemaFreeValidCtxt(context) }
    let receiver = Unmanaged.passUnretained(problems)
    xmlSchemaSetValidStructuredErrors(
      context,
      { user, error in
        guard let user, let error else { return }
        let problems = Unmanaged<Problems>.fromOpaque(user).takeUnretainedValue()
        guard problems.found.count < XMLSchemaCheck.problemLimit else { return }
        let node = error.pointee.node?.assumingMemoryBound(to: xmlNode.self)
        let problem = Problem(
          line: Int(error.pointee.line),
          element: node?.pointee.name.map { String(cString: $0) },
          words: XMLSchemaCheck.words(error.pointee.code))
        if problems.found.last != problem { problems.found.append(problem) }
      }, receiver.toOpaque())
    let result = withExtendedLifetime(problems) { xmlSchemaValidateDoc(context, tree) }
    if result != 0, problems.found.isEmpty {
      return [Problem(line: 0, element: nil, words: "the document does not meet the schema (libxml2 \(result))")]
    }
    return problems.found
  }

  /// libxml2's own message quotes the document; its number does not.
  private static func words(_ code: Int32) -> String {
    switch xmlParserErrors(rawValue: UInt32(bitPattern: code)) {
    case XML_SCHEMAV_ELEMENT_CONTENT: "an element is missing, too many, or in the wrong place"
    case XML_SCHEMAV_CVC_MINLENGTH_VALID, XML_SCHEMAV_CVC_LENGTH_VALID: "the text is too short or not of the length"
    case XML_SCHEMAV_CVC_MAXLENGTH_VALID: "the text is too long"
    case XML_SCHEMAV_CVC_PATTERN_VALID: "the text is not of the form that the schema asks for"
    case XML_SCHEMAV_CVC_ENUMERATION_VALID: "the text is none of those that the schema lists"
    case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1, XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2,
      XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3:
      "the text is not of the type that the schema asks for"
    case XML_SCHEMAV_CVC_MININCLUSIVE_VALID, XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID, XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID,
      XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID:
      "the number or date is out of bounds"
    case XML_SCHEMAV_CVC_TOTALDIGITS_VALID, XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID: "the number has too many digits"
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4: "an attribute is missing"
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1, XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2: "an attribute is not allowed"
    case XML_SCHEMAV_CVC_ELT_1: "the schema knows no such root, or another namespace"
    default: "the schema does not allow it (libxml2 \(code))"
    }
  }
}
