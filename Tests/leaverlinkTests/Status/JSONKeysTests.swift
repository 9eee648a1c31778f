// The keys of what `status` and `todo` print with --json are those that docs/operations.md lists.

import Leavers
import Ledger
import Tabular
import Testing

@testable import leaverlink

struct JSONKeysTests {
  /// Objects whose keys are data.
  private static let counts: Set<String> = ["authorities[].returns", "authorities[].rows"]

  /// `schemaVersion` is put before every command's own keys.
  private func expect(_ name: String, _ members: [(String, JSONValue)]) throws {
    let keys = try DocumentedKeys.of(name, in: "operations.md")
    #expect(Set(keys).count == keys.count, "a key stands twice")
    #expect(Set(keys) == DocumentedKeys.paths(members, leaves: Self.counts).union(["schemaVersion"]))
  }

  @Test func theManualHasTheKeysOfStatus() throws { try expect("status", Standing.report(on: "2027-09-21").json) }

  @Test func theManualHasTheKeysOfTodo() throws {
    let item = TodoItem(code: .returnDue, subjects: ["3414787"], text: "It is due.")
    // Of a list of texts the list is the key.
    try expect("todo", TodoReport(items: [item]).json)
  }
}
