// Rule for the school's own DfE number in a row: a row of another school is held. Pure.

import Leavers
import Profiles

/// The DfE number of the school that the row names.
enum LAESTABRule {
  /// Whether the pupil is this school's to report cannot be told.
  private static let other = CellOutcome.held(.uncertainRoute, .laestabOther)

  static func check(_ text: String, in context: RuleContext) -> CellOutcome {
    let own = context.school.laestab
    do throws(LAESTAB.Flaw) {
      let laestab = try LAESTAB(text)
      return laestab == own ? .kept(laestab.rawValue) : other
    } catch {
      if error == .missing { return .blank }
      // Some systems keep the establishment's four digits alone, and a spreadsheet takes zeros away from their front.
      if MissingDigit.isOwnEstablishment(text, own) { return .kept(own.rawValue, Remark(.laestabShort)) }
      return error == .wrongLength(4) ? other : .leftOut(.laestabWrong, error.description)
    }
  }
}
