// How the cells of a workbook look.

import CSpreadsheet

/// The formats of one workbook, each made when a cell first asks for it, so that their order is that of the cells.
struct WorkbookFormats {
  struct Key: Hashable {
    var style: CellDraft.Style
    var kind: ColumnDraft.Kind
    var isLocked: Bool
    var wraps: Bool
  }

  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private var made: [Key: UnsafeMutablePointer<lxw_format>] = [:]

  init(_ workbook: UnsafeMutablePointer<lxw_workbook>) { self.workbook = workbook }

  /// Nil only where there is no memory; the cell then looks plain.
  mutating func format(_ key: Key) -> UnsafeMutablePointer<lxw_format>? {
    if let format = made[key] { return format }
    guard let format = workbook_add_format(workbook) else { return nil }
    switch key.kind {
    case .text: format_set_num_format(format, "@")
    case .date: format_set_num_format(format, "dd/mm/yyyy")
    case .number: break
    }
    if !key.isLocked { format_set_unlocked(format) }
    if key.wraps { format_set_text_wrap(format) }
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    // Colours in pairs with a contrast above 7 : 1; none carries a meaning that nothing else does.
    switch key.style {
    case .plain: break
    case .heading:
      format_set_bold(format)
      fill(format, 0xD9D9D9, ink: 0x000000)
      format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
    case .muted: fill(format, 0xF2F2F2, ink: 0x404040)
    case .input:
      fill(format, 0xFFF9DB, ink: 0x000000)
      format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_border_color(format, 0x7F7F7F)
    case .warning:
      fill(format, 0xFFE5E5, ink: 0x7A0000)
      format_set_border(format, UInt8(LXW_BORDER_MEDIUM.rawValue))
      format_set_border_color(format, 0x7A0000)
    }
    made[key] = format
    return format
  }

  private func fill(_ format: UnsafeMutablePointer<lxw_format>, _ colour: UInt32, ink: UInt32) {
    format_set_pattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
    // In a solid pattern the foreground is what is seen.
    format_set_fg_color(format, colour)
    // Black is 0 to the library, which is also "no colour"; it has a black of its own.
    format_set_font_color(format, ink == 0 ? UInt32(LXW_COLOR_BLACK.rawValue) : ink)
  }
}
