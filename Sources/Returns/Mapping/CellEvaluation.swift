// From a record as an authority may see it to the text of one cell, or why there can be none. Pure.

import Leavers
import Profiles
import Tabular

/// Why a cell cannot be written.
struct CellObstacle: Error {
  enum Reason {
    case held(HoldReason)
    case withheld(WithholdReason)
  }
  let reason: Reason
  /// The code that the authority does not know; never a text of a person's.
  let code: String?

  init(_ reason: HoldReason, code: String? = nil) {
    self.reason = .held(reason)
    self.code = code
  }

  init(_ reason: WithholdReason) {
    self.reason = .withheld(reason)
    code = nil
  }
}

/// Evaluates the forms of cells for one school on a day.
struct CellEvaluation: Sendable {
  let school: School
  let codes: CodeTables
  /// The day on which a code must be current and a map hold.
  let day: CalendarDate

  /// The text of a form; nil where there is nothing to say, or nothing that may be said.
  func text(
    of form: CellForm, _ record: DisclosedRecord, _ destination: DisclosedRecord.Destination?
  ) throws(CellObstacle) -> String? {
    guard let text = try source(form, record, destination) else { return nil }
    return finish(text, form)
  }

  private func source(
    _ form: CellForm, _ record: DisclosedRecord, _ destination: DisclosedRecord.Destination?
  ) throws(CellObstacle) -> String? {
    switch form.source {
    case .constant(let text): return text
    case .school(let item): return text(of: item)
    case .field(let field): return try text(of: field, form, record)
    case .refusal(let refused, let otherwise):
      let text = record.isRefused ? refused : otherwise
      return text.isEmpty ? nil : text
    case .moved(let moved, let otherwise):
      let text = record.isClosing ? moved : otherwise
      return text.isEmpty ? nil : text
    case .destinationKind(let intended, let actual):
      switch destination {
      case .intended: return intended
      case .actual: return actual
      case nil: return nil
      }
    case .firstOf(let parts):
      for part in parts {
        if let text = try text(of: part, record, destination), !text.isEmpty { return text }
      }
      return nil
    case .joined(let parts, let separator):
      var texts: [String] = []
      for part in parts {
        if let text = try text(of: part, record, destination), !text.isEmpty { texts.append(text) }
      }
      return texts.isEmpty ? nil : texts.joined(separator: separator)
    case .when(let cases, let otherwise):
      for one in cases {
        let value: String?
        switch record[one.condition.field] {
        case .text(let text): value = text
        case .nothing: value = nil
        // Which case it is would tell what may not be told.
        case .keptBack: return nil
        case .withoutBasis:
          return try substitute(for: one.condition.field, form, record)
        }
        if one.condition.holds(of: value) { return try text(of: one.form, record, destination) }
      }
      return try otherwise.flatMap { (form) throws(CellObstacle) in try text(of: form, record, destination) }
    }
  }

  private func text(of field: Field, _ form: CellForm, _ record: DisclosedRecord) throws(CellObstacle) -> String? {
    switch record[field] {
    case .text(let value): return try written(value, field, form, record)
    case .nothing:
      let word = form.yesNo?.unknown ?? ""
      return word.isEmpty ? nil : word
    case .keptBack: return nil
    case .withoutBasis:
      return try substitute(for: field, form, record)
    }
  }

  /// A full row that lacked one cell in silence would tell the authority something false.
  private func substitute(
    for field: Field, _ form: CellForm, _ record: DisclosedRecord
  ) throws(CellObstacle) -> String {
    let text: String? =
      switch form.substitute {
      case .always(let text): text
      case .byValue(let texts): record.choice(for: field, among: texts)
      case nil: nil
      }
    // What stands for a value must not be one itself, as the authority reads it.
    guard let text, ([text] + form.map.sources(of: text)).allSatisfy({ isTold($0, field, form, record) }) else {
      throw CellObstacle(WithholdReason.noBasis)
    }
    return text
  }

  private func isTold(_ text: String, _ field: Field, _ form: CellForm, _ record: DisclosedRecord) -> Bool {
    guard case .code(let set) = field.type, codes[set]?.entries.contains(where: { $0.code == text }) == true else {
      return true
    }
    return record.permits(field, value: text)
  }

  private func written(
    _ value: String, _ field: Field, _ form: CellForm, _ record: DisclosedRecord
  ) throws(CellObstacle) -> String? {
    if field.type == .date {
      // Anything else than a date in a field of dates failed its check and counts as absent.
      guard let date = CalendarDate(iso: value) else { return nil }
      return form.date?.format(date) ?? date.description
    }
    if let words = form.yesNo {
      switch value.uppercased() {
      case "Y", "YES", "TRUE", "1": return words.yes
      case "N", "NO", "FALSE", "0": return words.no
      default: throw CellObstacle(HoldReason.notInForm)
      }
    }
    if let form = form.number {
      guard let text = NumberWriting.text(value, form) else { throw CellObstacle(HoldReason.notInForm) }
      return text
    }
    var text = value
    let code: String? = if case .code = field.type { value } else { nil }
    if let set = form.codes {
      guard case .current(let entry)? = codes.entry(value, in: set, on: day) else {
        throw CellObstacle(.codeUnknownToAuthority, code: code)
      }
      text = entry.code
      // The authority's set may know our word as an alias of a code that reveals more than the word did. What comes here
      // is beyond the floor, or a field of the floor that no code makes graver.
      guard record.permits(field, value: text) else {
        return try substitute(for: field, form, record)
      }
    }
    if let lookup = form.lookup {
      if let found = lookup.table.text(of: text, column: lookup.column, on: day) { return found }
      guard let otherwise = lookup.otherwise else { throw CellObstacle(.codeUnknownToAuthority, code: code) }
      return otherwise
    }
    guard !form.map.isEmpty else { return text }
    // Where the authority has values of its own, one that the map does not name means something else to it, or nothing.
    guard let own = form.map(text, on: day) else { throw CellObstacle(.codeUnknownToAuthority, code: code) }
    return own
  }

  private func text(of item: CellForm.SchoolItem) -> String? {
    switch item {
    case .laestab: school.laestab.rawValue
    case .urn: school.urn?.rawValue
    case .ukprn: school.ukprn?.rawValue
    case .name: school.name
    }
  }

  // MARK: What is made of a text

  private func finish(_ text: String, _ form: CellForm) -> String {
    var text = text
    switch form.slice {
    case .first(let count): text = String(text.prefix(count))
    case .last(let count): text = String(text.suffix(count))
    case .range(let range):
      text = String(text.dropFirst(range.lowerBound - 1).prefix(range.upperBound - range.lowerBound + 1))
    case nil: break
    }
    switch form.letterCase {
    case .upper: text = text.uppercased()
    case .lower: text = text.lowercased()
    case .title: text = Self.titled(text)
    case nil: break
    }
    if let padding = form.padding, !text.isEmpty, text.count < padding.length {
      let filler = String(repeating: padding.filler, count: padding.length - text.count)
      text = padding.side == .left ? filler + text : text + filler
    }
    return text
  }

  private static func titled(_ text: String) -> String {
    var result = ""
    var begins = true
    for character in text {
      result += begins ? character.uppercased() : character.lowercased()
      begins = !character.isLetter && !character.isNumber
    }
    return result
  }
}
