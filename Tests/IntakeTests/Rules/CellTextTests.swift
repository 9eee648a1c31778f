// The text of a cell before any rule looks at it.

import Leavers
import Testing

@testable import Intake

@Suite("Cell text") struct CellTextTests {
  @Test(arguments: ["#VALUE!", "#n/a", "####", "#DIV/0!"])
  func errors(_ text: String) { #expect(CellText.isSpreadsheetError(text)) }

  @Test(arguments: ["#", "#1", "VALUE!", "", "# VALUE!"])
  func noErrors(_ text: String) { #expect(!CellText.isSpreadsheetError(text)) }

  @Test func namesAreNoWordsForNothing() {
    #expect(CellText.isBlank("None", in: .course))
    #expect(!CellText.isBlank("None", in: .legalSurname))
    #expect(CellText.isBlank("-", in: .legalSurname))
    #expect(!CellText.isBlank("nothing at all", in: .course))
  }

  @Test func formulas() {
    for text in ["=1", "+1", "-1", "@x", "\u{FF1D}1", "\u{FF0B}1", "\u{FF0D}1", "\u{FF20}x"] {
      #expect(CellText.beginsLikeFormula(text))
    }
    for text in ["1=1", "x", "", "'=1"] { #expect(!CellText.beginsLikeFormula(text)) }
  }
}
