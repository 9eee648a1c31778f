// How a recipient stands: stopped, paused, failing. A pure value.

package import Leavers

/// How a recipient stands. Outlives restarts.
package struct RecipientState: Sendable, Hashable {
  /// It does not accept our key or password: nothing goes there until a person resumes it.
  package struct Stop: Sendable, Hashable {
    /// In words for the admin, without personal data.
    package let why: String
    package let since: Timestamp
  }
  /// A person wants nothing to go there for now.
  package struct Pause: Sendable, Hashable {
    package let by: Person
    package let why: String?
    package let since: Timestamp
  }

  package let recipient: RecipientID
  package let stopped: Stop?
  package let paused: Pause?
  /// Failures in a row.
  package let failures: Int
  /// The newest failure in words, while it lasts; no personal data.
  package let problem: String?
  /// How often a person resumed it.
  package let resumes: Int

  /// Whether anything may go there.
  package var isOpen: Bool { stopped == nil && paused == nil }
}
