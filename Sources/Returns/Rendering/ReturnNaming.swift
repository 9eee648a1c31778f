// Names and series of returns: cycle, folder, file name, publication. Pure.

package import Leavers
package import Ledger
package import Profiles

/// How a return is called and where it goes.
package enum ReturnNaming {
  /// The academic year that ends in the cohort's leaving year: `2025/26`.
  package static func cycle(of cohort: Cohort) -> String { academicYear(cohort, separator: "/") }

  /// What a file name's placeholders stand for. The cycle is written `2025-26` there: a name holds no separator of paths.
  package static func values(
    school: School, authority: AuthorityID, kind: ReturnKind, cohort: Cohort, sequence: Int, day: CalendarDate
  ) -> FileNamePattern.Values {
    FileNamePattern.Values(
      laestab: school.laestab.rawValue, urn: school.urn?.rawValue, ukprn: school.ukprn?.rawValue,
      cohort: cohort.description, cycle: academicYear(cohort, separator: "-"), sequence: sequence, date: day,
      kind: kind.rawValue, authority: authority.rawValue)
  }

  /// How a return gets under its final name at this recipient.
  package static func publication(at endpoint: EndpointPlace) -> Publication {
    switch endpoint {
    case .sftp: .twoStep
    case .https(let place): place.webDAV ? .twoStep : .direct
    case .handover: .desk
    }
  }

  /// How a delivered file is seen again.
  package static func readBack(_ recipient: Recipient) -> ReadBack {
    switch recipient.readBack {
    case .content: .content
    case .size: .size
    case .none: .none
    }
  }

  /// The folder: at the recipient, or, for a hand-over, under the school's `out`.
  package static func folder(of authority: AuthorityProfile, at endpoint: EndpointPlace) -> String {
    if case .handover = endpoint { return authority.id.rawValue }
    return authority.sendTo
  }

  /// What a rendered return does next. Where no date is left, a person releases it.
  package static func next(_ send: SendDecision, on day: CalendarDate) -> ReturnEvent.Start {
    switch send {
    case .atOnce: return .queued
    case .onRelease: return .waiting(.release)
    case .onDates(let dates):
      guard let date = dates.filter({ $0 >= day }).min() else { return .waiting(.release) }
      return .waiting(.date(date))
    }
  }

  private static func academicYear(_ cohort: Cohort, separator: String) -> String {
    let end = cohort.leavingYear % 100
    return "\(cohort.leavingYear - 1)\(separator)\(end < 10 ? "0" : "")\(end)"
  }
}
