// Bytes to elements and texts: libxml2's push parser behind a reader that pulls, hardened and bounded.

import CXML

/// Reads an XML document event by event, from a source of bytes, with the memory of one chunk.
///
/// ```swift
/// var reader = XMLReader(bytes)
/// while let event = try reader.next() {
///   switch event {
///   case .start where reader.isNamed("Surname"): surname = try reader.elementText()
///   case .start, .end, .text: continue
///   }
/// }
/// ```
///
/// Names are local names: a prefix is resolved to its namespace. All text between two tags comes as one event, CDATA and
/// character references included; comments and processing instructions are passed over. The encoding is the one that the
/// document names, as far as libxml2 knows it; what comes out is UTF-8.
///
/// Never trusting: a DOCTYPE is an error, so that there are no entities but the five of XML; nothing outside the source is
/// ever opened; depth, attributes, texts, tags and the whole have limits. After an error the reader is spent. Events
/// before an error were read from what precedes it, and do not prove the document to be whole: only the nil at its end
/// does.
package struct XMLReader: ~Copyable {
  /// What the reader has come to.
  package enum Event: UInt8, Hashable, Sendable {
    case start, end, text
  }

  /// Fills a buffer with the next bytes, as many as it likes, and says how many; 0 at the end, nil where they cannot be
  /// read. Why, the source must know: the reader only says `unreadable`.
  package typealias Source = (UnsafeMutableRawBufferPointer) -> Int?

  private static let chunkSize = 1 << 14

  private let source: Source
  private let limits: XMLLimits
  private let sink: UnsafeMutablePointer<XMLSink>
  private let chunk: UnsafeMutableRawBufferPointer
  private var position = 0
  private var consumed = 0
  private var ended = false
  private var failure: XMLError?
  private var current: XMLRecord

  package init(limits: XMLLimits = XMLLimits(), source: @escaping Source) {
    Self.library
    self.source = source
    self.limits = limits
    sink = .allocate(capacity: 1)
    sink.initialize(to: XMLSink(limits: limits))
    chunk = .allocate(byteCount: Self.chunkSize, alignment: 16)
    current = XMLRecord(event: .end, depth: 0, line: 0, start: 0, count: 0, name: nil, namespace: nil)
    var handler = XMLSink.handler()
    // libxml2 copies the handler.
    let parser = xmlCreatePushParserCtxt(&handler, sink, nil, 0, nil)
    if let parser {
      xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue))
    } else {
      failure = XMLError(.unreadable, line: 0, message: "there is no memory left to read XML with; try again later")
      ended = true
    }
    sink.pointee.parser = parser
  }

  /// Reads a document that is in memory.
  package init(_ bytes: [UInt8], limits: XMLLimits = XMLLimits()) {
    var position = 0
    self.init(limits: limits) { buffer in
      let count = min(buffer.count, bytes.count - position)
      buffer.copyBytes(from: bytes[position..<position + count])
      position += count
      return count
    }
  }

  deinit {
    if let parser = sink.pointee.parser { xmlFreeParserCtxt(parser) }
    sink.deinitialize(count: 1)
    sink.deallocate()
    chunk.deallocate()
  }

  /// libxml2 is set up once a process, whatever thread comes first; after that its parsers are independent.
  private static let library: Void = xmlInitParser()

  // MARK: Going on

  /// Goes to the next event; nil at the end of a document that was whole.
  package mutating func next() throws(XMLError) -> Event? {
    while true {
      if position < sink.pointee.records.count {
        current = sink.pointee.records[position]
        position += 1
        return current.event
      }
      if let failure { throw failure }
      if ended { return nil }
      sink.pointee.clear()
      position = 0
      fill()
    }
  }

  /// From a start tag: goes to its end tag, over all that lies between.
  package mutating func skipElement() throws(XMLError) {
    let depth = current.depth
    while try next() != nil {
      if current.event == .end, current.depth == depth { return }
    }
  }

  /// From a start tag: goes to its end tag, and gives the text in between, without that of elements inside.
  package mutating func elementText() throws(XMLError) -> String {
    let depth = current.depth
    var result = ""
    while let event = try next() {
      if event == .end, current.depth == depth { break }
      if event == .text, current.depth == depth { result += text }
    }
    return result
  }

  /// Feeds the parser one chunk of the source.
  private mutating func fill() {
    guard let parser = sink.pointee.parser else { return }
    guard let count = source(chunk) else {
      failure = XMLError(.unreadable, line: sink.pointee.line, message: "the document cannot be read to its end")
      return
    }
    consumed += count
    guard consumed <= limits.bytes else {
      failure = XMLError(
        .tooManyBytes, line: sink.pointee.line, message: "the document has more than \(limits.bytes) bytes, the limit")
      return
    }
    ended = count == 0
    let code = leaverlink_xml_parse_chunk(
      parser, chunk.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(count), ended ? 1 : 0)
    if let found = sink.pointee.failure {
      failure = found
    } else if code != 0 || parser.pointee.wellFormed == 0 || parser.pointee.nsWellFormed == 0
      || parser.pointee.disableSAX != 0 || sink.pointee.parserError != nil || (ended && !sink.pointee.isComplete)
    {
      // Each by itself: bytes that cannot be decoded stop libxml2 without the document being malformed to it.
      failure = malformed(code)
    } else if !ended, let input = parser.pointee.input, input.pointee.end - input.pointee.cur > limits.markupBytes {
      failure = XMLError(
        .markupTooLong, line: sink.pointee.line,
        message: "line \(sink.pointee.line): a tag or comment has more than \(limits.markupBytes) bytes, the limit")
    }
  }

  private func malformed(_ result: Int32) -> XMLError {
    let code = sink.pointee.parserError?.code ?? result
    let line = sink.pointee.parserError?.line ?? sink.pointee.line
    // libxml2's own message may quote the document; its number does not.
    let codes = [
      XML_ERR_INVALID_ENCODING, XML_ERR_INVALID_CHAR, XML_ERR_UNKNOWN_ENCODING, XML_ERR_UNSUPPORTED_ENCODING,
      XML_I18N_CONV_FAILED, XML_IO_ENCODER,
    ]
    // Minus one: the bytes could not be converted, and the parser was not even begun with.
    if code == -1 || codes.contains(where: { $0.rawValue == UInt32(bitPattern: code) }) {
      return XMLError(
        .undecodable, line: line,
        message: "line \(line): the text is not in the encoding that the document names; save it again as UTF-8")
    }
    if ended {
      return XMLError(
        .truncated, line: line,
        message:
          "line \(line): the document ends before its last element does; it was cut off, so copy or save it again")
    }
    return XMLError(
      .malformed, line: line,
      message: "line \(line): the text is not well-formed XML (libxml2 error \(code)); save the file again")
  }

  // MARK: The current event

  /// How deep the current element lies, or the element around the current text; the root at 1.
  package var depth: Int { Int(current.depth) }

  /// The line on which the current tag or text ends, from 1.
  package var line: Int { Int(current.line) }

  /// The local name of the current element; empty for text.
  package var name: String { current.name?.string ?? "" }

  /// Whether the current element has this local name.
  @inline(__always)
  package func isNamed(_ name: StaticString) -> Bool { current.name?.equals(name) ?? false }

  /// The namespace of the current element; nil where it has none.
  package var namespace: String? { current.namespace.map { XMLName($0).string } }

  /// Whether the current element is of the root's namespace, or neither has one.
  @inline(__always)
  package var isInRootNamespace: Bool { current.namespace == sink.pointee.rootNamespace }

  /// The current text; empty for tags.
  package var text: String { withText { String(decoding: $0, as: UTF8.self) } }

  /// Lends the current text as UTF-8; empty for tags.
  @inline(__always)
  package func withText<Value>(_ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
    guard current.event == .text else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
    return withBytes(current.start, current.count, body)
  }

  /// The attributes of the current start tag.
  package var attributes: [XMLAttribute] {
    attributeIndices.map { index in
      let record = sink.pointee.attributes[index]
      return XMLAttribute(
        name: record.name.string, namespace: record.namespace.map { XMLName($0).string },
        value: withBytes(record.start, record.count) { String(decoding: $0, as: UTF8.self) })
    }
  }

  /// The value of an attribute of the current start tag, by local name; nil where it has none. Without a namespace given,
  /// only an attribute that has none, as most have.
  package func attribute(_ name: StaticString, namespace: String? = nil) -> String? {
    for index in attributeIndices {
      let record = sink.pointee.attributes[index]
      guard record.name.equals(name), record.namespace.map({ XMLName($0).string }) == namespace else { continue }
      return withBytes(record.start, record.count) { String(decoding: $0, as: UTF8.self) }
    }
    return nil
  }

  /// Shows the attributes of the current start tag that have no namespace, without making strings of them.
  @inline(__always)
  func forEachPlainAttribute(_ body: (XMLName, UnsafeBufferPointer<UInt8>) -> Void) {
    for index in attributeIndices {
      let record = sink.pointee.attributes[index]
      if record.namespace == nil { withBytes(record.start, record.count) { body(record.name, $0) } }
    }
  }

  private var attributeIndices: Range<Int> {
    current.event == .start ? Int(current.start)..<Int(current.start + current.count) : 0..<0
  }

  @inline(__always)
  private func withBytes<Value>(_ start: Int32, _ count: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value
  {
    sink.pointee.bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[Int(start)..<Int(start + count)]))
    }
  }
}

/// One attribute of an element.
package struct XMLAttribute: Hashable, Sendable {
  /// The local name.
  package let name: String
  /// The namespace; nil for an attribute without prefix.
  package let namespace: String?
  package let value: String
}
