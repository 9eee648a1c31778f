// What the tests of the command line share: a folder that goes away, the shipped configuration, places in a text.

import Foundation
import Leavers
import RoundTripSupport
import Tabular
import Testing

/// Help for tests that run the program as a process.
enum CommandTestsSupport {
  /// The top of the checkout.
  static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The shipped example, whose keys, state and folders of exports are nowhere.
  static let example = checkout + "/config/leaverlink.yaml"

  /// A folder that is removed with what is in it.
  static func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "leaverlink-commands-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let result: Result<Void, any Error>
    do { result = .success(try await body(folder.path)) } catch { result = .failure(error) }
    try FileManager.default.removeItem(at: folder)
    try result.get()
  }

  /// A copy of the example with one school, in a folder.
  static func exampleWithOneSchool(in folder: String) throws -> String {
    try FileManager.default.copyItem(atPath: checkout + "/config", toPath: folder + "/config")
    let file = folder + "/config/leaverlink.yaml"
    try edit(file) { text in
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let first = try #require(lines.firstIndex { $0.hasPrefix("  - name: Example Academy") })
      let end = try #require(lines[first...].firstIndex { $0.hasPrefix("state:") })
      return (lines[..<first] + lines[end...]).joined(separator: "\n")
    }
    return file
  }

  static func edit(_ file: String, _ change: (String) throws -> String) throws {
    let before = try String(contentsOfFile: file, encoding: .utf8)
    let after = try change(before)
    try #require(after != before, "\(file) is not what the test thinks")
    try after.write(toFile: file, atomically: true, encoding: .utf8)
  }

  /// `LINE:COLUMN` of a text in a file, both from 1.
  static func place(of text: String, in file: String) throws -> String {
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let index = try #require(lines.firstIndex { $0.contains(text) }, "no \(text) in \(file)")
    let range = try #require(lines[index].range(of: text))
    return "\(index + 1):\(lines[index].distance(from: lines[index].startIndex, to: range.lowerBound) + 1)"
  }

  static func write(_ text: String, to file: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
  }

  static func permissions(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int) & 0o777
  }

  /// All files below a folder, by their paths in it.
  static func files(below folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
      try FileManager.default.attributesOfItem(atPath: folder + "/" + $0)[.type] as? FileAttributeType == .typeRegular
    }.sorted()
  }

  /// The counts of a line of fates, all eight of which must be there.
  static func fates(_ line: JSONValue) throws -> [Int] {
    try FateKind.allCases.map { Int(try #require(line[$0.rawValue]?.integer, "\($0.rawValue) is missing")) }
  }
}
