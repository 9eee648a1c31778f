// Rule for telephone numbers: repaired where that is certain, else left out. Pure.

import Leavers

/// The telephone number.
enum PhoneRule {
  static func check(_ text: String) -> CellOutcome {
    do throws(PhoneNumber.Flaw) {
      let number = try PhoneNumber(text)
      return number.wasRepaired ? .kept(number.rawValue, Remark(.phoneRepaired)) : .kept(number.rawValue)
    } catch {
      return error == .missing ? .blank : .leftOut(.phoneWrong, error.description)
    }
  }
}
