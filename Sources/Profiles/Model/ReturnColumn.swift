// One column of a return: its heading, what its cells say, what is asked of them.

package import Leavers

/// One column of a return.
package struct ReturnColumn: Sendable, Hashable {
  package typealias Source = CellForm.Source
  package typealias SchoolItem = CellForm.SchoolItem
  package typealias LetterCase = CellForm.LetterCase

  /// The heading; in XML also the element, where no other is named.
  package var name: String
  package var form: CellForm
  /// Longest text in characters; a longer value holds the row, it is never cut.
  package var max: Int?
  /// A row without it is held for this authority; but a row of the floor goes without it.
  package var required: Bool
  /// Whether the column may tell what people wrote in words of their own.
  package var allowsFreeText: Bool
  /// In XML: the path of the element or attribute under the row's element, such as `Identity/UPN` or `Identity/@type`.
  package var element: String?
  /// In a workbook: the column's width in characters.
  package var width: Int?

  package init(
    name: String, form: CellForm, max: Int? = nil, required: Bool = false, allowsFreeText: Bool = false,
    element: String? = nil, width: Int? = nil
  ) {
    self.name = name
    self.form = form
    self.max = max
    self.required = required
    self.allowsFreeText = allowsFreeText
    self.element = element
    self.width = width
  }

  package init(
    name: String, source: Source, date: DatePattern? = nil, letterCase: LetterCase? = nil, max: Int? = nil,
    required: Bool = false, codes: String? = nil, map: ValueMap = ValueMap()
  ) {
    self.init(
      name: name, form: CellForm(source, date: date, letterCase: letterCase, codes: codes, map: map), max: max,
      required: required)
  }

  package var source: Source {
    get { form.source }
    set { form.source = newValue }
  }
  package var map: ValueMap {
    get { form.map }
    set { form.map = newValue }
  }
  package var codes: String? { form.codes }
  package var date: DatePattern? { form.date }
  package var letterCase: LetterCase? { form.letterCase }
}
