// A cell of a workbook that is to be written. Pure.

/// What a cell is to hold and how it is to look.
package struct CellDraft: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case blank
    /// Always a text to the spreadsheet: zeros in front stay, and what begins with `=`, `+`, `-` or `@` is no formula.
    case text(String)
    /// Written with 16 digits.
    case number(Double)
    /// A day, shown as `dd/mm/yyyy`. What is no day of a spreadsheet's calendar, before 1 March 1900 too, is written as
    /// the text `yyyy-MM-dd`.
    case date(year: Int, month: Int, day: Int)
  }

  /// How a cell looks, and with it whether it can be changed in a protected sheet.
  package enum Style: Hashable, Sendable {
    /// Black on white; can be changed where the column can.
    case plain
    /// Bold on grey, as the headings are; never to be changed.
    case heading
    /// Grey: filled in beforehand, never to be changed.
    case muted
    /// Yellow, framed: to be filled in.
    case input
    /// Red: looks wrong; can be changed where the column can.
    case warning
  }

  package var content: Content
  /// Nil for what the column says: `input` in one that can be changed, else `plain`.
  package var style: Style?
  /// A note on the cell, shown when the mouse rests on it.
  package var note: String?

  package init(_ content: Content, style: Style? = nil, note: String? = nil) {
    self.content = content
    self.style = style
    self.note = note
  }

  package static let blank = CellDraft(.blank)
  package static func text(_ text: String, _ style: Style? = nil) -> CellDraft { CellDraft(.text(text), style: style) }
  package static func number(_ number: Double, _ style: Style? = nil) -> CellDraft {
    CellDraft(.number(number), style: style)
  }
  package static func date(year: Int, month: Int, day: Int, _ style: Style? = nil) -> CellDraft {
    CellDraft(.date(year: year, month: month, day: day), style: style)
  }
}

extension CellDraft: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Without the content, which may be personal data.
  package var description: String { "CellDraft(redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
