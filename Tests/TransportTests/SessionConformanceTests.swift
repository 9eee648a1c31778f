// What every session must do, against real servers: the same suite over SFTP, HTTPS with and without client
// certificate, and a local folder.

import Foundation
import Testing
import Transport

@Suite(.timeLimit(.minutes(2)))
struct SessionConformanceTests {
  @Test(
    "what is put is there, byte for byte, and can be fetched", arguments: PlaceKind.allCases, [0, 1, 20_000, 5_000_000])
  func putAndFetch(kind: PlaceKind, size: Int) async throws {
    let space = try await kind.workspace()
    let bytes = pattern(size)
    let path = try space.folder.appending("return.csv")
    let fetched = try await space.endpoint.perform { session throws(TransportError) in
      try await session.put(bytes, to: path)
      return try await session.fetch(path, limit: size)
    }
    #expect(fetched == bytes)
    #expect(try space.read("return.csv") == bytes)
  }

  @Test("a put overwrites the caller's own name", arguments: PlaceKind.allCases)
  func putAgain(kind: PlaceKind) async throws {
    let space = try await kind.workspace()
    let path = try space.folder.appending(".1.part")
    try await space.endpoint.perform { session throws(TransportError) in
      try await session.put(pattern(5000), to: path)
      try await session.put([1, 2, 3], to: path)
    }
    #expect(try space.read(".1.part") == [1, 2, 3])
  }

  @Test("names with spaces, accents and signs arrive as they are", arguments: PlaceKind.allCases)
  func oddNames(kind: PlaceKind) async throws {
    let space = try await kind.workspace()
    for name in ["a b.csv", "100% #1 & co?.csv", "Lycée – été.csv", "~tilde;semi=1.csv"] {
      let path = try space.folder.appending(name)
      let moved = try space.folder.appending("moved " + name)
      try await space.endpoint.perform { session throws(TransportError) in
        try await session.put([7], to: path)
        try await session.rename(path, to: moved)
      }
      #expect(try space.names() == ["moved " + name])
      let listed = try await space.endpoint.perform { session throws(TransportError) in
        try await session.list(space.folder)
      }
      #expect(listed.map(\.name) == ["moved " + name])
      try await space.endpoint.perform { session throws(TransportError) in try await session.remove(moved) }
      #expect(try space.names() == [])
    }
  }

