// The parts of a web address that matter to a check. Pure.

/// Scheme, host and port of an address.
struct WebAddress: Equatable {
  /// In small letters.
  let scheme: String
  /// In small letters, without brackets.
  let host: String
  let port: Int
  let hasCredentials: Bool
  let hasQuery: Bool

  /// Nil where the text is not `scheme://host…`.
  init?(_ text: String) {
    guard let range = text.firstRange(of: "://"), !text.contains(where: \.isWhitespace) else { return nil }
    scheme = text[..<range.lowerBound].lowercased()
    let rest = text[range.upperBound...]
    hasQuery = rest.contains { $0 == "?" || $0 == "#" }
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != "\\" }
    hasCredentials = authority.contains("@")
    let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
    let portText: Substring
    if place.hasPrefix("[") {
      guard let end = place.firstIndex(of: "]") else { return nil }
      host = place[place.index(after: place.startIndex)..<end].lowercased()
      portText = place[place.index(after: end)...]
    } else {
      let end = place.firstIndex(of: ":") ?? place.endIndex
      host = place[..<end].lowercased()
      portText = place[end...]
    }
    guard !host.isEmpty, !scheme.isEmpty, scheme.allSatisfy({ $0.isASCII && $0.isLetter }) else { return nil }
    if portText.isEmpty {
      port = scheme == "http" ? 80 : 443
    } else {
      guard portText.hasPrefix(":"), let number = Int(portText.dropFirst()), (1...65_535).contains(number) else {
        return nil
      }
      port = number
    }
  }
}
