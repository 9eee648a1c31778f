// The formats of a workbook's cells, by the number that a cell names. From `styles.xml`.

/// Which number format each cell style has.
struct WorkbookStyles {
  /// The format of a style, by the style's number; nil for a workbook without a table of styles, in which numbers mean
  /// nothing.
  private let styles: [Int]?
  private let formats: [NumberFormat]

  /// A workbook without formats.
  init() {
    styles = nil
    formats = []
  }

  init(_ reader: consuming PartReader, _ limits: WorkbookLimits) throws(WorkbookError) {
    var codes: [Int: String] = NumberFormat.builtIn
    var identifiers: [Int] = []
    try reader.root("styleSheet")
    // Formats for conditions (`dxfs`) have tables of the same names deeper down: only these two are looked into.
    while try reader.nextChild(of: 1) {
      if reader.xml.isNamed("numFmts") {
        while try reader.nextChild(of: 2) {
          guard let identifier = reader.xml.attribute("numFmtId").flatMap({ Int($0) }),
            let code = reader.xml.attribute("formatCode")
          else { continue }
          codes[identifier] = code
          guard codes.count <= limits.styles else { throw Self.tooMany(limits) }
        }
      } else if reader.xml.isNamed("cellXfs") {
        while try reader.nextChild(of: 2) {
          guard identifiers.count < limits.styles else { throw Self.tooMany(limits) }
          identifiers.append(reader.xml.attribute("numFmtId").flatMap { Int($0) } ?? 0)
        }
      }
    }
    try reader.finish()
    var formats: [NumberFormat] = []
    var places: [Int: Int] = [:]
    styles = identifiers.map { identifier in
      if let place = places[identifier] { return place }
      formats.append(codes[identifier].map { NumberFormat($0) } ?? .general)
      places[identifier] = formats.count - 1
      return formats.count - 1
    }
    self.formats = formats
  }

  /// The format of a style; nil where the workbook has no such style.
  @inline(__always)
  func format(_ style: Int) -> NumberFormat? {
    guard let styles else { return .general }
    return style >= 0 && style < styles.count ? formats[styles[style]] : nil
  }

  private static func tooMany(_ limits: WorkbookLimits) -> WorkbookError {
    WorkbookPart.styles.error(
      .tooManyStyles, "it has more than \(limits.styles) formats, the limit; copy the values into a new workbook")
  }
}