  @Test("stat tells size, time and kind, and nil for what is missing", arguments: PlaceKind.allCases)
  func stat(kind: PlaceKind) async throws {
    let space = try await kind.workspace()
    try space.write("full.csv", pattern(1234))
    try space.write("empty.csv", [])
    try FileManager.default.createDirectory(atPath: space.path + "/sub", withIntermediateDirectories: false)
    let instant = Date(timeIntervalSince1970: 1_750_000_000)
    for name in ["full.csv", "empty.csv"] {
      try FileManager.default.setAttributes([.modificationDate: instant], ofItemAtPath: "\(space.path)/\(name)")
    }
    func stat(_ name: String) async throws -> RemoteEntry? {
      let path = try RemotePath(space.folder.string + "/" + name)
      return try await space.endpoint.perform { session throws(TransportError) in try await session.stat(path) }
    }
    #expect(
      try await stat("full.csv") == RemoteEntry(name: "full.csv", size: 1234, modified: 1_750_000_000, isFolder: false))
    #expect(
      try await stat("empty.csv") == RemoteEntry(name: "empty.csv", size: 0, modified: 1_750_000_000, isFolder: false))
    #expect(try await stat("sub")?.isFolder == true)
    #expect(try await stat("missing.csv") == nil)
    #expect(try await stat("missing/missing.csv") == nil)
  }

  @Test("a listing has every file and folder, sorted, with size and time", arguments: PlaceKind.allCases)
  func list(kind: PlaceKind) async throws {
    let space = try await kind.workspace()
    func list() async throws -> [RemoteEntry] {
      try await space.endpoint.perform { session throws(TransportError) in try await session.list(space.folder) }
    }
    #expect(try await list() == [])
    try space.write("b.csv", pattern(20))
    try space.write("a b.csv", [])
    try FileManager.default.createDirectory(atPath: space.path + "/sub", withIntermediateDirectories: false)
    let instant = Date(timeIntervalSince1970: 1_750_000_000)
    try FileManager.default.setAttributes([.modificationDate: instant], ofItemAtPath: space.path + "/b.csv")
    let entries = try await list()
    #expect(entries.map(\.name) == ["a b.csv", "b.csv", "sub"])
    #expect(entries.map(\.isFolder) == [false, false, true])
    #expect(entries[0].size == 0)
    #expect(entries[1] == RemoteEntry(name: "b.csv", size: 20, modified: 1_750_000_000, isFolder: false))
  }

  @Test("a missing folder is not an empty one", arguments: PlaceKind.allCases)
  func listMissing(kind: PlaceKind) async throws {
    let space = try await kind.workspace()
    let path = try space.folder.appending("nowhere")
    let error = await failure { () throws(TransportError) in
      _ = try await space.endpoint.perform { session throws(TransportError) in try await session.list(path) }
    }
    #expect(error?.code == .notFound)
    #expect(error?.message.contains("example") == true)
  }

  @Test("a file name that no path may have is listed all the same", arguments: PlaceKind.allCases)
  func listUnusable(kind: PlaceKind) async throws {
    let space = try await kind.workspace()
    try space.write("it's.csv", [1])
    let entries = try await space.endpoint.perform { session throws(TransportError) in
      try await session.list(space.folder)
    }
    #expect(entries.map(\.name) == ["it's.csv"])
  }

  @Test("renaming never overwrites", arguments: PlaceKind.allCases)
  func renameOnto(kind: PlaceKind) async throws {
    let space = try await kind.workspace()
    try space.write("new.part", [1, 1, 1])
    try space.write("final.csv", [2])
    let from = try space.folder.appending("new.part")
    let to = try space.folder.appending("final.csv")
    let error = await failure { () throws(TransportError) in
      try await space.endpoint.perform { session throws(TransportError) in try await session.rename(from, to: to) }
    }
    #expect(error?.code == .targetExists)
    #expect(try space.read("final.csv") == [2])
    #expect(try space.read("new.part") == [1, 1, 1])
  }

  @Test("renaming moves, also between folders, and says what is missing", arguments: PlaceKind.allCases)
  func rename(kind: PlaceKind) async throws {
    let space = try await kind.workspace()
    try FileManager.default.createDirectory(atPath: space.path + "/sub", withIntermediateDirectories: false)
    try space.write("a.part", [5, 6])
    let from = try space.folder.appending("a.part")
    let to = try space.folder.appending("sub").appending("a.csv")
    try await space.endpoint.perform { session throws(TransportError) in try await session.rename(from, to: to) }
    #expect(try space.names() == ["sub"])
    #expect(try space.read("sub/a.csv") == [5, 6])

    let again = await failure { () throws(TransportError) in
      let other = try space.folder.appending("b.csv")
      try await space.endpoint.perform { session throws(TransportError) in try await session.rename(from, to: other) }
    }
    #expect(again?.code == .notFound)
  }

  @Test("removing removes one file, and says when it is missing", arguments: PlaceKind.allCases)
  func remove(kind: PlaceKind) async throws {
    let space = try await kind.workspace()
    try space.write("a.csv", [1])
    try space.write("b.csv", [1])
    let path = try space.folder.appending("a.csv")
    try await space.endpoint.perform { session throws(TransportError) in try await session.remove(path) }
    #expect(try space.names() == ["b.csv"])
    let error = await failure { () throws(TransportError) in
      try await space.endpoint.perform { session throws(TransportError) in try await session.remove(path) }
    }
    #expect(error?.code == .notFound)
  }

  @Test("a fetch stops at its limit and says so", arguments: PlaceKind.allCases)
  func limit(kind: PlaceKind) async throws {
    let space = try await kind.workspace()
    try space.write("big.csv", pattern(300_001))
    let path = try space.folder.appending("big.csv")
    let error = await failure { () throws(TransportError) in
      _ = try await space.endpoint.perform { session throws(TransportError) in
        try await session.fetch(path, limit: 300_000)
      }
    }
    #expect(error?.code == .tooLarge)
    // The session is as good as before.
    let bytes = try await space.endpoint.perform { session throws(TransportError) in
      try await session.fetch(path, limit: 300_001)
    }
    #expect(bytes == pattern(300_001))
  }

  @Test("fetching or putting where nothing is says so", arguments: PlaceKind.allCases)
  func missing(kind: PlaceKind) async throws {
    let space = try await kind.workspace()
    let path = try space.folder.appending("nowhere").appending("a.csv")
    let fetch = await failure { () throws(TransportError) in
      _ = try await space.endpoint.perform { session throws(TransportError) in try await session.fetch(path, limit: 10)
      }
    }
    #expect(fetch?.code == .notFound)
    let put = await failure { () throws(TransportError) in
      try await space.endpoint.perform { session throws(TransportError) in try await session.put([1], to: path) }
    }
    #expect(put?.code == .notFound)
    #expect(put?.isTransient == false)
  }
}
