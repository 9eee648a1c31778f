// The XML of a sheet under both kinds of editing: which format a new cell has, and what is not edited.

import Testing

@testable import Tabular

struct SheetMarkupTests {
  private static let sheet = """
    <x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:dimension ref="A1:A3"/>\
    <x:cols><x:col min="3" max="4" style="5"/></x:cols><x:sheetData>\
    <x:row r="1" s="3" customFormat="1" spans="1:1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>\
    <x:row r="2" s="3"><x:c r="A2"><x:v>1</x:v></x:c></x:row>\
    </x:sheetData><x:pageMargins left="1"/></x:worksheet>
    """
  /// The row's own format where it says so, else the column's, else none.
  private static let written = """
    <x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:dimension ref="A1:C3"/>\
    <x:cols><x:col min="3" max="4" style="5"/></x:cols><x:sheetData>\
    <x:row r="1" s="3" customFormat="1"><x:c r="A1"><x:v>1</x:v></x:c>\
    <x:c r="C1" s="3" t="inlineStr"><x:is><x:t xml:space="preserve">a</x:t></x:is></x:c></x:row>\
    <x:row r="2" s="3"><x:c r="A2"><x:v>1</x:v></x:c>\
    <x:c r="B2" t="inlineStr"><x:is><x:t xml:space="preserve">b</x:t></x:is></x:c>\
    <x:c r="C2" s="5" t="inlineStr"><x:is><x:t xml:space="preserve">c</x:t></x:is></x:c></x:row>\
    </x:sheetData><x:pageMargins left="1"/></x:worksheet>
    """

  private func edited(_ sheet: String) throws -> String {
    let edits = SheetEdits(rows: [1: .init(texts: [3: "a"]), 2: .init(texts: [2: "b", 3: "c"])])
    var editor = try SheetXMLEditor(Array(sheet.utf8), edits, styles: nil)
    return String(decoding: try editor.run().sheet, as: UTF8.self)
  }

  private func filled(_ sheet: String) throws -> String {
    var filling = SheetFilling()
    filling.set(.text("a"), at: CellReference(row: 1, column: 3))
    filling.set(.text("b"), at: CellReference(row: 2, column: 2))
    filling.set(.text("c"), at: CellReference(row: 2, column: 3))
    var filler = try SheetFiller(
      Array(sheet.utf8), filling, dates: .from1900, table: WorkbookStyles(), styles: nil)
    return String(decoding: try filler.run(), as: UTF8.self)
  }

  @Test func aNewCellHasTheFormatOfItsRowOrColumn() throws {
    #expect(try edited(Self.sheet) == Self.written)
    #expect(try filled(Self.sheet) == Self.written)
  }

  @Test(arguments: ["r=\"B1\"", "r=\"A2\"", "r=\"1A\""])
  func aCellThatSaysToBeElsewhereIsNotEdited(_ place: String) {
    let sheet = Self.sheet.replacing("<x:c r=\"A1\">", with: "<x:c r=\"B1\"/><x:c \(place)>")
    #expect(throws: SheetMarkup.NotEditable.self) { try edited(sheet) }
    #expect(throws: SheetMarkup.NotEditable.self) { try filled(sheet) }
  }

  /// One of another number than those before would be written over, or its cells into the wrong row.
  @Test(arguments: ["1", "0", "-1", "2A"])
  func aRowThatDoesNotStandBelowTheOneBeforeIsNotEdited(_ number: String) {
    let sheet = Self.sheet.replacing("<x:row r=\"2\"", with: "<x:row r=\"\(number)\"")
    #expect(throws: SheetMarkup.NotEditable.self) { try edited(sheet) }
    #expect(throws: SheetMarkup.NotEditable.self) { try filled(sheet) }
  }
}
