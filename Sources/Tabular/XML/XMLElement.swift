// A small XML document as a tree of values, and back: for returns, which are written whole. Pure.

/// An element with attributes, and either text or elements in it.
package struct XMLElement: Hashable, Sendable {
  package var name: String
  /// In their order.
  package var attributes: [Attribute]
  package var text: String
  package var children: [XMLElement]

  package struct Attribute: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(_ name: String, attributes: [Attribute] = [], text: String = "", children: [XMLElement] = []) {
    self.name = name
    self.attributes = attributes
    self.text = text
    self.children = children
  }

  /// Whether it says nothing.
  package var isEmpty: Bool { attributes.isEmpty && text.isEmpty && children.isEmpty }

  // MARK: Reading

  /// The tree of a document, and the namespace of its root. Text beside elements is left out: blanks between tags.
  package static func read(
    _ bytes: [UInt8], limits: XMLLimits = XMLLimits()
  ) throws(XMLError) -> (root: XMLElement, namespace: String?) {
    var reader = XMLReader(bytes, limits: limits)
    var stack: [XMLElement] = []
    var namespace: String?
    var root: XMLElement?
    while let event = try reader.next() {
      switch event {
      case .start:
        if stack.isEmpty { namespace = reader.namespace }
        stack.append(
          XMLElement(reader.name, attributes: reader.attributes.map { Attribute($0.name, $0.value) }))
      case .text: if !stack.isEmpty { stack[stack.count - 1].text += reader.text }
      case .end:
        guard var element = stack.popLast() else { continue }
        if !element.children.isEmpty { element.text = "" }
        if stack.isEmpty { root = element } else { stack[stack.count - 1].children.append(element) }
      }
    }
    guard let root else { throw XMLError(.truncated, line: 0, message: "the document has no element") }
    return (root, namespace)
  }

  // MARK: Writing

  /// The document in UTF-8: an element a line, two blanks for each level. The same tree gives the same bytes.
  ///
  /// Names must be XML's own. Fails on a character that XML 1.0 cannot hold.
  package func document(namespace: String? = nil) throws(XMLError) -> [UInt8] {
    var output: [UInt8] = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
    var root = self
    if let namespace { root.attributes.insert(Attribute("xmlns", namespace), at: 0) }
    try root.write(to: &output, level: 0)
    return output
  }

  private func write(to output: inout [UInt8], level: Int) throws(XMLError) {
    output += [UInt8](repeating: 0x20, count: 2 * level)
    output.append(UInt8(ascii: "<"))
    output += name.utf8
    for attribute in attributes {
      output.append(0x20)
      output += attribute.name.utf8
      output += "=\"".utf8
      try Self.escape(attribute.value, isAttribute: true, to: &output)
      output.append(UInt8(ascii: "\""))
    }
    if text.isEmpty, children.isEmpty {
      output += "/>\n".utf8
      return
    }
    output.append(UInt8(ascii: ">"))
    if children.isEmpty {
      try Self.escape(text, isAttribute: false, to: &output)
    } else {
      output.append(0x0A)
      for child in children { try child.write(to: &output, level: level + 1) }
      output += [UInt8](repeating: 0x20, count: 2 * level)
    }
    output += "</".utf8
    output += name.utf8
    output += ">\n".utf8
  }

  private static func escape(_ text: String, isAttribute: Bool, to output: inout [UInt8]) throws(XMLError) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;".utf8
      case "<": output += "&lt;".utf8
      case ">": output += "&gt;".utf8
      case "\"" where isAttribute: output += "&quot;".utf8
      // What a parser would make another character of.
      case "\r": output += "&#13;".utf8
      case "\n" where isAttribute: output += "&#10;".utf8
      case "\t" where isAttribute: output += "&#9;".utf8
      case "\n", "\t": output.append(UInt8(scalar.value))
      default:
        guard scalar.value >= 0x20, scalar.value != 0xFFFE, scalar.value != 0xFFFF else {
          throw XMLError(
            .undecodable, line: 0, message: "a text has a control character, which XML cannot hold; remove it")
        }
        output += UTF8.encode(scalar).map(Array.init) ?? []
      }
    }
  }
}

extension XMLElement: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Without what is in it, which may be personal data.
  package var description: String { "XMLElement(\(name), \(children.count) children)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
