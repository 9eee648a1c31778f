// Rule for the former UPN: checked like the UPN, with findings of its own. Pure.

import Leavers

/// The UPN that the pupil had before.
enum FormerUPNRule {
  static func check(_ text: String) -> CellOutcome {
    do throws(UPN.Flaw) {
      return .kept(try UPN(text).rawValue)
    } catch {
      switch error {
      case .missing, .noUPN: return .blank
      default: return .leftOut(.formerUPNWrong, LookalikeCharacters.cause(text) ?? error.description)
      }
    }
  }
}
