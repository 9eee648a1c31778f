// Records as an authority sees them, and returns in a setting, for tests that are about something else.

import Leavers
import Profiles

@testable import Returns

extension Synthetic {
  /// A record at a disclosure under an agreement.
  static func seen(
    _ record: LeaverRecord, _ extent: Disclosure = .full, _ agreement: Agreement = agreement()
  ) -> DisclosedRecord {
    let rule = DisclosureRule(
      authority: authority(agreements: [agreement]), kind: agreement.kinds[0], school: school(),
      day: agreement.from, gate: .open)
    guard let seen = rule.disclosed(record, at: extent, tiers: DisclosureTiers(codes: codes)) else {
      preconditionFailure("no agreement")
    }
    return seen
  }

  static func setting(
    _ kind: ReturnKind = .intendedDestinations, cohort: Cohort = y11, sequence: Int = 7, scratch: String = "/tmp"
  ) -> RenderSetting {
    RenderSetting(
      school: school(), authority: authority(), kind: kind, cohort: cohort, sequence: sequence, day: day,
      scratch: scratch)
  }
}

extension ReturnRenderer {
  func bytes(of rows: [MappedRow]) throws(ReturnsError) -> [UInt8] { try bytes(of: rows, Synthetic.setting()) }
}

extension SelfCheck {
  init(profile: ReturnProfile, agreement: Agreement, codes: CodeTables) {
    self.init(
      profile: profile, agreement: agreement, codes: codes, school: Synthetic.school(), day: Synthetic.day)
  }

  func check(_ bytes: [UInt8], rows: [MappedRow], records: [Int: LeaverRecord]) -> Result {
    check(bytes, rows: rows, records: records, Synthetic.setting())
  }
}

extension Preparation {
  static func prepare(
    rows: [LeaverRow], school: School, configuration: Configuration, day: CalendarDate
  ) throws(ReturnsError) -> PreparedReturns {
    try prepare(rows: rows, school: school, configuration: configuration, day: day, scratch: "/tmp")
  }
}
