// The sheet of words when it comes back: a row of texts to an answer. Pure.

import Leavers
import Ledger

extension WordsSheet {
  /// The answer of a row; nil where it was left blank. `answers` are those of today.
  static func read(_ row: AnswerTable.Row, of table: AnswerTable, by answers: AnswerWords) -> SheetRowReading.Content? {
    let answer = table.cell(row, Heading.answer)
    if answer.isEmpty { return nil }
    let key = table.key(row)
    guard !key.isEmpty else { return .mistake(SheetWords.noKey) }
    let column = table.cell(row, Heading.column).lowercased()
    guard let field = SchoolWords.fields.first(where: { FieldWords.name($0).lowercased() == column }) else {
      return .mistake("what stands under \(Heading.column) was changed; take the newest sheet of words from the desk")
    }
    let text = table.cell(row, Heading.word)
    let shown = SchoolWord(text)
    guard text.isEmpty || shown != nil else {
      return .mistake("what stands under \(Heading.word) was changed; take the newest sheet of words from the desk")
    }
    do throws(Mistake) {
      let decision = try decision(
        answer, field, provider: table.cell(row, Heading.provider), course: table.cell(row, Heading.course), answers)
      return .answer(.word(WordAnswer(key: key, shown: shown, field: field, decision: decision)))
    } catch {
      return .mistake(error.words)
    }
  }

  /// What is wrong with a row, without what it says.
  private struct Mistake: Error {
    let words: String
    init(_ words: String) { self.words = words }
  }

  private static func decision(
    _ answer: String, _ field: Field, provider: String, course: String, _ answers: AnswerWords
  ) throws(Mistake) -> WordDecision {
    let answer = try plain(answer, field)
    switch answer.lowercased() {
    case AnswerWords.ask: return .ask
    case AnswerWords.nothing, AnswerWords.asWritten: return .nothing
    default: break
    }
    var meaning = WordMeaning(course: course.isEmpty ? nil : course)
    if field != .providerName {
      guard let code = answers.code(in: answer, field) else {
        throw Mistake("the answer is no code of today for \(FieldWords.name(field)); choose one from the list")
      }
      meaning[field] = code
    } else if answer.lowercased() != AnswerWords.beside {
      throw Mistake("the answer is none for the name of a provider; choose one from the list")
    }
    if !provider.isEmpty {
      switch answers.provider(named: provider) {
      case .one(let found): meaning.provider = found
      case .several(let count):
        throw Mistake("\(count) providers are called so; choose one from the list, or write its UKPRN")
      }
    } else if field == .providerName {
      throw Mistake("no provider stands beside the answer; name it")
    }
    return .means(meaning)
  }

  /// An answer without the field that it begins with in a sheet of several.
  private static func plain(_ answer: String, _ field: Field) throws(Mistake) -> String {
    for other in SchoolWords.fields {
      let beginning = FieldWords.name(other).lowercased() + ":"
      guard answer.lowercased().hasPrefix(beginning) else { continue }
      if other == field { return String(answer.dropFirst(beginning.count)).trimmedOfBlanks }
      throw Mistake("the answer is one for \(FieldWords.name(other)); choose one for \(FieldWords.name(field))")
    }
    return answer
  }
}
