// Why XML cannot be read: what, where, and what to do. Pure; carries nothing of the document's text.

/// A document that cannot be read as XML, or that passes a limit.
package struct XMLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong; open, so that further codes break nobody.
  package struct Code: Hashable, Sendable, CustomStringConvertible {
    private let name: String
    private init(_ name: String) { self.name = name }
    package var description: String { name }

    /// The text is not well-formed XML.
    package static let malformed = Code("malformed")
    /// The document ends before its last element does, or has none.
    package static let truncated = Code("truncated")
    /// The document has a DOCTYPE; entities and external files come in by it, so none is read.
    package static let doctype = Code("doctype")
    /// The bytes are not text in the encoding that the document names, or nobody knows that encoding.
    package static let undecodable = Code("undecodable")
    /// The source of the bytes failed; it knows why.
    package static let unreadable = Code("unreadable")
    package static let tooManyBytes = Code("too-many-bytes")
    package static let tooDeep = Code("too-deep")
    package static let tooManyAttributes = Code("too-many-attributes")
    package static let tooManyNamespaces = Code("too-many-namespaces")
    package static let textTooLong = Code("text-too-long")
    package static let markupTooLong = Code("markup-too-long")
  }

  package let code: Code
  /// The line of the document, from 1; 0 where no line can be named.
  package let line: Int
  /// What is wrong, where, and what to do; no part of the document.
  package let message: String

  package init(_ code: Code, line: Int, message: String) {
    self.code = code
    self.line = line
    self.message = message
  }

  package var description: String { message }
}
