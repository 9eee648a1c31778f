// The two files that go back to a school for one export, and how they are called. Pure.

extension Examination {
  /// The files for the desk: findings always, the checked export where its bytes are a table. `name` is the file name
  /// of the export; `bytes` are the export's own.
  package func deskFiles(named name: String, export bytes: [UInt8]) -> [(name: String, bytes: [UInt8])] {
    let base = DeskNames.base(of: name)
    var files = [(name: "\(base).findings.csv", bytes: FindingsFile.bytes(of: listed))]
    if let layout, let checked = CheckedFile.bytes(of: bytes, layout: layout, rows: rows) {
      files.append((name: "\(base).checked.csv", bytes: checked))
    }
    return files
  }
}

/// Names of files on the desk.
enum DeskNames {
  /// The export's name without `.csv`; another ending stays, so that `a.csv` and `a.txt` do not meet. Shortened where
  /// the longer name would not fit into the 255 bytes that file systems give.
  static func base(of name: String) -> String {
    var base = name
    if base.utf8.count > 4, base.suffix(4).lowercased() == ".csv" { base = String(base.dropLast(4)) }
    while base.utf8.count > 200 { base = String(base.dropLast()) }
    return base
  }

  /// `a.findings.csv`, then `a.findings (2).csv`, and so on: beside a file that a person changed.
  static func alternative(_ name: String, _ number: Int) -> String {
    guard number > 1 else { return name }
    guard name.hasSuffix(".csv") else { return "\(name) (\(number))" }
    return "\(name.dropLast(4)) (\(number)).csv"
  }
}
