// One column of a return.

import Leavers
import Tabular

/// Reads one column and holds it against the agreements of its return.
struct ColumnReader {
  let context: LoadContext
  let forms: FormReader
  /// The agreements that cover the return's kind.
  let agreements: [Agreement]

  /// The column and where its header stands.
  func read(_ node: ConfigNode) -> (column: ReturnColumn, place: FilePlace)? {
    guard let mapping = node.mapping(KeyLevels.column) else { return nil }
    let name = mapping["name"].flatMap { forms.encodable($0) }
    let form = forms.form(mapping)
    let max = mapping["max"]?.integer(in: 1...10_000)
    let required = mapping["required"]?.boolean() ?? false
    let freeText = mapping["free-text"]?.word(among: ["allowed"]) != nil
    let element = mapping["element"].flatMap { self.element($0) }
    let width = mapping["width"]?.integer(in: 1...200)
    guard let name, let form else { return nil }
    for field in Set(form.fields).sorted(by: { $0.rawValue < $1.rawValue }) {
      checkTier(of: field, form, at: mapping.place(of: "from"))
      if field.isFreeText, !freeText {
        context.log.error(
          .freeText, at: mapping.place(of: "from"),
          "\(field.rawValue) holds what people wrote in words of their own, which may be about anything",
          remedy: "remove it, or have it agreed and write free-text: allowed in this column")
      }
    }
    let column = ReturnColumn(
      name: name, form: form, max: max, required: required, allowsFreeText: freeText, element: element, width: width)
    return (column, mapping.place(of: "name"))
  }

  private func element(_ node: ConfigNode) -> String? {
    guard let text = node.text() else { return nil }
    guard XMLPath(text) != nil else {
      node.error(
        .badValue, "\(quoted(text)) is not a path of elements", remedy: "write it like Identity/UPN or Identity/@type")
      return nil
    }
    return text
  }

  /// Special category data goes only under an agreement that covers it.
  private func checkTier(of field: Field, _ form: CellForm, at place: FilePlace) {
    guard field.tier == .special, !agreements.isEmpty, form.substitute == nil else { return }
    let without = agreements.filter { !$0.coversSpecial }
    guard let first = without.first else { return }
    if without.count == agreements.count {
      context.log.error(
        .specialWithoutAgreement, at: place,
        "\(field.rawValue) is special category data, and the agreement \(quoted(first.reference)) does not cover it",
        remedy: "remove the column, or have it agreed and write special: true there")
    } else {
      context.log.warning(
        .specialWithoutAgreement, at: place,
        "\(field.rawValue) is special category data: while \(quoted(first.reference)) is in force, pupils who have it are withheld",
        remedy: "remove the column, or have it agreed and write special: true there")
    }
  }
}
