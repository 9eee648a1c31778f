// The keys of JSON that a document lists, and those that a value has.

import Foundation
import Tabular
import Testing

enum DocumentedKeys {
  private static let docs = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/docs/"

  /// The first cells of the table between the marks of a name.
  static func of(_ name: String, in document: String) throws -> [String] {
    let text = try String(contentsOfFile: docs + document, encoding: .utf8)
    let start = try #require(text.range(of: "<!-- json: \(name) -->\n"), "\(name) is not in \(document)")
    let stop = try #require(text.range(of: "\n<!-- end -->", range: start.upperBound..<text.endIndex))
    return text[start.upperBound..<stop.lowerBound].split(separator: "\n").compactMap { line in
      line.firstMatch(of: /^\| `([^`]+)` \|/).map { String($0.output.1) }
    }
  }

  /// Every value by its way there, such as `schools[].name`.
  ///
  /// - Parameter leaves: objects whose keys are data.
  static func paths(_ members: [(String, JSONValue)], leaves: Set<String> = []) -> Set<String> {
    paths(.object(JSONObject(members)), "", leaves)
  }

  private static func paths(_ value: JSONValue, _ path: String, _ leaves: Set<String>) -> Set<String> {
    if let array = value.array {
      return array.reduce(into: []) { $0.formUnion(paths($1, path + "[]", leaves)) }
    }
    guard let object = value.object, !leaves.contains(path) else { return [path] }
    return object.members.reduce(into: []) { all, member in
      all.formUnion(paths(member.value, path.isEmpty ? member.key : path + "." + member.key, leaves))
    }
  }
}
