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

  @Test func aFolderLiesOnAMountOfAKind() throws {
    let files = SystemFiles()
    #expect(try files.place(of: "/").mountPoint == "/")
    let proc = try files.place(of: "/proc/self")
    #expect(proc == PlaceLook(kind: FileSystemKind(number: 0x9FA0), mountPoint: "/proc"))
    let folder = try TemporaryFolder()
    let place = try files.place(of: folder.path)
    #expect(place.mountPoint == "/" || folder.path.hasPrefix(place.mountPoint + "/"))
    #expect(symlink("/proc/self", folder.path + "/link") == 0)
    #expect(try files.place(of: folder.path + "/link").mountPoint == "/proc")
    #expect(throws: FileProblem(.missing, number: ENOENT)) { try files.place(of: folder.path + "/none") }
  }

  @Test func nobodyIsNobodysName() {
    let look = FileLook(kind: .regular, device: 1, inode: 2, size: 3, modified: 4, changed: 5, owner: 65_534)
    #expect(SystemFiles().ownerName(look) == nil)
  }

  @Test func problemsInWords() {
    #expect(FileProblem(number: EACCES).kind == .notPermitted)
    #expect(FileProblem(number: EIO).kind == .other)
    #expect(FileProblem(number: ESTALE).kind == .stale)
    #expect(FileProblem(number: ETIMEDOUT).kind == .unreachable)
    #expect(FileProblem(number: EBUSY).kind == .busy)
    #expect(!FileProblem(number: EIO).description.isEmpty)
    #expect(
      Set([FileProblem.Kind.missing, .notPermitted, .notAFolder, .notRegular].map { FileProblem($0).description }).count
        == 4)
  }
}
