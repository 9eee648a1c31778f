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
  private let report: @Sendable (ReplyEvent) -> Void
  private let faults: FaultHook
  private var configuration: Configuration
  private var recipient: Recipient
  private var endpoints: Endpoints
  private var watches: [CollectPlace: ListingWatch] = [:]
  private var nextListing: Duration?
  private var isRetired = false

  package init(
    recipient: Recipient, configuration: Configuration, ledger: Ledger, endpoints: @escaping Endpoints,
    timekeeper: any Timekeeper, faults: @escaping FaultHook = { _ in },
    report: @escaping @Sendable (ReplyEvent) -> Void
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
      let outcome = try await reader.finish(reply)
      report(.init(recipient: recipient.id, reply: reply.id, weight: outcome.weight, text: outcome.text))
      found = true
    }
    return found
  }

  // MARK: - Looking

  private func look() async throws -> Bool {
    var fetched = false
    var reached = false
    for place in CollectPlace.all(of: recipient, configuration: configuration) {
      guard let endpoint = endpoints(place.school) else { continue }
      do {
        let listing = try await endpoint.perform { session throws(TransportError) in
          do throws(TransportError) {
            return try await session.list(place.folder)
          } catch where error.code == .notFound && place.mayBeMissing {
            return []
          }
        }
        reached = true
        var watch = watches[place] ?? ListingWatch(settle: configuration.settle)
        let still = watch.settled(
          listing.filter { !$0.isFolder && !$0.name.hasPrefix(".") }, at: timekeeper.monotonic())
        watches[place] = watch
        for entry in still {
          if try await collect(entry, at: place, over: endpoint) { fetched = true }
        }
      } catch let error as TransportError {
        try await note(error)
        if error.isAuthentication { return fetched }
      }
    }
    if reached, try await ledger.recipients.state(recipient.id).problem != nil {
      try await ledger.recipients.noteProblem(recipient.id, nil)
    }
    return fetched
  }

  private func note(_ error: TransportError) async throws {
    if error.isAuthentication {
      try await ledger.recipients.stop(recipient.id, why: error.description)
      report(
        .init(
          recipient: recipient.id, reply: nil, weight: .alarm, text: "stopped until resumed: \(error.description)"))
    } else {
      try await ledger.recipients.noteProblem(recipient.id, error.description)
      report(.init(recipient: recipient.id, reply: nil, weight: .notable, text: error.description))
    }
  }

  /// C1 to C6 for one file that holds still; true when it was taken in.
  private func collect(_ entry: RemoteEntry, at place: CollectPlace, over endpoint: Endpoint) async throws -> Bool {
    guard let (school, profile) = place.owner(of: entry.name, in: configuration) else { return false }
    let source = ReplySource(
      recipient: recipient.id, folder: place.key, name: entry.name, size: entry.size,
      modified: Timestamp(milliseconds: entry.modified * 1000))
    if let known = try await ledger.replies.known(source), known.state != .seen {
      try await tidy(known, at: place, over: endpoint)
      return false
    }

    let id = try await ledger.replies.claim(source, authority: place.authority, school: school, kind: profile.kind)
    faults("C1")
    let path = try place.folder.appending(entry.name)
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

  /// C5 and C6: only where the profile says so, and only what is still what was fetched.
  private func tidy(_ reply: ReplySummary, at place: CollectPlace, over endpoint: Endpoint) async throws {
    guard recipient.afterCollect != .leave, !reply.isRemovedAtSource else { return }
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
