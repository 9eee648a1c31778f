// What goes wrong in the ledger: a code to branch on and a sentence for the admin. Pure.

/// An error of the ledger. The message says what, where and what to do, and holds no personal data.
package struct LedgerError: Error, Sendable, Equatable {
  /// What kind of error it is. Open: callers keep a default case.
  package struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { rawValue }

    /// Another daemon holds the state directory.
    package static let locked = Code(rawValue: "locked")
    /// There is no ledger yet, and a command may not make one.
    package static let noLedger = Code(rawValue: "no-ledger")
    /// The state was sealed under another master key.
    package static let wrongMasterKey = Code(rawValue: "wrong-master-key")
    /// The file of the master key is missing, malformed or readable by others.
    package static let masterKeyUnusable = Code(rawValue: "master-key-unusable")
    /// The state directory belongs to another user, or may not be written.
    package static let notOurs = Code(rawValue: "not-ours")
    /// Something sealed does not open, or a table holds what the ledger never writes.
    package static let corrupt = Code(rawValue: "corrupt")
    /// Rows and fates do not add up.
    package static let conservation = Code(rawValue: "conservation")
    /// The ledger knows the object, but its file is gone.
    package static let objectMissing = Code(rawValue: "object-missing")
    /// The key of the object or pupil was destroyed at the end of its retention.
    package static let objectDestroyed = Code(rawValue: "object-destroyed")
    package static let notFound = Code(rawValue: "not-found")
    /// A state machine does not allow that.
    package static let illegalTransition = Code(rawValue: "illegal-transition")
    /// It contradicts what the ledger already holds.
    package static let conflict = Code(rawValue: "conflict")
    /// Disk or database: full, busy, unreadable, closed.
    package static let io = Code(rawValue: "io")
    /// A newer version of the software made this state.
    package static let schemaTooNew = Code(rawValue: "schema-too-new")
    /// An older version made it, and a command may not migrate.
    package static let schemaTooOld = Code(rawValue: "schema-too-old")
  }

  package let code: Code
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

extension LedgerError: CustomStringConvertible {
  package var description: String { "\(message) (\(code))" }
}
