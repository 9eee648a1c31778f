// Sheets of answers: taken in, done, handed back; and the sheets that lie on the desk, kept as things stand.

import Leavers
import Ledger
import Profiles
import Tabular

extension IntakeStation {
  /// I3 of a sheet of answers. Who decided is whose file it is, as far as the file system can tell.
  func takeIn(
    _ object: PendingObject, of kind: SheetKind, _ path: String, _ look: FileLook, _ school: School,
    _ files: any IntakeFiles
  ) async throws {
    let owner = files.ownerName(look)
    let person = owner.map { Person(name: $0, known: "file owner") } ?? .somebodyAtTheDesk
    let outcome = try await ledger.sheets.recordStored(
      object, kind: kind, observation: look.observation(path: path, ownerName: owner), school: school.id, by: person)
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
    // Only a register names pupils whom it has no key of.
    let pupils =
      sheet.kind == .register ? try await ledger.exports.roll(of: school.id, before: ExportID(rawValue: .max)) : []
    let register = RegisterSheet(school: school, configuration: configuration, pupils: pupils, on: timekeeper.today())
    let words = AnswerWords(
      codes: configuration.codes, register: configuration.providers, school: school.own,
      day: LondonTime.day(of: timekeeper.now()))
    let risk = RiskSheet(school: school, configuration: configuration, on: timekeeper.today())
    let outcomes = try await ledger.sheets.apply(
      sheet.id, AnswerReading.rows(of: table, register: register, words: words, risk: risk))
    tell(.sheetApplied(sheet.id, rows: outcomes.count, refused: outcomes.values.count { $0.isRefused }), school)
    try step("I5")
  }

  /// Puts what each row led to on the desk, in the sheet itself.
  func handBack(_ sheet: SheetSummary, _ school: School) async throws -> Bool {
    guard try await place(.desk, of: school) != nil else { return false }
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
    guard try await place(.desk, of: school) != nil else { return false }
    let stamps = try await ledger.sheets.stamps(school: school.id)
    let today = LondonTime.day(of: timekeeper.now())
    let register = try await ledger.register.stamp(school: school.id)
    // Who is missing is known once an export is decided.
    let pupilsStamp = "\(stamps.pupils) \(today) \(register); \(stamps.questions)"
    var sheets = try await dueSheets(school, stamps, register: register)
    // Opening a school's pupils takes long enough to be done only where there is something new.
    if !stamps.pupils.isEmpty, isDue("pupils", pupilsStamp, school) {
      sheets += try await pupilsSheets(school, stamp: pupilsStamp, on: today)
    }
    var files: [(name: String, bytes: [UInt8])] = []
    for sheet in sheets where try await isWanted(sheet, school) {
      let writer = WorkbookWriter(temporaryFilesIn: configuration.state)
      files.append((sheet.name, try writer.bytes(of: sheet.workbook, created: DeskSheet.created)))
    }
    if !files.isEmpty, try await !putAll(files, school, place: DeskSheet.folder) { return false }
    guard try await keepNotices(school, stamp: stamps.notices) else { return false }
    for sheet in sheets { sheetStamps["\(school.id)/\(sheet.name)"] = sheet.stamp }
    // Before the first export there are none of pupils.
    if keptSheets[school.id] == nil, stamps.pupils.isEmpty { keptSheets[school.id] = Self.standingSheets }
    sheetStamps["\(school.id)/pupils"] = pupilsStamp
    return true
  }

  /// Keeps the notices to authorities as things stand: one that is settled says so.
  private func keepNotices(_ school: School, stamp: String) async throws -> Bool {
    guard isDue(ObjectionNotice.folder, stamp, school) else { return true }
    let objected = try await ledger.returns.objected(school: school.id)
    var files = objected.map { item in
      ObjectionNotice(
        objected: item, schoolName: school.name,
        authorityName: configuration.authority(item.summary.authority)?.name ?? item.summary.authority.rawValue
      ).file
    }
    let current = Set(files.map(\.name))
    for note in try await ledger.exports.deskFiles(school: school.id) where note.name.hasPrefix(ObjectionNotice.folder)
    {
      let name = DeskNames.withoutNumber(String(note.name.dropFirst(ObjectionNotice.folder.count)))
      if !current.contains(name), !files.contains(where: { $0.name == name }) {
        files.append(ObjectionNotice.settled(name))
      }
    }
    if !files.isEmpty, try await !putAll(files, school, place: ObjectionNotice.folder) { return false }
    sheetStamps["\(school.id)/\(ObjectionNotice.folder)"] = stamp
    return true
  }

  /// The sheets that are the same file for ever.
  private static let standingSheets: Set<String> = [
    ReleaseSheet.name, QuestionsSheet.name, RegisterSheet.name, WordsSheet.name,
  ]

  private func isDue(_ name: String, _ stamp: String, _ school: School) -> Bool {
    sheetStamps["\(school.id)/\(name)"] != stamp
  }

  /// A sheet in which nothing is to be answered is written only over one in which something was.
  private func isWanted(_ sheet: DeskSheet, _ school: School) async throws -> Bool {
    guard sheet.isEmpty else { return true }
    return try await ledger.exports.deskFile(school: school.id, name: DeskSheet.folder + sheet.name) != nil
  }

