// Known tokens by first letter and length, to find those that a mistyped one may have been meant for. Pure.

/// An index of tokens for approximate look-up.
struct NearTokens: Sendable {
  private struct Token {
    var bytes: [UInt8]
    /// Which letters are in it.
    var letters: UInt32
  }

  /// Tokens by `first byte << 8 | length`.
  private var buckets: [UInt16: [Token]] = [:]

  init(_ tokens: some Sequence<String>) {
    for token in tokens {
      let bytes = Array(token.utf8)
      // Shorter ones are compared exactly, and long ones are no words.
      guard (4...32).contains(bytes.count) else { continue }
      buckets[Self.bucket(bytes[0], bytes.count), default: []].append(
        Token(bytes: bytes, letters: Self.letters(bytes)))
    }
  }

  private static func letters(_ bytes: [UInt8]) -> UInt32 { bytes.reduce(0) { $0 | 1 << UInt32($1 & 31) } }

  private static func bucket(_ first: UInt8, _ length: Int) -> UInt16 { UInt16(first) << 8 | UInt16(length) }

  /// The nearest tokens that begin with the same letter, at most `most`, all at the same distance, in alphabetic order.
  /// A token of `shortest` bytes may be one edit away, whatever the usual bound.
  func nearest(to token: String, most: Int, shortest: Int = 5) -> (tokens: [String], distance: Int)? {
    let bytes = Array(token.utf8)
    var bound = bytes.count >= shortest ? max(1, EditDistance.bound(bytes.count)) : 0
    guard bound > 0, bytes.count <= 32, !bytes.contains(where: \.isDigit) else { return nil }
    let letters = Self.letters(bytes)
    var found: [String] = []
    for length in bytes.count - bound...bytes.count + bound {
      for candidate in buckets[Self.bucket(bytes[0], length)] ?? [] {
        // One edit takes one letter in and one out at most: most words are ruled out without looking at their order.
        guard (letters ^ candidate.letters).nonzeroBitCount <= 2 * bound,
          let distance = EditDistance.between(bytes, candidate.bytes, atMost: bound), distance > 0
        else { continue }
        if distance < bound {
          bound = distance
          found = []
        }
        found.append(String(decoding: candidate.bytes, as: UTF8.self))
      }
    }
    return found.isEmpty ? nil : (Array(found.sorted().prefix(most)), bound)
  }
}
