// `prepare` as a process: with the shipped example, whose keys, state and folders are nowhere.

import AuthoritySandbox
import Foundation
import Leavers
import RoundTripSupport
import Tabular
import Testing

@Suite("The dry run")
struct CommandTestsPrepare {
  private typealias Support = CommandTestsSupport

  private func sample(
    _ layout: SampleLayout, laestab: String = "3414787", leavers: Int = 60, in folder: String, as name: String
  ) throws -> (path: String, rows: Int) {
    let today = Calendar(identifier: .gregorian).dateComponents([.year, .month], from: Date())
    let year = (today.year ?? 2026) + ((today.month ?? 1) >= 9 ? 1 : 0)
    let export = SampleExport(
      .init(leavers: leavers, seed: 4, layout: layout, laestab: laestab, leavingYear: year))
    let path = "\(folder)/\(name)"
    try Data(export.bytes).write(to: URL(fileURLWithPath: path))
    return (path, export.manifest.rows.count)
  }

  @Test func everyRowHasOneFateForEachAuthorityAndKind() async throws {
    try await Support.withFolder { folder in
      let program = try Program(configuration: Support.example)
      let export = try sample(.sims, in: folder, as: "Students (14).csv")
      let out = "\(folder)/out/deep"
      let result = try await program.run("prepare", export.path, "--school", "3414787", "--out", out, "--json")
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors == "")
      let json = try #require(result.json)
      #expect(json["schemaVersion"]?.integer == 1)
      #expect(json["school"]?.string == "3414787")
      #expect(json["rowsRead"]?.integer == Int64(export.rows))

      let lines = try #require(json["fates"]?.array)
      #expect(
        Set(lines.compactMap { $0["authority"]?.string })
          == ["liverpool", "sefton", "st-helens", "wirral", "halton", "knowsley"])
      #expect(Set(lines.map { "\($0["authority"]?.string ?? "") \($0["kind"]?.string ?? "")" }).count == lines.count)
      for line in lines {
        #expect(line["rowsRead"]?.integer == Int64(export.rows))
        #expect(try Support.fates(line).reduce(0, +) == export.rows, "\(line.text())")
        #expect(line["unchanged"]?.integer == 0, "which needs the ledger")
        #expect(line["superseded"]?.integer == 0, "which needs the ledger")
      }
      // What is counted as sent is in a file, and what is in a file is counted.
      let returns = try #require(json["returns"]?.array)
      for line in lines {
        let files = returns.filter {
          $0["authority"] == line["authority"] && $0["kind"] == line["kind"]
        }
        #expect(line["sent"]?.integer == files.reduce(0) { $0 + ($1["rows"]?.integer ?? 0) })
      }
      #expect(lines.contains { ($0["sent"]?.integer ?? 0) > 0 })
      let kept = try #require(json["kept"]?.array)
      #expect(kept.allSatisfy { $0["reason"]?.string?.isEmpty == false })
      for fate in ["held", "withheld"] {
        let counted = lines.reduce(0) { $0 + ($1[fate]?.integer ?? 0) }
        #expect(Int64(kept.count { $0["fate"]?.string == fate }) == counted)
      }
      let notChecked = try #require(json["notChecked"]?.array).compactMap(\.string)
      #expect(notChecked.contains { $0.contains("unchanged since it was sent") })
      #expect(notChecked.contains { $0.contains("superseded") })

