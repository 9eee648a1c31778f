// What the sandbox has to know of an authority's file that it copies: whose recipient it names. Pure.

import Leavers
import Yams

/// An authority of the examples. The rest of its file is the configuration's business, which reads and checks it.
struct CopiedAuthority: Sendable, Hashable {
  let id: AuthorityID
  let recipient: RecipientID

  /// Nil where the file does not say both: then `leaverlink check` says it.
  init?(file text: String) {
    guard let root = try? compose(yaml: text), let id = root["authority"]?["id"]?.scalar?.string,
      let recipient = root["recipient"]?.scalar?.string, let id = AuthorityID(rawValue: id),
      let recipient = RecipientID(rawValue: recipient)
    else { return nil }
    self.id = id
    self.recipient = recipient
  }
}
