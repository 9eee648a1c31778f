// Who made a file, whether it therefore can hold all leavers, and who is carried on where it does not. Pure.

import Leavers
import Ledger
import Profiles

extension Examiner {
  /// Who made a file.
  enum Origin {
    /// The school's system, with UPNs or without.
    case system(hasUPNs: Bool)
    /// A person, by whatever is known of it: a list kept by hand, what was corrected of a Common Transfer File, a file
    /// that somebody put on the desk.
    case person
    /// We: a sheet to be filled in.
    case sheet

    var series: ExportSeries {
      switch self {
      case .system(hasUPNs: true): .export
      case .system(hasUPNs: false), .person: .list
      case .sheet: .sheet
      }
    }
  }

  func origin(of scan: ExportScan, _ columns: ExportColumns, _ map: HeaderMap) -> Origin {
    if columns.keyColumn != nil { return .sheet }
    let isByHand =
      isFromDesk || scan.kind == .transferFile || columns.isOfTransferFile
      || map.id == CareersLeadMap.id && map.id != school.mis
    return isByHand ? .person : .system(hasUPNs: columns.positions[.upn] != nil)
  }

  /// Whether the export holds all leavers: never a list or a sheet, whatever the school says of its exports.
  func extent(of origin: Origin) -> ExportExtent {
    switch origin {
    case .sheet, .person: .partial
    // The first file of a school whose system gives no UPNs at all is all there is.
    case .system(hasUPNs: false): roll.isEmpty ? school.exportsAre : .partial
    case .system(hasUPNs: true): school.exportsAre
    }
  }

  /// What exports before said of pupils of the same cohorts who are not in this one: an authority's return is of all of
  /// them, whichever file said it last. `renewed` are cohorts that say something new because words were decided.
  ///
  /// An export that holds all leavers is without those who left, and what is carried on after it is too; of a sixth former
  /// of whom a person said on which day that was, it is told nevertheless.
  func carried(
    _ roll: Roll, besides joined: Set<PupilID>, of rows: [ExaminedRow], and renewed: Set<Cohort>,
    in extent: ExportExtent,
    after last: Int
  ) -> [CarriedRow] {
    let cohorts = Set(rows.compactMap(\.cohort)).union(renewed)
    let left = roll.entries.filter { entry in
      entry.verdict == .clear && !joined.contains(entry.pupil) && entry.cohort.map(cohorts.contains) == true
        && (extent == .partial && !entry.isMissing || entry.leftOn != nil)
    }
    return left.enumerated().map { CarriedRow(rowNumber: last + 1 + $0.offset, entry: $0.element.withItsDay) }
  }
}

extension RollEntry {
  /// With the day on which the pupil left, as if an export had said it.
  fileprivate var withItsDay: RollEntry {
    guard let leftOn, record.date(.leavingDate) != leftOn else { return self }
    var record = record
    record[.leavingDate] = leftOn.description
    return RollEntry(
      pupil: pupil, key: key, record: record, cohort: cohort, verdict: verdict, export: export, words: words,
      leftOn: leftOn)
  }
}
