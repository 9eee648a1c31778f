// The sheet of words when it comes back: rows of texts to answers. Pure.

package import Leavers
package import Ledger
package import Profiles

/// Reads a sheet of words, whatever program saved it.
package struct WordsSheetReading {
  private let answers: AnswerWords

  /// `day`: today in London: an answer must be a code of today.
  package init(school: School, configuration: Configuration, day: CalendarDate) {
    answers = AnswerWords(
      codes: configuration.codes, register: configuration.providers, school: school.own, day: day)
  }

  /// The rows that were answered, and those that cannot be understood. Rows without an answer are left out.
  ///
  /// - Parameters:
  ///   - headings: those of the sheet, in order.
  ///   - rows: the rows below, each with its number in the file.
  package func read(headings: [String], rows: [(number: Int, cells: [String])]) -> [SheetRowReading] {
    let keys = headings.map { HeaderMap.key($0) }
    func place(_ heading: String) -> Int? { keys.firstIndex(of: HeaderMap.key(heading)) }
    let key = place(SheetKind.words.keyHeading)
    let (column, answer) = (place(WordsSheet.Heading.column), place(WordsSheet.Heading.answer))
    let (provider, course) = (place(WordsSheet.Heading.provider), place(WordsSheet.Heading.course))
    return rows.compactMap { row in
      func cell(_ place: Int?) -> String { place.flatMap { row.cells.element(at: $0) }?.trimmedOfBlanks ?? "" }
      guard !cell(key).isEmpty else { return nil }
      guard answer != nil, column != nil else {
        return Self.mistake(row.number, "the column Answer or Column is gone; take the sheet from the desk anew")
      }
      if cell(answer).isEmpty { return nil }
      switch decision(cell(answer), provider: cell(provider), course: cell(course), column: cell(column)) {
      case .failure(let mistake): return Self.mistake(row.number, mistake.words)
      case .success(let (field, decision)):
        return SheetRowReading(
          row: row.number, content: .answer(.word(WordAnswer(key: cell(key), field: field, decision: decision))))
      }
    }
  }

  private static func mistake(_ row: Int, _ words: String) -> SheetRowReading {
    SheetRowReading(row: row, content: .mistake(words))
  }

  /// What is wrong with a row, without what it says.
  private struct Mistake: Error { let words: String }

  private func decision(
    _ answer: String, provider: String, course: String, column: String
  ) -> Result<(Field, WordDecision), Mistake> {
    let name = column.lowercased()
    guard let field = SchoolWords.fields.first(where: { FieldWords.name($0).lowercased() == name }) else {
      return .failure(Mistake(words: "what stands under Column was changed; take the sheet from the desk anew"))
    }
    var answer = answer
    for other in SchoolWords.fields {
      let prefix = FieldWords.name(other) + ":"
      guard answer.lowercased().hasPrefix(prefix.lowercased()) else { continue }
      guard other == field else {
        return .failure(
          Mistake(words: "the answer is one for \(FieldWords.name(other)); take one for \(FieldWords.name(field))"))
      }
      answer = String(answer.dropFirst(prefix.count)).trimmedOfBlanks
    }
    switch answer.lowercased() {
    case AnswerWords.ask, "ask": return .success((field, .ask))
    case AnswerWords.nothing, AnswerWords.asWritten, "nothing": return .success((field, .nothing))
    default: break
    }
    var meaning = WordMeaning(course: course.isEmpty ? nil : course)
    if field != .providerName {
      guard let code = answers.code(in: answer, field) else {
        return .failure(
          Mistake(words: "the answer is no code of today for \(FieldWords.name(field)); take one of the list"))
      }
      meaning[field] = code
    } else if answer.lowercased() != AnswerWords.beside {
      return .failure(
        Mistake(words: "the answer is none that is known for the name of a provider; take one of the list"))
    }
    if !provider.isEmpty {
      switch answers.provider(named: provider) {
      case .one(let found): meaning.provider = found
      case .several(let count):
        return .failure(Mistake(words: "\(count) providers are called so; take one of the list, or write its UKPRN"))
      }
    } else if field == .providerName {
      return .failure(Mistake(words: "the answer is the provider beside it, and none stands there; name it"))
    }
    return .success((field, .means(meaning)))
  }
}
