// Rule for telephone numbers: repaired where that is certain, else left out. Pure.

import Leavers

/// The telephone number.
enum PhoneRule {
  static func check(_ text: String) -> CellOutcome {
    do throws(PhoneNumber.Flaw) {
      let number = try PhoneNumber(DecimalTail.removed(text))
      return number.wasRepaired ? .kept(number.rawValue, Remark(.phoneRepaired)) : .kept(number.rawValue)
    } catch {
      if error == .scientificNotation, let digits = ScientificNotation.exact(text),
        let number = try? PhoneNumber(digits)
      {
        return .kept(number.rawValue, Remark(.numberRestored))
      }
      return error == .missing ? .blank : .leftOut(.phoneWrong, error.description)
    }
  }
}
