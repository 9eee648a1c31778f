// A workbook's list of sheets, and what it says of them all. From `workbook.xml`.

/// What the workbook's main part holds.
struct WorkbookList {
  private(set) var sheets: [WorkbookSheet] = []
  private(set) var dateSystem = DateSystem.from1900
  private(set) var calculatesOnOpening = false

  init(_ reader: consuming PartReader, _ relations: PartRelations, _ limits: WorkbookLimits) throws(WorkbookError) {
    var active = 0
    try reader.root("workbook")
    while try reader.nextChild(of: 1) {
      if reader.xml.isNamed("workbookPr") {
        dateSystem = Self.isTrue(reader.xml.attribute("date1904")) ? .from1904 : .from1900
      } else if reader.xml.isNamed("calcPr") {
        calculatesOnOpening = Self.isTrue(reader.xml.attribute("fullCalcOnLoad"))
      } else if reader.xml.isNamed("bookViews") {
        while try reader.nextChild(of: 2) {
          active = reader.xml.attribute("activeTab").flatMap { Int($0) } ?? active
        }
      } else if reader.xml.isNamed("sheets") {
        while try reader.nextChild(of: 2) {
          guard reader.xml.isNamed("sheet") else { continue }
          guard sheets.count < limits.sheets else {
            throw reader.part.error(
              .tooManySheets, "it has more than \(limits.sheets) sheets, the limit; split the workbook")
          }
          // The identifier's namespace differs between transitional and strict files.
          let identifier = reader.xml.attributes.first { $0.name == "id" && $0.namespace != nil }?.value
          let relation = identifier.flatMap { relations.relation($0) }
          sheets.append(
            WorkbookSheet(
              name: reader.xml.attribute("name") ?? "", number: sheets.count + 1,
              visibility: reader.xml.attribute("state").flatMap { WorkbookSheet.Visibility(rawValue: $0) } ?? .visible,
              isActive: sheets.count == active, isWorksheet: relation.map { $0.kind == "worksheet" } ?? true,
              entry: relation?.entry))
        }
      }
    }
    try reader.finish()
    guard !sheets.isEmpty else {
      throw reader.part.error(.noSheets, "it names no sheet; open the workbook and save it again")
    }
  }

  private static func isTrue(_ text: String?) -> Bool { text == "1" || text == "true" }
}
