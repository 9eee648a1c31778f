// Rule across dates: what cannot come before what. Pure.

import Leavers

/// Dates of a row that stand in an order in which they cannot happen. They are sent as they are.
enum DateOrderRule {
  static func remarks(_ record: LeaverRecord) -> [(remark: Remark, field: Field?)] {
    var remarks: [(remark: Remark, field: Field?)] = []
    let leaving = record.date(.leavingDate)
    if let entry = record.date(.entryDate), let leaving, leaving < entry {
      remarks.append((Remark(.datesOutOfOrder), .leavingDate))
    }
    let start = record.date(.startDate)
    // Who stays at the school starts nothing new there.
    if let start, let leaving, start < leaving, record[.intendedDestination] != "111" {
      remarks.append((Remark(.startsBeforeLeaving), .startDate))
    }
    if let end = record.date(.expectedEnd), let begin = start ?? record.date(.activityStart), end < begin {
      remarks.append((Remark(.endsBeforeStart), .expectedEnd))
    }
    return remarks
  }
}
