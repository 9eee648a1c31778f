// A header map proposed from an export, with the evidence for each of its lines. A value; holds no cell.

package import Leavers
import Profiles

/// What the columns of an export seem to stand for. Holds headings and counts, never a value of a cell.
package struct HeaderMapProposal: Sendable {
  /// How sure it is, in words.
  package enum Confidence: String, Sendable, Hashable, CaseIterable {
    /// The heading is known and the values do not speak against it.
    case certain
    /// The heading is like a known one, or the values are nobody else's, such as UPNs.
    case likely
    /// Something speaks for it: somebody must look.
    case possible
    /// Nothing is known of the column.
    case none
  }

  package struct Column: Sendable {
    /// From 1.
    package let number: Int
    /// Nil where the heading is blank or cannot be told from somebody's data; then nothing of it is printed.
    package let heading: String?
    /// What it seems to stand for; nil where nothing is known.
    package var field: Field?
    package var confidence: Confidence
    /// Cells that are not blank.
    package let filled: Int
    /// Cells of `filled` whose value is one of the field's; nil where that cannot be told, as of names.
    package var fitting: Int?
    /// Why, in words of our own.
    package var evidence: [String]
    /// Other fields that it could stand for, the likeliest first.
    package var alternatives: [Field]

    /// Whether the proposed map names it, ready for use.
    package var isProposed: Bool { field != nil && heading != nil && (confidence == .certain || confidence == .likely) }
  }

  package let columns: [Column]
  /// Rows below the headings.
  package let rows: Int
  /// The sheet's place in its workbook, from 1; nil for a CSV file.
  package let sheet: Int?
  /// Fields that are needed and that no column is proposed for, in the order of `Field`.
  package let missing: [Field]

  /// The map as YAML, ready for `config/mis/ID.yaml`: what is certain or likely as lines, the rest as comments.
  package func yaml(id: String) -> String {
    var lines = [
      "# yaml-language-server: $schema=../schemas/mis.schema.json", "#",
      "# Proposed from an export by `leaverlink mis learn`. Look at every line before it is used; a column that is not",
      "# named here is not kept.", "", "mis: {id: \(id), name: \(Self.quoted(id))}", "", "columns:",
    ]
    var written: Set<String> = []
    for column in columns {
      guard column.field != nil || column.heading != nil else { continue }
      let heading = column.heading.map(Self.quoted) ?? "column \(column.number)"
      guard let field = column.field else {
        lines.append("  # \(heading): nothing is known of it; leave it out of the report if nobody needs it")
        continue
      }
      let why = ([column.confidence.rawValue] + column.evidence).joined(separator: "; ")
      // A map names a heading once, however often the export has it.
      let isLine = column.isProposed && written.insert(HeaderMap.key(column.heading ?? "")).inserted
      var line = "  \(isLine ? "" : "# ")\(heading): \(field.rawValue)  # \(why)"
      if !column.alternatives.isEmpty {
        line += "; or \(column.alternatives.map(\.rawValue).joined(separator: ", "))"
      }
      lines.append(line)
    }
    if !columns.contains(where: \.isProposed) {
      lines[lines.firstIndex(of: "columns:") ?? 0] = "columns: {}"
    }
    if !missing.isEmpty {
      lines += ["", "# Needed, and in no column: \(missing.map(\.rawValue).joined(separator: ", "))"]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A text between quotation marks, as YAML and JSON have them.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
