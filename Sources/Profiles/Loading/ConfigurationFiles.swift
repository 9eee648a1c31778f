// The file system as the loader sees it: looks, lists and reads, and changes nothing. Glibc only.

import Glibc

/// Looks at files and folders of a configuration.
enum ConfigurationFiles {
  enum Look {
    case missing
    case file(Facts)
    case folder(Facts)
    /// A device, a socket, or another thing that is no file.
    case other
    /// It is there, or may be, and cannot be looked at.
    case unreadable(why: String)
  }

  struct Facts {
    /// Permission bits.
    var mode: UInt32
    /// Whether this process may read it.
    var isReadable: Bool
  }

  struct ReadFailure: Error {
    var why: String
  }

  static func look(_ path: String) -> Look {
    var info = stat()
    guard stat(path, &info) == 0 else {
      return errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable(why: reason(errno))
    }
    let facts = Facts(mode: info.st_mode & 0o7777, isReadable: access(path, R_OK) == 0)
    switch info.st_mode & S_IFMT {
    case S_IFREG: return .file(facts)
    case S_IFDIR: return .folder(facts)
    default: return .other
    }
  }

  static func isLink(_ path: String) -> Bool {
    var info = stat()
    return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFLNK
  }

  /// The names in a folder, sorted; without those that begin with a dot.
  static func names(in folder: String) throws(ReadFailure) -> [String] {
    guard let stream = opendir(folder) else { throw ReadFailure(why: reason(errno)) }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    if errno != 0 { throw ReadFailure(why: reason(errno)) }
    return names.sorted()
  }

  /// The bytes of a file of at most `limit` bytes.
  static func read(_ path: String, limit: Int) throws(ReadFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ReadFailure(why: reason(errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw ReadFailure(why: reason(errno))
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
      if bytes.count > limit { throw ReadFailure(why: "it is longer than \(limit) bytes") }
    }
  }

  /// The path made absolute, without `.`, `..`, doubled and trailing slashes; relative ones begin at `base`.
  static func absolute(_ path: String, from base: String) -> String {
    var full = path.hasPrefix("/") || base.isEmpty ? path : base + "/" + path
    if !full.hasPrefix("/") { full = workingDirectory + "/" + full }
    var parts: [Substring] = []
    for part in full.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// The absolute path with every symbolic link followed, as far as the path exists.
  static func resolved(_ path: String) -> String {
    let full = absolute(path, from: "")
    if let found = realpath(full, nil) {
      defer { free(found) }
      return String(cString: found)
    }
    guard full != "/", let slash = full.lastIndex(of: "/") else { return full }
    let parent = slash == full.startIndex ? "/" : String(full[..<slash])
    let name = full[full.index(after: slash)...]
    let above = resolved(parent)
    return above == "/" ? "/\(name)" : "\(above)/\(name)"
  }

  /// The folder of a file.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "" }
    defer { free(path) }
    return String(cString: path)
  }

  private static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
}
