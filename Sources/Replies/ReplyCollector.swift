// One recipient's replies: looks for new files, takes them into the ledger, reads and matches them (protocol C0–C6).
// It touches the far side through the recipient's Endpoint only, and removes nothing there unless configured.

package import Leavers
package import Ledger
package import Profiles
package import Transport

/// Collects what one recipient sends back for all its authorities.
package actor ReplyCollector {
  package typealias Endpoints = @Sendable (SchoolID) -> Endpoint?

  /// What a pass works by, from its beginning to its end.
  private struct Assignment: Sendable {
    let recipient: Recipient
    let configuration: Configuration
    let endpoints: Endpoints
  }

  /// A file's trouble, or a folder's where no file is named, that was reported and is not again.
  private struct Trouble: Hashable {
    let place: CollectPlace
    let source: ReplySource?
    let code: TransportError.Code
  }

  private let ledger: Ledger
  private let timekeeper: any Timekeeper
  private let report: @Sendable (CollectorEvent) -> Void
  private let faults: FaultHook
  private var assignment: Assignment
  /// Comes into force with the next pass: what is under way goes by the old one to the end of its file.
  private var replacement: Assignment?
  private var isRetired = false
  private var watches: [CollectPlace: ListingWatch] = [:]
  private var nextListing: Duration?
  /// At the start as well: an earlier process may have noted one.
  private var hasNotedProblem = true
  private var told: Set<Trouble> = []
  /// Replies that could not be read and were reported, with why.
  private var hindered: [ReplyID: LedgerError.Code] = [:]
  /// Replies that stay at the far side, because it does not let us move or remove them.
  private var leftAlone: Set<ReplyID> = []
  /// Folders of a far side that gives a file a new time when it is renamed: every claim would look like a newer file.
  private var losesTimes: Set<CollectPlace> = []

  package init(
    recipient: Recipient, configuration: Configuration, ledger: Ledger, endpoints: @escaping Endpoints,
    timekeeper: any Timekeeper, faults: @escaping FaultHook = { _ in },
    report: @escaping @Sendable (CollectorEvent) -> Void
  ) {
    self.assignment = Assignment(recipient: recipient, configuration: configuration, endpoints: endpoints)
    self.ledger = ledger
    self.timekeeper = timekeeper
    self.faults = faults
    self.report = report
  }

  /// Takes a new configuration. A pass that is under way begins no further file, and the next one works by it.
  package func replace(recipient: Recipient, configuration: Configuration, endpoints: @escaping Endpoints) {
    replacement = Assignment(recipient: recipient, configuration: configuration, endpoints: endpoints)
  }

  /// The recipient is no longer configured: nothing is collected there, and no further file is begun.
  package func retire() {
    isRetired = true
    replacement = nil
  }

  /// Looks, fetches, reads and matches all that is due.
  package func pass() async throws -> Pass {
    adoptReplacement()
    guard !isRetired else { return Pass(didWork: false, next: nil) }
    let assignment = assignment
    var didWork = try await takeUp(assignment)
    let standing = try await ledger.recipients.state(assignment.recipient.id)
    guard standing.paused == nil, standing.stopped == nil else { return Pass(didWork: didWork, next: nil) }

    let now = timekeeper.monotonic()
    if nextListing.map({ $0 <= now }) ?? true {
      let fetched = try await look(assignment)
      if fetched {
        _ = try await takeUp(assignment)
        didWork = true
      }
      let settling = watches.values.compactMap { $0.nextLook(after: now) }.min()
      nextListing = min(now + assignment.recipient.collectEvery, settling ?? .seconds(Int64.max / 4))
    }
    guard !isRetired else { return Pass(didWork: didWork, next: nil) }
    return Pass(didWork: didWork, next: replacement == nil ? nextListing : now)
  }

  private func adoptReplacement() {
    guard let replacement else { return }
    assignment = replacement
    self.replacement = nil
    isRetired = false
    watches = [:]
    nextListing = nil
    told = []
    leftAlone = []
    losesTimes = []
  }

  /// Whether the pass that is under way may go on to its next file.
  private var mayGoOn: Bool { !isRetired && replacement == nil }

  /// Reads and matches what was fetched, also by an earlier process or by `receive`.
  private func takeUp(_ assignment: Assignment) async throws -> Bool {
    let recipient = assignment.recipient.id
    let reader = ReplyReading(ledger: ledger, configuration: assignment.configuration, faults: faults)
    var found = false
    for reply in try await ledger.replies.inState([.fetched, .read], recipient: recipient) {
      guard mayGoOn else { break }
      switch try await reader.attempt(reply) {
      case .finished(let outcome):
        report(.init(recipient: recipient, reply: reply.id, weight: outcome.weight, text: outcome.text))
        hindered[reply.id] = nil
        found = true
      case .overtaken: hindered[reply.id] = nil
      case .hindered(let error):
        guard hindered.updateValue(error.code, forKey: reply.id) != error.code else { continue }
        report(
          .init(
            recipient: recipient, reply: reply.id, weight: .alarm,
            text: "fetched, but cannot be read, which is tried again at each look: \(error.message)"))
      }
    }
    return found
  }

  // MARK: - Looking

  private func look(_ assignment: Assignment) async throws -> Bool {
    let recipient = assignment.recipient
    var fetched = false
    var isWell = true
    for place in CollectPlace.all(of: recipient, configuration: assignment.configuration) {
      guard let endpoint = assignment.endpoints(place.school) else { continue }
      do {
        let listing = try await endpoint.perform { session throws(TransportError) in
          do throws(TransportError) {
            return try await session.list(place.folder)
          } catch let error where error.code == .notFound && place.mayBeMissing {
            return []
          }
        }
        let files = listing.filter { !$0.isFolder && !$0.name.hasPrefix(".") }
        try await closeGone(files, at: place, assignment)
        var watch = watches[place] ?? ListingWatch(settle: assignment.configuration.settle)
        let still = watch.settled(files, at: timekeeper.monotonic())
        watches[place] = watch
        for entry in still {
          guard mayGoOn else { return fetched }
          do {
            if try await collect(entry, at: place, over: endpoint, assignment) { fetched = true }
          } catch let error as TransportError where error.isOfOneFile {
            try await setAside(entry, at: place, error, assignment)
          }
        }
        try await tidy(listing, at: place, over: endpoint, assignment)
      } catch let error as TransportError {
        isWell = false
        try await note(error, recipient.id)
        if error.isAuthentication { return fetched }
      }
    }
    // The lane notes troubles of its own; only one that was noted while collecting is over when collecting works.
    if isWell && hasNotedProblem {
      try await ledger.recipients.noteProblem(recipient.id, nil)
      hasNotedProblem = false
    }
    return fetched
  }

  /// Closes what was claimed, could not be fetched, and is no longer there as it was claimed.
  private func closeGone(_ files: [RemoteEntry], at place: CollectPlace, _ assignment: Assignment) async throws {
    let recipient = assignment.recipient.id
    let claimed = try await ledger.replies.inState([.seen], recipient: recipient).filter { place.holds($0) }
    guard !claimed.isEmpty else { return }
    let there = Set(files.map { source(of: $0, at: place, recipient) })
    let names = Set(files.map(\.name))
    for reply in claimed where !there.contains(reply.source) {
      try await ledger.replies.gone(reply.id)
      let isReplaced = names.contains(reply.source.name)
      report(
        .init(
          recipient: recipient, reply: reply.id, weight: isReplaced ? .routine : .notable,
          text: isReplaced
            ? "it changed before it could be fetched; what lies there now is fetched in its place"
            : "it went away before it could be fetched; if it does not come back, ask the authority"))
    }
  }

  /// A file that can never be fetched as it is waits for a person; any other is looked at again.
  private func setAside(
    _ entry: RemoteEntry, at place: CollectPlace, _ error: TransportError, _ assignment: Assignment
  ) async throws {
    let recipient = assignment.recipient.id
    let source = source(of: entry, at: place, recipient)
    let claimed = try await ledger.replies.known(source)
    guard [.invalidPath, .tooLarge].contains(error.code) else {
      guard told.insert(Trouble(place: place, source: source, code: error.code)).inserted else { return }
      report(
        .init(
          recipient: recipient, reply: claimed?.id, weight: .notable,
          text: "a file there cannot be fetched, which is tried again at each look: \(error.what) \(error.remedy)"))
      return
    }
    guard let claimed, claimed.state == .seen else { return }
    try await ledger.replies.quarantine(claimed.id, why: error.what + " " + error.remedy)
    report(
      .init(
        recipient: recipient, reply: claimed.id, weight: .alarm,
        text: "a file there cannot be fetched: \(error.what) \(error.remedy)"))
  }

  private func source(of entry: RemoteEntry, at place: CollectPlace, _ recipient: RecipientID) -> ReplySource {
    ReplySource(
      recipient: recipient, folder: place.key, name: entry.name, size: entry.size,
      modified: Timestamp(milliseconds: entry.modified * 1000))
  }

  private func note(_ error: TransportError, _ recipient: RecipientID) async throws {
    if error.isAuthentication {
      try await ledger.recipients.stop(recipient, why: error.description)
      report(
        .init(recipient: recipient, reply: nil, weight: .alarm, text: "stopped until resumed: \(error.description)"))
    } else {
      hasNotedProblem = true
      // The same trouble at every look is one line of the log, not one a look.
      let isNews = try await ledger.recipients.state(recipient).problem != error.description
      try await ledger.recipients.noteProblem(recipient, error.description)
      if isNews { report(.init(recipient: recipient, reply: nil, weight: .notable, text: error.description)) }
    }
  }

  /// C1 to C4 for one file that holds still; true when it was taken in.
  private func collect(
    _ entry: RemoteEntry, at place: CollectPlace, over endpoint: Endpoint, _ assignment: Assignment
  ) async throws -> Bool {
    let recipient = assignment.recipient.id
    guard let (school, profile) = place.owner(of: entry.name, in: assignment.configuration) else { return false }
    let source = source(of: entry, at: place, recipient)
    if let known = try await ledger.replies.known(source), known.state != .seen { return false }

    let id = try await ledger.replies.claim(source, authority: place.authority, school: school, kind: profile.kind)
    faults("C1")
    let path = try Self.path(of: entry, in: place)
    let bytes = try await endpoint.perform { session throws(TransportError) -> [UInt8]? in
      guard let before = try await session.stat(path), before.matches(entry) else { return nil }
      let bytes = try await session.fetch(path, limit: ReplyTable.limit)
      guard let after = try await session.stat(path), after.matches(entry), bytes.count == Int(entry.size) else {
        return nil
      }
      return bytes
    }
    faults("C2")
    // It changed while it was fetched: it is another file now, which the next listing will see.
    guard let bytes else { return false }

    let object = try await ledger.objects.store(bytes, kind: .reply)
    faults("C3")
    let outcome = try await ledger.replies.fetched(id, object: object)
    faults("C4")
    if case .repeat(let earlier) = outcome {
      report(
        .init(
          recipient: recipient, reply: id, weight: .routine, text: "the same content as \(earlier); not read again"))
    } else {
      report(.init(recipient: recipient, reply: id, weight: .routine, text: "fetched: \(profile.kind.rawValue)"))
    }
    return true
  }

  /// Refuses what must not be fetched, before a byte of it is.
  private static func path(of entry: RemoteEntry, in place: CollectPlace) throws(TransportError) -> RemotePath {
    guard !entry.name.unicodeScalars.contains("\u{FFFD}") else {
      throw TransportError(.invalidPath, "Its name is not UTF-8.", remedy: "Ask the authority to name it anew.")
    }
    guard entry.size <= Int64(ReplyTable.limit) else {
      throw TransportError(
        .tooLarge, "It is larger than \(ReplyTable.limit >> 20) MiB.",
        remedy: "No reply about one school is; ask the authority what it is.")
    }
    return try place.folder.appending(entry.name)
  }

  // MARK: - Tidying

  /// C5 and C6 for all that the ledger holds of this folder: only where the profile says so, and only what is still
  /// what was fetched. What was set aside stays where it is, for whoever looks at it.
  private func tidy(
    _ listing: [RemoteEntry], at place: CollectPlace, over endpoint: Endpoint, _ assignment: Assignment
  ) async throws {
    let recipient = assignment.recipient
    let claimed = Set(listing.compactMap { ClaimedName($0.name) })
    var due: [(reply: ReplySummary, afterwards: Recipient.AfterCollect)] = []
    if recipient.afterCollect != .leave, !losesTimes.contains(place) {
      due = try await ledger.replies.heldAtSource(recipient.id).filter { place.holds($0) }
        .map { ($0, recipient.afterCollect) }
    }
    // What a crash left under its hidden name, and is not to be moved or removed any more, gets its own name again.
    for claim in claimed where !due.contains(where: { $0.reply.id == claim.id }) {
      guard let reply = try await ledger.replies.find(claim.id), reply.recipient == recipient.id, place.holds(reply),
        reply.source.name == claim.name, reply.object != nil
      else { continue }
      due.append((reply, .leave))
    }
    for (reply, afterwards) in due {
      guard mayGoOn else { return }
      // One that is under its hidden name is tried again at each look: it is to be seen again.
      let isClaimed = claimed.contains(ClaimedName(name: reply.source.name, id: reply.id))
      guard isClaimed || !leftAlone.contains(reply.id) else { continue }
      let tidying = Tidying(
        id: reply.id, source: reply.source, folder: place.folder, afterwards: afterwards, faults: faults)
      let outcome = try await endpoint.perform { session throws(TransportError) in try await tidying.run(over: session)
      }
      try await record(outcome, of: reply, at: place, recipient.id)
    }
  }

  private func record(
    _ outcome: Tidying.Outcome, of reply: ReplySummary, at place: CollectPlace, _ recipient: RecipientID
  ) async throws {
    func tell(_ weight: CollectorEvent.Weight, _ text: String) {
      report(.init(recipient: recipient, reply: reply.id, weight: weight, text: text))
    }
    switch outcome {
    case .left: return
    case .done: faults("C5")
    case .putBack(let sameSize):
      tell(.notable, "a newer file had taken its place there; it was put back and is fetched in its turn")
      if sameSize && losesTimes.insert(place).inserted {
        tell(
          .notable,
          "files of that folder get another time when they are renamed: nothing is moved or removed there until the "
            + "next start or reload; set after-collect: leave")
      }
    case .stuck:
      guard told.insert(Trouble(place: place, source: reply.source, code: .targetExists)).inserted else { return }
      return tell(
        .alarm,
        "a newer file that had taken its place there waits under a hidden name that ends in \(reply.id).claimed, because "
          + "its own is taken; it gets it back once that is free")
    case .refused(let error):
      if !error.isTransient { leftAlone.insert(reply.id) }
      guard told.insert(Trouble(place: place, source: nil, code: error.code)).inserted else { return }
      return tell(
        .notable,
        "fetched files of that folder cannot be moved or removed and stay, which is tried again at the next "
          + "\(error.isTransient ? "look" : "start or reload"): \(error.what) \(error.remedy)")
    }
    // A newer file is not this reply's any more.
    try await ledger.replies.removedAtSource(reply.id)
    faults("C6")
  }
}

extension RemoteEntry {
  fileprivate func matches(_ other: RemoteEntry) -> Bool { size == other.size && modified == other.modified }
}
