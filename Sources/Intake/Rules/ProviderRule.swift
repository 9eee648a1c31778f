// Rules for the numbers of a provider: left out when wrong. Pure.

import Leavers

/// The numbers of the college, school or trainer that a pupil goes to.
enum ProviderRule {
  static func checkUKPRN(_ text: String) -> CellOutcome {
    do throws(UKPRN.Flaw) {
      return .kept(try UKPRN(text).rawValue)
    } catch {
      return error == .missing ? .blank : .leftOut(.ukprnWrong, error.description)
    }
  }

  static func checkLAESTAB(_ text: String) -> CellOutcome {
    do throws(LAESTAB.Flaw) {
      return .kept(try LAESTAB(text).rawValue)
    } catch {
      return error == .missing ? .blank : .leftOut(.providerLAESTABWrong, error.description)
    }
  }
}
