// The two files that go back to a school for one export, and how they are called. Pure.

import Tabular

extension Examination {
  /// The files for the desk: findings always, the checked export where its bytes are a table. `name` is the file name
  /// of the export; `bytes` are the export's own.
  package func deskFiles(named name: String, export bytes: [UInt8]) -> [(name: String, bytes: [UInt8])] {
    let base = DeskNames.base(of: name)
    var findings = listed
    var checked: (name: String, bytes: [UInt8])?
    switch layout {
    case nil: break
    case .text(let layout):
      checked = CheckedFile.bytes(of: bytes, layout: layout, rows: rows).map { ("\(base).checked.csv", $0) }
    case .transferFile(let layout):
      checked = CheckedTransferFile.table(of: bytes, layout: layout, rows: rows).map { ("\(base).checked.csv", $0) }
    case .sheet(let layout):
      do throws(WorkbookError) {
        let edited = try CheckedWorkbook.edited(bytes, layout: layout, rows: rows)
        checked = (DeskNames.workbook(of: name, isMacroEnabled: edited.isMacroEnabled), edited.bytes)
      } catch {
        // A plain table is better than none. Only the desk needs to know.
        checked = CheckedWorkbook.table(of: bytes, layout: layout, rows: rows).map { ("\(base).checked.csv", $0) }
        findings.append(ExportFinding(Remark(.checkedAsText), row: nil))
      }
    }
    return [(name: "\(base).findings.csv", bytes: FindingsFile.bytes(of: findings))] + (checked.map { [$0] } ?? [])
  }
}

/// Names of files on the desk.
enum DeskNames {
  /// The export's name without `.csv`; another ending stays, so that `a.csv` and `a.txt` do not meet. Shortened where
  /// the longer name would not fit into the 255 bytes that file systems give.
  static func base(of name: String) -> String {
    var base = name
    if base.utf8.count > 4, base.suffix(4).lowercased() == ".csv" { base = String(base.dropLast(4)) }
    return shortened(base)
  }

  /// The name of a checked workbook: `a.checked.xlsx` of `a.xlsx`. Another ending stays, as above. Excel opens a workbook
  /// that may hold macros under `.xlsm` only.
  static func workbook(of name: String, isMacroEnabled: Bool) -> String {
    let isUsual = name.utf8.count > 5 && [".xlsx", ".xlsm"].contains(name.suffix(5).lowercased())
    return "\(shortened(isUsual ? String(name.dropLast(5)) : name)).checked.\(isMacroEnabled ? "xlsm" : "xlsx")"
  }

  private static func shortened(_ name: String) -> String {
    var result = name
    while result.utf8.count > 200 { result = String(result.dropLast()) }
    return result
  }

  /// `a.findings.csv`, then `a.findings (2).csv`, and so on: beside a file that a person changed.
  static func alternative(_ name: String, _ number: Int) -> String {
    guard number > 1 else { return name }
    guard let ending = [".csv", ".xlsx", ".xlsm"].first(where: name.hasSuffix) else { return "\(name) (\(number))" }
    return "\(name.dropLast(ending.count)) (\(number))\(ending)"
  }
}
