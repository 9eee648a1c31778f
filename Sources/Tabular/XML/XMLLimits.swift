// How much an XML document may hold before it is refused. Pure.

/// Limits of a document; each has an error of its own. What passes them is refused, never cut.
package struct XMLLimits: Hashable, Sendable {
  /// Bytes of the document.
  package var bytes: Int
  /// Elements within one another; the root is the first.
  package var depth: Int
  /// Attributes of one element, namespace declarations included.
  package var attributes: Int
  /// Namespace declarations in force at one place.
  package var namespaces: Int
  /// Bytes of one piece of text between two tags, as UTF-8.
  package var textBytes: Int
  /// Bytes of one tag, comment or processing instruction. Small, since libxml2 compares the attributes of a tag each with
  /// each.
  package var markupBytes: Int

  package init(
    bytes: Int = 1 << 30, depth: Int = 64, attributes: Int = 256, namespaces: Int = 256, textBytes: Int = 1 << 20,
    markupBytes: Int = 1 << 18
  ) {
    self.bytes = bytes
    self.depth = depth
    self.attributes = attributes
    self.namespaces = namespaces
    self.textBytes = textBytes
    self.markupBytes = markupBytes
  }
}
