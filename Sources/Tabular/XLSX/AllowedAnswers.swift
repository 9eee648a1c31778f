// How a list of allowed answers is put into a workbook. Pure.

/// A list at a cell: in the cells' rule itself where it is short, else by reference to a hidden sheet.
enum AllowedAnswers {
  /// Excel refuses a workbook whose rule has more characters, commas counted; the library's room is as many bytes.
  static let longestRule = 255

  /// Whether the answers can stand in the rule: there they are parted by commas, and lose blanks at their ends.
  static func fitsRule(_ answers: [String]) -> Bool {
    let length = answers.reduce(answers.count - 1) { $0 + $1.utf8.count }
    return length <= longestRule && answers.allSatisfy(isPlain)
  }

  /// The formula for column `list` (from 0) of the hidden sheet, whose answers begin in row 2.
  static func formula(list: Int, count: Int) -> String {
    let column = letters(list)
    return "=\(WorkbookDraft.listsSheet)!$\(column)$2:$\(column)$\(count + 1)"
  }

  private static func isPlain(_ answer: String) -> Bool {
    guard let first = answer.unicodeScalars.first, let last = answer.unicodeScalars.last else { return false }
    return first != " " && last != " " && first != "="
      && answer.unicodeScalars.allSatisfy {
        $0.value >= 0x20 && $0 != "," && $0 != "\"" && $0 != "_" && $0.value < 0xFFFE
      }
  }

  /// `A` for 0, `Z` for 25, `AA` for 26.
  private static func letters(_ column: Int) -> String {
    var (text, rest) = ("", column + 1)
    while rest > 0 {
      let (quotient, remainder) = (rest - 1).quotientAndRemainder(dividingBy: 26)
      text = String(Unicode.Scalar(UInt8(ascii: "A") + UInt8(remainder))) + text
      rest = quotient
    }
    return text
  }
}
