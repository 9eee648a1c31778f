// Rule: the September Guarantee's status against intention and stage. Pure.

import Leavers

/// What the guarantee's status says must fit what the pupil means to do.
enum GuaranteeRule {
  /// Intended destinations that are learning, for which an offer can be made.
  private static let learning: Set<String> = ["111", "121", "211", "311"]

  static func remarks(
    _ record: LeaverRecord, cohort: Cohort?, in context: RuleContext
  ) -> [(remark: Remark, field: Field?)] {
    guard let status = record[.guaranteeStatus] else { return [] }
    var remarks: [(remark: Remark, field: Field?)] = []
    let entry = context.codes.entry(status, in: "nccis-guarantee", on: context.day)?.entry
    if let intended = record[.intendedDestination],
      let why = contradiction(status, entry?.attributes["group"], intended)
    {
      remarks.append((Remark(.guaranteeContradicts, why), .guaranteeStatus))
    }
    if cohort?.stage == .y11, entry?.attributes["year11"] == "?" {
      remarks.append((Remark(.guaranteeForYear12, "status \(status)"), .guaranteeStatus))
    }
    return remarks
  }

  /// Why a status and an intended destination do not go together, in words; nil where they do.
  private static func contradiction(_ status: String, _ group: String?, _ intended: String) -> String? {
    if group == "offer_made", intended == "321" {
      return "an offer of learning is recorded, and employment without training intended; a job alone is no offer"
    }
    if group == "offer_made", intended == "611" { return "an offer is recorded, and no intention was obtained" }
    if status == "120", learning.contains(intended) {
      return "employment without training is recorded, and learning intended"
    }
    if status == "151", learning.contains(intended) {
      return "no application is recorded, and learning intended"
    }
    return nil
  }
}
