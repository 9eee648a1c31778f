// How the columns of a reply are named in configuration. Pure.

import Leavers

/// The names under which configuration knows what a reply's column holds: every field of a leaver's record, and what
/// only replies have.
enum ReplyColumnNames {
  private static let own: [(name: String, column: ReplyProfile.Column)] = [
    ("reference", .reference), ("returnFile", .returnFile), ("verdict", .verdict), ("rowsLoaded", .rowsLoaded),
    ("rowsRejected", .rowsRejected), ("reason", .reason), ("sha256", .sha256), ("due", .due),
  ]

  static let all: [String] = own.map(\.name) + Field.allCases.map(\.rawValue)

  static func column(_ name: String) -> ReplyProfile.Column? {
    own.first { $0.name == name }?.column ?? Field(rawValue: name).map { .field($0) }
  }
}
