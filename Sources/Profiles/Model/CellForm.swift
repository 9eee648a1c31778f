// What a cell of a return says: where it comes from and how it is written.

package import Leavers

/// Where a cell comes from, and what is made of it, in this order: form of a date, yes or no, number; code set; map;
/// table; cut; letters; padding.
package struct CellForm: Sendable, Hashable {
  package indirect enum Source: Sendable, Hashable {
    case field(Field)
    case constant(String)
    /// Something of the school, not of the pupil.
    case school(SchoolItem)
    /// Which destination of the pupil a row is about, in a return with a row each.
    case destinationKind(intended: String, actual: String)
    /// Whether sharing was refused: told only where the profile asks for it.
    case refusal(refused: String, otherwise: String)
    /// Whether the pupil moved to another authority: the mark of a closing record.
    case moved(moved: String, otherwise: String)
    /// The first that says something.
    case firstOf([CellForm])
    /// All that say something, with a text between two.
    case joined([CellForm], with: String)
    /// The first of which the condition holds; otherwise the last, where there is one.
    case when([Case], otherwise: CellForm?)
  }
  package struct Case: Sendable, Hashable {
    package var condition: FieldCondition
    package var form: CellForm

    package init(condition: FieldCondition, form: CellForm) {
      self.condition = condition
      self.form = form
    }
  }
  package enum SchoolItem: String, Sendable, Hashable, CaseIterable {
    case laestab, urn, ukprn, name
  }
  package enum LetterCase: String, Sendable, Hashable, CaseIterable {
    case upper, lower
    /// Capitals at the beginning of each word, also after hyphen and apostrophe.
    case title
  }
  /// The words for a flag.
  package struct YesNo: Sendable, Hashable {
    package var yes: String
    package var no: String
    /// Where the record does not say.
    package var unknown: String

    package init(yes: String, no: String, unknown: String = "") {
      self.yes = yes
      self.no = no
      self.unknown = unknown
    }
  }
  /// How a number is written; in a workbook it is a number.
  package struct NumberForm: Sendable, Hashable {
    /// Digits before the mark at least; zeros come in front.
    package var digits: Int
    package var decimals: Int
    package var mark: String

    package init(digits: Int = 1, decimals: Int = 0, mark: String = ".") {
      self.digits = digits
      self.decimals = decimals
      self.mark = mark
    }
  }
  /// A part of a text, in characters.
  package enum Slice: Sendable, Hashable {
    case first(Int)
    case last(Int)
    /// From and to a character, counted from 1.
    case range(ClosedRange<Int>)
  }
  /// What fills a text that is too short.
  package struct Padding: Sendable, Hashable {
    package enum Side: String, Sendable, Hashable, CaseIterable { case left, right }
    package var length: Int
    package var filler: String
    package var side: Side

    package init(length: Int, filler: String, side: Side) {
      self.length = length
      self.filler = filler
      self.side = side
    }
  }
  /// A value found in a table of the authority's.
  package struct Lookup: Sendable, Hashable {
    package var table: LookupTable
    /// The table's column that is written.
    package var column: String
    /// What is written for a value that is not in the table; nil: the row is held.
    package var otherwise: String?

    package init(table: LookupTable, column: String, otherwise: String? = nil) {
      self.table = table
      self.column = column
      self.otherwise = otherwise
    }
  }

  /// What stands for a sensitive value, in the authority's words.
  package enum Substitute: Sendable, Hashable {
    case always(String)
    /// By our value; another value withholds the pupil.
    case byValue([String: String])
  }

  package var source: Source
  /// How a date is written.
  package var date: DatePattern?
  package var yesNo: YesNo?
  package var number: NumberForm?
  /// The code set that the authority knows: a code of ours that is not current in it holds the row.
  package var codes: String?
  /// Our value → the authority's own, applied after `codes` was asked. Where there is a map, a value that is not in it is
  /// unknown to the authority and holds the row: two generations of codes use the same numbers with other meanings.
  package var map: ValueMap
  package var lookup: Lookup?
  package var slice: Slice?
  package var letterCase: LetterCase?
  package var padding: Padding?
  /// What stands for a sensitive value that no agreement covers; nil: the pupil is withheld.
  package var substitute: Substitute?

  package init(
    _ source: Source, date: DatePattern? = nil, yesNo: YesNo? = nil, number: NumberForm? = nil,
    letterCase: LetterCase? = nil, codes: String? = nil, map: ValueMap = ValueMap(), lookup: Lookup? = nil,
    slice: Slice? = nil, padding: Padding? = nil, substitute: Substitute? = nil
  ) {
    self.source = source
    self.date = date
    self.yesNo = yesNo
    self.number = number
    self.letterCase = letterCase
    self.codes = codes
    self.map = map
    self.lookup = lookup
    self.slice = slice
    self.padding = padding
    self.substitute = substitute
  }

  /// The forms that it is made of.
  private var parts: [CellForm] {
    switch source {
    case .field, .constant, .school, .destinationKind, .refusal, .moved: []
    case .firstOf(let parts), .joined(let parts, _): parts
    case .when(let cases, let otherwise): cases.map(\.form) + (otherwise.map { [$0] } ?? [])
    }
  }

  /// Itself and every form in it, however deep.
  package var all: [CellForm] { [self] + parts.flatMap(\.all) }

  /// Every field that the cell may tell of, those of its conditions too.
  package var fields: [Field] {
    all.flatMap { form -> [Field] in
      switch form.source {
      case .field(let field): [field]
      case .when(let cases, _): cases.map(\.condition.field)
      case .constant, .school, .destinationKind, .refusal, .moved, .firstOf, .joined: []
      }
    }
  }

  /// Whether it is one field, written by itself: no part of another text, not chosen by conditions.
  package var isPlain: Bool {
    guard case .field = source else { return false }
    return yesNo == nil && number == nil && lookup == nil && slice == nil && padding == nil && letterCase != .title
      && substitute == nil && !map.isDated
  }
}

extension CellForm.Source {
  /// The field of the leaver's record, where it comes from one.
  package var field: Field? { if case .field(let field) = self { field } else { nil } }
}

extension CellForm {
  /// Whether a cell says that the pupil moved.
  package var tellsMoves: Bool { all.contains { if case .moved = $0.source { true } else { false } } }

  /// Whether a cell says that sharing was refused.
  package var tellsRefusal: Bool { all.contains { if case .refusal = $0.source { true } else { false } } }
}
