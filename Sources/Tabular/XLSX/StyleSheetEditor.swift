// New looks for cells: copies of a workbook's formats with a colour, and all else in its table as it was. Pure.

/// Adds coloured copies of formats to `styles.xml`. The copy keeps number format, font, border and alignment.
struct StyleSheetEditor {
  private let scanner: MarkupScanner
  /// The formats of cells as they are written, those that were added last.
  private var formats: [[UInt8]] = []
  private let ownFormats: Int
  private let fillCount: Int
  /// Before these ends new fills and formats are written.
  private let fillsEnd: Int
  private let formatsEnd: Int
  private let fillsTag: MarkupTag
  private let formatsTag: MarkupTag
  /// The name of an element with the document's prefix.
  private let prefix: String
  /// Fills, by number, that an earlier edit wrote.
  private let painted: [Int: SheetEdits.Colour]
  private var copies: [Key: Int] = [:]
  private var dates: [Int: Int] = [:]
  /// The workbook's own number formats, and behind what they stand where there are none.
  private let numbersTag: (tag: MarkupTag, end: Int)?
  private let rootEnd: Int
  private let numberCount: Int
  /// The number of the format for days, which is added with the first of them.
  private let dayFormat: Int
  private var needsFills = false

  private struct Key: Hashable {
    let base: Int
    let colour: SheetEdits.Colour?
  }

  /// Excel allows so many formats of cells.
  static let limit = 65_490

  /// Colours of our own, each one away from what Excel offers, so that a fill that a person chose is never taken for one.
  static func rgb(_ colour: SheetEdits.Colour) -> String {
    switch colour {
    case .doubtful: "FFFFEB9B"
    case .wrong: "FFFFC7CD"
    }
  }

  /// Nil where the table is not as spreadsheet programs write it: then no cell is coloured.
  init?(_ bytes: [UInt8]) {
    var scanner = MarkupScanner(bytes)
    guard scanner.isUTF8, let root = scanner.next(), root.kind == .start else { return nil }
    let name = String(decoding: bytes[root.name], as: UTF8.self)
    let prefix = name.split(separator: ":").count == 2 ? name.prefix { $0 != ":" } + ":" : ""
    func isNamed(_ tag: MarkupTag, _ local: String) -> Bool { bytes[tag.name].elementsEqual((prefix + local).utf8) }
    var numbers: (tag: MarkupTag, end: Int)?
    // Numbers below this are built in.
    var lastNumber = 163
    var numberCount = 0
    var fills: (tag: MarkupTag, end: Int)?
    var cells: (tag: MarkupTag, end: Int)?
    var fillCount = 0
    var painted: [Int: SheetEdits.Colour] = [:]
    while let tag = scanner.next(), tag.kind != .end {
      if tag.kind == .start, isNamed(tag, "numFmts"), numbers == nil {
        while let child = scanner.next() {
          if child.kind == .end {
            numbers = (tag, child.range.lowerBound)
            break
          }
          if let id = scanner.value("numFmtId", of: child).flatMap({ Int(String(decoding: $0, as: UTF8.self)) }) {
            lastNumber = max(lastNumber, id)
          }
          numberCount += 1
          _ = scanner.skip(child)
        }
      } else if tag.kind == .start, isNamed(tag, "fills"), fills == nil {
        while let child = scanner.next() {
          if child.kind == .end {
            fills = (tag, child.range.lowerBound)
            break
          }
          let end = scanner.skip(child)
          let text = bytes[child.range.lowerBound..<end]
          for colour in SheetEdits.Colour.allCases where text.containsWord(Self.rgb(colour)) {
            painted[fillCount] = colour
          }
          fillCount += 1
        }
      } else if tag.kind == .start, isNamed(tag, "cellXfs"), cells == nil {
        while let child = scanner.next() {
          if child.kind == .end {
            cells = (tag, child.range.lowerBound)
            break
          }
          formats.append(Array(bytes[child.range.lowerBound..<scanner.skip(child)]))
        }
      } else {
        _ = scanner.skip(tag)
      }
    }
    guard let fills, let cells, !formats.isEmpty else { return nil }
    (fillsTag, fillsEnd) = fills
    (formatsTag, formatsEnd) = cells
    numbersTag = numbers
    rootEnd = root.range.upperBound
    self.numberCount = numberCount
    dayFormat = lastNumber + 1
    self.scanner = scanner
    self.prefix = String(prefix)
    self.fillCount = fillCount
    self.painted = painted
    ownFormats = formats.count
  }

