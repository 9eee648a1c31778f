// An invented pupil as a row, for examples and trials. Pure.

import Leavers
import Ledger
import Profiles

extension LeaverRow {
  /// The row of an invented pupil who lives in the authority's area. One that says a band of risk is one whom a person
  /// confirmed, and referred where the record says so.
  static func invented(
    _ given: LeaverRecord, number: Int, authority: AuthorityProfile, cohort: Cohort, kind: ReturnKind, day: CalendarDate
  ) -> LeaverRow {
    var record = given
    if record[.homeAuthority] == nil { record[.homeAuthority] = authority.laCode.rawValue }
    var standing = PupilStanding.none
    if kind == .riskOfNEET, record[.riskBand] != nil {
      let entry = RegisterEntry(
        id: RegisterEntryID(rawValue: 1), decision: record[.riskReferral] == "Y" ? .riskReferred : .riskConfirmed,
        scope: .all, decidedOn: day)
      standing = PupilStanding([entry], on: day)
    }
    return LeaverRow(rowNumber: number, cohort: cohort, record: record, verdict: .clear, standing: standing)
  }
}

extension RowOutcome {
  /// Why a row does not go, with the column and the code it is because of: fit for invented pupils alone.
  var reason: String {
    func with(_ column: String?, _ code: String? = nil) -> String {
      (column.map { ", column \($0)" } ?? "") + (code.map { ", code \($0)" } ?? "")
    }
    return switch self {
    case .merged: "merged"
    case .held(let reason, let column, let code): reason.rawValue + with(column, code)
    case .withheld(let reason, let column): reason.rawValue + with(column)
    case .notInKind(let reason): reason.rawValue
    case .notRouted(let reason): reason.rawValue
    case .ready: "it goes"
    }
  }

  /// The same for people.
  var words: String {
    func of(_ words: String, _ column: String?, _ code: String? = nil) -> String {
      let place = [column.map { "column \($0)" }, code.map { "code \($0)" }].compactMap { $0 }
      return words + (place.isEmpty ? "" : " (\(place.joined(separator: ", ")))")
    }
    return switch self {
    case .held(let reason, let column, let code): of(reason.words, column, code)
    case .withheld(let reason, let column): of(reason.words, column)
    case .notRouted(let reason): "such a pupil is another authority's (\(reason.rawValue))"
    case .notInKind(let reason): Self.words(reason)
    case .merged, .ready: reason
    }
  }

  private static func words(_ reason: KindReason) -> String {
    switch reason {
    case .otherCohort: "the pupil is of another cohort"
    case .noCohort: "it is not known in which year the pupil leaves"
    case .conditionNotMet: "the pupil is not one whom the return is about"
    case .notConfirmed: "no named person has confirmed the pupil"
    case .nothingToTell: "it answers a request, or there is nothing to tell"
    }
  }
}
