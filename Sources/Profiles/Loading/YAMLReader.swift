// YAML text to nodes with places. The only file that parses YAML; what a node means is for others.

import Yams

/// Reads one YAML document. A key that stands twice is written down and the rest is read all the same.
enum YAMLReader {
  /// Stands in for the first letter of the first of two equal keys, so that the parser accepts the document; a
  /// character of Unicode's private use area, one for each repetition.
  private static let marks: [Unicode.Scalar] = (0xE000...0xE0FF).compactMap { Unicode.Scalar($0 as UInt32) }

  /// The root of a document; nil where it cannot be read, which the log then says.
  static func root(of bytes: [UInt8], file: String, log: DiagnosticLog) -> ConfigNode? {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      log.error(
        .syntax, at: FilePlace(file: file), "the file is not UTF-8 text", remedy: "save it in the encoding UTF-8")
      return nil
    }
    var scalars = Array(text.unicodeScalars)
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    for mark in marks {
      do {
        guard let node = try compose(yaml: String(String.UnicodeScalarView(scalars))) else {
          log.error(
            .empty, at: FilePlace(file: file), "the file is empty", remedy: "fill it in or remove it")
          return nil
        }
        return ConfigNode(node: node, file: file, log: log)
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        let place = FilePlace(file: file, line: context.mark.line, column: context.mark.column)
        // The mark is that of the first of the keys in order, whose name comes first in the list.
        log.error(
          .duplicateKey, at: place, "the key \(quoted(keys.first ?? "")) stands twice in one mapping",
          remedy: "keep one of the two")
        guard let index = index(of: context.mark, in: scalars) else { return nil }
        scalars[index] = mark
      } catch let error as YamlError {
        report(error, file: file, log: log)
        return nil
      } catch {
        log.error(.syntax, at: FilePlace(file: file), "the file is not YAML: \(error)", remedy: "correct the syntax")
        return nil
      }
    }
    return nil
  }

  /// Whether a key was renamed because the same key follows.
  static func isRepeated(_ key: String) -> Bool {
    key.unicodeScalars.contains { (0xE000...0xE0FF).contains($0.value) }
  }

  /// The first letter of the key at a mark; the quote before it is left alone.
  private static func index(of mark: Mark, in scalars: [Unicode.Scalar]) -> Int? {
    var line = 1
    var index = 0
    while line < mark.line {
      guard let end = scalars[index...].firstIndex(of: "\n") else { return nil }
      index = end + 1
      line += 1
    }
    index += mark.column - 1
    if scalars.indices.contains(index), scalars[index] == "\"" || scalars[index] == "'" { index += 1 }
    return scalars.indices.contains(index) && scalars[index] != "\n" ? index : nil
  }

  private static func report(_ error: YamlError, file: String, log: DiagnosticLog) {
    var place = FilePlace(file: file)
    var problem: String
    switch error {
    case .scanner(let context, let text, let mark, _), .parser(let context, let text, let mark, _),
      .composer(let context, let text, let mark, _):
      place.line = mark.line
      place.column = mark.column
      problem = text
      if let context { problem += " (\(context.text) that began at \(context.mark.line):\(context.mark.column))" }
    case .reader(let text, _, _, _): problem = text
    default: problem = "it cannot be read"
    }
    log.error(
      .syntax, at: place, "the file is not YAML: \(problem)",
      remedy: "check indentation, colons, brackets and quotes here and on the line before")
  }
}

/// A word of the configuration in quotes, shortened.
func quoted(_ text: String) -> String {
  text.count <= 60 ? "\"\(text)\"" : "\"\(text.prefix(57))…\""
}
