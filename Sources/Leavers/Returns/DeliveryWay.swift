// How a return gets to its recipient, and what of it can be seen there. Pure values.

/// The way by which a return gets to its recipient: kept with the return, since an attempt that is under way must end as
/// it began, whatever the configuration says meanwhile.
package struct DeliveryWay: Sendable, Hashable {
  package let publication: Publication
  package let readBack: ReadBack
  /// The recipient declares that it takes files away.
  package let takesFiles: Bool
  /// The folder at the recipient, or, for a hand-over, under the school's `out`.
  package let folder: String

  package init(publication: Publication, readBack: ReadBack, takesFiles: Bool, folder: String) {
    self.publication = publication
    self.readBack = readBack
    self.takesFiles = takesFiles
    self.folder = folder
  }
}

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
