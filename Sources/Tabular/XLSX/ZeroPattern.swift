// Formats that put zeros before a number, such as `0000000` and `000\/0000`. Pure.

/// The places of a format that knows only digits and signs between them.
struct ZeroPattern: Hashable, Sendable {
  enum Item: Hashable, Sendable {
    /// A digit, or 0 where the number has none left.
    case zero
    /// A digit, where the number has one left.
    case digit
    case literal(Unicode.Scalar)
  }

  var items: [Item] = []

  /// How many digits are written at least.
  var zeros: Int { items.count { $0 == .zero } }

  /// Writes digits into the places, from the right; digits that are left over go before the first.
  func append(_ digits: some BidirectionalCollection<UInt8>, to bytes: inout [UInt8]) {
    var reversed: [UInt8] = []
    var left = digits.reversed()[...]
    let places = items.count { if case .literal = $0 { false } else { true } }
    var seen = 0
    for item in items.reversed() {
      switch item {
      case .literal(let scalar):
        reversed.append(contentsOf: UTF8.encode(scalar).map { Array($0).reversed() } ?? [])
        continue
      case .zero: reversed.append(left.popFirst() ?? 0x30)
      case .digit:
        if let digit = left.popFirst() { reversed.append(digit) }
      }
      seen += 1
      if seen == places {
        reversed.append(contentsOf: left)
        left = left.suffix(0)
      }
    }
    bytes.append(contentsOf: reversed.reversed())
  }
}
