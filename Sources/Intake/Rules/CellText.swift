// The text of a cell made plain before any rule looks at it. Pure.

import Leavers

/// Plain text of cells: blanks, line breaks, spreadsheet errors, formulas.
enum CellText {
  /// Words and signs that people write into a cell to say that it is blank. Names are not compared with the words:
  /// there are families called None and Null.
  private static let blankSigns: Set<String> = ["-", "--", "\u{2013}", "\u{2014}", ".", "?"]
  private static let blankWords: Set<String> = ["n/a", "na", "none", "null", "nil", "not applicable"]

  /// Error values of spreadsheets, and the signs of a column too narrow.
  static func isSpreadsheetError(_ text: String) -> Bool {
    guard text.utf8.first == UInt8(ascii: "#") else { return false }
    if text.utf8.allSatisfy({ $0 == UInt8(ascii: "#") }) { return text.utf8.count > 1 }
    let errors = ["#VALUE!", "#N/A", "#REF!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!"]
    return errors.contains(text.uppercased())
  }

  /// Whether the whole cell only says that there is nothing to say.
  static func isBlank(_ text: String, in field: Field) -> Bool {
    if text.isEmpty || blankSigns.contains(text) { return true }
    if field.type == .name || text.utf8.count > 14 { return false }
    return blankWords.contains(text.lowercased())
  }

  /// Text on one line: every kind of space becomes one space, line breaks become `separator`, invisible and control
  /// characters are left out.
  static func plain(_ text: String, lineBreak separator: String = " ") -> String {
    var result = String.UnicodeScalarView()
    var pending: String?
    for scalar in text.unicodeScalars {
      if scalar.value == 0x0A || scalar.value == 0x0D || scalar.value == 0x2028 || scalar.value == 0x2029 {
        pending = separator
      } else if isVisibleSpace(scalar) {
        pending = pending ?? " "
      } else if isInvisible(scalar) {
        continue
      } else {
        if let pending, !result.isEmpty { result.append(contentsOf: join(pending, after: result)) }
        pending = nil
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// A line that ends in a comma needs no second one.
  private static func join(_ separator: String, after text: String.UnicodeScalarView) -> String.UnicodeScalarView {
    if separator.hasPrefix(","), text.last == "," { return String(separator.dropFirst()).unicodeScalars }
    return separator.unicodeScalars
  }

  /// Tab and every space that has a width.
  private static func isVisibleSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0B, 0x0C, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    Blank.isBlank(scalar) || scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  /// Whether free text holds a line break and a word shaped like a UPN: the second wall against text that is another
  /// pupil's row (`SwallowedRows` is the first).
  static func holdsAnotherPupil(_ text: String, in field: Field) -> Bool {
    guard field.type == .text || field.type == .name else { return false }
    guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return false }
    return text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).contains { isShapedLikeUPN($0) }
  }

  /// A letter, eleven digits, and a digit or, in a temporary UPN, a letter (DfE, Unique pupil numbers).
  private static func isShapedLikeUPN(_ word: Substring) -> Bool {
    let bytes = Array(word.utf8)
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
    return bytes.count == 13 && isLetter(bytes[0]) && bytes[1..<12].allSatisfy(isDigit)
      && (isDigit(bytes[12]) || isLetter(bytes[12]))
  }

  /// Whether a spreadsheet would take the text for a formula (OWASP, CSV injection), in the full-width forms as well.
  static func beginsLikeFormula(_ text: String) -> Bool {
    switch text.unicodeScalars.first?.value {
    case 0x3D, 0x2B, 0x2D, 0x40, 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20: true
    default: false
    }
  }

  /// Whether letters were damaged by two encodings: the replacement character, or what UTF-8 looks like when it is read
  /// as Windows-1252 (an accented A or a-circumflex before a sign that no word has there).
  static func isDamaged(_ text: String) -> Bool {
    var previous: UInt32 = 0
    for scalar in text.unicodeScalars {
      if scalar.value == 0xFFFD { return true }
      if previous == 0xC3 || previous == 0xC2, (0x80...0xBF).contains(scalar.value) || scalar.value == 0x2122 {
        return true
      }
      if previous == 0xE2, scalar.value == 0x20AC || scalar.value == 0x80 { return true }
      previous = scalar.value
    }
    return false
  }
}
