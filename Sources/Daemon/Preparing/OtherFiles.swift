// Files in the directory of a dry run that this run did not write: somebody could take yesterday's for today's. Reads
// names only.

import Foundation

/// What lies beside the files of a dry run.
package struct OtherFiles: Sendable, Hashable {
  package let directory: String
  /// Paths below the directory, sorted.
  package let paths: [String]

  /// So many are named in words before the rest is counted.
  static let most = 10

  /// Looks where a dry run writes: in the directory, and in its folders, which an earlier run named after authorities. No
  /// deeper, so that a wrong directory is not searched through.
  ///
  /// - Parameters:
  ///   - written: what this run wrote, by path below the directory.
  ///   - export: what it read, which may lie there too.
  package init(in directory: String, besides written: Set<String>, export: String) {
    self.directory = directory
    let top = URL(fileURLWithPath: directory)
    let own = URL(fileURLWithPath: export).standardizedFileURL.resolvingSymlinksInPath().path
    var found: [String] = []
    func look(_ folder: URL, _ prefix: String) {
      // A folder that cannot be listed holds nothing that this person could take for today's.
      let entries = try? FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
      for entry in entries ?? [] {
        let path = prefix + entry.lastPathComponent
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: entry.path, isDirectory: &isFolder) else { continue }
        if isFolder.boolValue {
          if prefix.isEmpty { look(entry, path + "/") }
        } else if !written.contains(path), entry.standardizedFileURL.resolvingSymlinksInPath().path != own {
          found.append(path)
        }
      }
    }
    look(top, "")
    paths = found.sorted()
  }

  /// `3 other files lie in DIR from before: a.csv, b.csv, c.csv`; nil where there is none.
  package var words: String? {
    guard !paths.isEmpty else { return nil }
    let named = paths.prefix(Self.most).joined(separator: ", ")
    let left = paths.count - Self.most
    return (paths.count == 1 ? "1 other file lies" : "\(paths.count) other files lie")
      + " in \(directory) from before: \(named)\(left > 0 ? " and \(left) more" : ""); this run did not write "
      + (paths.count == 1 ? "it" : "them")
  }
}
