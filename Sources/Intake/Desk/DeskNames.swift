// How the files on a desk are called. Pure.

import Ledger

/// Names of files on the desk.
enum DeskNames {
  static let findingsEnding = ".findings.csv"
  static let summaryEnding = ".summary.html"
  static let checkedInfix = ".checked"

  static func findings(of name: String) -> String { base(of: name) + findingsEnding }
  static func summary(of name: String) -> String { base(of: name) + summaryEnding }
  static func checked(of name: String) -> String { "\(base(of: name))\(checkedInfix).csv" }

  /// The name of a checked workbook: `a.checked.xlsx` of `a.xlsx`. Another ending stays, as below. Excel opens a workbook
  /// that may hold macros under `.xlsm` only.
  static func workbook(of name: String, isMacroEnabled: Bool) -> String {
    let name = original(of: name)
    let base = shortened(isWorkbook(name) ? String(name.dropLast(5)) : name)
    return "\(base)\(checkedInfix).\(isMacroEnabled ? "xlsm" : "xlsx")"
  }

  /// The export's name without `.csv`; another ending stays, so that `a.csv` and `a.txt` do not meet. Shortened where
  /// the longer name would not fit into the 255 bytes that file systems give.
  static func base(of name: String) -> String {
    var base = original(of: name)
    if base.utf8.count > 4, base.suffix(4).lowercased() == ".csv" { base = String(base.dropLast(4)) }
    return isWorkbook(base) ? shortened(String(base.dropLast(5))) + base.suffix(5) : shortened(base)
  }

  private static func isWorkbook(_ name: String) -> Bool {
    name.utf8.count > 5 && [".xlsx", ".xlsm"].contains(name.suffix(5).lowercased())
  }

  /// The name of what a checked file was made of: `a.xlsx` of `a.checked.xlsx` and of `a.checked (2).xlsx`. What comes of
  /// a corrected file takes the place of what there was of the file before.
  static func original(of name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return name }
    var stem = name[..<dot]
    if stem.last == ")", let open = stem.lastIndex(of: "("), stem[..<open].last == " " {
      let number = stem[stem.index(after: open)...].dropLast()
      if !number.isEmpty, number.allSatisfy(\.isNumber) { stem = stem[..<open].dropLast() }
    }
    guard stem.hasSuffix(checkedInfix), stem.count > checkedInfix.count else { return name }
    return "\(stem.dropLast(checkedInfix.count))\(name[dot...])"
  }

  /// A name without the number by which it lies beside another: `a.xlsx` of `a (2).xlsx`.
  static func withoutNumber(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), name[..<dot].last == ")",
      let open = name[..<dot].lastIndex(of: "("), name[..<open].last == " "
    else { return name }
    let number = name[name.index(after: open)..<dot].dropLast()
    guard !number.isEmpty, number.allSatisfy(\.isNumber) else { return name }
    return "\(name[..<open].dropLast())\(name[dot...])"
  }

  /// Whether a name is that of the desk's page, or of one beside it.
  static func isPage(_ name: String) -> Bool {
    name == DeskPage.name || name.hasPrefix("\(DeskPage.name.dropLast(5)) (") && name.hasSuffix(".html")
  }

  /// A name of at most 200 bytes. One that is cut says by a few digits what it was, or two long names that begin alike
  /// would be one.
  private static func shortened(_ name: String) -> String {
    guard name.utf8.count > 200 else { return name }
    var result = name
    while result.utf8.count > 190 { result = String(result.dropLast()) }
    return "\(result)-\(ContentDigest.sha256(Array(name.utf8)).prefix(8))"
  }

  /// `a.findings.csv`, then `a.findings (2).csv`, and so on: beside a file that a person changed.
  static func alternative(_ name: String, _ number: Int) -> String {
    guard number > 1 else { return name }
    guard let ending = [".csv", ".xlsx", ".xlsm", ".html"].first(where: name.hasSuffix) else {
      return "\(name) (\(number))"
    }
    return "\(name.dropLast(ending.count)) (\(number))\(ending)"
  }
}
