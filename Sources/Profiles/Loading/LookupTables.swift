// The authorities' own tables, from a folder of CSV files; read when a profile names them.

import Leavers
import Tabular

/// The folder of tables that `map` and `lookup` name.
final class LookupTables {
  private let context: LoadContext
  private let folder: String
  private var read: [String: LookupTable?] = [:]
  private var bytes: [String: [UInt8]] = [:]
  /// The tables named since the last `takeNamed`.
  private var named: [String] = []

  init(context: LoadContext, folder: String) {
    self.context = context
    self.folder = folder
  }

  /// The bytes of the tables that were named since this was asked last, each once: they belong to the profile.
  func takeNamed() -> [[UInt8]] {
    defer { named = [] }
    return named.compactMap { bytes[$0] }
  }

  /// The table that a value names; nil where it cannot be read, which is then written down.
  func table(at node: ConfigNode) -> LookupTable? {
    guard let id = node.text() else { return nil }
    guard id.utf8.allSatisfy({ $0 | 0x20 >= 97 && $0 | 0x20 <= 122 || $0 >= 48 && $0 <= 57 || $0 == 45 }) else {
      node.error(
        .lookupTable, "\(quoted(id)) is not the name of a table", remedy: "write its file's name without .csv")
      return nil
    }
    if !named.contains(id) { named.append(id) }
    if let known = read[id] { return known }
    let table = load(id, at: node)
    read[id] = .some(table)
    return table
  }

  private func load(_ id: String, at node: ConfigNode) -> LookupTable? {
    let path = folder + "/" + id + ".csv"
    guard context.requireFile(path, at: node.place, what: "the table"),
      let bytes = context.read(path, at: node.place, what: "the table")
    else { return nil }
    self.bytes[id] = bytes
    let table: TableFile
    do { table = try TableFile(bytes) } catch {
      context.log.error(
        .lookupTable, at: FilePlace(file: path, line: max(1, error.line)),
        "the table cannot be read: \(error.message)", remedy: "save it as CSV UTF-8 with commas")
      return nil
    }
    return rows(of: table, id: id, path: path)
  }

  private func rows(of table: TableFile, id: String, path: String) -> LookupTable? {
    var isSound = true
    func flaw(_ line: Int, _ message: String, _ remedy: String) {
      context.log.error(.lookupTable, at: FilePlace(file: path, line: line), message, remedy: remedy)
      isSound = false
    }
    let header = table.header
    if header.count < 2 { flaw(1, "the table has no second column", "put our value first, what is written behind it") }
    for (place, name) in header.enumerated() where name.isEmpty || header[..<place].contains(name) {
      flaw(1, name.isEmpty ? "a column has no name" : "two columns are called \(quoted(name))", "name each column once")
    }
    let dated = ["from", "until"].map { name in header.firstIndex(of: name) }
    let plain = header.indices.dropFirst().filter { place in !dated.contains { $0 == place } }
    var rows: [(value: String, row: LookupTable.Row)] = []
    for row in table.rows {
      let cells = row.cells.map(\.trimmedOfBlanks)
      if cells.allSatisfy(\.isEmpty) { continue }
      guard cells.count == header.count else {
        flaw(row.line, "the row has \(cells.count) cells and the header \(header.count)", "quote a cell with a comma")
        continue
      }
      let bounds = dated.map { place -> CalendarDate? in
        guard let place, !cells[place].isEmpty else { return nil }
        let date = CalendarDate(iso: cells[place])
        if date == nil { flaw(row.line, "\(quoted(cells[place])) is not a date", "write it as 2026-09-30") }
        return date
      }
      if cells[0].isEmpty { flaw(row.line, "the row has no value of ours", "fill in its first cell or remove it") }
      let new = LookupTable.Row(cells: plain.map { cells[$0] }, from: bounds[0], until: bounds[1])
      let overlaps = rows.contains {
        $0.value == cells[0] && ($0.row.from ?? .first) <= (new.until ?? .last)
          && (new.from ?? .first) <= ($0.row.until ?? .last)
      }
      if overlaps {
        flaw(row.line, "\(quoted(cells[0])) stands twice for the same days", "correct the dates or remove one")
      }
      rows.append((cells[0], new))
    }
    guard isSound else { return nil }
    return LookupTable(id: id, columns: plain.map { header[$0] }, rows: rows)
  }
}
