// How a recipient takes a file and what of it can be read back. Pure values.

/// How a return gets under its final name.
package enum Publication: String, Sendable, Hashable, CaseIterable {
  /// Under a temporary name, read back, then renamed without overwriting: SFTP, WebDAV, a local folder.
  case twoStep = "two-step"
  /// A plain PUT to a final URL that no other return has.
  case direct
  /// A hand-over pack in a folder of the desk, which a person then hands over.
  case desk
}

/// How much of a file a recipient lets us read back.
package enum ReadBack: String, Sendable, Hashable, CaseIterable {
  case content, size
  /// Nothing: the top state without a receipt is `sent`.
  case none
}

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
