// A directory of this command's own for what libxlsxwriter writes without a name.

import ArgumentParser
import Daemon
import Foundation

struct Scratch {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/leaverlink-" + UUID().uuidString
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      Console.error("cannot make \(path): \(error.localizedDescription)")
      throw ExitCode(Daemon.Exit.io)
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
