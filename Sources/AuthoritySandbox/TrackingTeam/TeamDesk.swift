// The tracking team's work on one file after the other: notice, journal, load, answer. Reads and writes files.

import Leavers

/// What the team knows and does. Not thread-safe: `TrackingTeam` guards it.
struct TeamDesk {
  /// What was last seen under a name.
  private struct Sight {
    var sha256: String?
    /// Nil where it was seen by an earlier run.
    var inode: UInt64?
    var modified: Int64?
    var isThere: Bool
  }

  private let places: [TrackingTeam.Place]
  private let specifications: [String: TeamSpecification]
  private let manner: TrackingTeam.Manner
  private let now: @Sendable () -> Timestamp
  private let journal: ArrivalJournal
  private var sights: [String: Sight] = [:]
  /// What was done about a file, by its path.
  private var done: [String: Set<JournalEntry.Event>] = [:]
  /// Hashes of returns in hand-over packs, by path, and cover sheets whose hash was compared.
  private var packs: [String: String] = [:]
  var problems: [String] = []

  init(
    places: [TrackingTeam.Place], specifications: [TeamSpecification], journal path: String,
    manner: TrackingTeam.Manner, now: @escaping @Sendable () -> Timestamp
  ) throws {
    self.places = places
    self.specifications = Dictionary(specifications.map { ($0.authority, $0) }, uniquingKeysWith: { first, _ in first })
    self.manner = manner
    self.now = now
    journal = try ArrivalJournal(path: path)
    for entry in try JournalReader(path: path).entries {
      let key = entry.folder + "/" + entry.name
      switch entry.event {
      case .arrived, .replaced: sights[key] = Sight(sha256: entry.sha256, isThere: true)
      case .removed: sights[key]?.isThere = false
      case .loaded, .rejected, .acknowledged, .surveyed, .chased, .coverChecked:
        done[key, default: []].insert(entry.event)
      }
    }
  }

  /// Looks at everything in every place, and at what was there the last time.
  mutating func lookThrough() {
    for place in places {
      do {
        let names = try FarFile.names(in: place.inbound)
        for name in names { look(folder: place.inbound, name: name) }
        let prefix = place.inbound + "/"
        let there = Set(names)
        for key in sights.keys.sorted() where key.hasPrefix(prefix) && sights[key]?.isThere == true {
          let name = String(key.dropFirst(prefix.count))
          if !there.contains(name) { look(folder: place.inbound, name: name) }
        }
      } catch {
        problems.append("\(error)")
      }
    }
  }

  /// Looks at one name in a folder, whatever happened to it.
  mutating func look(folder: String, name: String) {
    do {
      for place in places where place.inbound == folder { try look(at: name, in: place) }
    } catch {
      problems.append("\(error)")
    }
  }

  private mutating func look(at name: String, in place: TrackingTeam.Place) throws {
    let key = place.inbound + "/" + name
    let temporary = Self.isTemporary(name)
    if temporary {
      let size = FarFile.size(key)
      if size == nil {
        // Gone already. A name never seen before did come, or there would be no event.
        if sights[key] == nil { try note(.arrived, name, place, temporary: true) }
        if sights[key]?.isThere != false { try note(.removed, name, place, temporary: true) }
        sights[key] = Sight(isThere: false)
      } else if sights[key]?.isThere != true {
        try note(.arrived, name, place, temporary: true, size: size)
        sights[key] = Sight(isThere: true)
      }
      return
    }
    guard let look = try FarFile.look(key) else {
      if sights[key]?.isThere == true {
        try note(.removed, name, place)
        sights[key]?.isThere = false
      }
      return
    }
    let sha256 = FarFile.sha256(look.bytes)
    if let before = sights[key] {
      // The same bytes put there once more are another file, or one written anew.
      let isSame =
        before.isThere && before.sha256 == sha256 && before.inode.map { $0 == look.inode } != false
        && before.modified.map { $0 == look.modified } != false
      if !isSame {
        try note(.replaced, name, place, size: Int64(look.bytes.count), sha256: sha256)
      }
    } else {
      try note(.arrived, name, place, size: Int64(look.bytes.count), sha256: sha256)
    }
    var isFirst = sights[key].map { $0.sha256 == sha256 } ?? true
    if !isFirst && isCompanion(name, place) {
      // A cover sheet may be made anew, and is compared anew.
      done[key]?.remove(.coverChecked)
      isFirst = true
    }
    sights[key] = Sight(sha256: sha256, inode: look.inode, modified: look.modified, isThere: true)
    // What is loaded is loaded: a replacement is journalled as the fault it is, not loaded over the first.
    if isFirst { try answer(look.bytes, sha256: sha256, name: name, place: place) }
  }

  /// Whether a file on a desk is no return but goes with one.
  private func isCompanion(_ name: String, _ place: TrackingTeam.Place) -> Bool {
    place.desk != nil && !Self.isTemporary(name) && specifications[place.authority]?.identify(name) == nil
  }

