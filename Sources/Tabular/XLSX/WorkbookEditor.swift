// Writes into one sheet of a workbook and leaves all else as it is; what was written is read back. No I/O.

/// Writes texts and colours into a sheet.
///
/// Only the part of that sheet changes, the table of formats where cells are coloured, and the list of names where a
/// constant is set. In each every byte that is not concerned stays; all other parts are copied as they are packed. The
/// same input gives the same bytes.
package enum WorkbookEditor {
  /// An edited workbook. Personal: does not print.
  package struct Edited: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package let bytes: [UInt8]
    /// Whether it may hold macros: Excel opens it only under a name that ends in `.xlsm`.
    package let isMacroEnabled: Bool

    package var description: String { "WorkbookEditor.Edited(\(bytes.count) bytes)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
  }

  /// A sheet with more bytes of XML is not edited: the whole of it is held in memory twice.
  static let sheetLimit = 1 << 28

  /// Edits the sheet with a number, from 1. What cannot be edited, or does not read back as it was and as was asked for,
  /// is an error, `notEditable` where the workbook itself is sound. `constant`: a text that it shall carry under a hidden
  /// name; a workbook whose list of names is not edited goes without.
  package static func edit(
    _ bytes: [UInt8], sheet number: Int, _ edits: SheetEdits, constant: (name: String, text: String)? = nil,
    limits: WorkbookLimits = WorkbookLimits()
  ) throws(WorkbookError) -> Edited {
    var workbook = try WorkbookReader(bytes, limits: limits)
    guard workbook.sheets.indices.contains(number - 1), let entry = workbook.sheets[number - 1].entry else {
      throw notEditable(number, "the workbook has no such sheet")
    }
    // Its XML is sound from here on, to the end.
    let before = try cells(of: number, &workbook)
    guard let sheet = try workbook.bytes(of: entry, .sheet(number)), sheet.count <= sheetLimit else {
      throw notEditable(number, "the sheet has more than \(sheetLimit) bytes, too many to be edited")
    }
    let stylesEntry = workbook.stylesEntry
    var styles: StyleSheetEditor?
    if let stylesEntry, let table = try workbook.bytes(of: stylesEntry, .styles) { styles = StyleSheetEditor(table) }
    var replaced: [(name: String, bytes: [UInt8])] = []
    do throws(SheetXMLEditor.NotEditable) {
      var editor = try SheetXMLEditor(sheet, edits, styles: styles)
      let result = try editor.run()
      replaced.append((entry, result.sheet))
      if let stylesEntry, let table = result.styles { replaced.append((stylesEntry, table)) }
    } catch {
      throw notEditable(number, "its XML is written in a way that is not edited; save the workbook in Excel")
    }
    if let constant, let main = try workbook.bytes(of: workbook.mainEntry, .workbook),
      let named = WorkbookConstant.part(main, setting: constant.name, to: constant.text)
    {
      replaced.append((workbook.mainEntry, named))
    }
    let result = try ZipRewriter.replace(replaced, in: bytes)
    var written = try WorkbookReader(result, limits: limits)
    guard agree(before, try cells(of: number, &written), edits), written.sheets == workbook.sheets else {
      throw notEditable(number, "it does not read back as it was written")
    }
    return Edited(bytes: result, isMacroEnabled: try isMacroEnabled(workbook))
  }

  // MARK: Reading back

  private static func cells(
    of number: Int, _ workbook: inout WorkbookReader
  ) throws(WorkbookError) -> [Int: [SheetCell]] {
    var reader = try workbook.read(workbook.sheets[number - 1])
    var rows: [Int: [SheetCell]] = [:]
    while try reader.next() {
      reader.withRow { row in rows[row.number] = (0..<row.count).compactMap { row.cell($0) } }
    }
    return rows
  }

  /// Whether all cells are as they were, but for those that were to be written, which are texts and as asked for.
  private static func agree(_ before: [Int: [SheetCell]], _ after: [Int: [SheetCell]], _ edits: SheetEdits) -> Bool {
    for row in Set(before.keys).union(after.keys).union(edits.rows.keys) {
      let (old, new) = (before[row] ?? [], after[row] ?? [])
      let texts = edits.rows[row]?.texts ?? [:]
      for index in 0..<max(old.count, new.count, texts.keys.max() ?? 0) {
        let cell = new.indices.contains(index) ? new[index] : nil
        if let text = texts[index + 1] {
          guard (cell?.text ?? "") == InlineText.fitted(text), cell.map({ !$0.isFormula }) ?? true else { return false }
          guard text.isEmpty || cell?.kind == .text else { return false }
        } else if old.indices.contains(index), old[index].kind != .blank || old[index].lacksValue {
          guard cell == old[index] else { return false }
        } else {
          guard cell.map({ $0.kind == .blank && !$0.lacksValue }) ?? true else { return false }
        }
      }
    }
    return true
  }

  /// Whether the workbook's main part is of the type that may hold macros (ECMA-376's types do not name it; Excel does).
  private static func isMacroEnabled(_ workbook: borrowing WorkbookReader) throws(WorkbookError) -> Bool {
    guard let types = try workbook.bytes(of: "[Content_Types].xml", .packageRelations) else { return false }
    return String(decoding: types, as: UTF8.self).contains("macroEnabled.main+xml")
  }

  private static func notEditable(_ sheet: Int, _ message: String) -> WorkbookError {
    WorkbookPart.sheet(sheet).error(.notEditable, message)
  }
}
