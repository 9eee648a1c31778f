// Looks at real files, links, pipes and folders.

import Glibc
import Leavers
import Testing

@testable import Intake

@Suite("Looks at real files") struct SystemFilesTests {
  @Test func listsLooksAndOpens() throws {
    let folder = try TemporaryFolder()
    let files = SystemFiles()
    try folder.write("b.csv", "hello")
    try folder.write("a.csv", "")
    #expect(symlink("b.csv", folder.path + "/link.csv") == 0)
    #expect(mkfifo(folder.path + "/pipe.csv", 0o600) == 0)
    #expect(mkdir(folder.path + "/sub", 0o700) == 0)
    #expect(try files.list(folder.path).names == ["a.csv", "b.csv", "link.csv", "pipe.csv", "sub"])
    #expect(try files.look(folder.path + "/b.csv").kind == .regular)
    #expect(try files.look(folder.path + "/b.csv").size == 5)
    #expect(try files.look(folder.path + "/link.csv").kind == .link)
    #expect(try files.look(folder.path + "/pipe.csv").kind == .other)
    #expect(try files.look(folder.path + "/sub").kind == .folder)
    let file = try files.open(folder.path + "/b.csv")
    #expect(try file.look() == files.look(folder.path + "/b.csv"))
    #expect(try file.read() == Array("hello".utf8))
    #expect(try file.read() == [])
    #expect(throws: FileProblem(.notRegular, number: ELOOP)) { try files.open(folder.path + "/link.csv") }
    #expect(throws: FileProblem(.notRegular)) { try files.open(folder.path + "/pipe.csv") }
    #expect(throws: FileProblem(.notRegular)) { try files.open(folder.path + "/sub") }
    #expect(throws: FileProblem(.missing, number: ENOENT)) { try files.open(folder.path + "/none") }
    #expect(throws: FileProblem(.missing, number: ENOENT)) { try files.look(folder.path + "/none") }
    #expect(throws: FileProblem(.missing, number: ENOENT)) { try files.list(folder.path + "/none") }
    #expect(throws: FileProblem(.notAFolder, number: ENOTDIR)) { try files.list(folder.path + "/b.csv") }
  }

  @Test func namesThatAreNotUTF8AreListedApart() throws {
    let folder = try TemporaryFolder()
    let names = [Array("Zo".utf8) + [0xEB] + Array(".csv".utf8), Array("A".utf8) + [0xFF]]
    for name in names { #expect(folder.write(named: name, "x")) }
    #expect(mkdir((Array((folder.path + "/s").utf8) + [0xFE, 0]).map { CChar(bitPattern: $0) }, 0o700) == 0)
    try folder.write("Zo\u{EB}.csv", "x")
    let listing = try SystemFiles().list(folder.path)
    #expect(listing == FolderListing(names: ["Zo\u{EB}.csv"], unreadable: [names[1], names[0]]))
    var dumped = ""
    dump(listing, to: &dumped)
    for text in ["\(listing)", dumped] { #expect(!text.contains("Zo")) }
    #expect(rmdir((Array((folder.path + "/s").utf8) + [0xFE, 0]).map { CChar(bitPattern: $0) }) == 0)
  }

  @Test func usersHaveTheNamesThatTheMachineKnows() throws {
    #expect(SystemFiles().userName(0) == "root")
    #expect(SystemFiles().userName(3_999_999_991) == nil)
    let folder = try TemporaryFolder()
    try folder.write("a.csv", "")
    #expect(try SystemFiles().look(folder.path + "/a.csv").owner == getuid())
  }

  @Test func problemsInWords() {
    #expect(FileProblem(number: EACCES).kind == .notPermitted)
    #expect(FileProblem(number: EIO).kind == .other)
    #expect(!FileProblem(number: EIO).description.isEmpty)
    #expect(
      Set([FileProblem.Kind.missing, .notPermitted, .notAFolder, .notRegular].map { FileProblem($0).description }).count
        == 4)
  }
}
