// The page of each desk, written at the end of a pass where something changed.

import Leavers
import Ledger
import Profiles
import Tabular

/// What a page was last written from: while all of it stays, the page does too.
struct DeskView: Equatable {
  /// The ledger's newest event.
  let event: Int64
  let looks: [String: FileLook]
  /// Where the calendar has something to say: its words change from day to day.
  let day: CalendarDate?
}

extension IntakeStation {
  /// Brings the page of each school's desk up to date. Where nothing happened in the ledger and nobody touched the
  /// folder since the last time, this is a look at its names.
  func writeDeskPages() async throws {
    for school in configuration.schools { try await notePacksGone(school) }
    let event = try await ledger.overview.newestEvent()
    let day = timekeeper.today()
    var todo: [TodoItem]?
    for school in configuration.schools {
      try Task.checkCancellation()
      let view = DeskView(
        event: event, looks: looks(below: school.deskOut, of: school), day: configuration.calendar.isEmpty ? nil : day)
      if deskViews[school.id] == view { continue }
      let items: [TodoItem]
      if let todo { items = todo } else { items = try await configuration.todo(by: ledger, on: day) }
      todo = items
      try await attempt("page of school \(school.id)", school, nil) {
        do {
          guard try await self.place(.desk, of: school) != nil else { return false }
          try await self.put(try await self.deskPage(of: school, items, view), school)
          self.note(school.deskOut, nil, school, .deskBack, .deskBack)
        } catch let problem as FileProblem {
          self.note(school.deskOut, problem.description, school, .deskUnavailable(problem.description), .deskBack)
          return false
        } catch let error as LedgerError where error.code == .notFound {
          // A school that the ledger does not know is told of where its exports are taken in.
          return false
        }
        // Our own writing is seen by the next pass, which finds the page as it would write it.
        self.deskViews[school.id] = view
        return true
      }
    }
  }

  /// What lies in `out` and in the folders of authorities below it, by its name from there. Hidden files are not looked
  /// at. A folder that cannot be looked through is as good as empty: that it cannot be written to is told elsewhere.
  private func looks(below folder: String, of school: School) -> [String: FileLook] {
    var looks: [String: FileLook] = [:]
    func look(_ prefix: String, _ path: String) {
      guard let listing = try? files.list(path) else { return }
      for name in listing.names where !name.hasPrefix(".") {
        if let look = try? files.look("\(path)/\(name)") { looks[prefix + name] = look }
      }
    }
    look("", folder)
    for name in looks.filter({ $0.value.kind == .folder }).keys.sorted() { look("\(name)/", "\(folder)/\(name)") }
    return looks
  }

  private func deskPage(of school: School, _ todo: [TodoItem], _ view: DeskView) async throws -> DeskPage {
    let present = view.looks.filter { $0.value.kind == .regular }
    var byExport: [ExportID: [DeskPage.File]] = [:]
    var others: [DeskPage.File] = []
    for note in try await ledger.exports.deskFiles(school: school.id) {
      guard let look = present[note.name], !DeskNames.isPage(note.name) else { continue }
      let file = DeskPage.File(
        name: note.name, isChanged: digest("\(school.deskOut)/\(note.name)", look) != note.sha256)
      if let export = note.export { byExport[export, default: []].append(file) } else { others.append(file) }
    }
    var exports: [DeskPage.Export] = []
    for (id, files) in byExport.sorted(by: { $0.key > $1.key }) {
      let summary = try await ledger.exports.summary(of: id)
      let path = try await ledger.exports.source(of: id)
      exports.append(
        DeskPage.Export(
          id: id, title: DeskNames.original(of: path.split(separator: "/").last.map(String.init) ?? ""),
          takenAt: summary.observedAt, state: Self.words(summary),
          files: files.sorted { ($0.kind.order, $0.name) < ($1.kind.order, $1.name) }))
    }
    let packs = try await ledger.returns.packs(school: school.id)
    var page = DeskPage(
      schoolName: school.name, inFolder: school.inFolderName,
      tasks: DeskTasks.groups(todo.filter { $0.school == school.id }, schoolName: school.name), exports: exports,
      packs: packFiles(packs, .toHandOver, present), others: others)
    page.takeAway = packFiles(packs, .toTakeAway, present)
    page.removable = try await ledger.exports.lying(of: school.id).filter(\.mayGo).compactMap {
      $0.path.exposed.split(separator: "/").last.map(String.init)
    }
    return page
  }

