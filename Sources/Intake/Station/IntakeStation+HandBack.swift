// I6 and I7: the files of an export for its school's desk, once when it is read and once when it is decided.

import Leavers
import Ledger
import Profiles

extension IntakeStation {
  /// Hands back what was read (I6), within seconds; and, once the export is decided, what became of each row (I7). An
  /// export that is decided already gets both at once.
  func handBack(_ export: ExportSummary, _ school: School) async throws -> Bool {
    let (examination, bytes, name) = try await examination(of: export, school)
    let decisions = export.state == .decided ? try await ledger.overview.decisions(of: export.id) : nil
    let desk: DeskWriter
    do throws(FileProblem) {
      desk = try DeskWriter(of: school)
    } catch {
      note(school.deskOut, error.description, school, .deskUnavailable(error.description), .deskBack)
      return false
    }
    let corrects = try await correction(examination, export, school)
    var files = examination.deskFiles(
      named: name, export: bytes, school: school, configuration: configuration,
      taken: "\(LondonTime.text(export.observedAt)) as \(export.id)",
      reference: try await ledger.exports.reference(of: export.id), corrects: corrects, decisions: decisions)
    // The findings are those of the reading and lie there.
    if export.handedBackAt != nil { files.removeFirst() }
    let phase = export.handedBackAt == nil ? "I6" : "I7"
    do {
      for (number, file) in files.enumerated() {
        try await put(file, number, desk, export.id, school, phase)
      }
    } catch let problem as FileProblem {
      note(school.deskOut, problem.description, school, .deskUnavailable(problem.description), .deskBack)
      return false
    }
    note(school.deskOut, nil, school, .deskBack, .deskBack)
    try await ledger.exports.handedBack(export.id, withFates: decisions != nil)
    tell(.handedBack(files: files.count), school, export.id)
    try step(phase)
    return true
  }

  /// What an export is a corrected copy of: by the reference that a checked workbook carries, else, where it has result
  /// columns, by its pupils. The ledger notes it.
  private func correction(
    _ examination: Examination, _ export: ExportSummary, _ school: School
  ) async throws -> Correction? {
    guard export.state != .unreadable else { return nil }
    var found: Correction?
    let isChecked: Bool
    switch examination.layout {
    case nil, .transferFile: return nil
    case .text(let layout): isChecked = layout.isChecked
    case .sheet(let layout):
      isChecked = layout.isChecked
      if let reference = layout.reference,
        let corrected = try await ledger.exports.export(of: reference, school: school.id, before: export.id)
      {
        found = Correction(export: corrected, known: .reference)
      }
    }
    if found == nil, isChecked, let corrected = try await ledger.exports.nearest(to: export.id) {
      found = Correction(export: corrected, known: .pupils)
    }
    if let found { try await ledger.exports.noteCorrection(export.id, of: found.export) }
    return found
  }

  /// Puts one file on the desk: beside one that a person changed, and not at all where a newer export's lies. `place` is
  /// the folder below `out` that `desk` writes to, with a slash at its end.
  func put(
    _ file: DeskFile, _ number: Int, _ desk: DeskWriter, _ export: ExportID?, _ school: School, _ phase: String,
    place: String = ""
  ) async throws {
    let temporary = ".leaverlink-\(export?.description ?? "refused")-\(number).tmp"
    var attempt = 1
    while true {
      let name = DeskNames.alternative(file.name, attempt)
      let before = try await ledger.exports.deskFile(school: school.id, name: place + name)
      if let export, let newer = before?.export, newer > export { return }
      let outcome = try desk.write(file.bytes, as: name, temporary: temporary, ours: before?.sha256) { reached in
        try step("\(phase) \(reached)")
      }
      if outcome == .written {
        // What the ledger says of the name already is no news.
        let sha256 = ContentDigest.sha256(file.bytes)
        if before?.sha256 != sha256 || before?.export != export {
          try await ledger.exports.recordDeskFile(
            school: school.id, name: place + name, sha256: sha256, export: export)
        }
        if attempt > 1 { tell(.keptBeside, school, export) }
        try step("\(phase) recorded")
        return
      }
      attempt += 1
    }
  }
}
