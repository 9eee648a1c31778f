// The programs that a tracking team opens our files with: LibreOffice, openpyxl, xmllint. `scripts/test` installs them.

import Foundation

enum OfficeTools {
  /// Debian's own, which has Debian's openpyxl, whatever other Python comes first in the path.
  private static let python = "/usr/bin/python3"
  private static let script =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/office.py"

  /// Whether they are installed: without them, on a machine where `scripts/test` never ran, these tests are left out.
  static let areInstalled: Bool = {
    ["/usr/bin/soffice", "/usr/bin/xmllint", python].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
      && run(python, ["-c", "import openpyxl"]).code == 0
  }()

  static func run(_ program: String, _ arguments: [String]) -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    do { try process.run() } catch { return (-1, "\(error)") }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  static func office(_ arguments: String...) -> (code: Int32, output: String) { run(python, [script] + arguments) }

  /// The sheets of a workbook as LibreOffice shows them, as CSV by the name of the sheet; texts quoted as they are.
  static func sheets(of workbook: String, in folder: String) throws -> [String: String] {
    let profile = "-env:UserInstallation=file://" + folder + "/office-profile"
    let result = run(
      "/usr/bin/soffice",
      [
        profile, "--headless", "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
        "--outdir", folder + "/csv", workbook,
      ])
    guard result.code == 0 else { throw Failure(message: result.output) }
    var sheets: [String: String] = [:]
    let base = (workbook as NSString).lastPathComponent.replacingOccurrences(of: ".xlsx", with: "")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/csv") where name.hasPrefix(base + "-") {
      let sheet = name.dropFirst(base.count + 1).dropLast(4)
      sheets[String(sheet)] = try String(contentsOfFile: folder + "/csv/" + name, encoding: .utf8)
    }
    return sheets
  }

  /// The workbook saved again by LibreOffice.
  static func resaved(_ workbook: String, in folder: String) throws -> String {
    let profile = "-env:UserInstallation=file://" + folder + "/office-profile"
    let result = run(
      "/usr/bin/soffice", [profile, "--headless", "--convert-to", "xlsx", "--outdir", folder + "/resaved", workbook])
    guard result.code == 0 else { throw Failure(message: result.output) }
    return folder + "/resaved/" + (workbook as NSString).lastPathComponent
  }

  struct Failure: Error { let message: String }
}
