// What was seen and done at the far side. Pure values.

/// What a look at one name at the far side showed. "Equal" is by content or, where only that can be seen, by size.
package enum Presence: String, Sendable, Hashable, CaseIterable {
  case equal, different, missing
}

/// What the far side said to a rename that does not overwrite.
package enum RenameResult: String, Sendable, Hashable, CaseIterable {
  case done
  case targetExists = "target-exists"
  case sourceMissing = "source-missing"
}

/// How a step failed.
package enum Failure: String, Sendable, Hashable, CaseIterable {
  /// The request never left: no name, no connection, no session. Nothing can have happened at the far side.
  case notBegun = "not-begun"
  /// It broke off, or the server asked to come back later. It may have been done, or be done yet.
  case transient
  /// The server answered that it does not do this.
  case permanent
  /// The server does not know us.
  case authentication
}
