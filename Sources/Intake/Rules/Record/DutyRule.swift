// Rule: an activity that counts as employment or education and yet does not meet the duty to participate. Pure.

import Leavers

/// Employment without training and its kin: not NEET, and still not what the law asks of those under 18.
enum DutyRule {
  static func remark(_ record: LeaverRecord, in context: RuleContext) -> (remark: Remark, field: Field?)? {
    // The duty ends at 18 (ESA 2008 s.1).
    if let birth = record.dateOfBirth, birth.age(on: context.day) >= 18 { return nil }
    if let code = record[.activity],
      let entry = context.codes.entry(code, in: "nccis-activity", on: context.day)?.entry,
      entry.attributes["rpa"] == "N", entry.attributes["group"]?.hasPrefix("eet_") == true
    {
      return (Remark(.dutyNotMet, "activity \(code)"), .activity)
    }
    // 321 is the intended form of 330 (NCCIS intended destinations, current generation).
    if record[.activity] == nil, record[.intendedDestination] == "321" {
      return (Remark(.dutyNotMet, "intended destination 321"), .intendedDestination)
    }
    return nil
  }
}
