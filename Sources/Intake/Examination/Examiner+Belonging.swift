// Whose a file is: the school that its rows name, and the pupils of a sheet of ours, by their hidden keys. Pure.

import Leavers
import Ledger
import Linkage
import Profiles

extension Examiner {
  /// The keys of the rows of a sheet of pupils; nil of any other file.
  func rowKeys(of pupils: [ScannedRecord], _ columns: ExportColumns) -> [PupilRowKey]? {
    columns.keyColumn.map { column in
      pupils.map { PupilRowKey(cell: $0.cells.element(at: column)?.trimmedOfBlanks ?? "") }
    }
  }

  /// The exports up to which the rows of a sheet show what was known, as far as nobody gave them.
  func missingBaselines(_ keys: [PupilRowKey]?) -> Set<ExportID> {
    Set(Set((keys ?? []).compactMap(\.shown)).sorted(by: >).prefix(SheetBaselines.most).filter(baselines.lacks))
  }

  /// Why the file is another school's: rows name other schools, configured here or not, and none names this one.
  func otherSchool(_ readings: [RowReading]) -> Remark? {
    guard !readings.contains(where: { $0.record[.laestab] != nil }) else { return nil }
    let foreign = readings.count { $0.said.contains(.laestabOther) }
    return foreign == 0 ? nil : Remark(.otherSchool, foreign == 1 ? "1 row" : "\(foreign) rows")
  }

  /// Whether a sheet of pupils is another school's: rows have keys, and none is of a pupil of this one. A row that a person
  /// added says nothing of that.
  func isOfAnotherSchool(_ keys: [PupilRowKey]) -> Bool {
    let keyed = keys.filter { !$0.key.isEmpty }
    return tellsKeys && !keyed.isEmpty && !keyed.contains { roll.knows($0.key) }
  }

  /// Whether a key that the roll does not know is a stranger's. A school without pupils never had a sheet of ours; without a
  /// ledger nothing can be said.
  var tellsKeys: Bool { isRollComplete || !roll.isEmpty }

  /// The pupil of a row. Beside a row key it is told by what the sheet showed: the pupil may be called otherwise since.
  func find(_ record: LeaverRecord, _ key: PupilRowKey?, in roll: Roll) -> Roll.Found? {
    if let key, let then = baselines[key.shown]?.find(record, key: key.key), then.way == .rowKey,
      let entry = roll.entry(of: then.entry.pupil)
    {
      return Roll.Found(entry: entry, way: .rowKey)
    }
    return roll.find(record, key: key?.key)
  }
}