      // Every file is named, has the first sequence, and is its owner's alone.
      let files = try Support.files(below: out)
      let named = returns.compactMap { $0["file"]?.string }
      #expect(
        Set(files)
          == Set(named + ["Students (14).findings.csv", "Students (14).checked.csv", "Students (14).summary.html"]))
      #expect(!named.isEmpty && named.allSatisfy { $0.contains("0001") })
      for file in files { #expect(try Support.permissions("\(out)/\(file)") == 0o600, "\(file)") }
      #expect(try Support.permissions(out) == 0o700)
      for item in returns {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(out)/\(item["file"]?.string ?? "")"))
        let table = try TableFile([UInt8](bytes))
        #expect(Int64(table.rows.count) == item["rows"]?.integer && item["lines"] == item["rows"])
        #expect(item["sequenceIsPlaceholder"]?.bool == true)
      }

      #expect(json["otherFiles"]?.array?.isEmpty == true)

      // A second run writes the same bytes over the same names.
      let before = try files.map { try Data(contentsOf: URL(fileURLWithPath: "\(out)/\($0)")) }
      let again = try await program.run("prepare", export.path, "--school", "3414787", "--out", out, "--json")
      #expect(again.output == result.output)
      #expect(try Support.files(below: out) == files)
      #expect(try files.map { try Data(contentsOf: URL(fileURLWithPath: "\(out)/\($0)")) } == before)
    }
  }

  @Test func theTextTellsWhatItWroteAndWhatItCouldNotCheck() async throws {
    try await Support.withFolder { folder in
      let export = try sample(.sims, in: folder, as: "a.csv")
      let result = try await Program(configuration: Support.example)
        .run("prepare", export.path, "--school", "Example High School", "--out", "\(folder)/out")
      #expect(result.status == 0)
      #expect(result.output.contains("Example High School (3414787): \(export.rows) rows read"))
      #expect(result.output.contains("wrote liverpool/3414787_IntendedDestinations_Y11-"))
      #expect(result.output.contains("_0001.csv"))
      #expect(result.output.contains("not checked, because it needs the ledger:"))
      for fate in FateKind.allCases { #expect(result.output.contains(fate.rawValue)) }
      #expect(result.output.contains("nothing was sent or kept"))
    }
  }

  /// Nothing is deleted, and nobody takes yesterday's file for today's.
  @Test func filesOfAnEarlierRunAreNamed() async throws {
    try await Support.withFolder { folder in
      let program = try Program(configuration: Support.example)
      let out = "\(folder)/out"
      for (name, school) in [("first.csv", "3414787"), ("second.csv", "3436900")] {
        let export = try sample(school == "3414787" ? .sims : .arbor, laestab: school, in: folder, as: name).path
        let result = try await program.run("prepare", export, "--school", school, "--out", out)
        #expect(result.status == 0 && result.output.contains("from before") == (name == "second.csv"))
        guard name == "second.csv" else { continue }
        let last = try #require(result.output.split(separator: "\n").last)
        #expect(last.contains("other files lie in \(out) from before: first.checked.csv, first.findings.csv"))
        let json = try await program.run("prepare", export, "--school", school, "--out", out, "--json")
        let others = try #require(json.json?["otherFiles"]?.array).compactMap(\.string)
        #expect(others.contains { $0.hasPrefix("liverpool/3414787_IntendedDestinations") })
        #expect(!others.contains { $0.contains("3436900") || $0.hasPrefix("second.") })
        #expect(try Set(Support.files(below: out)).isSuperset(of: others), "they still lie there")
      }
      try Support.write("a,b\n1,2\n", to: "\(folder)/wrong.csv")
      let wrong = try await program.run("prepare", "\(folder)/wrong.csv", "--school", "3414787", "--out", out)
      #expect(wrong.status == 65 && wrong.errors.contains("other files lie in \(out) from before"))
    }
  }

  /// Exotic layouts: a line a characteristic, and a schema that asks for a positive sequence.
  @Test func pupilsAndLinesAreTold() async throws {
    try await Support.withFolder { folder in
      let program = try Program(configuration: Support.checkout + "/config/fictional/leaverlink.yaml")
      let export = try sample(.madeUp, laestab: "9904001", leavers: 200, in: folder, as: "a.csv").path
      let json = try await program.run("prepare", export, "--out", "\(folder)/out", "--json")
      #expect(json.status == 0, "\(json.errors)")
      let returns = try #require(json.json?["returns"]?.array)
      #expect(
        returns.contains { $0["authority"]?.string == "northmere" && $0["kind"]?.string == "intended-destinations" })
      let several = try #require(
        returns.first { $0["authority"]?.string == "eastmarsh" && $0["kind"]?.string == "intended-destinations" })
      let (pupils, lines) = (several["rows"]?.integer ?? 0, several["lines"]?.integer ?? 0)
      #expect(lines > pupils && pupils > 0)
      let text = try await program.run("prepare", export, "--out", "\(folder)/out")
      #expect(text.output.contains("wrote \(several["file"]?.string ?? "?"): \(pupils) pupils in \(lines) lines\n"))
      #expect(text.output.contains("the number 1 in their names and contents is a placeholder"))
      let file = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/out/\(several["file"]?.string ?? "")"))
      let written = try #require(String(bytes: file, encoding: .utf16)).split(separator: "\r\n")
      #expect(written.count == Int(lines) + 3, "a head, headings, a trailer")
    }
  }

  /// Not the numbers of rows alone: what it means, by reason, and where to look.
  @Test func whoGoesToNoAuthorityIsSaidInWords() async throws {
    try await Support.withFolder { folder in
      let file = "\(folder)/a.csv"
      try Support.write(
        "UPN,Legal Surname,Legal Forename,Date of Birth,Year Group,Home LA,YSSA\n"
          + "D341499924001,Zzone,Qqone,01/03/2011,11,341,Yes\nD341499924002,Zztwo,Qqtwo,02/03/2011,,341,Yes\n",
        to: file)
      let program = try Program(configuration: Support.example)
      let text = try await program.run("prepare", file, "--school", "3414787", "--out", "\(folder)/out")
      #expect(
        text.output.contains(
          """
          1 pupil is in scope of no authority that is set up, and stands in no return; the checked file marks each:
            1 of whom nothing tells when they leave; look at the year group: row 3

          """), "\(text.output)")
      let checked = try String(contentsOfFile: "\(folder)/out/a.checked.csv", encoding: .utf8)
      #expect(checked.contains("goes to no authority"))
      let json = try await program.run("prepare", file, "--school", "3414787", "--out", "\(folder)/out", "--json")
      #expect(json.json?["unrouted"]?.array == [3])
      #expect(json.json?["unroutedReasons"]?.array == [["row": 3, "reason": "no-cohort"]])
    }
  }

  @Test func theSchoolIsNamedOrReadOrTheOnlyOneOrAskedFor() async throws {
    try await Support.withFolder { folder in
      let two = try Program(configuration: Support.example)
      func school(_ program: Program, _ arguments: String...) async throws -> String? {
        let result = try await program.run(["prepare"] + arguments + ["--out", "\(folder)/out", "--json"])
        return result.status == 0 ? result.json?["school"]?.string : "exit \(result.status)"
      }
      let silent = try sample(.arbor, in: folder, as: "silent.csv").path
      let named = try sample(.census, in: folder, as: "named.csv").path
      let stranger = try sample(.census, laestab: "3434000", in: folder, as: "stranger.csv").path
      let academys = try sample(.census, laestab: "3436900", in: folder, as: "academys.csv").path

      #expect(try await school(two, silent, "--school", "3436900") == "3436900", "by number")
      #expect(try await school(two, silent, "--school", "Example Academy") == "3436900", "by name")
      #expect(try await school(two, named) == "3414787", "by the export's own column")
      #expect(try await school(two, stranger, "--school", "3414787") == "exit 65", "every row names another school")
      let foreign = try await two.run("prepare", academys, "--school", "3414787", "--out", "\(folder)/foreign")
      #expect(foreign.status == 65, "one school's export is not the other's, whatever was named")
      #expect(foreign.errors.contains("Every row that names a school names another one than this"))
      #expect(try Support.files(below: "\(folder)/foreign").allSatisfy { !$0.contains("/") }, "no return")

      for (arguments, says) in [
        ([silent], "the export does not say whose it is"),
        ([stranger], "the export is of 3434000, which is not configured"),
        ([silent, "--school", "Elsewhere"], "no school Elsewhere is configured"),
      ] {
        let asked = try await two.run(["prepare"] + arguments + ["--out", "\(folder)/asked"])
        #expect(asked.status == 64)
        #expect(asked.errors.contains(says), "\(asked.errors)")
        #expect(asked.errors.contains("3414787 (Example High School), 3436900 (Example Academy)"), "the choices")
        #expect(asked.output == "")
      }
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/asked"), "nothing is written")

      let one = try Program(configuration: Support.exampleWithOneSchool(in: folder))
      #expect(try await school(one, silent) == "3414787", "the only one")
    }
  }

  @Test func anExportThatIsNoTableEndsWith65AndItsFindings() async throws {
    try await Support.withFolder { folder in
      let program = try Program(configuration: Support.example)
      try Support.write("a,b\n1,2\n", to: "\(folder)/wrong.csv")
      let result = try await program.run(
        "prepare", "\(folder)/wrong.csv", "--school", "3414787", "--out", "\(folder)/out")
      #expect(result.status == 65)
      #expect(result.errors.contains("No row with column headings was found"))
      #expect(result.errors.contains("the findings are in \(folder)/out"))
      #expect(try Support.files(below: "\(folder)/out") == ["wrong.findings.csv", "wrong.summary.html"])
      let findings = try TableFile([UInt8](Data(contentsOf: URL(fileURLWithPath: "\(folder)/out/wrong.findings.csv"))))
      #expect(findings.rows.map(\.cells).contains { $0.contains("fatal") })
      #expect(try Support.permissions("\(folder)/out/wrong.findings.csv") == 0o600)

      try Support.write("", to: "\(folder)/empty.csv")
      #expect(
        try await program.run("prepare", "\(folder)/empty.csv", "--school", "3414787", "--out", "\(folder)/out").status
          == 65)
    }
  }

  @Test func filesThatCannotBeReadOrWrittenAreNamed() async throws {
    try await Support.withFolder { folder in
      let program = try Program(configuration: Support.example)
      let missing = try await program.run("prepare", "\(folder)/missing.csv", "--out", "\(folder)/out")
      #expect(missing.status == 66)
      #expect(missing.errors.contains("\(folder)/missing.csv"))
      #expect(try await program.run("prepare", folder, "--out", "\(folder)/out").status == 66, "a folder is no export")

      let export = try sample(.sims, leavers: 3, in: folder, as: "a.csv").path
      try Support.write("in the way", to: "\(folder)/file")
      let blocked = try await program.run("prepare", export, "--school", "3414787", "--out", "\(folder)/file/out")
      #expect(blocked.status == 74)
      #expect(blocked.errors.contains("cannot write to \(folder)/file/out"))
    }
  }

  /// It has no sharing answer: nobody goes anywhere until the school has said what stands for one.
  @Test func aTransferFileIsHeldForTheSharingAnswer() async throws {
    try await Support.withFolder { folder in
      let file = "\(folder)/3414787_CTF_XXXXXXX_001.xml"
      try Support.write(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <CTfile><Header><SourceSchool><LEA>341</LEA><Estab>4787</Estab></SourceSchool>
        <DestSchool><LEA>XXX</LEA><Estab>XXXX</Estab></DestSchool></Header>
        <CTFpupilData><Pupil><UPN>D341499924001</UPN><Surname>Zzone</Surname><Forename>Qqone</Forename>
        <DOB>2011-03-01</DOB><BasicDetails><NCyearActual>11</NCyearActual></BasicDetails></Pupil></CTFpupilData></CTfile>
        """, to: file)
      let result = try await Program(configuration: Support.example).run(
        "prepare", file, "--out", "\(folder)/out", "--json")
      #expect(result.status == 0, "\(result.errors)")
      let json = try #require(result.json)
      #expect(json["school"]?.string == "3414787", "by the file's own number")
      #expect(json["rowsRead"]?.integer == 1)
      #expect(json["returns"]?.array?.isEmpty == true)
      let liverpool = json["kept"]?.array?.first { $0["authority"]?.string == "liverpool" }
      #expect(liverpool?["fate"]?.string == "held" && liverpool?["reason"]?.string == "sharing-unlisted")
      #expect(try Support.files(below: "\(folder)/out").count == 3)
    }
  }

  @Test func aMistakeInTheConfigurationEndsItToo() async throws {
    try await Support.withFolder { folder in
      let file = try Support.exampleWithOneSchool(in: folder)
      try Support.edit(file) { $0.replacing("settle: 2s", with: "settle: 2 fortnights") }
      let export = try sample(.sims, leavers: 3, in: folder, as: "a.csv").path
      let result = try await Program(configuration: file).run("prepare", export, "--out", "\(folder)/out")
      #expect(result.status == 78)
      #expect(result.errors.contains("\(file):\(try Support.place(of: "2 fortnights", in: file)): error:"))
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/out"))
    }
  }
}
