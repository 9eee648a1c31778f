// A path at the far side that can hold no trick: relative, plain components, safe in a URL and in an SFTP command.
// Pure.

/// A relative path with `/` between its components, such as `inbound/sefton/return.csv`.
///
/// Refused: empty paths and components, absolute paths, `.` and `..`, control characters, single and double quotes,
/// backslashes (all three would need escaping in libcurl's SFTP commands), and components over 255 bytes of UTF-8.
package struct RemotePath: Hashable, Sendable, CustomStringConvertible {
  /// The path as text, without a leading or trailing slash.
  package let string: String

  /// Throws `.invalidPath` for what the type refuses; the message gives the reason and not the path.
  package init(_ string: String) throws(TransportError) {
    guard !string.isEmpty else { throw Self.refusal("it is empty") }
    guard string.utf8.first != UInt8(ascii: "/") else { throw Self.refusal("it is absolute: give it relative") }
    for component in string.split(separator: "/", omittingEmptySubsequences: false) { try Self.check(component) }
    self.string = string
  }

  /// This path with one more component.
  package func appending(_ name: String) throws(TransportError) -> RemotePath {
    guard !name.utf8.contains(UInt8(ascii: "/")) else { throw Self.refusal("a name may not contain a slash") }
    return try RemotePath(string + "/" + name)
  }

  /// The name at the end of the path.
  package var lastComponent: String { String(components[components.count - 1]) }

  /// The components in order; never empty.
  package var components: [Substring] { string.split(separator: "/") }

  /// The folder that holds it; nil for a path of one component.
  package var parent: RemotePath? {
    guard let slash = string.lastIndex(of: "/") else { return nil }
    return RemotePath(unchecked: String(string[..<slash]))
  }

  package var description: String { string }

  private init(unchecked string: String) { self.string = string }

  private static func check(_ component: Substring) throws(TransportError) {
    guard !component.isEmpty else { throw refusal("a component is empty") }
    guard component != "." && component != ".." else { throw refusal("“.” and “..” are not allowed") }
    guard component.utf8.count <= 255 else { throw refusal("a component is longer than 255 bytes") }
    for scalar in component.unicodeScalars {
      // C0, DEL and C1 controls, and the two separators that some programs take for the end of a line.
      if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
      {
        throw refusal("control characters are not allowed")
      }
      if scalar == "\"" || scalar == "'" || scalar == "\\" {
        throw refusal("quotes and backslashes are not allowed")
      }
    }
  }

  private static func refusal(_ reason: String) -> TransportError {
    TransportError(.invalidPath, "This path at the far side cannot be used: \(reason).", remedy: "Correct the path.")
  }
}
