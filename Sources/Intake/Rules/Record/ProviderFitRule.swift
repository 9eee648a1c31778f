// Rule: the provider against the register and against the codes of the row. Pure.

import Leavers
import Profiles

/// A provider that the register knows otherwise, or that no one with these codes goes to.
enum ProviderFitRule {
  static func remarks(_ record: LeaverRecord, in context: RuleContext) -> [(remark: Remark, field: Field?)] {
    let (name, ukprn, laestab) = (record[.providerName], record[.providerUKPRN], record[.providerLAESTAB])
    guard name != nil || ukprn != nil || laestab != nil, !context.providers.isEmpty else { return [] }
    let field: Field = name != nil ? .providerName : ukprn != nil ? .providerUKPRN : .providerLAESTAB
    let found = context.providers.resolve(
      name: name, ukprn: ukprn.flatMap { try? UKPRN($0) }, laestab: laestab.flatMap { try? LAESTAB($0) })
    guard let provider = found.provider else {
      return found.warnings.compactMap { warning in
        switch warning.code {
        // A register is never complete: that a name is not in it says nothing.
        case .unknownName: nil
        case .numbersDisagree: (Remark(.providerUnclear, "name and number mean different places"), field)
        default: (Remark(.providerUnclear, warning.words), field)
        }
      }
    }
    let warnings = provider.warnings(
      intendedDestination: record[.intendedDestination], activity: record[.activity],
      isOwnSchool: isOwn(provider, context.school.laestab, context.school.ukprn))
    return warnings.map { warning in
      // The name is what the cell holds; it is not said.
      let words = warning.words.replacing(provider.name, with: "the provider")
      return (Remark(warning.code == .closed ? .providerUnclear : .providerMismatch, words), field)
    }
  }

  private static func isOwn(_ provider: Provider, _ laestab: LAESTAB, _ ukprn: UKPRN?) -> Bool {
    provider.laestab == laestab || (ukprn != nil && provider.ukprn == ukprn)
  }
}
