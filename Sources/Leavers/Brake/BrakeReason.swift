// Why a return waits until a person has looked at its numbers. A value; its words name nobody.

/// Why a return waits until a person has looked at its numbers.
package enum BrakeReason: Sendable, Hashable {
  /// Nothing of this kind ever went to the authority: there is nothing to compare with.
  case firstReturn(leavers: Int)
  /// The authority has had this kind before, but nothing of this cohort.
  case newCohort(Cohort, leavers: Int)
  case headCount(now: Int, last: Int)
  /// Leavers whose destination nobody knows.
  case unknown(now: Share, last: Share)
  /// Rows that are held or in which a finding is an error.
  case errors(now: Share, last: Share)
  /// Columns that the export had the last time.
  case columnsGone([Field])
  /// Another cohort of the same authority and kind that went the last time and is not in the export.
  case cohortGone(Cohort, last: Int)
  /// Of an export that is said to hold all leavers: so many of those in the one before are not in it.
  case leaversMissing(Share)
  /// An older return that had not gone yet, which this one takes the place of.
  case takesThePlace(of: ReturnID, leavers: Int)

  /// Stable; stands in the ledger.
  package var code: String {
    switch self {
    case .firstReturn: "first-return"
    case .newCohort: "new-cohort"
    case .headCount: "head-count"
    case .unknown: "unknown-destinations"
    case .errors: "errors"
    case .columnsGone: "columns-gone"
    case .cohortGone: "cohort-gone"
    case .leaversMissing: "leavers-missing"
    case .takesThePlace: "takes-the-place"
    }
  }

  /// Whether it says only that there is nothing to compare with.
  package var isFirst: Bool {
    switch self {
    case .firstReturn, .newCohort: true
    default: false
    }
  }

  /// In words with numbers, such as `142 leavers, 190 the last time (−25 %)`.
  package var words: String {
    switch self {
    case .firstReturn(let leavers): "the first return of this kind: \(Self.leavers(leavers))"
    case .newCohort(let cohort, let leavers): "the first return of \(cohort): \(Self.leavers(leavers))"
    case .headCount(let now, let last): "\(Self.leavers(now)), \(last) the last time (\(Self.change(now, last)))"
    case .unknown(let now, let last):
      "\(now.percent) % of the leavers without a known destination (\(now.number) of \(now.whole)), "
        + "\(last.percent) % the last time"
    case .errors(let now, let last):
      "\(now.percent) % of the rows held or with errors (\(now.number) of \(now.whole)), \(last.percent) % the last time"
    case .columnsGone(let fields):
      fields.count == 1
        ? "the column for \(Self.name(fields[0])) is gone"
        : "the columns for \(fields.map(Self.name).joined(separator: ", ")) are gone"
    case .cohortGone(let cohort, let last): "no leavers of \(cohort), \(last) the last time"
    case .leaversMissing(let share):
      "\(share.number) of the \(share.whole) leavers of the export before are not in this one"
    case .takesThePlace(let id, let leavers):
      "it takes the place of \(id) (\(Self.leavers(leavers))), which had not gone"
    }
  }

  private static func leavers(_ count: Int) -> String { "\(count) leaver\(count == 1 ? "" : "s")" }

  private static func change(_ now: Int, _ last: Int) -> String {
    let percent = Share(abs(now - last), of: last).percent
    return "\(now < last ? "−" : "+")\(percent) %"
  }

  /// A field in words: `homeAuthority` is `home authority`, `upn` is `UPN`.
  private static func name(_ field: Field) -> String {
    switch field {
    case .upn: return "UPN"
    case .formerUPN: return "former UPN"
    case .uln: return "ULN"
    case .laestab: return "LAESTAB"
    case .providerUKPRN: return "provider UKPRN"
    case .providerLAESTAB: return "provider LAESTAB"
    case .senProvision: return "SEN provision"
    default: break
    }
    return field.rawValue.reduce(into: "") { text, letter in
      if letter.isUppercase || letter.isNumber { text += " " }
      text += letter.lowercased()
    }
  }
}
