// What every reader of a configuration file needs: the log, where to resolve paths, what must exist already.

/// The setting of one load.
struct LoadContext {
  let log: DiagnosticLog
  let need: ConfigurationLoader.Need
  /// `CREDENTIALS_DIRECTORY`, made absolute.
  let credentials: String?
  /// The folder of leaverlink.yaml, made absolute.
  let root: String
  let inspectKey: @Sendable (String) -> KeyInspection

  var needsEverything: Bool { need == .everything }

  /// A path of the configuration made absolute: relative ones begin at the file that bears them.
  func path(_ node: ConfigNode) -> String? {
    guard let text = node.text() else { return nil }
    guard !text.hasPrefix("~") else {
      node.error(
        .badValue, "\(quoted(text)) begins with ~, which only a shell understands", remedy: "write the path in full")
      return nil
    }
    return ConfigurationFiles.absolute(text, from: ConfigurationFiles.folder(of: node.place.file))
  }

  /// Whether a folder is there and can be read; if not, that is written down.
  @discardableResult
  func requireFolder(_ path: String, at place: FilePlace, what: String) -> Bool {
    switch ConfigurationFiles.look(path) {
    case .folder(let facts) where facts.isReadable: return true
    case .folder:
      log.error(
        .fileUnreadable, at: place, "\(what) \(path) cannot be read by this user",
        remedy: "let the user of the service read it")
    case .missing:
      log.error(
        .folderMissing, at: place, "\(what) \(path) does not exist", remedy: "make the folder or correct the path")
    case .file, .other:
      log.error(.folderMissing, at: place, "\(what) \(path) is no folder", remedy: "correct the path")
    case .unreadable(let why):
      log.error(
        .fileUnreadable, at: place, "\(what) \(path) cannot be looked at: \(why)",
        remedy: "correct the path or its permissions")
    }
    return false
  }

  /// As `requireFolder`, for a folder of a school, which may be on a share that is away: then the others must go on, and
  /// the service looks for it again and again. Only what no share can be is a mistake. Gives what is seen of it.
  @discardableResult
  func expectFolder(_ path: String, at place: FilePlace, what: String) -> ConfigurationFiles.Facts? {
    switch ConfigurationFiles.look(path) {
    case .folder(let facts):
      if !facts.isReadable {
        log.warning(
          .fileUnreadable, at: place, "\(what) \(path) cannot be read by this user",
          remedy: "let the user of the service read it; it is tried again and again")
      }
      return facts
    case .missing:
      log.warning(
        .folderMissing, at: place, "\(what) \(path) does not exist, or its share is away",
        remedy: "mount it, make it, or correct the path; the service looks for it again and again")
    case .file, .other:
      log.error(.folderMissing, at: place, "\(what) \(path) is no folder", remedy: "correct the path")
    case .unreadable(let why):
      log.warning(
        .fileUnreadable, at: place, "\(what) \(path) cannot be looked at: \(why)",
        remedy: "mount its share, or correct the path or its permissions; the service tries again and again")
    }
    return nil
  }

  /// Whether a file is there and can be read; if not, that is written down.
  @discardableResult
  func requireFile(_ path: String, at place: FilePlace, what: String) -> Bool {
    switch ConfigurationFiles.look(path) {
    case .file(let facts) where facts.isReadable: return true
    case .file:
      log.error(
        .fileUnreadable, at: place, "\(what) \(path) cannot be read by this user",
        remedy: "let the user of the service read it")
    case .missing:
      log.error(.fileMissing, at: place, "\(what) \(path) does not exist", remedy: "make the file or correct the path")
    case .folder, .other:
      log.error(.fileMissing, at: place, "\(what) \(path) is no file", remedy: "correct the path")
    case .unreadable(let why):
      log.error(
        .fileUnreadable, at: place, "\(what) \(path) cannot be looked at: \(why)",
        remedy: "correct the path or its permissions")
    }
    return false
  }

  /// The bytes of a file of the configuration; nil where it cannot be read, which is then written down.
  func read(_ path: String, at place: FilePlace, what: String, limit: Int = 16 << 20) -> [UInt8]? {
    do {
      return try ConfigurationFiles.read(path, limit: limit)
    } catch {
      log.error(
        .fileUnreadable, at: place, "\(what) \(path) cannot be read: \(error.why)",
        remedy: "correct the path or the file's permissions")
      return nil
    }
  }

  /// The names in a folder that end as given, with a place for messages about the folder.
  func names(in folder: String, ending suffix: String, at place: FilePlace) -> [String] {
    do {
      return try ConfigurationFiles.names(in: folder).filter { $0.hasSuffix(suffix) }
    } catch {
      log.error(
        .fileUnreadable, at: place, "the folder \(folder) cannot be read: \(error.why)",
        remedy: "correct the path or its permissions")
      return []
    }
  }

  /// Whether a value is one that the shipped examples put where only the school knows what belongs there.
  static func isPlaceholder(_ text: String) -> Bool { text.uppercased().contains("REPLACE-ME") }
}
