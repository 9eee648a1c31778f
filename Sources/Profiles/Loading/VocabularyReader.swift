// The words that people write instead of codes, from a CSV file.

import Leavers
import Tabular

/// Reads the vocabulary.
struct VocabularyReader {
  let context: LoadContext
  let codes: CodeTables

  /// - Parameter path: nil where no key names a file; then the usual one is read if it is there.
  func read(_ path: String?, at place: FilePlace) -> WordVocabulary {
    let usual = context.root + "/words/vocabulary.csv"
    if path == nil, case .missing = ConfigurationFiles.look(usual) { return WordVocabulary() }
    return table(path ?? usual, at: place) ?? WordVocabulary()
  }

  private func table(_ path: String, at place: FilePlace) -> WordVocabulary? {
    guard context.requireFile(path, at: place, what: "the vocabulary"),
      let bytes = context.read(path, at: place, what: "the vocabulary")
    else { return nil }
    do {
      let table = try TableFile(bytes)
      return try WordVocabulary(
        header: table.header, rows: table.rows.map { CodeTableRow(line: $0.line, cells: $0.cells) }, codes: codes)
    } catch let flaws as VocabularyFlaws {
      for flaw in flaws.flaws {
        context.log.error(
          .vocabulary, at: FilePlace(file: path, line: flaw.line),
          flaw.problem + (flaw.column.map { " (column \($0))" } ?? ""), remedy: flaw.remedy)
      }
    } catch let error as CSVError {
      context.log.error(
        .vocabulary, at: FilePlace(file: path, line: max(1, error.line)), "the table cannot be read: \(error.message)",
        remedy: "save it as CSV UTF-8 with commas")
    } catch {
      context.log.error(
        .vocabulary, at: FilePlace(file: path), "the table cannot be read: \(error)", remedy: "correct it")
    }
    return nil
  }
}
