// Rule for the ULN: left out when it fails its check, never the pupil. Pure.

import Leavers

/// The unique learner number.
enum ULNRule {
  static func check(_ text: String) -> CellOutcome {
    // A spreadsheet that took the number for a decimal writes ".0" after it; nothing is lost by that.
    let digits = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    do throws(ULN.Flaw) {
      return .kept(try ULN(digits).rawValue)
    } catch {
      switch error {
      case .missing: return .blank
      case .placeholder: return .leftOut(.ulnPlaceholder)
      case .scientificNotation: return .leftOut(.ulnDigitsLost)
      default: return .leftOut(.ulnWrong, error.description)
      }
    }
  }
}
