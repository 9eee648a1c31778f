// Writing to the desk: never over a person's work, the same after a crash.

import Glibc
import Ledger
import Testing

@testable import Intake

@Suite("Desk writer") struct DeskWriterTests {
  private let new = Array("new".utf8)

  @Test func writesAndWritesAgain() throws {
    let folder = try TemporaryFolder()
    let desk = try DeskWriter(folder: folder.path + "/out")
    #expect(try desk.write(new, as: "a", temporary: ".t", ours: nil, step: { _ in }) == .written)
    #expect(folder.bytes("out/a") == new)
    // Found as it would be written, though the ledger does not know of it: a crash came between.
    #expect(try desk.write(new, as: "a", temporary: ".t", ours: nil, step: { _ in }) == .written)
    #expect(TemporaryFolder.names(in: folder.path + "/out") == ["a"])
  }

  @Test func replacesOursAndLeavesAPersons() throws {
    let folder = try TemporaryFolder()
    let desk = try DeskWriter(folder: folder.path)
    try folder.write("a", "old")
    #expect(try desk.write(new, as: "a", temporary: ".t", ours: nil, step: { _ in }) == .taken)
    #expect(folder.bytes("a") == Array("old".utf8))
    let ours = ContentDigest.sha256(Array("old".utf8))
    #expect(try desk.write(new, as: "a", temporary: ".t", ours: ours, step: { _ in }) == .written)
    #expect(folder.bytes("a") == new)
    try folder.write("a", "corrected")
    #expect(try desk.write(new, as: "a", temporary: ".t", ours: ours, step: { _ in }) == .taken)
    #expect(folder.bytes("a") == Array("corrected".utf8))
  }

  @Test func neverThroughALinkOrOverAFolder() throws {
    let folder = try TemporaryFolder()
    let desk = try DeskWriter(folder: folder.path)
    try folder.write("victim", "victim")
    #expect(symlink("victim", folder.path + "/a") == 0)
    try folder.makeFolder("b")
    for name in ["a", "b"] {
      #expect(try desk.write(new, as: name, temporary: ".t", ours: nil, step: { _ in }) == .taken)
    }
    #expect(folder.bytes("victim") == Array("victim".utf8))
    #expect(symlink("victim", folder.path + "/.t") == 0)
    #expect(throws: FileProblem.self) {
      try desk.write(new, as: "c", temporary: ".t", ours: nil, step: { _ in })
    }
    #expect(folder.bytes("victim") == Array("victim".utf8))
  }

  @Test func aFileThatAppearsMeanwhileIsKept() throws {
    let folder = try TemporaryFolder()
    let desk = try DeskWriter(folder: folder.path)
    let outcome = try desk.write(
      new, as: "a", temporary: ".t", ours: nil,
      step: { step in if step == "temporary" { try folder.write("a", "person") } })
    #expect(outcome == .taken)
    #expect(folder.bytes("a") == Array("person".utf8))
    #expect(!folder.exists(".t"))
  }

  @Test func whatACrashLeftIsUsedUp() throws {
    struct Crash: Error {}
    let folder = try TemporaryFolder()
    let desk = try DeskWriter(folder: folder.path)
    #expect(throws: Crash.self) {
      try desk.write(new, as: "a", temporary: ".t", ours: nil, step: { _ in throw Crash() })
    }
    #expect(TemporaryFolder.names(in: folder.path) == [".t"])
    #expect(try desk.write(new, as: "a", temporary: ".t", ours: nil, step: { _ in }) == .written)
    #expect(TemporaryFolder.names(in: folder.path) == ["a"])
  }

  @Test func foldersThatCannotBe() throws {
    let folder = try TemporaryFolder()
    try folder.write("file", "x")
    #expect(throws: FileProblem(.notAFolder)) { try DeskWriter(folder: folder.path + "/file") }
    #expect(throws: FileProblem(.missing, number: ENOENT)) { try DeskWriter(folder: folder.path + "/no/out") }
  }

  /// A link in the place of a folder that is made there leads elsewhere; a desk itself may be one.
  @Test func neverIntoALinkedFolder() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("elsewhere")
    #expect(symlink("elsewhere", folder.path + "/out") == 0)
    #expect(throws: FileProblem(.notAFolder)) { try DeskWriter(folder: folder.path + "/out") }
    _ = try DeskWriter(folder: folder.path + "/out", isMade: false)
  }

  /// A file of a terabyte, which is never read.
  @Test func whatIsTooLargeToBeOursIsAPersons() throws {
    let folder = try TemporaryFolder()
    let desk = try DeskWriter(folder: folder.path)
    try folder.write("a", "")
    #expect(truncate(folder.path + "/a", 1 << 40) == 0)
    #expect(try desk.write(new, as: "a", temporary: ".t", ours: ContentDigest.sha256(new), step: { _ in }) == .taken)
    #expect(try desk.remove("a", ours: ContentDigest.sha256(new), step: { _ in }) == .isAPersons)
  }
}
