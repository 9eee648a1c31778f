// One recipient's replies: looks for new files, takes them into the ledger, reads and matches them (protocol C0–C6).
// It touches the far side through the recipient's Endpoint only, and removes nothing there unless configured.

package import Leavers
package import Ledger
package import Profiles
package import Transport

/// Collects what one recipient sends back for all its authorities.
package actor ReplyCollector {
  package typealias Endpoints = @Sendable (SchoolID) -> Endpoint?

  private let ledger: Ledger
  private let timekeeper: any Timekeeper
  private let report: @Sendable (CollectorEvent) -> Void
  private let faults: FaultHook
  private var configuration: Configuration
  private var recipient: Recipient
  private var endpoints: Endpoints
  private var watches: [CollectPlace: ListingWatch] = [:]
  private var nextListing: Duration?
  private var isRetired = false
  /// At the start as well: an earlier process may have noted one.
  private var hasNotedProblem = true

  package init(
    recipient: Recipient, configuration: Configuration, ledger: Ledger, endpoints: @escaping Endpoints,
    timekeeper: any Timekeeper, faults: @escaping FaultHook = { _ in },
    report: @escaping @Sendable (CollectorEvent) -> Void
  ) {
    self.recipient = recipient
    self.configuration = configuration
    self.ledger = ledger
    self.endpoints = endpoints
    self.timekeeper = timekeeper
    self.faults = faults
    self.report = report
  }

  /// Takes a new configuration, between two passes.
  package func replace(recipient: Recipient, configuration: Configuration, endpoints: @escaping Endpoints) {
    self.recipient = recipient
    self.configuration = configuration
    self.endpoints = endpoints
    watches = [:]
    nextListing = nil
    isRetired = false
  }

  /// The recipient is no longer configured: nothing is collected there.
  package func retire() {
    isRetired = true
  }

  /// Looks, fetches, reads and matches all that is due.
  package func pass() async throws -> Pass {
    guard !isRetired else { return Pass(didWork: false, next: nil) }
    var didWork = try await takeUp()
    let standing = try await ledger.recipients.state(recipient.id)
    guard standing.paused == nil, standing.stopped == nil else { return Pass(didWork: didWork, next: nil) }

    let now = timekeeper.monotonic()
    if nextListing.map({ $0 <= now }) ?? true {
      let fetched = try await look()
      if fetched {
        _ = try await takeUp()
        didWork = true
      }
      let settling = watches.values.compactMap { $0.nextLook(after: now) }.min()
      nextListing = min(now + recipient.collectEvery, settling ?? .seconds(Int64.max / 4))
    }
    return Pass(didWork: didWork, next: nextListing)
  }

  /// Reads and matches what was fetched, also by an earlier process.
  private func takeUp() async throws -> Bool {
    let reader = ReplyReading(ledger: ledger, configuration: configuration, faults: faults)
    var found = false
    for reply in try await ledger.replies.inState([.fetched, .read], recipient: recipient.id) {
      let outcome: ReplyReading.Outcome
      do {
        outcome = try await reader.finish(reply)
      } catch let error as LedgerError where error.code != .io {
        // What the ledger refuses it would refuse every time: a person looks at it, and the others go on.
        outcome = try await reader.quarantine(reply, error.message)
      }
      report(.init(recipient: recipient.id, reply: reply.id, weight: outcome.weight, text: outcome.text))
      found = true
    }
    return found
  }

  // MARK: - Looking

  private func look() async throws -> Bool {
    var fetched = false
    var isWell = true
    for place in CollectPlace.all(of: recipient, configuration: configuration) {
      guard let endpoint = endpoints(place.school) else { continue }
      do {
        let listing = try await endpoint.perform { session throws(TransportError) in
          do throws(TransportError) {
            return try await session.list(place.folder)
          } catch let error where error.code == .notFound && place.mayBeMissing {
            return []
          }
        }
        var watch = watches[place] ?? ListingWatch(settle: configuration.settle)
        let still = watch.settled(
          listing.filter { !$0.isFolder && !$0.name.hasPrefix(".") }, at: timekeeper.monotonic())
        watches[place] = watch
        for entry in still {
          do {
            if try await collect(entry, at: place, over: endpoint) { fetched = true }
          } catch let error as TransportError where Self.isOfOneFile(error) {
            try await setAside(entry, at: place, error)
          }
        }
      } catch let error as TransportError {
        isWell = false
        try await note(error)
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

  /// Whether the trouble is one file's, so that the others of its folder can be collected all the same.
  private static func isOfOneFile(_ error: TransportError) -> Bool {
    [.invalidPath, .tooLarge, .notFound, .permissionDenied].contains(error.code)
  }

  /// A file that can never be fetched as it is waits for a person; one that went away or may not be read yet is looked
  /// at again.
  private func setAside(_ entry: RemoteEntry, at place: CollectPlace, _ error: TransportError) async throws {
    guard [.invalidPath, .tooLarge].contains(error.code),
      let claimed = try await ledger.replies.known(source(of: entry, at: place)), claimed.state == .seen
    else { return }
    try await ledger.replies.quarantine(claimed.id, why: error.what + " " + error.remedy)
    report(
      .init(
        recipient: recipient.id, reply: claimed.id, weight: .alarm,
        text: "a file there cannot be fetched: \(error.what) \(error.remedy)"))
  }

  private func source(of entry: RemoteEntry, at place: CollectPlace) -> ReplySource {
    ReplySource(
      recipient: recipient.id, folder: place.key, name: entry.name, size: entry.size,
      modified: Timestamp(milliseconds: entry.modified * 1000))
  }

  private func note(_ error: TransportError) async throws {
    if error.isAuthentication {
      try await ledger.recipients.stop(recipient.id, why: error.description)
      report(
        .init(
          recipient: recipient.id, reply: nil, weight: .alarm, text: "stopped until resumed: \(error.description)"))
    } else {
      hasNotedProblem = true
      // The same trouble at every look is one line of the log, not one a look.
      let isNews = try await ledger.recipients.state(recipient.id).problem != error.description
      try await ledger.recipients.noteProblem(recipient.id, error.description)
      if isNews { report(.init(recipient: recipient.id, reply: nil, weight: .notable, text: error.description)) }
    }
  }

  /// C1 to C6 for one file that holds still; true when it was taken in.
  private func collect(_ entry: RemoteEntry, at place: CollectPlace, over endpoint: Endpoint) async throws -> Bool {
    guard let (school, profile) = place.owner(of: entry.name, in: configuration) else { return false }
    let source = source(of: entry, at: place)
    if let known = try await ledger.replies.known(source), known.state != .seen {
      try await tidy(known, at: place, over: endpoint)
      return false
    }

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
          recipient: recipient.id, reply: id, weight: .routine, text: "the same content as \(earlier); not read again"))
    } else {
      report(.init(recipient: recipient.id, reply: id, weight: .routine, text: "fetched: \(profile.kind.rawValue)"))
    }
    if let known = try await ledger.replies.known(source) { try await tidy(known, at: place, over: endpoint) }
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

  /// C5 and C6: only where the profile says so, and only what the ledger holds and is still what was fetched. What was
  /// set aside stays where it is, for whoever looks at it.
  private func tidy(_ reply: ReplySummary, at place: CollectPlace, over endpoint: Endpoint) async throws {
    guard recipient.afterCollect != .leave, !reply.isRemovedAtSource, reply.object != nil else { return }
    if case .quarantined = reply.state, reply.repeatOf == nil { return }
    let source = reply.source
    let path = try place.folder.appending(source.name)
    let afterwards = recipient.afterCollect
    let done = try await endpoint.perform { session throws(TransportError) -> Bool in
      guard let there = try await session.stat(path) else { return true }
      guard there.size == source.size, there.modified * 1000 == source.modified.milliseconds else { return true }
      switch afterwards {
      case .leave: return false
      case .remove: try await session.remove(path)
      case .move(let folder): try await session.rename(path, to: try RemotePath(folder).appending(source.name))
      }
      return true
    }
    faults("C5")
    if done {
      try await ledger.replies.removedAtSource(reply.id)
      faults("C6")
    }
  }
}

extension RemoteEntry {
  fileprivate func matches(_ other: RemoteEntry) -> Bool { size == other.size && modified == other.modified }
}
