// The four kinds of place that must all behave alike, each with a folder of its own for a test.

import AuthoritySandbox
import Foundation
import Testing
import Transport

enum PlaceKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sftp, https, httpsWithClientCertificate, folder

  var testDescription: String { rawValue }

  /// A fresh folder at the far side and an endpoint to it.
  func workspace() async throws -> Workspace {
    let far = try await FarSide.shared()
    let name = "test-" + UUID().uuidString
    let root: String
    let place: Place
    switch self {
    case .sftp:
      root = far.directory + "/sftp"
      place = .sftp(try far.sftp())
    case .https:
      root = far.directory + "/plain"
      place = .https(try far.https("plain"))
    case .httpsWithClientCertificate:
      root = far.directory + "/certified"
      place = .https(try far.https("certified", certificate: true))
    case .folder:
      root = try scratch()
      place = .folder(try FolderPlace(path: root))
    }
    try FileManager.default.createDirectory(atPath: "\(root)/\(name)", withIntermediateDirectories: true)
    let endpoint = Endpoint(recipient: "example", place: place, loop: try sharedLoop.get(), now: stillClock)
    return Workspace(endpoint: endpoint, folder: try RemotePath(name), path: "\(root)/\(name)")
  }
}

struct Workspace: Sendable {
  let endpoint: Endpoint
  /// The test's folder as the session sees it.
  let folder: RemotePath
  /// The same folder on this machine.
  let path: String

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}

/// The error that a piece of work ends with; nil when it succeeds.
func failure(_ work: () async throws(TransportError) -> Void) async -> TransportError? {
  do throws(TransportError) {
    try await work()
    return nil
  } catch {
    return error
  }
}

/// Bytes that differ everywhere, so that a lost or repeated block shows.
func pattern(_ count: Int) -> [UInt8] {
  var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  let words = (0..<(count + 7) / 8).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
  return words.withUnsafeBytes { Array($0.prefix(count)) }
}
