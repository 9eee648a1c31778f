// A full disk at the far side, on a small file system in memory: needs root and the right to mount.

import AuthoritySandbox
import Foundation
import Testing
import Transport

@Suite(.timeLimit(.minutes(2)))
struct FullDiskTests {
  /// Tried once for real: root in a container often may not mount.
  static let canMount: Bool = {
    guard getuid() == 0, let folder = try? scratch(), (try? mount(folder)) != nil else { return false }
    unmount(folder)
    return true
  }()

  static func mount(_ path: String) throws {
    _ = try ServerProcess.run("/bin/mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", path], in: try scratch())
  }

  static func unmount(_ path: String) {
    guard let folder = try? scratch() else { return }
    _ = try? ServerProcess.run("/bin/umount", ["-l", path], in: folder)
  }

  @Test(
    "a full disk is said to be full, nothing is published, and afterwards it goes on",
    .enabled(if: canMount, "needs root and the right to mount"), arguments: PlaceKind.allCases)
  func full(kind: PlaceKind) async throws {
    let space = try await kind.workspace()
    try Self.mount(space.path)
    defer { Self.unmount(space.path) }
    let large = try space.folder.appending("large.part")
    let error = await failure { () throws(TransportError) in
      try await space.endpoint.perform { session throws(TransportError) in
        try await session.put(pattern(3_000_000), to: large)
      }
    }
    #expect(error?.isTransient == true)
    // nginx says 500 for whatever keeps it from storing.
    #expect(error?.code == (kind == .sftp || kind == .folder ? .storageFull : .refused))
    #expect(error?.message.contains("full") == true)
    #expect(await space.endpoint.condition == .ready)
    for name in try space.names() { unlink("\(space.path)/\(name)") }
    let small = try space.folder.appending("small.csv")
    try await space.endpoint.perform { session throws(TransportError) in
      try await session.put(pattern(10_000), to: small)
    }
    #expect(try space.read("small.csv") == pattern(10_000))
  }
}
