import Leavers
import Testing

@testable import Intake

@Suite("Repeats on the hot path")
struct BulkRepeatsTests {
  private let classes = [
    BulkClass(
      record: ScannedRecord(
        number: 1, line: 1, cells: [], tooLong: [], hasLineBreaks: false, end: 0, misquotedCell: nil),
      reading: RowReading(number: 1, record: LeaverRecord(), findings: []),
      decisive: Array(repeating: 1, count: Repeats.decisive.count), signature: [])
  ]

  private func rows(_ persons: [UInt64], upns: [UInt64]? = nil) -> BulkRows {
    var rows = BulkRows()
    rows.classes = persons.map { _ in 0 }
    rows.upns = upns ?? persons.indices.map { UInt64($0 + 1) }
    rows.ulns = persons.map { _ in 0 }
    rows.persons = persons
    rows.swapped = persons.map { _ in 0 }
    return rows
  }

  /// The numbers of other rows are named as `Repeats` names them, however many there are.
  @Test(arguments: 2...14)
  func otherRowsAreNamed(_ size: Int) throws {
    // Every second row is somebody else.
    var rows = rows((0..<size).flatMap { [7, UInt64(100 + $0)] })
    let repeats = try #require(BulkRepeats(&rows, classes, firstNumber: 2))
    let numbers = (0..<size).map { 2 + $0 * 2 }
    for (place, number) in numbers.enumerated() {
      let group = try #require(repeats.group(place * 2))
      #expect(repeats.note(of: group) == .samePerson)
      let meant = Repeats.rows(numbers.filter { $0 != number })
      #expect(repeats.others(of: place * 2, in: group) == meant)
      #expect(repeats.isLong(group) == meant.contains(","))
      // Rows that nobody names have one text in common.
      if !repeats.isNamed(place * 2, in: group) { #expect(meant == Repeats.rows(Array(numbers.dropLast()))) }
      #expect(repeats.group(place * 2 + 1) == nil)
    }
  }

  @Test func rowsWithoutUPNContradictOneAnotherOrAreLeftAlone() throws {
    let (one, other) = (BulkRows.noUPN | 5, BulkRows.noUPN | 6)
    var different = rows([7, 7], upns: [one, other])
    let repeats = try #require(BulkRepeats(&different, classes, firstNumber: 2))
    let group = try #require(repeats.group(0))
    guard case .contradicts(let bits) = repeats.note(of: group) else {
      Issue.record("no contradiction")
      return
    }
    #expect(BulkRepeats.fields(bits) == [.postcode])
    var same = rows([7, 7], upns: [one, one])
    #expect(BulkRepeats(&same, classes, firstNumber: 2) == nil, "they would be merged")
    var mixed = rows([7, 7], upns: [1, one])
    #expect(BulkRepeats(&mixed, classes, firstNumber: 2) == nil, "one may be the other's")
    var twice = rows([7, 8], upns: [1, 1])
    #expect(BulkRepeats(&twice, classes, firstNumber: 2) == nil, "one UPN")
    var learner = rows([7, 8])
    learner.ulns = [9, 9]
    #expect(BulkRepeats(&learner, classes, firstNumber: 2) == nil, "one ULN")
    var swapped = rows([7, 8])
    swapped.swapped = [0, 7]
    #expect(BulkRepeats(&swapped, classes, firstNumber: 2) == nil, "names the other way round")
  }
}
