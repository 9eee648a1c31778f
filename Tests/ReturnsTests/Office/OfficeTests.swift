// Every format opened by the programs of those who receive it.

import Foundation
import Leavers
import Profiles
import Tabular
import Testing

@testable import Returns

@Suite(.enabled(if: OfficeTools.areInstalled, "LibreOffice, openpyxl and xmllint come with scripts/test"), .serialized)
struct OfficeTests {
  private static let names = ["UPN", "Surname", "Date of birth", "Activity", "Hours", "Note"]

  private static func columns() throws -> [ReturnColumn] {
    let date = try DatePattern("dd/MM/yyyy")
    return [
      ReturnColumn(name: names[0], source: .field(.upn)),
      ReturnColumn(name: names[1], source: .field(.legalSurname)),
      ReturnColumn(name: names[2], source: .field(.dateOfBirth), date: date),
      ReturnColumn(name: names[3], source: .field(.activity)),
      ReturnColumn(name: names[4], form: CellForm(.field(.level), number: .init(digits: 1, decimals: 1))),
      ReturnColumn(name: names[5], source: .field(.admissionNumber)),
    ]
  }

  private static func rows(_ count: Int) -> [MappedRow] {
    (0..<count).map { number in
      MappedRow(
        rowNumber: number + 2, pupil: nil, disclosure: .full, route: .educatedHere,
        cells: [
          "0\(1_000_000_000_000 + number)", ["O’Example", "=SUM(A1)", "Łukowski, \"Z\"", "Name\nin two"][number % 4],
          "0\(number % 9 + 1)/03/2010", number % 3 == 0 ? "" : "230", "\(number % 20).5", "000\(number)",
        ])
    }
  }

  private func profile(_ format: ReturnFormat) throws -> ReturnProfile {
    ReturnProfile(
      kind: .confirmedDestinations, cohorts: [.y11], routedBy: .educated, send: .onRelease,
      fileName: Synthetic.pattern, format: format, columns: try Self.columns(), digest: "d")
  }

  private func expected(_ rows: [MappedRow]) -> [[Any]] {
    rows.map { row in
      let cells = row.cells
      let date = "2010-03-\(cells[2].prefix(2))"
      return [cells[0], cells[1], date, cells[3], Double(cells[4]) ?? 0, cells[5]]
    }
  }

  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "/office-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  // MARK: Workbooks

  @Test func aWorkbookOfOurOwnOpensInLibreOfficeAndOpenpyxl() throws {
    try inFolder { folder in
      let rows = Self.rows(25)
      let bytes = try ReturnRenderer(profile: profile(.workbook(WorkbookForm(sheet: "Leavers")))).bytes(of: rows)
      let file = folder + "/own.xlsx"
      try Data(bytes).write(to: URL(fileURLWithPath: file))
      let read = OfficeTools.office("rows", file, "Leavers", "2")
      #expect(read.code == 0, "\(read.output)")
      try compare(read.output, rows)
      let sheet = try #require(try OfficeTools.sheets(of: file, in: folder)["Leavers"])
      for row in rows { #expect(sheet.contains("\n\(row.cells[0]),"), "an identifier is not as it was") }
    }
  }

  @Test(arguments: [false, true], [0, 1, 40])
  func aTemplateIsFilledInAndOtherwiseAsItWas(_ byLibreOffice: Bool, _ count: Int) throws {
    try inFolder { folder in
      var template = folder + "/template.xlsx"
      #expect(OfficeTools.office("template", template).code == 0)
      if byLibreOffice { template = try OfficeTools.resaved(template, in: folder) }
      let form = TemplateForm(
        workbook: Array(try Data(contentsOf: URL(fileURLWithPath: template))), file: template,
        first: .init(sheet: "Leaver data", cell: "A7"),
        cells: [.init(place: .init(sheet: "Leaver data", cell: "B1"), text: try line("{school}"))], replacesSample: true
      )
      let rows = Self.rows(count)
      let profile = try profile(.template(form))
      let bytes = try ReturnRenderer(profile: profile).bytes(of: rows)
      #expect(try ReturnRenderer(profile: profile).bytes(of: rows) == bytes)
      let file = folder + "/filled.xlsx"
      try Data(bytes).write(to: URL(fileURLWithPath: file))
      if count > 0, !byLibreOffice {
        let json = folder + "/rows.json"
        try JSONSerialization.data(withJSONObject: expected(rows)).write(to: URL(fileURLWithPath: json))
        let check = OfficeTools.office("filled", template, file, json)
        #expect(check.code == 0, "\(check.output)")
      }
      let read = OfficeTools.office("rows", file, "Leaver data", "7")
      if count > 0 { try compare(read.output, rows) }
      let sheets = try OfficeTools.sheets(of: file, in: folder)
      for row in rows { #expect(sheets["Leaver data"]?.contains("\n\(row.cells[0]),") == true) }
      // Calculated anew. LibreOffice takes a value that another LibreOffice kept, whatever the workbook asks for.
      if !byLibreOffice {
        #expect(
          sheets["Totals"]?.contains("\(rows.count { $0.cells[3] == "230" })") == true, "\(sheets["Totals"] ?? "")")
      }
      // Every other part of the archive is as it was.
      try #expect(changedParts(form.workbook, bytes).isSubset(of: Self.mayChange))
    }
  }

  private static let mayChange: Set<String> = [
    "xl/worksheets/sheet2.xml", "xl/tables/table1.xml", "xl/workbook.xml", "xl/styles.xml",
  ]

  private func changedParts(_ before: [UInt8], _ after: [UInt8]) throws -> Set<String> {
    let (old, new) = (try ZipParts.read(before), try ZipParts.read(after))
    #expect(Set(old.keys) == Set(new.keys))
    return Set(old.keys.filter { old[$0] != new[$0] })
  }

  private func compare(_ output: String, _ rows: [MappedRow]) throws {
    let read = try #require(JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[Any]])
    #expect(read.count >= rows.count)
    for (found, meant) in zip(read, expected(rows)) {
      for (left, right) in zip(found, meant) {
        switch right {
        case let text as String where text.isEmpty: #expect(left is NSNull)
        case let text as String: #expect(left as? String == text)
        case let number as Double: #expect(left as? Double == number)
        default: Issue.record("unexpected")
        }
      }
    }
  }

  private func line(_ text: String) throws -> LineText { try LineText(text) }

  // MARK: Text

  @Test(arguments: [
    ("utf-8", "utf-8", ","), ("utf-8", "utf-8-sig", "\t"), ("utf-16le", "utf-16", ";"), ("utf-16be", "utf-16", "|"),
  ])
  func pythonReadsEveryDialect(_ name: String, _ codec: String, _ delimiter: String) throws {
    try inFolder { folder in
      let encoding = try #require(TextEncoding(name: name))
      let rows = Self.rows(12)
      for quoting in CSVDialect.Quoting.allCases {
        for newline in CSVDialect.Newline.allCases {
          let dialect = CSVDialect(
            delimiter: try #require(CSVDialect.Delimiter(name: delimiter)), quoting: quoting, newline: newline,
            encoding: encoding, byteOrderMark: codec != "utf-8")
          let form = CSVForm(
            dialect: dialect, head: [[try line("{school}")]], tail: [[try line("END"), try line("{rows}")]])
          let bytes = try ReturnRenderer(profile: profile(.csv(form))).bytes(of: rows)
          let file = folder + "/text.csv"
          try Data(bytes).write(to: URL(fileURLWithPath: file))
          let read = OfficeTools.office("csv", file, codec, delimiter)
          let table = try #require(
            JSONSerialization.jsonObject(with: Data(read.output.utf8)) as? [[String]], "\(read.output)")
          #expect(table == [["Example High School"], Self.names] + rows.map(\.cells) + [["END", "12"]])
        }
      }
    }
  }

