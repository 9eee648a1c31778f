// A text that a workbook carries out of people's sight: a hidden defined name. Excel and LibreOffice keep it on saving.

extension WorkbookReader {
  /// The longest such text.
  static let constantLimit = 255

  /// The text of a defined name that stands for a text, not for cells; nil where the workbook has no such name. A person
  /// can change it: what it says is to be checked like any other input.
  package func constant(named name: String) throws(WorkbookError) -> String? {
    guard let stream = try workbookStream() else { return nil }
    var reader = PartReader(stream, .workbook, limits)
    try reader.root("workbook")
    while try reader.nextChild(of: 1) {
      guard reader.xml.isNamed("definedNames") else { continue }
      while try reader.nextChild(of: 2) {
        guard reader.xml.isNamed("definedName"), reader.xml.attribute("name") == name else { continue }
        var formula: [UInt8] = []
        while let event = try reader.next() {
          if event == .end, reader.xml.depth == 3 { break }
          if event == .text, formula.count <= Self.constantLimit * 2 {
            reader.xml.withText { formula.append(contentsOf: $0) }
          }
        }
        return Self.text(ofFormula: String(decoding: formula, as: UTF8.self))
      }
    }
    return nil
  }

  /// The text of a formula that is a text in quotation marks, such as `"a ""b"""`.
  private static func text(ofFormula formula: String) -> String? {
    guard formula.count >= 2, formula.hasPrefix("\""), formula.hasSuffix("\"") else { return nil }
    let text = String(formula.dropFirst().dropLast()).replacing("\"\"", with: "\"")
    return text.count <= constantLimit ? text : nil
  }
}

/// Writes a hidden defined name into the XML of a workbook's main part; every byte that is not concerned stays.
enum WorkbookConstant {
  /// The part with the name added, or changed where it is there; nil where the part is written in a way that is not
  /// edited. `name` holds letters, digits and underscores only.
  static func part(_ bytes: [UInt8], setting name: String, to text: String) -> [UInt8]? {
    var scanner = MarkupScanner(bytes)
    guard scanner.isUTF8, let root = scanner.next(), root.kind == .start else { return nil }
    let rootName = String(decoding: bytes[root.name], as: UTF8.self)
    let prefix = rootName.firstIndex(of: ":").map { rootName[...$0] } ?? ""
    func isNamed(_ tag: MarkupTag, _ local: String) -> Bool { bytes[tag.name].elementsEqual("\(prefix)\(local)".utf8) }
    let formula = "\"\(text.replacing("\"", with: "\"\""))\""
    let element = Array(
      "<\(prefix)definedName name=\"\(name)\" hidden=\"1\">\(InlineText.escaped(formula))</\(prefix)definedName>".utf8)
    let wrapped = Array("<\(prefix)definedNames>".utf8) + element + Array("</\(prefix)definedNames>".utf8)
    // The order of the parts is fixed: names stand behind these, where there are any.
    let before = ["sheets", "functionGroups", "externalReferences"]
    var place: Int?
    while let tag = scanner.next(), tag.kind != .end {
      if isNamed(tag, "definedNames") {
        guard tag.kind == .start else { return spliced(bytes, tag.range, wrapped) }
        while let inner = scanner.next() {
          if inner.kind == .end { return spliced(bytes, inner.range.lowerBound..<inner.range.lowerBound, element) }
          let end = scanner.skip(inner)
          if isNamed(inner, "definedName"),
            scanner.attributes(of: inner).contains(where: {
              scanner.equals($0.name, "name") && bytes[$0.value].elementsEqual(name.utf8)
            })
          {
            return spliced(bytes, inner.range.lowerBound..<end, element)
          }
        }
        return nil
      }
      let end = scanner.skip(tag)
      if before.contains(where: { isNamed(tag, $0) }) { place = end }
    }
    return place.map { spliced(bytes, $0..<$0, wrapped) }
  }

  private static func spliced(_ bytes: [UInt8], _ range: Range<Int>, _ piece: [UInt8]) -> [UInt8] {
    Array(bytes[..<range.lowerBound]) + piece + bytes[range.upperBound...]
  }
}
