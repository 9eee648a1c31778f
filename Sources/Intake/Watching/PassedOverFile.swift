// Which names in an exports folder are no exports: what systems and programs leave behind. Pure.

/// Names that are passed over without a word.
package enum PassedOverFile {
  private static let names: Set<String> = ["thumbs.db", "desktop.ini", "icon\r", "ehthumbs.db"]
  private static let endings = [".part", ".tmp", ".crdownload", ".partial", ".download", ".lock", "~"]

  /// Whether a name is that of a hidden, temporary or half-loaded file.
  package static func isPassedOver(_ name: String) -> Bool {
    if name.hasPrefix(".") || name.hasPrefix("~$") || name.hasPrefix(".~lock") { return true }
    let lower = name.lowercased()
    return names.contains(lower) || endings.contains { lower.hasSuffix($0) }
  }

  /// Whether a name is that of a table. What is inside is told by its bytes: it is read, or refused for what it is.
  package static func isReadable(_ name: String) -> Bool { NamedKind(name) != nil }
}
