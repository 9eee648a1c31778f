// Rule for the school's own DfE number in a row: another school's is left out and said. Pure.

import Leavers
import Profiles

/// The DfE number of the school that the row names.
enum LAESTABRule {
  static func check(_ text: String, in context: RuleContext) -> CellOutcome {
    let own = context.school.laestab
    do throws(LAESTAB.Flaw) {
      let laestab = try LAESTAB(text)
      return laestab == own ? .kept(laestab.rawValue) : .leftOut(.laestabOther)
    } catch {
      if error == .missing { return .blank }
      // Some systems keep the establishment's four digits alone.
      if text.trimmedOfBlanks == own.establishment { return .kept(own.rawValue, Remark(.laestabShort)) }
      return error == .wrongLength(4) ? .leftOut(.laestabOther) : .leftOut(.laestabWrong, error.description)
    }
  }
}
