// Names that are no exports.

import Glibc
import Leavers
import Testing

@testable import Intake

@Suite("Names in a folder of exports") struct PassedOverFileTests {
  @Test(arguments: [
    ".hidden", "~$Students.xlsx", "Thumbs.db", "thumbs.DB", "desktop.ini", "a.part", "a.csv.tmp", "a.crdownload",
    ".~lock.a.csv#", "a.csv~",
  ])
  func passedOver(_ name: String) { #expect(PassedOverFile.isPassedOver(name)) }

  @Test(arguments: ["a.csv", "Students (14).xlsx", "a.txt", "tmp.csv", "part.csv"])
  func lookedAt(_ name: String) { #expect(!PassedOverFile.isPassedOver(name)) }

  @Test func readable() {
    #expect(PassedOverFile.isReadable("a.CSV"))
    #expect(PassedOverFile.isReadable("a.txt"))
    for name in ["Students (14).xlsx", "a.XLSM", "a.xls", "a.xlsb", "a.ods"] {
      #expect(PassedOverFile.isReadable(name), "read, or refused by what it is")
    }
    #expect(!PassedOverFile.isReadable("a.pdf"))
    #expect(!PassedOverFile.isReadable("a.docx"))
    #expect(!PassedOverFile.isReadable("csv"))
  }
}
