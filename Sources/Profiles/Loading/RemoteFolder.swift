// A folder at a recipient, as configuration names it. Pure.

/// Reads the name of a folder at a recipient.
enum RemoteFolder {
  /// Without slashes at its ends; nil where it is no plain relative path, which is then written down.
  static func read(_ node: ConfigNode) -> String? {
    guard let text = node.text() else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: true)
    guard !text.hasPrefix("/"), !parts.isEmpty, parts.allSatisfy(isPlain) else {
      node.error(
        .badValue, "\(quoted(text)) is not a folder below the recipient's top",
        remedy:
          "write it without a slash at the beginning, without . and .., quotes and backslashes, such as inbound/sefton")
      return nil
    }
    return parts.joined(separator: "/")
  }

  /// Whether the transport can have it as a component of a path: nothing that an SFTP command would have to escape.
  private static func isPlain(_ part: Substring) -> Bool {
    guard part != ".", part != "..", part.utf8.count <= 255 else { return false }
    return part.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: false
      default: scalar != "\"" && scalar != "'" && scalar != "\\"
      }
    }
  }
}
