// What the station cannot do: what, where, and what to do. Carries no personal data.

/// Why returns could not be made.
package struct ReturnsError: Error, Sendable, CustomStringConvertible {
  /// What is wrong; open, so that further codes break nobody.
  package struct Code: Hashable, Sendable, CustomStringConvertible {
    private let name: String
    private init(_ name: String) { self.name = name }
    package var description: String { name }

    /// The rows cannot be written in the authority's format.
    package static let unwritable = Code("unwritable")
    /// The pattern gives no file name.
    package static let unnameable = Code("unnameable")
    /// An export of a school that the configuration does not name any more.
    package static let unknownSchool = Code("unknown-school")
    /// An authority's recipient is not configured.
    package static let unknownRecipient = Code("unknown-recipient")
    /// A recipient names a sandbox whose record cannot be read.
    package static let noSandboxRecord = Code("no-sandbox-record")
    /// A row without a pupil, which intake should have held.
    package static let noPupil = Code("no-pupil")
    /// A trial of a kind of return of which no invented pupil would go.
    package static let nothingToTry = Code("nothing-to-try")
  }

  package let code: Code
  /// What is wrong, where, and what to do.
  package let message: String

  package init(_ code: Code, message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
