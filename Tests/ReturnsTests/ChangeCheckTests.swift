// Unchanged only where the authority has exactly these rows.

import Leavers
import Testing

@testable import Returns

struct ChangeCheckTests {
  private let first = ReturnID(rawValue: 1)
  private func pupil(_ number: Int64) -> PupilID { PupilID(rawValue: number) }
  private func rows(
    _ pairs: [(Int64, UInt8)], _ disclosure: Disclosure = .full
  ) -> [(pupil: PupilID, digest: [UInt8], disclosure: Disclosure)] {
    pairs.map { (pupil($0.0), [$0.1], disclosure) }
  }
  private func known(_ pairs: [(Int64, UInt8)]) -> [PupilID: KnownRow] {
    Dictionary(
      uniqueKeysWithValues: pairs.map {
        (pupil($0.0), KnownRow(digest: [$0.1], inReturn: first, disclosure: .full))
      })
  }

  @Test func theSameRowsInAnyOrderAreUnchanged() {
    #expect(ChangeCheck.unchanged(rows([(2, 20), (1, 10)]), since: known([(1, 10), (2, 20)])) == first)
  }

  @Test func aChangedRowANewAndAMissingPupilAreChanges() {
    let before = known([(1, 10), (2, 20)])
    #expect(ChangeCheck.unchanged(rows([(1, 10), (2, 21)]), since: before) == nil)
    #expect(ChangeCheck.unchanged(rows([(1, 10), (2, 20), (3, 30)]), since: before) == nil)
    #expect(ChangeCheck.unchanged(rows([(1, 10)]), since: before) == nil)
    #expect(ChangeCheck.unchanged(rows([(1, 10), (3, 20)]), since: before) == nil)
  }

  @Test func anotherDisclosureIsAChange() {
    #expect(ChangeCheck.unchanged(rows([(1, 10)], .floor), since: known([(1, 10)])) == nil)
  }

  @Test func nothingIsNotTheSameAsNothing() {
    #expect(ChangeCheck.unchanged([], since: [:]) == nil)
  }

  @Test func rowsOfTwoReturnsAreNotOneReturn() {
    let mixed = [
      pupil(1): KnownRow(digest: [10], inReturn: first, disclosure: .full),
      pupil(2): KnownRow(digest: [20], inReturn: ReturnID(rawValue: 2), disclosure: .full),
    ]
    #expect(ChangeCheck.unchanged(rows([(1, 10), (2, 20)]), since: mixed) == nil)
  }
}
