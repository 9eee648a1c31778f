// The code tables of a configuration, from a folder of CSV files.

import Leavers
import Tabular

/// Reads the folder of code tables: each file is a code set that bears the file's name.
struct CodeTableReader {
  let context: LoadContext

  func read(_ folder: String, at place: FilePlace) -> CodeTables {
    guard context.requireFolder(folder, at: place, what: "the folder of code tables") else { return CodeTables() }
    var sets: [CodeSet] = []
    for name in context.names(in: folder, ending: ".csv", at: place) {
      if let set = readSet(folder + "/" + name, id: String(name.dropLast(4)), at: place) { sets.append(set) }
    }
    let tables = CodeTables(sets)
    if !context.log.hasErrors {
      let needed = Set(Field.allCases.compactMap { if case .code(let id) = $0.type { id } else { nil } })
      for id in needed.sorted() where tables[id] == nil {
        context.log.error(
          .unknownCodeSet, at: place, "the code table \(id).csv is not in \(folder)",
          remedy: "copy it from the example configuration")
      }
    }
    return tables
  }

  private func readSet(_ path: String, id: String, at place: FilePlace) -> CodeSet? {
    guard let bytes = context.read(path, at: place, what: "the code table") else { return nil }
    do {
      let table = try TableFile(bytes)
      return try CodeSet(
        id: id, header: table.header, rows: table.rows.map { CodeTableRow(line: $0.line, cells: $0.cells) })
    } catch let flaws as CodeTableFlaws {
      for flaw in flaws.flaws {
        context.log.error(
          .codeTable, at: FilePlace(file: path, line: flaw.line),
          flaw.problem.rawValue + (flaw.column.map { " (column \($0))" } ?? ""), remedy: flaw.remedy)
      }
    } catch let error as CSVError {
      context.log.error(
        .codeTable, at: FilePlace(file: path, line: max(1, error.line)), "the table cannot be read: \(error.message)",
        remedy: "save it as CSV UTF-8 with commas")
    } catch {
      context.log.error(
        .codeTable, at: FilePlace(file: path), "the table cannot be read: \(error)", remedy: "correct it")
    }
    return nil
  }
}
