// A recipe as an empty workbook with the headings of the system. Pure.

import Leavers
package import Tabular

extension ReportRecipe {
  /// A sheet with the headings and nothing below them, and one that explains them. Lists of codes offer their answers.
  package var workbook: WorkbookDraft {
    let columns = withHeading
    let report = SheetDraft(
      name: "Report",
      columns: columns.map { column in
        ColumnDraft(
          column.heading ?? "", width: Double(min(max((column.heading ?? "").count + 4, 12), 40)),
          kind: column.field.type == .date ? .date : .text, isLocked: false,
          allowed: column.answers.count <= 60 ? column.answers : [], takesOthers: true,
          note: ([column.need.rawValue + ":"] + column.why).joined(separator: " "))
      }, takesMoreRows: true)
    let rows: [[CellDraft]] = (columns + withoutHeading).map { column in
      [
        .text(column.heading ?? "(no heading yet)"), .text(column.need.rawValue), .text(column.name),
        .text(column.form ?? ""), .text(column.authorities.joined(separator: ", ")),
        .text(column.why.joined(separator: " ")),
      ]
    }
    let explanation = SheetDraft(
      name: "Columns",
      columns: [
        ColumnDraft("Heading", width: 28), ColumnDraft("Need", width: 9), ColumnDraft("What it is", width: 28),
        ColumnDraft("How it looks", width: 36, wraps: true), ColumnDraft("Asked for by", width: 30, wraps: true),
        ColumnDraft("Why", width: 70, wraps: true),
      ], rows: rows)
    return WorkbookDraft(
      sheets: [report, explanation],
      properties: .init(title: title, subject: kind.rawValue, author: "leaverlink"),
      marks: [.init("kind", "recipe"), .init("mis", mis), .init("return", kind.rawValue)])
  }
}
