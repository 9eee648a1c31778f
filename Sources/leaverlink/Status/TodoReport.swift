// `leaverlink todo`: what a person must do, as text and as JSON. Pure.

import Ledger
import Tabular

struct TodoReport {
  let items: [TodoItem]

  var text: String {
    items.isEmpty ? "Nothing for a person to do." : items.map { "- \($0.text)" }.joined(separator: "\n")
  }

  /// The keys that docs/operations.md lists.
  var json: [(String, JSONValue)] {
    [
      (
        "todo",
        .array(
          items.map {
            [
              "code": .string($0.code.rawValue), "subjects": .array($0.subjects.map { .string($0) }),
              "text": .string($0.text),
            ]
          })
      )
    ]
  }
}
