// Takes in a reply that a person has as a file, such as a saved attachment: `leaverlink receive`.

package import Leavers
package import Ledger
package import Profiles

/// Files that a person hands in.
package enum Receiving {
  /// Why a file was not taken in, and what to do.
  package struct Refusal: Error, Sendable, CustomStringConvertible {
    package let message: String
    package var description: String { message }
  }

  /// Takes a file of an authority into the ledger and reads it. The file's name must be one that the authority's profile
  /// knows, of a school that is configured here.
  package static func receive(
    _ bytes: [UInt8], named name: String, modified: Timestamp, from authority: AuthorityID,
    configuration: Configuration,
    ledger: Ledger
  ) async throws -> (id: ReplyID, text: String) {
    guard let profile = configuration.authority(authority), let recipient = configuration.recipient(profile.recipient)
    else { throw Refusal(message: "no authority \(authority) is configured") }
    guard bytes.count <= ReplyTable.limit else {
      throw Refusal(message: "the file is larger than \(ReplyTable.limit >> 20) MiB; no reply about one school is")
    }
    let owners = CollectPlace.all(of: recipient, configuration: configuration).lazy
      .filter { $0.authority == authority }.compactMap { $0.owner(of: name, in: configuration) }
    guard let (school, reply) = owners.first else {
      throw Refusal(
        message: "the file's name is none that \(profile.name)'s profile knows for a school here; "
          + "it knows \(profile.replies.map(\.match.source).joined(separator: ", "))")
    }
    let source = ReplySource(
      recipient: recipient.id, folder: "received/\(authority)", name: name, size: Int64(bytes.count),
      modified: modified)
    // One that was claimed and no more: an earlier `receive` was interrupted, and this one goes on.
    if let known = try await ledger.replies.known(source), known.state != .seen { throw receivedBefore }
    let id = try await ledger.replies.claim(source, authority: authority, school: school, kind: reply.kind)
    let object = try await ledger.objects.store(bytes, kind: .reply)
    let outcome: FetchOutcome
    do throws(LedgerError) {
      outcome = try await ledger.replies.fetched(id, object: object)
    } catch {
      // Another `receive` of the same file may have been faster.
      if error.code == .illegalTransition { throw receivedBefore }
      throw error
    }
    if case .repeat(let earlier) = outcome { return (id, "the same content as \(earlier); not read again") }
    return (id, try await read(id, configuration: configuration, ledger: ledger))
  }

  /// Reads what was taken in, unless the service was faster.
  static func read(_ id: ReplyID, configuration: Configuration, ledger: Ledger) async throws -> String {
    let summary = try await ledger.replies.detail(id).summary
    guard !summary.state.isTerminal else { return overtaken(summary) }
    switch try await ReplyReading(ledger: ledger, configuration: configuration, faults: { _ in }).attempt(summary) {
    case .finished(let outcome): return outcome.text
    case .overtaken(let summary): return overtaken(summary)
    case .hindered(let error): throw error
    }
  }

  private static func overtaken(_ summary: ReplySummary) -> String {
    guard case .quarantined(let why) = summary.state else { return "taken in; the service read it" }
    return "taken in; the service read it and set it aside: \(why)"
  }

  private static var receivedBefore: Refusal {
    Refusal(message: "this file was received before; see leaverlink replies")
  }
}