  /// The sheets that may no longer be what lies on the desk.
  private func dueSheets(
    _ school: School, _ stamps: SheetStamps, register: String
  ) async throws -> [DeskSheet] {
    var sheets: [DeskSheet] = []
    if isDue(ReleaseSheet.name, stamps.release, school) {
      let rows = try await ledger.returns.releaseRows(school: school.id)
      let objected = try await ledger.returns.objected(school: school.id)
      let configuration = configuration
      sheets.append(
        DeskSheet(
          name: ReleaseSheet.name, stamp: stamps.release, isEmpty: rows.isEmpty && objected.isEmpty,
          workbook: ReleaseSheet.draft(rows, objected: objected) { configuration.authority($0)?.name ?? $0.rawValue }))
    }
    if isDue(QuestionsSheet.name, stamps.questions, school) {
      let questions = try await ledger.questions.toAsk(school: school.id)
      sheets.append(
        DeskSheet(
          name: QuestionsSheet.name, stamp: stamps.questions, isEmpty: questions.isEmpty,
          workbook: QuestionsSheet.draft(questions)))
    }
    // Before the first export there is nobody to decide about.
    if !stamps.pupils.isEmpty, isDue(RegisterSheet.name, register, school) {
      sheets.append(
        DeskSheet(
          // Also without any entry: people add theirs.
          name: RegisterSheet.name, stamp: register, isEmpty: false,
          workbook: RegisterSheet.draft(
            try await ledger.register.standing(school: school.id),
            pending: try await ledger.register.pending(school: school.id), authorities: configuration.authorities)))
    }
    if isDue(WordsSheet.name, stamps.words, school) { sheets.append(try await wordsSheet(school, stamp: stamps.words)) }
    return sheets
  }

  /// The sheets of pupils, which show what the school said last of each. Nobody stands in one who died.
  private func pupilsSheets(_ school: School, stamp: String, on today: CalendarDate) async throws -> [DeskSheet] {
    let deceased = try await ledger.register.deceased(school: school.id)
    // Before the pupils: what is decided in between makes the keys of the sheet old ones, and nothing is taken silently.
    let standings = school.risk == nil ? [:] : try await ledger.register.riskStandings(school: school.id)
    let pupils = try await ledger.exports.roll(of: school.id, before: ExportID(rawValue: .max))
      .filter { !deceased.contains($0.pupil) }
    let asked = Set(try await ledger.replies.openCases().filter { $0.school == school.id }.compactMap(\.pupil))
    let asking = PupilsSheet.all(for: school, pupils: pupils, in: configuration, on: today)
    let names = Set(asking.map(\.name))
    let risk = riskSheet(school, pupils, standings, stamp: stamp, on: today)
    keptSheets[school.id] = names.union(Self.standingSheets).union(risk.isEmpty ? [] : [risk.name])
    // What nobody is asked about any more lies there with nobody in it.
    let past = try await ledger.exports.deskFiles(school: school.id).compactMap { note -> PupilsSheet? in
      guard note.name.hasPrefix(DeskSheet.folder) else { return nil }
      let name = DeskNames.withoutNumber(String(note.name.dropFirst(DeskSheet.folder.count)))
      return names.contains(name) ? nil : PupilsSheet.ofNobody(named: name)
    }
    let configuration = configuration
    let emptied = Dictionary(past.map { ($0.name, $0) }) { first, _ in first }.sorted { $0.key < $1.key }.map {
      DeskSheet(
        name: $0.key, stamp: stamp, isEmpty: true,
        workbook: $0.value.draft([], asked: nil, codes: configuration.codes, providers: configuration.providers))
    }
    let kept = asking.map { sheet in
      let asked = sheet.kind == .unknownAnswers ? asked : nil
      return DeskSheet(
        name: sheet.name, stamp: stamp, isEmpty: sheet.pupils(of: pupils, asked: asked).isEmpty,
        workbook: sheet.draft(
          pupils, asked: asked, codes: configuration.codes, providers: configuration.providers))
    }
    return emptied + kept + [risk]
  }

  /// The sheet of risk; with nobody in it where a school does not reckon, or nobody is to be looked at.
  private func riskSheet(
    _ school: School, _ pupils: [RollEntry], _ standings: [PupilID: RiskStanding],
    stamp: String, on today: CalendarDate
  ) -> DeskSheet {
    let sheet = RiskSheet(school: school, configuration: configuration, on: today)
    let rows = sheet.rows(pupils, standings)
    return DeskSheet(name: RiskSheet.name, stamp: stamp, isEmpty: rows.isEmpty, workbook: sheet.draft(rows))
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
      var desk = try DeskWriter(of: school)
      if !place.isEmpty { desk = try DeskWriter(of: school, below: String(place.dropLast())) }
      for (number, file) in written.enumerated() { try await put(file, number, desk, nil, school, "I6", place: place) }
    } catch let problem as FileProblem {
      note(school.deskOut, problem.description, school, .deskUnavailable(problem.description), .deskBack)
      return false
    }
    note(school.deskOut, nil, school, .deskBack, .deskBack)
    return true
  }
}