  // MARK: XML

  static let schema = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:example:leavers"
      xmlns="urn:example:leavers" elementFormDefault="qualified">
      <xs:element name="Return"><xs:complexType><xs:sequence>
        <xs:element name="Header"><xs:complexType><xs:sequence>
          <xs:element name="School" type="xs:string"/><xs:element name="Rows" type="xs:int"/>
        </xs:sequence></xs:complexType></xs:element>
        <xs:element name="Leavers"><xs:complexType><xs:sequence>
          <xs:element name="Leaver" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
            <xs:element name="Identity"><xs:complexType><xs:sequence>
              <xs:element name="UPN" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string">
                <xs:maxLength value="14"/></xs:restriction></xs:simpleType></xs:element>
              <xs:element name="Surname" type="xs:string"/>
              <xs:element name="Born" type="xs:date"/>
            </xs:sequence></xs:complexType></xs:element>
            <xs:element name="Activity" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string">
              <xs:pattern value="[0-9]{3}"/></xs:restriction></xs:simpleType></xs:element>
          </xs:sequence><xs:attribute name="number" type="xs:string"/></xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>
      </xs:sequence><xs:attribute name="version" type="xs:string" use="required"/></xs:complexType></xs:element>
    </xs:schema>
    """

  static func xml() throws -> ReturnProfile {
    var columns = [
      ReturnColumn(name: "UPN", source: .field(.upn)), ReturnColumn(name: "Surname", source: .field(.legalSurname)),
      ReturnColumn(name: "Born", source: .field(.dateOfBirth), date: try DatePattern("yyyy-MM-dd")),
      ReturnColumn(name: "Activity", source: .field(.activity)),
      ReturnColumn(name: "Number", source: .field(.admissionNumber)),
    ]
    for (place, path) in ["Identity/UPN", "Identity/Surname", "Identity/Born", "Activity", "@number"].enumerated() {
      columns[place].element = path
    }
    let form = XMLForm(
      root: "Return", namespace: "urn:example:leavers",
      head: [
        .init(element: "@version", text: try LineText("1")),
        .init(element: "Header/School", text: try LineText("{school}")),
        .init(element: "Header/Rows", text: try LineText("{rows}")),
      ], row: "Leavers/Leaver", schema: Array(schema.utf8), schemaFile: "leavers.xsd")
    return ReturnProfile(
      kind: .confirmedDestinations, cohorts: [.y11], routedBy: .educated, send: .onRelease,
      fileName: Synthetic.pattern, format: .xml(form), columns: columns, digest: "d")
  }

  static func row(_ cells: [String], _ number: Int = 2) -> MappedRow {
    MappedRow(rowNumber: number, pupil: nil, disclosure: .full, route: .educatedHere, cells: cells)
  }

  @Test func xmllintAcceptsEveryDocument() throws {
    try inFolder { folder in
      try Data(Self.schema.utf8).write(to: URL(fileURLWithPath: folder + "/leavers.xsd"))
      for rows in [
        [], [Self.row(["P207000016049", "O’Example & <Co>", "2010-03-02", "230", "7\"8\n"])],
        [Self.row(["", "A", "2010-03-02", "", ""]), Self.row(["", "]]>", "2010-03-02", "210", ""], 3)],
      ] {
        let bytes = try ReturnRenderer(profile: Self.xml()).bytes(of: rows)
        try Data(bytes).write(to: URL(fileURLWithPath: folder + "/return.xml"))
        let lint = OfficeTools.run(
          "/usr/bin/xmllint", ["--noout", "--nonet", "--schema", folder + "/leavers.xsd", folder + "/return.xml"])
        #expect(lint.code == 0, "\(lint.output)")
      }
    }
  }
}
