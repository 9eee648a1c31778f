// The address of a row whose table has it in parts, or in more than three lines. Pure.

import Leavers

extension RowReader {
  private static let lines: [Field] = [.addressLine1, .addressLine2, .addressLine3]

  /// Makes the lines of the parts where no line is filled; else adds to the third line what the table has beyond it.
  func addAddress(_ row: ScannedRecord, _ reading: inout RowReading) {
    var parts: [AddressPart: String] = [:]
    for (part, place) in columns.parts.sorted(by: { $0.value < $1.value }) {
      guard let cell = row.cells.element(at: place) else { continue }
      let outcome =
        row.unclear[place].map { Rules.unclear($0, cell, field: .addressLine1, in: context) }
        ?? Rules.check(cell, field: .addressLine1, in: context)
      parts[part] = outcome.value
      reading.findings += outcome.remarks.map {
        ExportFinding(
          $0, row: row.number, columnNumber: place + 1, column: columns.names.element(at: place), value: cell)
      }
    }
    let given = Self.lines.map { reading.record[$0] ?? "" }
    let further = [AddressPart.line4, .line5].compactMap { parts[$0] }.filter { text in
      // Some repeat the town as the last line.
      ![reading.record[.town], reading.record[.county]].contains { $0?.lowercased() == text.lowercased() }
    }
    let lines: [String]
    if (given + further).allSatisfy(\.isEmpty) {
      lines =
        AddressParts(
          saon: parts[.saon] ?? "", paon: parts[.paon] ?? "", street: parts[.street] ?? "",
          locality: parts[.locality] ?? ""
        ).lines
    } else if further.isEmpty {
      return
    } else {
      lines = AddressParts.threeLines(given + further)
    }
    for (index, field) in Self.lines.enumerated() { reading.record[field] = lines.element(at: index) }
  }
}
