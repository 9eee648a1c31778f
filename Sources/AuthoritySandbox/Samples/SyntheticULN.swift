// Unique learner numbers for made-up pupils, by the far side's own reckoning of the check digit. Pure.

/// Makes and checks unique learner numbers without the code that it helps to test.
package enum SyntheticULN {
  /// The number with these nine digits first (100,000,000 to 999,999,999), or nil where none exists.
  package static func make(body: Int) -> String? {
    guard (100_000_000...999_999_999).contains(body) else { return nil }
    var left = body
    var sum = 0
    for weight in 2...10 {
      sum += weight * (left % 10)
      left /= 10
    }
    let remainder = sum % 11
    return remainder == 0 ? nil : "\(body)\(10 - remainder)"
  }

  /// The number with these nine digits first, or with the next nine digits that a number has.
  package static func make(from body: Int) -> String {
    let start = 100_000_000 + abs(body) % 800_000_000
    // Neighbours differ by two in the remainder, so that no two in a row are without a number.
    return make(body: start) ?? make(body: start + 1) ?? ""
  }

  /// Whether the text is ten digits of which the last is the right check digit.
  package static func isValid(_ text: String) -> Bool {
    guard text.utf8.count == 10, text.utf8.allSatisfy({ (48...57).contains($0) }), let body = Int(text.prefix(9)) else {
      return false
    }
    return make(body: body) == text
  }
}
