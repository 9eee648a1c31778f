// The chain of events: how each is bound to the one before, and how a break is found. Pure.

import Crypto
import Leavers

/// The newest event of the chain, as noted outside the ledger: in the journal, on cover sheets.
///
/// A ledger from which events were cut no longer holds a head that was noted before.
package struct ChainHead: Sendable, Hashable, CustomStringConvertible {
  /// The number of the newest event.
  package let sequence: Int64
  /// The first 16 bytes of its keyed digest in hex.
  package let digest: String

  package init(sequence: Int64, digest: String) {
    self.sequence = sequence
    self.digest = digest
  }

  /// From `412:9f86d081884c7d659a2feaa0c55ad015`.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int64(parts[0]), number > 0, parts[1].utf8.count == 32,
      Hex.bytes(parts[1].utf8) != nil
    else { return nil }
    self.init(sequence: number, digest: parts[1].lowercased())
  }

  package var description: String { "\(sequence):\(digest)" }
}

/// One event as it stands in the table.
struct StoredEvent: Sendable {
  var sequence: Int64
  var at: Timestamp
  var kind: String
  var subject: String
  var sealed: [UInt8]
  var previous: [UInt8]
  var mac: [UInt8]

  var head: ChainHead { ChainHead(sequence: sequence, digest: Hex.text(mac.prefix(16))) }
}

/// How each event is bound to the one before: its mac is a keyed digest of everything in it, of the hash of the sealed
/// payload, and of the mac before, so that payloads can be erased by destroying a key without breaking the chain.
enum EventChain {
  /// What comes before the first event.
  static let origin = [UInt8](repeating: 0, count: 32)

  static func address(_ sequence: Int64) -> CellAddress {
    CellAddress(table: "event", column: "sealed", row: "\(sequence)")
  }

  static func mac(
    sequence: Int64, at: Timestamp, kind: String, subject: String, sealed: [UInt8], previous: [UInt8], keys: KeyRing
  ) -> [UInt8] {
    keys.signature(
      "event",
      [
        Int(sequence).bigEndianBytes, Int(at.milliseconds).bigEndianBytes, Array(kind.utf8), Array(subject.utf8),
        Array(SHA256.hash(data: sealed)), previous,
      ])
  }

  /// The stamp of the ledger's row on its newest event.
  static func stamp(sequence: Int64, mac: [UInt8], keys: KeyRing) -> [UInt8] {
    keys.signature("head", [Int(sequence).bigEndianBytes, mac])
  }

  /// Walks over events in order and remembers the first that does not follow.
  struct Verifier {
    private(set) var count = 0
    private(set) var firstBreak: Int64?
    private(set) var last: [UInt8] = origin
    private let keys: KeyRing

    init(keys: KeyRing) { self.keys = keys }

    /// Gives the event's payload where it opens.
    @discardableResult
    mutating func check(_ event: StoredEvent) -> [UInt8]? {
      let expected = Int64(count) + 1
      let mac = EventChain.mac(
        sequence: event.sequence, at: event.at, kind: event.kind, subject: event.subject, sealed: event.sealed,
        previous: event.previous, keys: keys)
      // One that does not open is a break like any other.
      let payload = try? Sealing.open(event.sealed, with: keys.events, at: EventChain.address(event.sequence))
      if firstBreak == nil, event.sequence != expected || event.previous != last || event.mac != mac || payload == nil {
        firstBreak = min(event.sequence, expected)
      }
      count += 1
      last = event.mac
      return payload
    }
  }
}
