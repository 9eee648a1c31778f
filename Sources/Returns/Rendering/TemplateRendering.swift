// A return in the authority's own workbook.

import Leavers
import Profiles
import Tabular

/// Fills in the authority's workbook; all else in it stays as the authority made it.
struct TemplateRendering {
  let profile: ReturnProfile
  let form: TemplateForm

  func bytes(_ rows: ReturnRows, _ setting: RenderSetting) throws(ReturnsError) -> [UInt8] {
    let kinds = profile.columns.map(TypedCells.kind)
    do throws(WorkbookError) {
      let workbook = try TemplateWorkbook(form.workbook)
      return try workbook.filled(
        at: try Self.place(form.first), columns: profile.columns.count,
        rows: rows.lines.map { line in zip(line.cells, kinds).map { TypedCells.content($0, $1) } },
        replacesSample: form.replacesSample, cells: try cells(rows, setting))
    } catch {
      throw ReturnRenderer.unwritable(profile, "the template \(form.file): \(error.message)")
    }
  }

  /// Single cells of the return as a whole.
  func cells(
    _ rows: ReturnRows, _ setting: RenderSetting
  ) throws(WorkbookError) -> [(place: SheetPlace, content: CellDraft.Content)] {
    var cells: [(place: SheetPlace, content: CellDraft.Content)] = []
    for cell in form.cells {
      let text = setting.text(cell.text, of: rows)
      // A total is a number there, a day a text in the form that the profile names.
      let isNumber = cell.text.pieces.count == 1 && cell.text.isTotal
      cells.append((try Self.place(cell.place), isNumber ? .number(Double(text) ?? 0) : .text(text)))
    }
    return cells
  }

  static func place(_ place: TemplateForm.Place) throws(WorkbookError) -> SheetPlace {
    guard let found = SheetPlace("\(place.quotedSheet)!\(place.cell)") else {
      throw WorkbookError(.badReference, message: "\(place.cell) is no cell; correct it in the authority's file")
    }
    return found
  }
}

extension LineText {
  /// Whether it is a number of rows or a sum.
  var isTotal: Bool {
    switch pieces.first {
    case .placeholder(.rows), .placeholder(.pupils), .placeholder(.count), .placeholder(.sum): true
    default: false
    }
  }
}