  private static func isTemporary(_ name: String) -> Bool {
    name.hasPrefix(".") || name.hasSuffix(".part") || name.hasSuffix(".tmp")
  }

  // MARK: loading and answering

  private mutating func answer(_ bytes: [UInt8], sha256: String, name: String, place: TrackingTeam.Place) throws {
    guard let specification = specifications[place.authority] else { return }
    let identified = specification.identify(name)
    if isCompanion(name, place) {
      try checkCovers(in: place, cover: (name, bytes))
      return
    }
    let key = place.inbound + "/" + name
    var outcome = ReturnLoader.Outcome(refusal: "no file of ours has such a name")
    if let identified {
      outcome = ReturnLoader(specification: identified.specification).load(bytes, named: identified.name)
    }
    if done[key]?.isDisjoint(with: [.loaded, .rejected]) != false {
      try note(
        outcome.refusal == nil ? .loaded : .rejected, name, place, size: Int64(bytes.count), sha256: sha256,
        rows: outcome.refusal == nil ? outcome.rows : 0, rejectedRows: outcome.rejections.count,
        detail: outcome.refusal)
    }
    // Without the school's number nobody would know whom to answer.
    guard let laestab = identified?.name.laestab ?? place.desk ?? Self.firstSevenDigits(of: name) else { return }
    let replies = TeamReplies(specification: specification, laestab: laestab, name: name)
    try send(.acknowledged, try replies.acknowledgement(of: outcome, sha256: sha256), about: name, place)
    if let identified, identified.specification.kind == "intended-destinations", outcome.refusal == nil {
      let pupils = outcome.loaded.filter { !$0.isClosed }
      try send(.surveyed, try replies.survey(of: pupils, share: manner.survey), about: name, place)
      let due = LondonTime.day(of: now()).adding(days: 28)
      try send(
        .chased, try replies.unknownRequest(of: pupils, share: manner.chase, due: due), about: name, place)
    }
    if place.desk != nil {
      packs[key] = sha256
      try checkCovers(in: place, cover: nil)
    }
  }

  /// Sends a file back, once.
  private mutating func send(
    _ event: JournalEntry.Event, _ file: TeamReplies.File?, about name: String, _ place: TrackingTeam.Place
  ) throws {
    guard let file, done[place.inbound + "/" + name]?.contains(event) != true else { return }
    let path = place.outbound + "/" + file.name
    if place.desk != nil { try FarFile.save(file.bytes, at: path) } else { try FarFile.place(file.bytes, at: path) }
    try note(
      event, name, place, size: Int64(file.bytes.count), sha256: FarFile.sha256(file.bytes), rows: file.rows,
      detail: file.name)
  }

  private static func firstSevenDigits(of name: String) -> String? {
    name.split { !($0.isASCII && $0.isNumber) }.first { $0.count == 7 }.map(String.init)
  }

  // MARK: hand-over packs

  /// Compares the hash on cover sheets with that of the returns of their packs, whichever of the two came first.
  private mutating func checkCovers(in place: TrackingTeam.Place, cover: (name: String, bytes: [UInt8])?) throws {
    var covers: [(name: String, bytes: [UInt8])] = []
    if let cover {
      covers = [cover]
    } else {
      for name in try FarFile.names(in: place.inbound) where isCompanion(name, place) {
        if let bytes = try FarFile.read(place.inbound + "/" + name) { covers.append((name, bytes)) }
      }
    }
    for (name, bytes) in covers where done[place.inbound + "/" + name]?.contains(.coverChecked) != true {
      let text = String(decoding: bytes, as: UTF8.self)
      // The pack's return is the one whose name stands on the sheet.
      let returns = packs.filter { $0.key.hasPrefix(place.inbound + "/") }
      guard
        let pack = returns.first(where: { text.contains($0.key.dropFirst(place.inbound.count + 1)) })
      else { continue }
      let verdict = text.lowercased().contains(pack.value) ? "matches" : "differs"
      try note(.coverChecked, name, place, size: Int64(bytes.count), sha256: FarFile.sha256(bytes), detail: verdict)
    }
  }

  private mutating func note(
    _ event: JournalEntry.Event, _ name: String, _ place: TrackingTeam.Place, temporary: Bool = false,
    size: Int64? = nil, sha256: String? = nil, rows: Int? = nil, rejectedRows: Int? = nil, detail: String? = nil
  ) throws {
    try journal.append(
      JournalEntry(
        at: now().description, recipient: place.recipient, authority: place.authority, folder: place.inbound,
        name: name, temporary: temporary, size: size, sha256: sha256, event: event, rows: rows,
        rejectedRows: rejectedRows, companion: isCompanion(name, place) ? true : nil, detail: detail))
    done[place.inbound + "/" + name, default: []].insert(event)
  }
}
