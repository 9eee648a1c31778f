// What a dry run says of its files, of whom no authority gets, and of what lay there before.

import Foundation
import Leavers
import Returns
import Testing

@testable import Daemon
@testable import Intake

struct PreparationReportTests {
  private func report(_ unrouted: [PreparedReturns.Unrouted]) -> PreparationReport {
    PreparationReport(
      summary: ExaminationSummary(), lines: [], files: [Self.file(2, 3)], unrouted: unrouted,
      deskFiles: ["a.findings.csv"])
  }

  private static func file(_ pupils: Int, _ lines: Int) -> PreparationReport.File {
    .init(authority: AuthorityID(unchecked: "sefton"), name: "a.csv", pupils: pupils, lines: lines)
  }

  @Test func pupilsAreSaidAndLinesWhereTheyAreMore() {
    #expect(Self.file(33, 33).extent == "33 pupils")
    #expect(Self.file(1, 1).extent == "1 pupil")
    #expect(Self.file(33, 34).extent == "33 pupils in 34 lines")
    #expect(report([]).written == ["a.findings.csv", "sefton/a.csv"])
  }

  @Test func whoGoesToNoAuthorityIsCountedByReason() {
    #expect(report([]).unroutedLines == [])
    #expect(
      report([.init(row: 29, why: .noCohort)]).unroutedLines == [
        "1 pupil is in scope of no authority that is set up, and stands in no return; the checked file marks each:",
        "  1 of whom nothing tells when they leave; look at the year group: row 29",
      ])
    let many = (2..<40).map {
      PreparedReturns.Unrouted(row: $0, why: $0 % 2 == 0 ? .livesElsewhere : .educatedElsewhere)
    }
    let lines = report(many).unroutedLines
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("38 pupils are in scope of no authority"))
    #expect(lines[1].contains("19 who live") && lines[1].contains("home authority and postcode: rows 2, 4, 6"))
    #expect(lines[1].hasSuffix("and 9 more rows"))
    #expect(lines[2].contains("19 whose school lies"))
  }

  /// Yesterday's file is told from today's; nothing is deleted.
  @Test func whatLayThereBeforeIsNamed() throws {
    let folder = NSTemporaryDirectory() + "others-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(OtherFiles(in: folder, besides: [], export: "/none").words == nil, "it is not there")
    try FileManager.default.createDirectory(atPath: folder + "/wirral/deep", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: folder + "/sefton", withIntermediateDirectories: true)
    let names = [
      "new.findings.csv", "old.findings.csv", "sefton/new.csv", "sefton/old.csv", "wirral/old.csv", "export.csv",
      ".hidden", "wirral/deep/far.csv",
    ]
    for name in names { try Data().write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
    let written: Set = ["new.findings.csv", "sefton/new.csv"]
    let others = OtherFiles(in: folder, besides: written, export: folder + "/sefton/../export.csv")
    #expect(others.paths == ["old.findings.csv", "sefton/old.csv", "wirral/old.csv"])
    #expect(
      others.words
        == "3 other files lie in \(folder) from before: old.findings.csv, sefton/old.csv, wirral/old.csv; "
        + "this run did not write them")
    #expect(
      OtherFiles(in: folder, besides: written.union(others.paths.dropLast()), export: folder + "/export.csv").words
        == "1 other file lies in \(folder) from before: wirral/old.csv; this run did not write it")
    for number in 0..<20 { try Data().write(to: URL(fileURLWithPath: "\(folder)/more-\(number).csv")) }
    let many = try #require(OtherFiles(in: folder, besides: written, export: "/none").words)
    #expect(many.hasPrefix("24 other files lie") && many.contains(" and 14 more;"))
  }
}
