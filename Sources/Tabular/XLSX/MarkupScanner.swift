// The places of tags in XML that was found to be sound, so that a little of it can be changed and all else stays. Pure.

/// One tag, by its place in the bytes.
struct MarkupTag {
  enum Kind {
    case start, end
    /// `<row/>`: start and end in one.
    case empty
  }

  let kind: Kind
  /// From `<` to behind `>`.
  let range: Range<Int>
  /// The name as it is written, with its prefix.
  let name: Range<Int>
}

/// One attribute of a tag.
struct MarkupAttribute {
  let name: Range<Int>
  /// Between the quotation marks.
  let value: Range<Int>
}

/// Goes from tag to tag. For documents that `XMLReader` has read to their end only: it looks for no mistakes, and needs
/// UTF-8. Comments, CDATA and processing instructions are passed over.
struct MarkupScanner {
  let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether the bytes are UTF-8 or ASCII by what the document says of itself.
  var isUTF8: Bool {
    let beginning = bytes.prefix(200)
    guard !beginning.contains(0), !beginning.starts(with: [0xFF, 0xFE]), !beginning.starts(with: [0xFE, 0xFF]) else {
      return false
    }
    let text = String(decoding: beginning, as: UTF8.self).lowercased()
    guard let declaration = text.firstRange(of: "<?xml"), let end = text.firstRange(of: "?>"),
      let word = text[declaration.upperBound..<end.lowerBound].firstRange(of: "encoding")
    else { return true }
    let value = text[word.upperBound..<end.lowerBound].drop { $0 == "=" || $0 == " " || $0 == "\"" || $0 == "'" }
    return value.hasPrefix("utf-8") || value.hasPrefix("us-ascii")
  }

  /// The next tag; nil at the end.
  mutating func next() -> MarkupTag? {
    while let start = find(0x3C, from: position) {
      if starts("<!--", at: start) {
        position = end(of: "-->", from: start + 4)
      } else if starts("<![CDATA[", at: start) {
        position = end(of: "]]>", from: start + 9)
      } else if starts("<?", at: start) {
        position = end(of: "?>", from: start + 2)
      } else {
        return tag(at: start)
      }
    }
    position = bytes.count
    return nil
  }

  /// From a start tag: goes behind its end tag and says where that is. An empty tag ends where it does.
  mutating func skip(_ tag: MarkupTag) -> Int {
    guard tag.kind == .start else { return tag.range.upperBound }
    var depth = 1
    while let inner = next() {
      switch inner.kind {
      case .start: depth += 1
      case .end: depth -= 1
      case .empty: continue
      }
      if depth == 0 { return inner.range.upperBound }
    }
    return bytes.count
  }

  /// The attributes of a tag, in their order.
  func attributes(of tag: MarkupTag) -> [MarkupAttribute] {
    var result: [MarkupAttribute] = []
    var place = tag.name.upperBound
    let end = tag.range.upperBound - 1
    while place < end {
      if Self.isBlank(bytes[place]) || bytes[place] == UInt8(ascii: "/") {
        place += 1
        continue
      }
      let start = place
      while place < end, bytes[place] != UInt8(ascii: "="), !Self.isBlank(bytes[place]) { place += 1 }
      let name = start..<place
      while place < end, bytes[place] != 0x22, bytes[place] != 0x27 { place += 1 }
      guard place < end, let close = find(bytes[place], from: place + 1) else { return result }
      result.append(MarkupAttribute(name: name, value: place + 1..<close))
      place = close + 1
    }
    return result
  }

  /// The value of an attribute as it is written, by its name as it is written; nil where the tag has none.
  func value(_ name: StaticString, of tag: MarkupTag) -> ArraySlice<UInt8>? {
    attributes(of: tag).first { equals($0.name, name) }.map { bytes[$0.value] }
  }

  /// The tag with another value for an attribute, or with the attribute at its end; without it where `value` is nil.
  func rewritten(_ tag: MarkupTag, _ name: StaticString, _ value: [UInt8]?) -> [UInt8] {
    let key = name.withUTF8Buffer { Array($0) }
    let attributes = attributes(of: tag)
    if let found = attributes.first(where: { equals($0.name, name) }) {
      guard let value else {
        var start = found.name.lowerBound
        while Self.isBlank(bytes[start - 1]) { start -= 1 }
        return Array(bytes[tag.range.lowerBound..<start])
          + bytes[found.value.upperBound + 1..<tag.range.upperBound]
      }
      return Array(bytes[tag.range.lowerBound..<found.value.lowerBound]) + value
        + bytes[found.value.upperBound..<tag.range.upperBound]
    }
    guard let value else { return Array(bytes[tag.range]) }
    let place = attributes.last.map { $0.value.upperBound + 1 } ?? tag.name.upperBound
    return Array(bytes[tag.range.lowerBound..<place]) + [0x20] + key + Array("=\"".utf8) + value + [0x22]
      + bytes[place..<tag.range.upperBound]
  }

  /// Whether a range of the bytes is a word.
  func equals(_ range: Range<Int>, _ word: StaticString) -> Bool {
    range.count == word.utf8CodeUnitCount && word.withUTF8Buffer { bytes[range].elementsEqual($0) }
  }

  // MARK: One tag

  private mutating func tag(at start: Int) -> MarkupTag? {
    let isEnd = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "/")
    let first = isEnd ? start + 2 : start + 1
    var place = first
    while place < bytes.count, !Self.isBlank(bytes[place]), bytes[place] != 0x3E, bytes[place] != UInt8(ascii: "/") {
      place += 1
    }
    let name = first..<place
    // A bracket may stand in an attribute's value.
    var quote: UInt8?
    while place < bytes.count {
      let byte = bytes[place]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3E {
        break
      }
      place += 1
    }
    position = min(place + 1, bytes.count)
    guard place < bytes.count else { return nil }
    let isEmpty = !isEnd && bytes[place - 1] == UInt8(ascii: "/")
    return MarkupTag(kind: isEnd ? .end : isEmpty ? .empty : .start, range: start..<place + 1, name: name)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  private func find(_ byte: UInt8, from place: Int) -> Int? {
    place < bytes.count ? bytes[place...].firstIndex(of: byte) : nil
  }

  private func starts(_ word: StaticString, at place: Int) -> Bool {
    place + word.utf8CodeUnitCount <= bytes.count && equals(place..<place + word.utf8CodeUnitCount, word)
  }

  private func end(of word: StaticString, from start: Int) -> Int {
    var place = start
    while place < bytes.count {
      if starts(word, at: place) { return place + word.utf8CodeUnitCount }
      place += 1
    }
    return bytes.count
  }
}
