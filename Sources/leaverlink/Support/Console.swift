// Printing: plain text in columns, JSON with a schema version, errors to standard error.

import Foundation
import Tabular

enum Console {
  /// The exit code for "works, but somebody must look".
  static let needsAttention: Int32 = 1

  static func print(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
  static func error(_ text: String) { FileHandle.standardError.write(Data(("leaverlink: " + text + "\n").utf8)) }

  /// Prints a documented object; `schemaVersion` grows when a key changes its meaning or goes.
  static func print(json members: [(String, JSONValue)]) {
    print(text(json: members))
  }

  /// The same as a text.
  static func text(json members: [(String, JSONValue)]) -> String {
    JSONValue.object(JSONObject([("schemaVersion", 1)] + members)).text(pretty: true)
  }

  /// Prints rows in columns as wide as their widest cell.
  static func print(table header: [String], _ rows: [[String]]) { print(text(table: header, rows)) }

  /// Rows in columns as wide as their widest cell, without blanks at the end of a line.
  static func text(table header: [String], _ rows: [[String]]) -> String {
    let all = [header] + rows
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      let cells = zip(row, widths).map { $0.padding(toLength: max($1, $0.count), withPad: " ", startingAt: 0) }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}

extension JSONValue {
  /// Text, or null.
  static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
  static func whole(_ value: some BinaryInteger) -> JSONValue { .integer(Int64(value)) }
}
