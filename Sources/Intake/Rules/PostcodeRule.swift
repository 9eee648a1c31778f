// Rule for postcodes: the form only; a placeholder is kept and said. Pure.

import Leavers

/// The postcode of the home address.
enum PostcodeRule {
  static func check(_ text: String) -> CellOutcome {
    do throws(Postcode.Flaw) {
      let postcode = try Postcode(text)
      return postcode.isPlaceholder ? .kept(postcode.rawValue, Remark(.postcodePlaceholder)) : .kept(postcode.rawValue)
    } catch {
      return error == .missing ? .blank : .leftOut(.postcodeWrong, error.description)
    }
  }
}
