// Where a reply came from. Pure; a file name may hold a pupil's name, so it does not print.

package import Leavers

/// A file at the far side, on the desk or given by hand: what makes it the same file when it is seen again.
package struct ReplySource: Sendable, Hashable {
  package let recipient: RecipientID
  package let folder: String
  package let name: String
  /// Bytes.
  package let size: Int64
  package let modified: Timestamp

  package init(recipient: RecipientID, folder: String, name: String, size: Int64, modified: Timestamp) {
    self.recipient = recipient
    self.folder = folder
    self.name = name
    self.size = size
    self.modified = modified
  }

  /// What the sealed cell holds.
  var packed: [UInt8] {
    Packed.encode([
      "recipient": recipient.rawValue, "folder": folder, "name": name, "size": String(size),
      "modified": String(modified.milliseconds),
    ])
  }

  init(packed bytes: [UInt8]) throws(LedgerError) {
    let values = try Packed.dictionary(bytes)
    guard let recipient = values["recipient"], let folder = values["folder"], let name = values["name"],
      let size = values["size"].flatMap({ Int64($0) }), let modified = values["modified"].flatMap({ Int64($0) })
    else { throw LedgerError(.corrupt, "the source of a reply opened to something else; run audit") }
    self.init(
      recipient: RecipientID(unchecked: recipient), folder: folder, name: name, size: size,
      modified: Timestamp(milliseconds: modified))
  }
}

extension ReplySource: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "ReplySource(\(recipient), \(size) bytes)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
