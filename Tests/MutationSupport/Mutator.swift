// Bytes changed at random, with the words of a format strewn in. Pure.

/// Changes bytes as damage, other programs and malice would.
package struct Mutator: Sendable {
  /// Words that mean something in the format: quotation marks, tags, separators.
  private let words: [[UInt8]]

  package init(words: [String] = [], bytes: [[UInt8]] = []) {
    self.words = words.map { Array($0.utf8) } + bytes
  }

  /// One to eight changes: a bit, a byte, a word put in or over, a stretch copied elsewhere, removed or doubled, an end
  /// cut off.
  package func changed(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...8, using: &generator) where !result.isEmpty { change(&result, &generator) }
    return result
  }

  private func change(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    let place = Int.random(in: bytes.indices, using: &generator)
    let end = min(bytes.count, place + Int.random(in: 1...64, using: &generator))
    switch Int.random(in: 0..<12, using: &generator) {
    case 0, 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 2: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
    case 3: bytes[place] = [0, 0xFF, 0x7F, 0x80, 0x3C, 0x3E, 0x22, 0x26].randomElement(using: &generator) ?? 0
    case 4:
      let target = Int.random(in: 0...(bytes.count - (end - place)), using: &generator)
      bytes.replaceSubrange(target..<(target + end - place), with: Array(bytes[place..<end]))
    case 5: bytes.removeSubrange(place..<end)
    case 6: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
    case 7:
      if Int.random(in: 0..<4, using: &generator) == 0 { bytes.removeSubrange(place...) }
    case 8:
      // Once in a while very often.
      let often = Int.random(in: 0..<20, using: &generator) == 0 ? Int.random(in: 2...3000, using: &generator) : 1
      guard let word = words.randomElement(using: &generator) else { return }
      bytes.insert(contentsOf: Array(repeating: word, count: often).joined(), at: place)
    case 9:
      guard let word = words.randomElement(using: &generator) else { return }
      bytes.replaceSubrange(place..<min(bytes.count, place + word.count), with: word)
    default:
      guard let word = words.randomElement(using: &generator) else { return }
      bytes.insert(contentsOf: word, at: place)
    }
  }
}
