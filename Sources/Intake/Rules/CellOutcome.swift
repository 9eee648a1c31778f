// What a rule makes of a cell. Pure.

import Leavers

/// What a rule makes of one cell: the canonical value, what there is to say, and whether the row waits for a person.
struct CellOutcome: Sendable, Equatable {
  /// The canonical value; nil where the cell is blank or its value is left out.
  var value: String?
  var remarks: [Remark] = []
  /// What the cell would say if something else of the row proved it.
  var proposal: Proposal?
  var hold: HoldReason?
  /// The word that stands there instead of a code, and how it was read.
  var word: RowWord?
  /// What else the word means: values for fields in which the row says nothing itself.
  var companions: [Field: String] = [:]

  /// A blank cell that needs no remark.
  static let blank = CellOutcome(value: nil)

  static func kept(_ value: String, _ remarks: Remark...) -> CellOutcome {
    CellOutcome(value: value, remarks: remarks)
  }

  static func leftOut(_ code: FindingCode, _ detail: String? = nil) -> CellOutcome {
    CellOutcome(value: nil, remarks: [Remark(code, detail)])
  }

  /// The outcome with a repair that is made where another field proves it.
  func proposing(_ proposal: Proposal?) -> CellOutcome {
    var outcome = self
    outcome.proposal = proposal
    return outcome
  }

  static func held(_ reason: HoldReason, _ code: FindingCode, _ detail: String? = nil) -> CellOutcome {
    CellOutcome(value: nil, remarks: [Remark(code, detail)], hold: reason)
  }
}

/// A code of the catalogue and what is particular to this case; no part of a cell.
struct Remark: Sendable, Hashable {
  let code: FindingCode
  let detail: String?

  init(_ code: FindingCode, _ detail: String? = nil) {
    self.code = code
    self.detail = detail
  }
}
