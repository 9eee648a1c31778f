// Names that are no exports.

import Glibc
import Leavers
import Testing

@testable import Intake

@Suite("Names in a folder of exports") struct PassedOverFileTests {
  @Test(arguments: [
    // Windows, Office and Excel while it saves.
    "Thumbs.db", "thumbs.DB", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "~$Students.xlsx",
    "~$udents (14).xlsx",
    "~WRD0001.tmp", "~DF3A2B.TMP", "5A3C7E10", "0BADF00D", "Backup of Leavers.xlk", "Leavers.csv:Zone.Identifier",
    // LibreOffice and other programs.
    ".~lock.a.csv#", "~lock.a.ods#", "lu1234abcd.tmp", "a.csv~", "#a.csv#", ".a.csv.swp", "4913", "Leavers.bak",
    "Leavers.csv.old", "a.csv.orig", "a.lock", "~syncthing~a.csv.tmp",
    // macOS.
    "._Students.xlsx", ".DS_Store", ".Spotlight-V100", "Icon\r", "Leavers.xlsx.sb-1a2b3c4d-AbCdEf",
    "a.csv:AFP_AfpInfo", ".hidden",
    // Browsers, and programs that load, copy and keep in step.
    "a.part", "a.csv.tmp", "a.crdownload", "Unconfirmed 123456.crdownload", "a.xlsx.partial", "a.csv.download",
    "a.csv.opdownload", "a.csv.filepart", "a.csv.aria2", ".dropbox", ".dropbox.attr",
    ".849C9593-D756-4E56-8D6E-42412F2A707B", ".nfs000000000012ab", ".fuse_hidden0000002a", ".a.csv.AbC123",
    ".leaverlink-E7-0.tmp",
  ])
  func passedOver(_ name: String) { #expect(PassedOverFile.isPassedOver(name)) }

  @Test(arguments: [
    "a.csv", "Students (14).xlsx", "a.txt", "tmp.csv", "part.csv", "Thumbs.csv", "old.csv", "Leavers old.xlsx",
    // Near misses: a person's own.
    "5A3C7E10.csv", "5a3c7e1g", "2026", "20260626", "20260626.csv", "#1 leavers.csv", "Unconfirmed leavers.csv",
    "a.sb-1.csv",
    "Leavers (conflicted copy 2026-06-01).csv", "Copy of Leavers.xlsx", "~Leavers.csv", "Leavers - Shortcut.lnk",
    "leavers.pdf", "leavers.zip",
  ])
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
