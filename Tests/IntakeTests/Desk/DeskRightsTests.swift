// The rights of what is made on a desk, whatever the umask.

import Glibc
import Profiles
import Testing

@testable import Intake

@Suite("Rights on the desk") struct DeskRightsTests {
  private func mode(_ path: String) -> UInt32 {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test(arguments: [("700", 0o700, 0o600), ("750", 0o750, 0o640), ("770", 0o770, 0o660)])
  func areThoseThatTheSchoolWants(_ text: String, _ folderMode: UInt32, _ fileMode: UInt32) throws {
    let bits = try #require(UInt32(text, radix: 8))
    let folder = try TemporaryFolder()
    let out = folder.path + "/out"
    let desk = try DeskWriter(folder: out, access: DeskAccess(folderMode: bits, group: getegid()))
    #expect(mode(out) == folderMode)
    _ = try desk.write([1], as: "a.csv", temporary: ".a.tmp", ours: nil, step: { _ in })
    #expect(mode(out + "/a.csv") == fileMode)
  }

  @Test func theStandardLetsTheGroupInAndNobodyElse() throws {
    #expect(DeskAccess.standard.folderMode == 0o770 && DeskAccess.standard.fileMode == 0o660)
  }

  @Test func aFolderThatHandsItsGroupDownGoesOnDoingSo() throws {
    let folder = try TemporaryFolder()
    #expect(chmod(folder.path, 0o2770) == 0)
    _ = try DeskWriter(folder: folder.path + "/out", access: DeskAccess(folderMode: 0o750, group: nil))
    #expect(mode(folder.path + "/out") == 0o2750)
  }

  @Test func aFolderThatWasThereKeepsItsRights() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("out")
    #expect(chmod(folder.path + "/out", 0o705) == 0)
    _ = try DeskWriter(folder: folder.path + "/out")
    #expect(mode(folder.path + "/out") == 0o705)
  }
}
