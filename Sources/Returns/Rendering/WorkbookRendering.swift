// A return as a workbook of our own.

import Leavers
import Profiles
import Tabular

/// Writes a workbook with one sheet: headings in view, identifiers as text, days as days, codes as lists.
struct WorkbookRendering {
  let profile: ReturnProfile
  let form: WorkbookForm

  func bytes(_ rows: ReturnRows, _ setting: RenderSetting) throws(ReturnsError) -> [UInt8] {
    let kinds = profile.columns.map(TypedCells.kind)
    let sheet = SheetDraft(
      name: form.sheet, columns: zip(profile.columns, kinds).map(column),
      rows: rows.lines.map { line in zip(line.cells, kinds).map { CellDraft(TypedCells.content($0, $1)) } })
    let draft = WorkbookDraft(
      sheets: [sheet],
      properties: WorkbookDraft.Properties(
        title: "\(setting.kind.words) of \(setting.cohort)", author: setting.school.name))
    do throws(WorkbookWritingError) {
      return try WorkbookWriter(temporaryFilesIn: setting.scratch)
        .bytes(of: draft, created: Int(LondonTime.timestamp(on: setting.day).milliseconds / 1000))
    } catch {
      throw ReturnRenderer.unwritable(profile, error.message)
    }
  }

  private func column(_ column: ReturnColumn, _ kind: TypedCells.Kind) -> ColumnDraft {
    let width = column.width ?? max(10, min(40, column.name.count + 4))
    let draftKind: ColumnDraft.Kind =
      switch kind {
      case .text: .text
      case .day: .date
      case .number: .number
      }
    return ColumnDraft(
      column.name, width: Double(width), kind: draftKind, allowed: offered(column),
      takesOthers: true)
  }

  /// The authority's own words for the codes of a column, where it is a list that a person can look through.
  func offered(_ column: ReturnColumn) -> [String] {
    guard form.offersLists, column.form.lookup == nil, !column.map.isEmpty else { return [] }
    var words: [String] = []
    for entry in column.map.entries where !words.contains(entry.theirs) { words.append(entry.theirs) }
    return words.count <= 200 ? words : []
  }
}
