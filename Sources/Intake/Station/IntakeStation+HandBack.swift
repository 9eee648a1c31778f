// I6: the files of an export for its school's desk.

import Leavers
import Ledger
import Profiles

extension IntakeStation {
  func handBack(_ export: ExportSummary, _ school: School) async throws -> Bool {
    let (examination, bytes, name) = try await examination(of: export, school)
    let desk: DeskWriter
    do throws(FileProblem) {
      desk = try DeskWriter(of: school)
    } catch {
      note(school.deskOut, error.description, school, .deskUnavailable(error.description), .deskBack)
      return false
    }
    let written = examination.deskFiles(named: name, export: bytes)
    do {
      for (number, file) in written.enumerated() {
        try await put(file, number, desk, export.id, school)
      }
    } catch let problem as FileProblem {
      note(school.deskOut, problem.description, school, .deskUnavailable(problem.description), .deskBack)
      return false
    }
    note(school.deskOut, nil, school, .deskBack, .deskBack)
    try await ledger.exports.handedBack(export.id)
    tell(.handedBack(files: written.count), school, export.id)
    try step("I6")
    return true
  }

  /// Puts a file on the desk, beside one that a person changed. `place` is the folder below `out` that `desk` writes to,
  /// with a slash at its end.
  func put(
    _ file: (name: String, bytes: [UInt8]), _ number: Int, _ desk: DeskWriter, _ export: ExportID?,
    _ school: School, place: String = ""
  ) async throws {
    let temporary = ".leaverlink-\(export?.description ?? "refused")-\(number).tmp"
    var attempt = 1
    while true {
      let name = DeskNames.alternative(file.name, attempt)
      let ours = try await ledger.exports.deskFile(school: school.id, name: place + name)?.sha256
      let outcome = try desk.write(
        file.bytes, as: name, temporary: temporary, ours: ours, step: step)
      if outcome == .written {
        try await ledger.exports.recordDeskFile(
          school: school.id, name: place + name, sha256: ContentDigest.sha256(file.bytes), export: export)
        if attempt > 1 { tell(.keptBeside, school, export) }
        try step("I6 recorded")
        return
      }
      attempt += 1
    }
  }
}
