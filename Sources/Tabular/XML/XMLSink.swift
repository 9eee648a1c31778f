// The far side of libxml2's callbacks: turns them into records, and watches the limits. No I/O.

import CXML

/// Where the parser's callbacks put what they find. It lies at a fixed address, since libxml2 keeps a pointer to it.
///
/// A callback cannot throw through C: it notes the failure, asks libxml2 for no more callbacks, and the reader stops
/// feeding.
struct XMLSink {
  let limits: XMLLimits
  var parser: xmlParserCtxtPtr?
  var records: [XMLRecord] = []
  var attributes: [XMLAttributeRecord] = []
  /// Texts and attribute values.
  var bytes: [UInt8] = []
  /// The first thing that went wrong here; after it nothing is recorded.
  var failure: XMLError?
  /// The first error of libxml2's, with its line.
  var parserError: (code: Int32, line: Int)?
  /// The namespace of the root element, by its address in the dictionary.
  var rootNamespace: UnsafePointer<UInt8>?

  private var depth = 0
  private var hasRoot = false
  /// Where the text since the last tag begins in `bytes`; nil where there was none.
  private var openText: Int?
  /// Namespace declarations in force, and for each open element how many are its own.
  private var namespaces = 0
  private var ownNamespaces: [Int32] = []

  init(limits: XMLLimits) { self.limits = limits }

  /// Forgets what was read, but for a text that may go on.
  mutating func clear() {
    records.removeAll(keepingCapacity: true)
    attributes.removeAll(keepingCapacity: true)
    if let start = openText {
      bytes.removeSubrange(0..<start)
      openText = 0
    } else {
      bytes.removeAll(keepingCapacity: true)
    }
  }

  /// Whether the root element has begun and ended.
  var isComplete: Bool { hasRoot && depth == 0 }

  /// The line that the parser has come to.
  var line: Int { parser?.pointee.input.map { Int($0.pointee.line) } ?? 0 }

  mutating func fail(_ code: XMLError.Code, _ message: String) {
    guard failure == nil else { return }
    let line = line
    failure = XMLError(code, line: line, message: "line \(line): \(message)")
    parser?.pointee.disableSAX = 1
  }

  // MARK: Events

  mutating func startElement(
    _ name: UnsafePointer<UInt8>, _ namespace: UnsafePointer<UInt8>?, namespaces declared: Int,
    attributes list: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int
  ) {
    guard failure == nil else { return }
    closeText()
    depth += 1
    guard depth <= limits.depth else {
      return fail(.tooDeep, "elements lie more than \(limits.depth) deep, the limit; no honest file does this")
    }
    guard count + declared <= limits.attributes else {
      return fail(
        .tooManyAttributes,
        "an element has more than \(limits.attributes) attributes, the limit; no honest file does this")
    }
    namespaces += declared
    ownNamespaces.append(Int32(declared))
    guard namespaces <= limits.namespaces else {
      return fail(
        .tooManyNamespaces,
        "more than \(limits.namespaces) namespaces are declared, the limit; no honest file does this")
    }
    if depth == 1 {
      hasRoot = true
      rootNamespace = namespace
    }
    let first = attributes.count
    if let list {
      for index in 0..<count { addAttribute(list + index * 5) }
    }
    records.append(
      XMLRecord(
        event: .start, depth: Int32(depth), line: Int32(truncatingIfNeeded: line), start: Int32(first),
        count: Int32(attributes.count - first), name: XMLName(name), namespace: namespace))
  }

  mutating func endElement(_ name: UnsafePointer<UInt8>, _ namespace: UnsafePointer<UInt8>?) {
    guard failure == nil else { return }
    closeText()
    records.append(
      XMLRecord(
        event: .end, depth: Int32(depth), line: Int32(truncatingIfNeeded: line), start: 0, count: 0,
        name: XMLName(name), namespace: namespace))
    depth -= 1
    namespaces -= Int(ownNamespaces.popLast() ?? 0)
  }

  mutating func text(_ start: UnsafePointer<UInt8>, _ count: Int) {
    guard failure == nil else { return }
    if openText == nil { openText = bytes.count }
    bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
    if bytes.count - (openText ?? 0) > limits.textBytes {
      fail(.textTooLong, "a text has more than \(limits.textBytes) bytes, the limit")
    }
  }

  private mutating func closeText() {
    guard let start = openText else { return }
    openText = nil
    records.append(
      XMLRecord(
        event: .text, depth: Int32(depth), line: Int32(truncatingIfNeeded: line), start: Int32(start),
        count: Int32(bytes.count - start), name: nil, namespace: nil))
  }

  /// Takes one attribute as libxml2 gives it: name, prefix, namespace, first byte of the value, end of the value.
  private mutating func addAttribute(_ parts: UnsafeMutablePointer<UnsafePointer<UInt8>?>) {
    guard let name = parts[0], let value = parts[3], let end = parts[4] else { return }
    let start = bytes.count
    let source = UnsafeBufferPointer(start: value, count: end - value)
    bytes.append(contentsOf: source)
    // Where libxml2 substitutes no entities, an ampersand comes out of it as `&#38;`, whatever way it was written.
    if source.contains(UInt8(ascii: "&")) { decodeAmpersands(from: start) }
    attributes.append(
      XMLAttributeRecord(
        name: XMLName(name), namespace: parts[2], start: Int32(start), count: Int32(bytes.count - start)))
  }

  private mutating func decodeAmpersands(from start: Int) {
    let reference: [UInt8] = Array("&#38;".utf8)
    var (read, write) = (start, start)
    while read < bytes.count {
      bytes[write] = bytes[read]
      read += bytes[read...].starts(with: reference) ? reference.count : 1
      write += 1
    }
    bytes.removeSubrange(write...)
  }
}

extension XMLSink {
  /// The callbacks, as libxml2 wants them. Without handlers for entities none exists but the five of XML itself.
  static func handler() -> xmlSAXHandler {
    var handler = xmlSAXHandler()
    handler.initialized = UInt32(XML_SAX2_MAGIC)
    handler.startElementNs = { context, name, _, namespace, declared, _, count, _, attributes in
      guard let context, let name else { return }
      context.assumingMemoryBound(to: XMLSink.self).pointee
        .startElement(name, namespace, namespaces: Int(declared), attributes: attributes, count: Int(count))
    }
    handler.endElementNs = { context, name, _, namespace in
      guard let context, let name else { return }
      context.assumingMemoryBound(to: XMLSink.self).pointee.endElement(name, namespace)
    }
    let text: charactersSAXFunc = { context, start, count in
      guard let context, let start else { return }
      context.assumingMemoryBound(to: XMLSink.self).pointee.text(start, Int(count))
    }
    handler.characters = text
    handler.ignorableWhitespace = text
    handler.cdataBlock = text
    handler.internalSubset = { context, _, _, _ in
      guard let context else { return }
      context.assumingMemoryBound(to: XMLSink.self).pointee
        .fail(.doctype, "the document has a DOCTYPE, which is not read because it can bring in other files; remove it")
    }
    handler.serror = { context, error in
      guard let context, let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
      let sink = context.assumingMemoryBound(to: XMLSink.self)
      if sink.pointee.parserError == nil {
        sink.pointee.parserError = (error.pointee.code, Int(error.pointee.line))
      }
    }
    return handler
  }
}
