// A short digest that tells two texts apart. Pure.

/// FNV-1a, 64 bits: tells versions of a profile apart; no defence against anybody who wants two texts to agree.
struct TextDigest {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func append(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  }

  /// 16 hex digits.
  var hex: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
