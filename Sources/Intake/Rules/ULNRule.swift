// Rule for the ULN: left out when it fails its check, never the pupil. Pure.

import Leavers

/// The unique learner number.
enum ULNRule {
  static func check(_ text: String) -> CellOutcome {
    do throws(ULN.Flaw) {
      return .kept(try ULN(DecimalTail.removed(text)).rawValue)
    } catch {
      switch error {
      case .missing: return .blank
      case .placeholder: return .leftOut(.ulnPlaceholder)
      case .scientificNotation:
        // All digits may still be there; the check digit proves that they are.
        guard let uln = ScientificNotation.exact(text).flatMap({ try? ULN($0) }) else {
          return .leftOut(.ulnDigitsLost)
        }
        return .kept(uln.rawValue, Remark(.numberRestored))
      default:
        if let cause = MissingDigit.cause(error) { return .leftOut(.ulnShort, cause) }
        return .leftOut(.ulnWrong, error.description)
      }
    }
  }
}
