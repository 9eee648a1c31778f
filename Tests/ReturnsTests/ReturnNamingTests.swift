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
    let dates = ["2026-09-30", "2026-06-26", "2026-07-31"].map { CalendarDate(uncheckedISO: $0) }
    #expect(ReturnNaming.next(.atOnce, of: .intendedDestinations, on: Synthetic.day) == .queued)
    #expect(
      ReturnNaming.next(.onCalendar, of: .intendedDestinations, on: Synthetic.day, calendar: dates)
        == .waiting(.date(dates[1])))
    #expect(ReturnNaming.next(.onCalendar, of: .intendedDestinations, on: Synthetic.day) == .waiting(.release))
    #expect(ReturnNaming.next(.onRelease, of: .intendedDestinations, on: Synthetic.day) == .waiting(.release))
    #expect(
      ReturnNaming.next(.onDates(dates), of: .intendedDestinations, on: Synthetic.day) == .waiting(.date(dates[1])))
    #expect(
      ReturnNaming.next(.onDates(dates), of: .intendedDestinations, on: CalendarDate(uncheckedISO: "2026-06-27"))
        == .waiting(.date(dates[2])))
    #expect(
      ReturnNaming.next(.onDates(dates), of: .intendedDestinations, on: CalendarDate(uncheckedISO: "2026-10-01"))
        == .waiting(.release))
    #expect(ReturnNaming.next(.onDates([]), of: .intendedDestinations, on: Synthetic.day) == .waiting(.release))
  }
}
