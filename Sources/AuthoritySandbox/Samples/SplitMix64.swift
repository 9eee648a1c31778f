// The seeded generator of the samples: the same seed gives the same numbers on every machine. Pure.

/// Steele, Lea and Flood's SplitMix64. For test data only, never for a secret.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// The generator's finaliser: spreads a number over all 64 bits.
  package static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to, not including, `bound`. Written out here, because the standard library may change how it
  /// maps a generator's numbers to a range, and the same seed must give the same file for ever.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// One of the elements; the list must not be empty.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// Whether something happens that does so `share` times in a thousand.
  mutating func happens(perThousand share: Int) -> Bool { below(1000) < share }

  /// One of the elements, each as likely as its weight.
  mutating func pick<Element>(weighted elements: [(Element, Int)]) -> Element {
    var left = below(elements.reduce(0) { $0 + $1.1 })
    for (element, weight) in elements {
      if left < weight { return element }
      left -= weight
    }
    return elements[elements.count - 1].0
  }

  /// The numbers from 0 up to, not including, `count`, in random order.
  mutating func order(of count: Int) -> [Int] {
    var order = Array(0..<count)
    var last = count - 1
    while last > 0 {
      order.swapAt(last, below(last + 1))
      last -= 1
    }
    return order
  }
}
