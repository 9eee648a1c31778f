// `leaverlink prepare`: a dry run of Intake and Returns. Sends nothing, touches no ledger, needs no key.

import ArgumentParser
import Daemon
import Foundation
import Intake
import Leavers
import Profiles
import Returns
import Tabular

struct PrepareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Write what each authority would be sent, and the findings, to a directory; send nothing.")

  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption
  @Argument(
    help: "The export: CSV or an Excel workbook.", completion: .file(extensions: ["csv", "txt", "tsv", "xlsx", "xlsm"]))
  var export: String
  @Option(name: .long, help: "The directory to write to; made when missing.", completion: .directory)
  var out: String
  @Option(name: .long, help: "The school, by LAESTAB or name; else by the export's LAESTAB column, else the only one.")
  var school: String?

  func run() async throws {
    let configuration = try options.load(.forPreparing)
    let day = SystemTimekeeper().today()
    if !output.json, let school = try configuration.school(chosen: school),
      try prepareInBulk(school, configuration, day)
    {
      return
    }
    let bytes: [UInt8]
    do {
      bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: export)))
    } catch {
      Console.error("cannot read \(export): \(error.localizedDescription)")
      throw ExitCode(66)
    }
    let school = try chosen(from: configuration, bytes)
    let name = URL(fileURLWithPath: export).lastPathComponent
    let examination = examine(bytes, named: name, school: school, configuration: configuration, day: day)

    if let fatal = examination.fatal {
      let findings = files(of: examination, bytes, name, school, configuration, day, nil)
      try write(findings)
      Console.error("\(fatal.finding.message) Nothing was prepared; the findings are in \(out)")
      if let words = others(besides: Set(findings.map(\.name))).words { Console.error(words) }
      throw ExitCode(65)
    }
    let prepared = try Preparation.prepare(
      rows: examination.rows.map {
        LeaverRow(
          rowNumber: $0.rowNumber, cohort: $0.cohort, record: $0.record, verdict: $0.verdict, undecided: $0.undecided)
      }, school: school, configuration: configuration, day: day, scratch: try scratch())
    let desk = files(of: examination, bytes, name, school, configuration, day, prepared)
    try write(desk + prepared.files.map { ("\($0.authority)/\($0.fileName)", $0.bytes) })
    let report = PreparationReport(
      summary: examination.summary, lines: prepared.lines,
      files: prepared.files.map {
        .init(authority: $0.authority, name: $0.fileName, pupils: $0.pupils, lines: $0.lines)
      },
      unrouted: prepared.unrouted, deskFiles: desk.map(\.name))
    if output.json {
      printJSON(examination, prepared, school, others(besides: report.written))
    } else {
      printText(report, school)
    }
    guard prepared.refused.isEmpty, prepared.lines.allSatisfy(\.isConserved) else {
      for refused in prepared.refused {
        Console.error(
          "\(refused.authority) \(refused.kind.rawValue): the self-check refuses it: "
            + refused.problems.joined(separator: "; "))
      }
      throw ExitCode(Daemon.Exit.software)
    }
  }

  /// A large export of the usual form; false where it is to be read as a whole.
  private func prepareInBulk(_ school: School, _ configuration: Configuration, _ day: CalendarDate) throws -> Bool {
    let size = (try? FileManager.default.attributesOfItem(atPath: export))?[.size] as? Int ?? 0
    guard size >= BulkPreparation.fewestBytes else { return false }
    let report: PreparationReport?
    do {
      report = try BulkPreparation.run(
        export: export, out: out, school: school, configuration: configuration, day: day, taken: taken(day),
        scratch: try scratch())
    } catch {
      Console.error("cannot write to \(out): \(error.localizedDescription)")
      throw ExitCode(Daemon.Exit.io)
    }
    guard let report else { return false }
    printText(report, school)
    guard report.lines.allSatisfy(\.isConserved) else { throw ExitCode(Daemon.Exit.software) }
    return true
  }

  private func others(besides written: Set<String>) -> OtherFiles {
    OtherFiles(in: out, besides: written, export: export)
  }

  private func taken(_ day: CalendarDate) -> String { "\(LondonTime.text(day)) by prepare: nothing was sent or kept" }

  /// What the school would find on its desk.
  private func files(
    of examination: Examination, _ bytes: [UInt8], _ name: String, _ school: School, _ configuration: Configuration,
    _ day: CalendarDate, _ prepared: PreparedReturns?
  ) -> [DeskFile] {
    examination.deskFiles(
      named: name, export: bytes, school: school, configuration: configuration,
      taken: taken(day), decisions: prepared?.decisions)
  }

  private func chosen(from configuration: Configuration, _ bytes: [UInt8]) throws -> School {
    if let one = try configuration.school(chosen: school) { return one }
    let named = schoolOf(bytes, configuration: configuration)
    if let named, let found = configuration.schools.first(where: { $0.laestab == named }) { return found }
    let why = named.map { "the export is of \($0), which is not configured" } ?? "the export does not say whose it is"
    throw Failure.usage("\(why); name the school by --school: \(configuration.schoolChoices)")
  }

  /// Where libxlsxwriter keeps what it writes, without a name: where the workbook goes in the end.
  private func scratch() throws -> String {
    do {
      try FileManager.default.createDirectory(
        atPath: out, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      Console.error("cannot write to \(out): \(error.localizedDescription)")
      throw ExitCode(Daemon.Exit.io)
    }
    return out
  }

  /// Writes into the directory, each file for its owner only: they hold personal data in clear.
  private func write(_ files: [(name: String, bytes: [UInt8])]) throws {
    do {
      for (name, bytes) in files { try PartFile.write(bytes, to: "\(out)/\(name)") }
    } catch {
      Console.error("cannot write to \(out): \(error.localizedDescription)")
      throw ExitCode(Daemon.Exit.io)
    }
  }

  // MARK: - Reporting

  private func printText(_ report: PreparationReport, _ school: School) {
    let summary = report.summary
    Console.print(
      "\(school.name) (\(school.laestab.rawValue)): \(summary.rowsRead) rows read; \(summary.errors) error(s), "
        + "\(summary.warnings) warning(s), \(summary.notes) note(s)")
    Console.print("")
    Console.print(
      table: ["authority", "kind"] + FateKind.allCases.map(\.rawValue),
      report.lines.map { line in
        [line.authority.rawValue, line.kind.rawValue] + FateKind.allCases.map { "\(line[$0])" }
      })
    Console.print("")
    for file in report.files { Console.print("wrote \(file.path): \(file.extent)") }
    if !report.files.isEmpty {
      Console.print(
        "the number \(ReturnNaming.placeholderSequence) in their names and contents is a placeholder: the service counts on "
          + "from what it made before")
    }
    for line in report.unroutedLines { Console.print(line) }
    Console.print("not checked, because it needs the ledger:")
    for rule in Preparation.notChecked { Console.print("  \(rule)") }
    Console.print("everything is in \(out); nothing was sent or kept")
    if let words = others(besides: report.written).words { Console.print(words) }
  }

  private func printJSON(
    _ examination: Examination, _ prepared: PreparedReturns, _ school: School, _ others: OtherFiles
  ) {
    let summary = examination.summary
    Console.print(json: [
      ("school", .string(school.laestab.rawValue)),
      ("rowsRead", .whole(summary.rowsRead)),
      (
        "findings",
        ["errors": .whole(summary.errors), "warnings": .whole(summary.warnings), "notes": .whole(summary.notes)]
      ),
      (
        "fates",
        .array(
          prepared.lines.map { line in
            .object(
              JSONObject(
                [("authority", .string(line.authority.rawValue)), ("kind", .string(line.kind.rawValue))]
                  + [("rowsRead", .whole(line.rowsRead))]
                  + FateKind.allCases.map { ($0.rawValue, JSONValue.whole(line[$0])) }))
          })
      ),
      (
        "returns",
        .array(
          prepared.files.map {
            [
              "authority": .string($0.authority.rawValue), "kind": .string($0.kind.rawValue),
              "cohort": .string("\($0.cohort)"), "file": .string("\($0.authority)/\($0.fileName)"),
              "rows": .whole($0.pupils), "floorRows": .whole($0.floorPupils), "lines": .whole($0.lines),
              "sequenceIsPlaceholder": true,
            ]
          })
      ),
      (
        "kept",
        .array(
          prepared.kept.map { kept in
            let (fate, reason) =
              switch kept.why {
              case .held(let why): ("held", why.rawValue)
              case .withheld(let why): ("withheld", why.rawValue)
              }
            return [
              "row": .whole(kept.row), "authority": .string(kept.authority.rawValue),
              "kind": .string(kept.kind.rawValue), "fate": .string(fate), "reason": .string(reason),
              "column": .text(kept.column),
            ]
          })
      ),
      ("unrouted", .array(prepared.unrouted.map { .whole($0.row) })),
      (
        "unroutedReasons",
        .array(prepared.unrouted.map { ["row": .whole($0.row), "reason": .string($0.why.rawValue)] })
      ),
      ("otherFiles", .array(others.paths.map { .string($0) })),
      ("notChecked", .array(Preparation.notChecked.map { .string($0) })),
    ])
  }
}