  /// The files of packs of one fate that lie there, by authority. What is handed over need not be listed, nor what people
  /// put into the folder.
  private func packFiles(
    _ packs: [DeskPack], _ fate: DeskPack.Fate, _ present: [String: FileLook]
  ) -> [DeskPage.Pack] {
    // Of two of one name the newest is what lies there.
    let fates = Dictionary(packs.map { ($0.path, $0.fate) }) { _, newer in newer }
    return configuration.authorities.compactMap { authority in
      let names = present.keys.filter { name in
        guard name.hasPrefix("\(authority.id)/") else { return false }
        let covered = name.ranges(of: Self.coverInfix).last.map { String(name[..<$0.lowerBound]) }
        return (fates[name] ?? covered.flatMap { fates[$0] }) == fate
      }.sorted()
      return names.isEmpty ? nil : DeskPage.Pack(authority: authority.name, files: names)
    }
  }

  /// What stands in the name of a cover sheet between that of its file and the end.
  private static let coverInfix = ".cover"

  /// Sees which packs of returns that were withdrawn were taken off the desk.
  private func notePacksGone(_ school: School) async throws {
    try await attempt("packs of school \(school.id)", school, nil) {
      let packs = try await self.ledger.returns.packsToTakeAway(school: school.id)
      guard !packs.isEmpty, try await self.place(.desk, of: school) != nil else { return true }
      for pack in packs {
        do throws(FileProblem) {
          _ = try self.files.look("\(school.deskOut)/\(pack.path)")
        } catch {
          if error.kind == .missing { try await self.ledger.returns.packIsGone(pack.id) }
        }
      }
      return true
    }
  }

  private static func words(_ export: ExportSummary) -> String {
    switch export.state {
    case .stored: "It is being read."
    case .unreadable: "Nothing of it was taken in; the findings say why."
    case .read:
      "\(SummaryPage.number(export.rowsRead - export.rowsCarried, "row")) read; what goes where is not decided yet."
    case .decided: "\(SummaryPage.number(export.rowsRead - export.rowsCarried, "row")) read and decided."
    }
  }

  /// The SHA-256 of a file, found once for each look of it; nil where it cannot be read, or is larger than any of ours.
  private func digest(_ path: String, _ look: FileLook) -> String? {
    if let known = deskDigests[path], known.look == look { return known.sha256 }
    guard look.size <= DeskWriter.sizeLimit, let file = try? files.open(path),
      let sha256 = try? ContentDigest.sha256(ofPieces: file.read)
    else { return nil }
    deskDigests[path] = (look, sha256)
    return sha256
  }

  /// Puts the page on the desk, beside one that a person changed. A page that says what it said keeps its time, so that
  /// nothing is written and nothing noted.
  private func put(_ page: DeskPage, _ school: School) async throws {
    let desk = try DeskWriter(of: school)
    var attempt = 1
    while true {
      let name = DeskNames.alternative(DeskPage.name, attempt)
      let before = try await ledger.exports.deskFile(school: school.id, name: name)
      var bytes = page.page(writtenAt: before?.at ?? timekeeper.now()).bytes
      let isNews = before?.sha256 != ContentDigest.sha256(bytes)
      if isNews { bytes = page.page(writtenAt: timekeeper.now()).bytes }
      let outcome = try desk.write(bytes, as: name, temporary: ".leaverlink-page.tmp", ours: before?.sha256) { place in
        try step("page \(place)")
      }
      if outcome == .written {
        guard isNews else { return }
        try await ledger.exports.recordDeskFile(
          school: school.id, name: name, sha256: ContentDigest.sha256(bytes), export: nil)
        try step("page recorded")
        return
      }
      attempt += 1
    }
  }
}

extension School {
  /// How people at the school know the folder: the desk's own, or the one that the system exports to.
  var inFolderName: String {
    exports == deskIn ? "in" : exports.split(separator: "/").last.map(String.init) ?? "in"
  }
}
