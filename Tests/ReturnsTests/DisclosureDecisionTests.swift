// Disclosure: agreement, gate, sharing answer, and what stands for none.

import Leavers
import Profiles
import Testing

@testable import Returns

struct DisclosureDecisionTests {
  private func rule(
    _ agreements: [Agreement] = [Synthetic.agreement()], kind: ReturnKind = .intendedDestinations,
    unlisted: UnlistedSharing = .hold, gate: DisclosureRule.Gate = .open, day: CalendarDate = Synthetic.day
  ) -> DisclosureRule {
    DisclosureRule(
      authority: Synthetic.authority(agreements: agreements), kind: kind, school: Synthetic.school(unlisted: unlisted),
      day: day, gate: gate)
  }

  @Test(
    arguments: zip(["YES", "SNR", "NO", "UNS", "yes", "n"], [Disclosure.full, .full, .floor, .floor, .full, .floor]))
  func theAnswerDecides(_ answer: String, _ expected: Disclosure) {
    #expect(rule().decide(Synthetic.record(1, [.sharing: answer])) == .disclose(expected))
  }

  @Test func anAgreementMayDemandConsentToTracking() {
    var agreement = Synthetic.agreement()
    #expect(rule([agreement]).decide(Synthetic.record(1), consents: false) == .disclose(.full))
    agreement.consent = .tracking
    #expect(rule([agreement]).decide(Synthetic.record(1), consents: false) == .withheld(.noTrackingConsent))
    #expect(rule([agreement]).decide(Synthetic.record(1), consents: true) == .disclose(.full))
    #expect(rule([agreement]).decide(Synthetic.record(1, [.sharing: "NO"]), consents: true) == .disclose(.floor))
  }

  @Test(arguments: UnlistedSharing.allCases)
  func aBlankIsWhatTheSchoolSaid(_ unlisted: UnlistedSharing) {
    let expected: DisclosureDecision =
      switch unlisted {
      case .hold: .held(.sharingUnlisted)
      case .floor: .disclose(.floor)
      case .share: .disclose(.full)
      }
    #expect(rule(unlisted: unlisted).decide(Synthetic.record(1, [.sharing: nil])) == expected)
  }

  @Test(arguments: UnlistedSharing.allCases)
  func aWordThatNobodyUnderstandsIsNoBlank(_ unlisted: UnlistedSharing) {
    #expect(rule(unlisted: unlisted).decide(Synthetic.record(1, [.sharing: "refused"])) == .held(.sharingUnlisted))
  }

  @Test(arguments: ["NO", "UNS", nil])
  func aBasisThatKnowsNoObjectionAsksNone(_ answer: String?) {
    let section13 = rule([Synthetic.agreement([.earlyLeavers], basis: .esa2008s13)], kind: .earlyLeavers)
    #expect(section13.decide(Synthetic.record(1, [.sharing: answer])) == .disclose(.full))
  }

  @Test func withoutAgreementForTheKindNothingGoes() {
    #expect(rule([]).decide(Synthetic.record(1)) == .withheld(.noAgreement))
    let other = rule([Synthetic.agreement([.confirmedDestinations])])
    #expect(other.decide(Synthetic.record(1)) == .withheld(.noAgreement))
  }

  @Test(arguments: ["2026-02-28", "2027-09-01"])
  func outsideItsDatesAnAgreementIsNone(_ day: String) {
    #expect(
      rule(day: CalendarDate(uncheckedISO: day)).decide(Synthetic.record(1)) == .withheld(.agreementNotInForce))
  }

  @Test(arguments: ["2026-03-01", "2027-08-31"])
  func theFirstAndLastDayCount(_ day: String) {
    #expect(rule(day: CalendarDate(uncheckedISO: day)).decide(Synthetic.record(1)) == .disclose(.full))
  }

  @Test func aFormatThatNobodyConfirmedSendsNobody() {
    #expect(rule(gate: .closed).decide(Synthetic.record(1)) == .withheld(.formatNotConfirmed))
    // Neither does the pupil's refusal make it a matter of sharing.
    #expect(rule(gate: .closed).decide(Synthetic.record(1, [.sharing: "NO"])) == .withheld(.formatNotConfirmed))
  }

  @Test func aTrialSendsOnlyPupilsMarkedAsTest() {
    #expect(rule(gate: .trial).decide(Synthetic.record(1)) == .withheld(.trialFormat))
    let half = Synthetic.record(1, [.legalSurname: "TEST-One"])
    #expect(rule(gate: .trial).decide(half) == .withheld(.trialFormat))
    let small = Synthetic.record(1, [.legalSurname: "Testa", .legalForename: "Testino"])
    #expect(rule(gate: .trial).decide(small) == .withheld(.trialFormat))
    let marked = Synthetic.record(1, [.legalSurname: "TEST-One", .legalForename: "TEST"])
    #expect(rule(gate: .trial).decide(marked) == .disclose(.full))
  }

  @Test func riskOfNEETNamesNobodyWhoRefusedAndNobodyUnderThirteen() {
    let risk = rule(kind: .riskOfNEET)
    #expect(risk.decide(Synthetic.record(1)) == .disclose(.full))
    #expect(risk.decide(Synthetic.record(1, [.sharing: "NO"])) == .withheld(.floorNotEnough))
    func obstacle(_ born: String?, _ day: String) -> WithholdReason? {
      risk.riskObstacle(Synthetic.record(1, [.dateOfBirth: born]), on: CalendarDate(uncheckedISO: day))
    }
    #expect(obstacle("2013-06-27", "2026-06-26") == .underThirteen)
    #expect(obstacle("2013-06-26", "2026-06-26") == nil)
    #expect(obstacle(nil, "2026-06-26") == .underThirteen)
    #expect(rule([], kind: .riskOfNEET).decide(Synthetic.record(1)) == .withheld(.noAgreement))
  }
}
