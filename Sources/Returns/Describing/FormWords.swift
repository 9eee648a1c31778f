// What a column says, in words that a tracking team reads. Pure.

import Leavers
import Profiles

/// Columns in words.
enum FormWords {
  /// What a cell is made of and how it is written.
  static func words(_ form: CellForm) -> String { ([source(form)] + steps(form)).joined(separator: ", ") }

  private static func source(_ form: CellForm) -> String {
    switch form.source {
    case .field(let field): name(field)
    case .constant(let text): "always “\(text)”"
    case .school(.laestab): "the school's DfE number"
    case .school(.urn): "the school's URN"
    case .school(.ukprn): "the school's UKPRN"
    case .school(.name): "the school's name"
    case .destinationKind(let intended, let actual): "“\(intended)” or “\(actual)”: which destination the row is about"
    case .refusal(let refused, let otherwise):
      "“\(refused)” where sharing was refused, else \(quoted(otherwise))"
    case .moved(let moved, let otherwise):
      "“\(moved)” once for a pupil who moved to another authority, else \(quoted(otherwise))"
    case .firstOf(let parts): "the first of these that is known: " + parts.map(words).joined(separator: "; ")
    case .joined(let parts, let separator):
      parts.map(words).joined(separator: "; ")
        + (separator.isEmpty ? " (run together)" : " (with “\(separator)” between)")
    case .when(let cases, let otherwise):
      cases.map { "where \(condition($0.condition)): \(words($0.form))" }.joined(separator: "; ")
        + "; else " + (otherwise.map(words) ?? "blank")
    }
  }

  private static func steps(_ form: CellForm) -> [String] {
    var steps: [String] = []
    if let date = form.date { steps.append("as \(date.text)") }
    if let words = form.yesNo {
      steps.append("“\(words.yes)” for yes, “\(words.no)” for no, \(quoted(words.unknown)) where not known")
    }
    if let number = form.number {
      steps.append(
        "a number with at least \(number.digits) digit\(number.digits == 1 ? "" : "s")"
          + (number.decimals > 0 ? " and \(number.decimals) behind “\(number.mark)”" : ""))
    }
    if let codes = form.codes { steps.append("codes of the list \(codes)") }
    if !form.map.isEmpty { steps.append("in the words below") }
    if let lookup = form.lookup {
      steps.append(
        "\(lookup.column) of the table \(lookup.table.id)"
          + (lookup.otherwise.map { ", “\($0)” where it has none" } ?? ""))
    }
    switch form.slice {
    case .first(let count): steps.append("the first \(count) characters")
    case .last(let count): steps.append("the last \(count) characters")
    case .range(let range):
      steps.append(
        "from character \(range.lowerBound)" + (range.upperBound == Int.max ? " on" : " to \(range.upperBound)"))
    case nil: break
    }
    switch form.letterCase {
    case .upper: steps.append("in capitals")
    case .lower: steps.append("in small letters")
    case .title: steps.append("with capitals at the beginning of words")
    case nil: break
    }
    if let padding = form.padding {
      steps.append("filled on the \(padding.side.rawValue) with “\(padding.filler)” to \(padding.length) characters")
    }
    switch form.substitute {
    case .always(let text): steps.append("“\(text)” in place of what may not be told")
    case .byValue(let texts):
      steps.append(
        "“\(texts.values.min() ?? "")” in place of \(texts.keys.sorted().joined(separator: ", ")), which may not be told"
      )
    case nil: break
    }
    return steps
  }

  static func condition(_ condition: FieldCondition) -> String {
    let field = name(condition.field)
    return switch condition.test {
    case .present: "\(field) is known"
    case .absent: "\(field) is not known"
    case .isOneOf(let values): "\(field) is \(values.joined(separator: " or "))"
    case .isNoneOf(let values): "\(field) is known and not \(values.joined(separator: " or "))"
    case .dated(let from, let until):
      field + (from.map { " from \($0)" } ?? "") + (until.map { " until \($0)" } ?? "")
    }
  }

  private static func quoted(_ text: String) -> String { text.isEmpty ? "blank" : "“\(text)”" }

  private static let short: Set<String> = ["upn", "uln", "sen"]

  /// `legalSurname` as `legal surname`, `providerUKPRN` as `provider UKPRN`.
  static func name(_ field: Field) -> String {
    var words = ""
    var wasCapital = true
    for character in field.rawValue {
      if character.isUppercase, !wasCapital { words += " " }
      words.append(character)
      wasCapital = character.isUppercase
    }
    return words.split(separator: " ").map { word in
      let isShort = word.count > 1 && word.allSatisfy(\.isUppercase) || short.contains(word.lowercased())
      return isShort ? word.uppercased() : word.lowercased()
    }.joined(separator: " ")
  }
}
