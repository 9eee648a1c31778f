// What only the local folder can do wrong: links, pipes, folders that are away; and its second way of renaming.

import Foundation
import Testing

@testable import Transport

struct LocalFolderTests {
  private func files() throws -> FolderFiles {
    FolderFiles(root: try scratch(), permissions: 0o660, location: "desk")
  }

  private func code(_ work: () throws(TransportError) -> Void) -> TransportError.Code? {
    do throws(TransportError) {
      try work()
      return nil
    } catch {
      return error.code
    }
  }

  @Test("symbolic links are never followed")
  func links() throws {
    let files = try files()
    let outside = try scratch()
    try Data([1]).write(to: URL(fileURLWithPath: outside + "/secret"))
    try FileManager.default.createSymbolicLink(atPath: files.root + "/link", withDestinationPath: outside + "/secret")
    try FileManager.default.createSymbolicLink(atPath: files.root + "/folder", withDestinationPath: outside)
    #expect(code { () throws(TransportError) in _ = try files.fetch(try RemotePath("link"), limit: 9) } == .refused)
    #expect(code { () throws(TransportError) in try files.put([2], to: try RemotePath("link")) } == .refused)
    #expect(
      code { () throws(TransportError) in _ = try files.fetch(try RemotePath("folder/secret"), limit: 9) } == .notFound)
    #expect(code { () throws(TransportError) in try files.put([2], to: try RemotePath("folder/new")) } == .notFound)
    #expect(try Data(contentsOf: URL(fileURLWithPath: outside + "/secret")) == Data([1]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside) == ["secret"])
  }

  @Test("pipes and folders are not read or written, and nobody waits for them")
  func pipes() throws {
    let files = try files()
    #expect(mkfifo(files.root + "/pipe", 0o600) == 0)
    try FileManager.default.createDirectory(atPath: files.root + "/sub", withIntermediateDirectories: false)
    for name in ["pipe", "sub"] {
      #expect(code { () throws(TransportError) in _ = try files.fetch(try RemotePath(name), limit: 9) } == .refused)
      #expect(code { () throws(TransportError) in try files.put([1], to: try RemotePath(name)) } == .refused)
    }
  }

  @Test("a folder that is away is not an empty one")
  func away() throws {
    let files = FolderFiles(root: try scratch() + "/unmounted", permissions: 0o660, location: "desk")
    let path = try RemotePath("a")
    #expect(code { () throws(TransportError) in _ = try files.stat(path) } == .notFound)
    #expect(code { () throws(TransportError) in _ = try files.list(path) } == .notFound)
    #expect(code { () throws(TransportError) in try files.put([1], to: path) } == .notFound)
  }

  @Test("where the kernel cannot rename without overwriting, a hard link does not overwrite either")
  func fallback() throws {
    let files = try files()
    try files.put([1], to: try RemotePath("a"))
    try files.put([2], to: try RemotePath("b"))
    let folder = try files.openFolder([])
    #expect(code { () throws(TransportError) in try files.linkAndUnlink(folder, "a", folder, "b") } == .targetExists)
    try files.linkAndUnlink(folder, "a", folder, "c")
    #expect(try FileManager.default.contentsOfDirectory(atPath: files.root).sorted() == ["b", "c"])
    #expect(try files.fetch(try RemotePath("c"), limit: 1) == [1])
  }

  @Test("files are for owner and group at most")
  func permissions() throws {
    let files = try files()
    try files.put([1], to: try RemotePath("a"))
    let mode = try FileManager.default.attributesOfItem(atPath: files.root + "/a")[.posixPermissions] as? Int
    #expect((mode ?? 0o777) & 0o007 == 0)
  }

  @Test("a folder that may not be read says so", .enabled(if: getuid() != 0, "root may read everything"))
  func forbidden() throws {
    let files = try files()
    try FileManager.default.createDirectory(atPath: files.root + "/closed", withIntermediateDirectories: false)
    chmod(files.root + "/closed", 0)
    #expect(
      code { () throws(TransportError) in _ = try files.list(try RemotePath("closed")) } == .permissionDenied)
    chmod(files.root + "/closed", 0o700)
  }
}
