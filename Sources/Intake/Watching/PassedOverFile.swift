// Which names in an exports folder are no exports: what systems and programs leave behind. Pure.

/// Names that are passed over without a word.
///
/// What a person may have meant as an export is not among them, though no table: a shortcut, a PDF, an archive. It is
/// taken in and refused with the reason, or the person would wait for nothing.
package enum PassedOverFile {
  /// Of Windows and of macOS. `Icon` ends in a carriage return; Dropbox leaves it too.
  private static let names: Set<String> = [
    "thumbs.db", "thumbs.db:encryptable", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r", "folder.htt",
    // By which vim finds out whether it may write in a folder.
    "4913",
  ]

  private static let endings = [
    // Downloads under way: Firefox, wget and Nextcloud; Chrome and Edge; Edge and Internet Explorer of old; Safari; Opera;
    // WinSCP; aria2.
    ".part", ".crdownload", ".partial", ".download", ".opdownload", ".filepart", ".aria2",
    // Files of programs while they work: Office, OneDrive, Excel and LibreOffice while they save, locks.
    ".tmp", ".temp", ".lock", ".lck", ".ldb", ".laccdb", ".swp", ".swo",
    // Copies of what was there before, which would say old things as if they were new: Excel, Word, editors.
    ".bak", ".xlk", ".wbk", ".old", ".orig", "~", ".asd",
    // What Windows and macOS keep beside a file, where a share knows no streams.
    ":zone.identifier", ":afp_afpinfo", ":afp_resource", ":encryptable", ":$data",
  ]

  /// LibreOffice's lock, which some shares show without its dot; Office's; Syncthing's; emacs's; Chrome's.
  private static let beginnings = [".", "~$", "~lock.", "~syncthing~", "#", "unconfirmed "]

  /// Whether a name is that of a hidden, temporary or half-loaded file.
  package static func isPassedOver(_ name: String) -> Bool {
    let lower = name.lowercased()
    return names.contains(lower)
      || beginnings.contains { begins(lower, with: $0) }
      || endings.contains { lower.hasSuffix($0) }
      || isSavedByExcel(name) || isSavedByMacOS(lower)
  }

  private static func begins(_ lower: String, with beginning: String) -> Bool {
    guard lower.hasPrefix(beginning) else { return false }
    return switch beginning {
    // Both might be a person's: only with the end that the program gives.
    case "#": lower.hasSuffix("#")
    case "unconfirmed ": lower.hasSuffix(".crdownload")
    default: true
    }
  }

  /// Excel saves into a file of eight hexadecimal digits without an ending, and gives it its name when it is whole. Without
  /// a letter it might be a date.
  private static func isSavedByExcel(_ name: String) -> Bool {
    let letters = name.utf8.count { (0x41...0x46).contains($0) }
    return name.utf8.count == 8 && letters > 0 && letters + name.utf8.count { (0x30...0x39).contains($0) } == 8
  }

  /// Programs of macOS save into `Leavers.xlsx.sb-1a2b3c4d-AbCdEf` on a share.
  private static func isSavedByMacOS(_ lower: String) -> Bool {
    guard let ending = lower.split(separator: ".").last, ending.hasPrefix("sb-"), ending.utf8.count == 18 else {
      return false
    }
    let parts = ending.split(separator: "-")
    return parts.count == 3 && parts[1].utf8.count == 8 && parts[1].allSatisfy(\.isHexDigit) && parts[2].utf8.count == 6
  }

  /// Whether a name is that of a table. What is inside is told by its bytes: it is read, or refused for what it is.
  package static func isReadable(_ name: String) -> Bool { NamedKind(name) != nil }
}
