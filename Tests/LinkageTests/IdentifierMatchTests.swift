import Leavers
import Linkage
import Testing

@Suite("Exact linkage by identifiers")
struct IdentifierMatchTests {
  private let born = CalendarDate(year: 2010, month: 3, day: 4)
  private let other = CalendarDate(year: 2010, month: 4, day: 3)

  private func candidate(_ pupil: Int64, _ by: IdentifierMatch.Identifier, _ date: CalendarDate?) -> IdentifierCandidate
  {
    IdentifierCandidate(pupil: PupilID(rawValue: pupil), identifier: by, dateOfBirth: date)
  }

  @Test func nobodyIsUnmatched() {
    #expect(IdentifierMatch(candidates: [], dateOfBirth: born) == .unmatched)
  }

  @Test func strongestIdentifierNamesTheRule() {
    let match = IdentifierMatch(candidates: [candidate(7, .uln, born), candidate(7, .upn, born)], dateOfBirth: born)
    #expect(match == .matched(PupilID(rawValue: 7), by: .upn))
  }

  @Test func identifiersOfTwoPupilsAreAmbiguous() {
    let match = IdentifierMatch(candidates: [candidate(7, .upn, born), candidate(8, .uln, born)], dateOfBirth: born)
    #expect(match == .ambiguous)
  }

  @Test func anotherDateOfBirthIsNeverAccepted() {
    let match = IdentifierMatch(candidates: [candidate(7, .upn, other)], dateOfBirth: born)
    #expect(match == .contradicted(PupilID(rawValue: 7), by: .upn))
  }

  @Test func aMissingDateOfBirthDoesNotContradict() {
    #expect(
      IdentifierMatch(candidates: [candidate(7, .formerUPN, nil)], dateOfBirth: born)
        == .matched(PupilID(rawValue: 7), by: .formerUPN))
    #expect(
      IdentifierMatch(candidates: [candidate(7, .uln, born)], dateOfBirth: nil)
        == .matched(PupilID(rawValue: 7), by: .uln))
  }
}
