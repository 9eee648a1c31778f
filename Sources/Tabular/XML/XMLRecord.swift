// What the parser's callbacks leave for the reader: flat values that point into libxml2's dictionary and the sink's bytes.

/// A name that libxml2 keeps in its dictionary, where the same name has the same address, for as long as the parser lives.
struct XMLName {
  var start: UnsafePointer<UInt8>
  var count: Int32

  /// A name of libxml2's: bytes that end with a zero.
  init(_ start: UnsafePointer<UInt8>) {
    self.start = start
    var count: Int32 = 0
    while start[Int(count)] != 0 { count += 1 }
    self.count = count
  }

  var string: String { String(decoding: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self) }

  @inline(__always)
  func equals(_ name: StaticString) -> Bool {
    guard Int(count) == name.utf8CodeUnitCount else { return false }
    for index in 0..<Int(count) where start[index] != name.utf8Start[index] { return false }
    return true
  }
}

/// One event of the document.
struct XMLRecord {
  var event: XMLReader.Event
  /// Of the element, or of the element around the text.
  var depth: Int32
  var line: Int32
  /// Attributes of a start tag, or bytes of a text: where they begin in the sink, and how many.
  var start: Int32
  var count: Int32
  /// The element's name; nil for text.
  var name: XMLName?
  /// The address of the element's namespace in libxml2's dictionary; nil where it has none.
  var namespace: UnsafePointer<UInt8>?
}

/// One attribute of a start tag.
struct XMLAttributeRecord {
  var name: XMLName
  var namespace: UnsafePointer<UInt8>?
  /// Where the value lies in the sink's bytes.
  var start: Int32
  var count: Int32
}
