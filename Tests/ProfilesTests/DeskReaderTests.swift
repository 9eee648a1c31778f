// What is said of a desk's folders and of the group that they are given to.

import Foundation
import Glibc
import Leavers
import Testing

@testable import Profiles

struct DeskReaderTests {
  @Test(arguments: ["in", "out"])
  func aLinkInThePlaceOfAFolderIsAWarning(_ name: String) throws {
    var fixture = Fixture()
    fixture.files["desks/high/in/.keep"] = nil
    fixture.files["desks/high/.keep"] = ""
    fixture.links = ["desks/high/\(name)": "../../exports/high"]
    let outcome = try fixture.load()
    #expect(outcome.configuration != nil && outcome.diagnostics.map(\.code) == [.folderMissing])
    #expect(outcome.diagnostics.first?.message.contains("desks/high/\(name) is a link") == true)
  }

  /// Where a desk hands its group down nothing is given to it, and nobody need be a member.
  @Test func aGroupThatADeskHandsDown() throws {
    let directory = try Fixture().write()
    defer { try? FileManager.default.removeItem(atPath: directory.path) }
    let desk = directory.path + "/desks/high"
    #expect(!SystemGroups.isInherited(getegid(), in: desk))
    #expect(chmod(desk, 0o2770) == 0)
    #expect(SystemGroups.isInherited(getegid(), in: desk) && !SystemGroups.isInherited(getegid() + 1, in: desk))
    #expect(mkdir(desk + "/out", 0o770) == 0 && chmod(desk + "/out", 0o770) == 0)
    #expect(!SystemGroups.isInherited(getegid(), in: desk))
  }
}
