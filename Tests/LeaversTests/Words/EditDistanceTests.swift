// Distances between spellings, against the definition.

import Testing

@testable import Leavers

@Suite struct EditDistanceTests {
  /// Optimal string alignment without any bound, straight from its definition.
  private func plain(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var table = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
    for i in 0...left.count { table[i][0] = i }
    for j in 0...right.count { table[0][j] = j }
    for i in 0..<left.count {
      for j in 0..<right.count {
        var value = min(
          table[i][j + 1] + 1, table[i + 1][j] + 1, table[i][j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          value = min(value, table[i - 1][j - 1] + 1)
        }
        table[i + 1][j + 1] = value
      }
    }
    return table[left.count][right.count]
  }

  @Test func agreesWithTheDefinition() {
    // All words of up to four letters out of two, against each other, for every bound.
    var words: [[UInt8]] = [[]]
    for length in 1...4 {
      for number in 0..<(1 << length) { words.append((0..<length).map { UInt8(97 + (number >> $0) & 1) }) }
    }
    for left in words.dropFirst() {
      for right in words.dropFirst() {
        let distance = plain(left, right)
        for bound in 0...3 {
          #expect(EditDistance.between(left, right, atMost: bound) == (distance <= bound ? distance : nil))
        }
      }
    }
  }

  @Test(arguments: [
    ("colledge", "college", 1), ("aprenticeship", "apprenticeship", 1), ("aprentiship", "apprenticeship", 3),
    ("collgee", "college", 1), ("traning", "training", 1),
  ])
  func words(left: String, right: String, distance: Int) {
    #expect(EditDistance.between(Array(left.utf8), Array(right.utf8), atMost: 3) == distance)
    #expect(EditDistance.between(Array(left.utf8), Array(right.utf8), atMost: distance - 1) == nil)
  }

  @Test func nearestTokens() {
    let near = NearTokens(["college", "collage", "cottage", "training", "bard", "baird", "hair"])
    #expect(near.nearest(to: "colledge", most: 3)?.tokens == ["college"])
    #expect(near.nearest(to: "collige", most: 3)?.tokens == ["collage", "college"])
    #expect(near.nearest(to: "collige", most: 1)?.tokens == ["collage"])
    #expect(near.nearest(to: "raining", most: 3) == nil, "another first letter")
    #expect(near.nearest(to: "hari", most: 3) == nil, "too short to be mistyped")
    #expect(near.nearest(to: "hari", most: 3, shortest: 4)?.tokens == ["hair"])
    #expect(near.nearest(to: "co11ege", most: 3) == nil, "digits are not mistyped")
  }
}
