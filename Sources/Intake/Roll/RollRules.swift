// What there is to say where a row and what its school said before do not fit together. Pure.

import Leavers
import Ledger
import Linkage

/// Compares a row with the roll.
enum RollRules {
  /// What there is to say of a row that was joined to a pupil. `given` is the row as it was before it was completed.
  static func remarks(
    _ given: LeaverRecord, _ found: Roll.Found, in context: RuleContext
  ) -> [(remark: Remark, field: Field)] {
    let known = found.entry.record
    var remarks: [(remark: Remark, field: Field)] = []
    switch found.way {
    case .admissionNumber: remarks.append((Remark(.joinedByAdmissionNumber), .admissionNumber))
    case .nameAndBirth where known[.upn] != nil: remarks.append((Remark(.joinedByName), .legalSurname))
    case .rowKey, .identifier, .nameAndBirth: break
    }
    if let born = given[.dateOfBirth], let before = known[.dateOfBirth], born != before {
      remarks.append((Remark(.dateOfBirthChanged), .dateOfBirth))
    }
    if let upn = given[.upn], let before = known[.upn], upn != before { remarks.append((Remark(.upnChanged), .upn)) }
    if let now = given[.activity], let before = known[.activity], isNotKnown(now, context),
      !isNotKnown(before, context)
    {
      remarks.append((Remark(.destinationNoLongerKnown), .activity))
    }
    return remarks
  }

  private static func isNotKnown(_ code: String, _ context: RuleContext) -> Bool {
    context.codes.entry(code, in: "nccis-activity", on: context.day)?.entry?.attributes["group"] == "not_known"
  }
}
