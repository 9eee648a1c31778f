// Why we do not know whether an authority has a return. A pure value.

/// Why we do not know whether an authority has a return.
package enum UnknownReason: String, Sendable, Hashable, CaseIterable {
  /// Something else lies under its final name.
  case finalDiffers = "final-differs"
  /// The recipient refused to publish because the final name is taken, and lets nobody read what lies there.
  case finalOccupied = "final-occupied"
  /// What we uploaded was changed at the far side before it was published.
  case temporaryDiffers = "temporary-differs"
  /// It was to be published, and now lies neither under its temporary nor under its final name.
  case vanished
  /// An upload under the final name broke off, and nothing there tells whether it had arrived.
  case putUnproven = "put-unproven"
  /// A rename broke off, and nothing there tells whether it was done.
  case renameUnproven = "rename-unproven"
  /// It was under way when the recipient moved to another place, where nothing tells what became of it.
  case recipientMoved = "recipient-moved"

  /// What it means and what a person does about it, without personal data.
  package var explanation: String {
    switch self {
    case .finalDiffers:
      "another file lies under its final name at the recipient; it was not overwritten. Ask the authority what it is"
    case .finalOccupied:
      "the recipient says that its final name is taken and does not let us read it. Ask the authority what lies there"
    case .temporaryDiffers:
      "the uploaded file was changed at the recipient before it was published. Ask the authority what happened"
    case .vanished:
      "it lies neither under its temporary nor under its final name. Ask the authority whether it has taken it"
    case .putUnproven:
      "the upload broke off and cannot be checked there. Ask the authority whether it has the file"
    case .renameUnproven:
      "the rename broke off and cannot be checked there. Ask the authority whether it has the file"
    case .recipientMoved:
      "it was being sent when the recipient's place was changed in the configuration. Ask the authority whether it has the file"
    }
  }
}
