// The keys of what `status` and `todo` print with --json are those that docs/operations.md lists.

import Foundation
import Leavers
import Ledger
import Tabular
import Testing

@testable import leaverlink

struct JSONKeysTests {
  private static let manual: String = {
    let parts = #filePath.split(separator: "/").dropLast(4)
    return "/" + parts.joined(separator: "/") + "/docs/operations.md"
  }()

  /// Objects whose keys are data.
  private static let counts: Set<String> = ["authorities[].returns", "authorities[].rows"]

  /// Every value below a value by its way there, such as `schools[].name`.
  private static func paths(_ value: JSONValue, _ path: String = "") -> Set<String> {
    if let array = value.array {
      return array.reduce(into: []) { $0.formUnion(paths($1, path + "[]")) }
    }
    guard let object = value.object, !counts.contains(path) else { return [path] }
    return object.members.reduce(into: []) { all, member in
      all.formUnion(paths(member.value, path.isEmpty ? member.key : path + "." + member.key))
    }
  }

  /// The first cells of the table between the marks of a name.
  private func documented(_ name: String) throws -> [String] {
    let text = try String(contentsOfFile: Self.manual, encoding: .utf8)
    let start = try #require(text.range(of: "<!-- json: \(name) -->\n"), "\(name) is not in the manual")
    let stop = try #require(text.range(of: "\n<!-- end -->", range: start.upperBound..<text.endIndex))
    return text[start.upperBound..<stop.lowerBound].split(separator: "\n").compactMap { line in
      line.firstMatch(of: /^\| `([^`]+)` \|/).map { String($0.output.1) }
    }
  }

  /// `schemaVersion` is put before every command's own keys.
  private func expect(_ name: String, _ members: [(String, JSONValue)]) throws {
    let keys = try documented(name)
    #expect(Set(keys).count == keys.count, "a key stands twice")
    #expect(Set(keys) == Self.paths(.object(JSONObject(members))).union(["schemaVersion"]))
  }

  @Test func theManualHasTheKeysOfStatus() throws { try expect("status", Standing.report(on: "2027-09-21").json) }

  @Test func theManualHasTheKeysOfTodo() throws {
    let item = TodoItem(code: .returnDue, subjects: ["3414787"], text: "It is due.")
    // Of a list of texts the list is the key.
    try expect("todo", TodoReport(items: [item]).json)
  }
}
