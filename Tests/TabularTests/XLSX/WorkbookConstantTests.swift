// A text that a workbook carries under a hidden name: added, changed, read, and nothing else touched.

import Testing

@testable import Tabular

@Suite("Workbook: a text out of sight") struct WorkbookConstantTests {
  private static func main(_ names: String = "", prefix: String = "", after: String = "") -> String {
    "<\(prefix)workbook xmlns\(prefix.isEmpty ? "" : ":x")=\"m\"><\(prefix)sheets><\(prefix)sheet name=\"A&gt;\"/>"
      + "</\(prefix)sheets>\(after)\(names)<\(prefix)calcPr calcId=\"1\"/></\(prefix)workbook>"
  }

  private static func set(_ text: String, _ value: String = "E1-ab") -> String? {
    WorkbookConstant.part(Array(text.utf8), setting: "_mark", to: value).map { String(decoding: $0, as: UTF8.self) }
  }

  private static let mark = "<definedName name=\"_mark\" hidden=\"1\">&quot;E1-ab&quot;</definedName>"

  @Test func itStandsWhereTheOrderOfPartsWantsIt() throws {
    let mark = Self.mark.replacing("&quot;", with: "\"")
    let result = try #require(Self.set(Self.main())).replacing("&quot;", with: "\"")
    #expect(result == Self.main("<definedNames>\(mark)</definedNames>"))
    let after = "<functionGroups/><externalReferences><externalReference id=\"1\"/></externalReferences>"
    let second = try #require(Self.set(Self.main(after: after))).replacing("&quot;", with: "\"")
    #expect(second == Self.main("<definedNames>\(mark)</definedNames>", after: after))
  }

  @Test func namesThatAreThereStay() throws {
    let names = "<definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">A!$A$1</definedName>"
    let first = try #require(Self.set(Self.main("<definedNames>\(names)</definedNames>")))
    #expect(first.contains("<definedNames>\(names)<definedName name=\"_mark\""))
    // Once more: its own is changed.
    let second = try #require(Self.set(first, "E2-cd"))
    #expect(second == first.replacing("E1-ab", with: "E2-cd"))
    let third = try #require(Self.set(Self.main("<definedNames/>")))
    #expect(third.contains("<definedNames><definedName name=\"_mark\""))
  }

  /// LibreOffice writes the name back in words of its own, and no longer hidden.
  @Test func asLibreOfficeSavesIt() throws {
    let saved =
      "<definedNames><definedName function=\"false\" hidden=\"false\" name=\"_mark\" vbProcedure=\"false\">"
      + "&quot;E1-ab&quot;</definedName></definedNames>"
    let result = try #require(Self.set(Self.main(saved), "E2-cd"))
    #expect(result.contains("<definedNames><definedName name=\"_mark\" hidden=\"1\">"))
    #expect(!result.contains("E1-ab") && result.contains("E2-cd"))
  }

  @Test func otherPrefixes() throws {
    let result = try #require(Self.set(Self.main(prefix: "x:")))
    #expect(result.contains("<x:definedNames><x:definedName name=\"_mark\" hidden=\"1\">"))
    #expect(Self.set("<workbook/>") == nil)
    #expect(Self.set("<?xml version=\"1.0\" encoding=\"utf-16\"?>\(Self.main())") == nil)
  }

  @Test(arguments: ["E1-ab", "a \"b\" <c> & d", "x"])
  func whatIsWrittenIsRead(_ text: String) throws {
    for name in ["Students (14).xlsx", "libreoffice.xlsx", "openpyxl.xlsx"] {
      guard let bytes = try? Fixture.bytes(name) else { continue }
      let reader = try WorkbookReader(bytes)
      #expect(try reader.constant(named: "_mark") == nil)
      let edited = try WorkbookEditor.edit(bytes, sheet: 1, SheetEdits(), constant: ("_mark", text)).bytes
      let again = try WorkbookReader(edited)
      #expect(try again.constant(named: "_mark") == text)
      #expect(try again.constant(named: "_other") == nil)
      #expect(again.sheets == reader.sheets)
    }
  }
}
