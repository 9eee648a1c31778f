// Cycle, names, folders, publication, and what comes next.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Returns

struct ReturnNamingTests {
  @Test(arguments: zip([2026, 2000, 2101, 2009], ["2025/26", "1999/00", "2100/01", "2008/09"]))
  func theCycleIsTheYearThatEndsInTheSummer(_ year: Int, _ cycle: String) {
    #expect(ReturnNaming.cycle(of: Cohort(stage: .y11, leavingYear: year)) == cycle)
  }

  @Test func theFileNameHoldsNoSeparator() throws {
    let pattern = FileNamePattern(
      pieces: [.placeholder(.cycle), .text("_"), .placeholder(.sequence), .text("_"), .placeholder(.date)],
      source: "{cycle}_{sequence}_{date}")
    let values = ReturnNaming.values(
      school: Synthetic.school(), authority: AuthorityID(unchecked: "sefton"), kind: .intendedDestinations,
      cohort: Synthetic.y11, sequence: 7, day: Synthetic.day)
    let name = try ReturnFile.name(
      pattern, values, authority: AuthorityID(unchecked: "sefton"), kind: .intendedDestinations)
    #expect(name.hasPrefix("2025-26_0007_2026"))
  }

  @Test func aPatternThatGivesNoNameIsSaidSo() {
    let values = FileNamePattern.Values(laestab: "../etc")
    let pattern = FileNamePattern(pieces: [.placeholder(.laestab)], source: "{laestab}")
    #expect {
      try ReturnFile.name(pattern, values, authority: AuthorityID(unchecked: "sefton"), kind: .intendedDestinations)
    } throws: { ($0 as? ReturnsError)?.code == .unnameable }
  }

  @Test func theWayFollowsTheEndpoint() {
    let authority = Synthetic.authority(sendTo: "inbound/liverpool")
    func way(_ place: EndpointPlace) -> DeliveryWay {
      var recipient = Synthetic.recipient("x")
      recipient.endpoint = place
      recipient.readBack = .size
      recipient.removesFiles = true
      return recipient.way(for: authority)
    }
    func https(_ webDAV: Bool) -> EndpointPlace {
      .https(HTTPSEndpoint(url: "https://example.org", webDAV: webDAV, ca: nil, certificate: nil))
    }
    let there = DeliveryWay(publication: .twoStep, readBack: .size, takesFiles: true, folder: "inbound/liverpool")
    #expect(way(Synthetic.recipient("x").endpoint) == there)
    #expect(way(https(true)) == there)
    #expect(way(https(false)).publication == .direct)
    let pack = way(.handover(by: "portal"))
    #expect(pack.publication == .desk)
    #expect(pack.folder == "liverpool", "the authority's own folder on the desk")
  }

  @Test func whatComesNextIsAPersonsDecision() {
    let date = CalendarDate(uncheckedISO: "2026-07-31")
    func next(_ plan: SendPlan) -> ReturnEvent.Start { ReturnNaming.next(plan, on: Synthetic.day) }
    #expect(next(.atOnce) == .queued)
    #expect(next(.onRelease) == .waiting(.release))
    #expect(next(.onDates([date])) == .waiting(.date(date)))
    #expect(next(.onDates([Synthetic.day])) == .waiting(.date(Synthetic.day)))
    #expect(next(.onDates([Synthetic.day.adding(days: -1)])) == .waiting(.release), "its days are past")
    #expect(next(.nextDay) == .waiting(.date(Synthetic.day.adding(days: 1))))
  }
}
