// A folder of its own for a test, removed with it.

import Glibc

@testable import Intake

/// A folder below the system's temporary one.
final class TemporaryFolder: Sendable {
  struct Failure: Error {}

  let path: String

  init() throws {
    var template = Array("/tmp/leaverlink-intake-XXXXXX\0".utf8CString.dropLast())
    guard mkdtemp(&template) != nil else { throw Failure() }
    path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    for name in names(in: path) { remove(path + "/" + name) }
    // Names that are no strings are left by the above.
    for name in (try? SystemFiles().list(path))?.unreadable ?? [] {
      unlink((Array((path + "/").utf8) + name + [0]).map { CChar(bitPattern: $0) })
    }
    rmdir(path)
  }

  static func names(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func makeFolder(_ name: String) throws {
    guard mkdir(path + "/" + name, 0o770) == 0 else { throw Failure() }
  }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let descriptor = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, 0o660)
    guard descriptor >= 0 else { throw Failure() }
    defer { close(descriptor) }
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure() }
  }

  /// A file whose name is given in bytes, without the zero at its end; false where the file system refuses it.
  func write(named name: [UInt8], _ text: String) -> Bool {
    let bytes = (Array((path + "/").utf8) + name + [0]).map { CChar(bitPattern: $0) }
    let descriptor = open(bytes, O_WRONLY | O_CREAT | O_TRUNC, 0o660)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count
  }

  func rename(named name: [UInt8], to new: String) -> Bool {
    let bytes = (Array((path + "/").utf8) + name + [0]).map { CChar(bitPattern: $0) }
    return Glibc.rename(bytes, path + "/" + new) == 0
  }

  func bytes(_ name: String) -> [UInt8] { Fixture.bytes(of: path + "/" + name) }
  func exists(_ name: String) -> Bool { access(path + "/" + name, F_OK) == 0 }
}