  /// The format of a cell that is to have a colour, or none of ours; `base` where that is so already or cannot be had.
  mutating func format(_ base: Int, _ colour: SheetEdits.Colour?) -> Int {
    guard formats.indices.contains(base) else { return base }
    let present = fill(of: formats[base]).flatMap { painted[$0] }
    if present == colour { return base }
    if let copy = copies[Key(base: base, colour: colour)] { return copy }
    guard formats.count < Self.limit else { return base }
    var fill = 0
    if let colour {
      needsFills = true
      fill = fillCount + Int(colour.rawValue)
    }
    formats.append(Self.copy(formats[base], [("fillId", "\(fill)"), ("applyFill", "1")]))
    copies[Key(base: base, colour: colour)] = formats.count - 1
    return formats.count - 1
  }

  /// The format of a cell that is to show a day as dd/mm/yyyy; nil where there is no room for another. Not the built-in
  /// one, which puts the month first where a machine is set up for another country.
  mutating func dated(_ base: Int) -> Int? {
    guard formats.indices.contains(base) else { return nil }
    if let copy = dates[base] { return copy }
    guard formats.count < Self.limit else { return nil }
    formats.append(Self.copy(formats[base], [("numFmtId", "\(dayFormat)"), ("applyNumberFormat", "1")]))
    dates[base] = formats.count - 1
    return formats.count - 1
  }

  /// The table with what was added; nil where nothing was.
  var bytes: [UInt8]? {
    guard formats.count > ownFormats else { return nil }
    var edits: [(range: Range<Int>, bytes: [UInt8])] = []
    if needsFills {
      edits.append((fillsTag.range, scanner.rewritten(fillsTag, "count", Array("\(fillCount + 2)".utf8))))
      let added = SheetEdits.Colour.allCases.map { colour in
        "<\(prefix)fill><\(prefix)patternFill patternType=\"solid\"><\(prefix)fgColor rgb=\"\(Self.rgb(colour))\"/>"
          + "<\(prefix)bgColor indexed=\"64\"/></\(prefix)patternFill></\(prefix)fill>"
      }
      edits.append((fillsEnd..<fillsEnd, Array(added.joined().utf8)))
    }
    if !dates.isEmpty {
      let format = "<\(prefix)numFmt numFmtId=\"\(dayFormat)\" formatCode=\"dd/mm/yyyy\"/>"
      if let (tag, end) = numbersTag {
        edits.append((tag.range, scanner.rewritten(tag, "count", Array("\(numberCount + 1)".utf8))))
        edits.append((end..<end, Array(format.utf8)))
      } else {
        let all = "<\(prefix)numFmts count=\"1\">\(format)</\(prefix)numFmts>"
        edits.append((rootEnd..<rootEnd, Array(all.utf8)))
      }
    }
    edits.append((formatsTag.range, scanner.rewritten(formatsTag, "count", Array("\(formats.count)".utf8))))
    edits.append((formatsEnd..<formatsEnd, Array(formats[ownFormats...].joined())))
    var result: [UInt8] = []
    var copied = 0
    for edit in edits.sorted(by: {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }) {
      result += scanner.bytes[copied..<edit.range.lowerBound] + edit.bytes
      copied = edit.range.upperBound
    }
    return result + scanner.bytes[copied...]
  }

  private func fill(of format: [UInt8]) -> Int? {
    var scanner = MarkupScanner(format)
    guard let tag = scanner.next(), let value = scanner.value("fillId", of: tag) else { return nil }
    return Int(String(decoding: value, as: UTF8.self))
  }

  private static func copy(_ format: [UInt8], _ changes: [(StaticString, String)]) -> [UInt8] {
    var result = format
    for (name, value) in changes {
      var scanner = MarkupScanner(result)
      guard let tag = scanner.next() else { return format }
      result = scanner.rewritten(tag, name, Array(value.utf8)) + result[tag.range.upperBound...]
    }
    return result
  }
}

extension ArraySlice<UInt8> {
  /// Whether the bytes hold a word, whatever the case of its letters.
  fileprivate func containsWord(_ word: String) -> Bool {
    String(decoding: self, as: UTF8.self).uppercased().contains(word)
  }
}
