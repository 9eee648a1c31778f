// Sheets of answers: taken in, done, handed back; and the sheets that lie on the desk, kept as things stand.

import Leavers
import Ledger
import Profiles
import Tabular

extension IntakeStation {
  /// I3 of a sheet of answers. Who decided is whose file it is.
  func takeIn(
    _ object: PendingObject, of kind: SheetKind, _ path: String, _ look: FileLook, _ school: School
  ) async throws {
    let owner = files.ownerName(look)
    let outcome = try await ledger.sheets.recordStored(
      object, kind: kind, observation: look.observation(path: path, ownerName: owner), school: school.id,
      by: Person(name: owner, known: "file owner"))
    settling.forget(path)
    known[path] = look
    switch outcome {
    case .new(let sheet): tell(.sheetStored(sheet), school)
    case .repeat(let sheet): tell(.sheetRepeated(sheet), school)
    }
    try step("I3")
  }

  /// Does what a stored sheet says.
  func apply(_ sheet: SheetSummary, _ school: School) async throws {
    guard let table = AnswerTable(try await ledger.objects.read(sheet.object)), table.kind == sheet.kind else {
      try await ledger.sheets.refuse(sheet.id, why: "it cannot be read as a sheet any more")
      tell(.sheetRefused(sheet.id), school)
      return
    }
    let words = AnswerWords(
      codes: configuration.codes, register: configuration.providers, school: school.own,
      day: LondonTime.day(of: timekeeper.now()))
    let outcomes = try await ledger.sheets.apply(sheet.id, AnswerReading.rows(of: table, words: words))
    tell(.sheetApplied(sheet.id, rows: outcomes.count, refused: outcomes.values.count { $0.isRefused }), school)
    try step("I5")
  }

  /// Puts what each row led to on the desk, in the sheet itself.
  func handBack(_ sheet: SheetSummary, _ school: School) async throws -> Bool {
    let path = try await ledger.sheets.source(of: sheet.id)
    let name = path.split(separator: "/").last.map(String.init) ?? "sheet.xlsx"
    let bytes = try await ledger.objects.read(sheet.object)
    if let table = AnswerTable(bytes) {
      let file = CheckedAnswers.file(
        named: name, bytes, table, outcomes: try await ledger.sheets.outcomes(of: sheet.id))
      guard try await putAll([file].compactMap { $0 }, school, place: "") else { return false }
    }
    try await ledger.sheets.handedBack(sheet.id)
    try step("I6")
    return true
  }

  /// Keeps the sheets on a school's desk as things stand. True: they lie there.
  func keepSheets(_ school: School) async throws -> Bool {
    let sheets = try await dueSheets(school)
    if sheets.isEmpty { return true }
    var files: [(name: String, bytes: [UInt8])] = []
    for sheet in sheets where try await isWanted(sheet, school) {
      let writer = WorkbookWriter(temporaryFilesIn: configuration.state)
      files.append((sheet.name, try writer.bytes(of: sheet.workbook, created: DeskSheet.created)))
    }
    if !files.isEmpty, try await !putAll(files, school, place: DeskSheet.folder) { return false }
    for sheet in sheets { sheetStamps["\(school.id)/\(sheet.name)"] = sheet.stamp }
    return true
  }

  /// A sheet in which nothing is to be answered is written only over one in which something was.
  private func isWanted(_ sheet: DeskSheet, _ school: School) async throws -> Bool {
    guard sheet.isEmpty else { return true }
    return try await ledger.exports.deskFile(school: school.id, name: DeskSheet.folder + sheet.name) != nil
  }

  /// The sheets that may no longer be what lies on the desk.
  private func dueSheets(_ school: School) async throws -> [DeskSheet] {
    let stamps = try await ledger.sheets.stamps(school: school.id)
    func isDue(_ name: String, _ stamp: String) -> Bool { sheetStamps["\(school.id)/\(name)"] != stamp }
    var sheets: [DeskSheet] = []
    if isDue(ReleaseSheet.name, stamps.release) {
      let rows = try await ledger.returns.releaseRows(school: school.id)
      let configuration = configuration
      sheets.append(
        DeskSheet(
          name: ReleaseSheet.name, stamp: stamps.release, isEmpty: rows.isEmpty,
          workbook: ReleaseSheet.draft(rows) { configuration.authority($0)?.name ?? $0.rawValue }))
    }
    if isDue(QuestionsSheet.name, stamps.questions) {
      let questions = try await ledger.questions.toAsk(school: school.id)
      sheets.append(
        DeskSheet(
          name: QuestionsSheet.name, stamp: stamps.questions, isEmpty: questions.isEmpty,
          workbook: QuestionsSheet.draft(questions)))
    }
    if isDue(WordsSheet.name, stamps.words) { sheets.append(try await wordsSheet(school, stamp: stamps.words)) }
    return sheets
  }

  private func wordsSheet(_ school: School, stamp: String) async throws -> DeskSheet {
    let entries = try await ledger.words.entries(school: school.id)
    var sheet = WordsSheet(
      school: school, configuration: configuration, day: LondonTime.day(of: timekeeper.now()),
      decided: try await ledger.words.decided(school: school.id))
    return DeskSheet(
      name: WordsSheet.name, stamp: stamp, isEmpty: !entries.contains(where: \.isOpen), workbook: sheet.draft(entries))
  }

  /// Puts files into a folder of the desk's `out`; false where the desk cannot be written to now.
  private func putAll(
    _ written: [(name: String, bytes: [UInt8])], _ school: School, place: String
  ) async throws -> Bool {
    do {
      var desk = try DeskWriter(folder: school.deskOut)
      if !place.isEmpty { desk = try DeskWriter(folder: school.deskOut + "/" + place.dropLast()) }
      for (number, file) in written.enumerated() { try await put(file, number, desk, nil, school, place: place) }
    } catch let problem as FileProblem {
      note(school.deskOut, problem.description, school, .deskUnavailable(problem.description), .deskBack)
      return false
    }
    note(school.deskOut, nil, school, .deskBack, .deskBack)
    return true
  }
}
