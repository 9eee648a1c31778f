// The sheet of words: what a school's words may mean, for its people to say once. Pure.

import Leavers
import Ledger
import Profiles
import Tabular

/// Writes and reads the sheet of words.
struct WordsSheet {
  static let name = "Words.xlsx"

  enum Heading {
    static let word = "Words"
    static let column = "Column"
    static let pupils = "Pupils"
    static let suggestions = (1...WordAdvice.most).map { "Suggestion \($0)" }
    static let answer = "Answer"
    static let provider = "Provider"
    static let course = "Course"
    static let decided = "Decided before"
  }

  private let context: RuleContext
  private let answers: AnswerWords
  private let authorities: Set<LACode>
  private var advice: WordAdvice

  /// - Parameters:
  ///   - day: today in London: only codes in force are offered.
  ///   - decided: what stands about the school's words.
  init(school: School, configuration: Configuration, day: CalendarDate, decided: SchoolWords) {
    context = RuleContext(school: school, configuration: configuration, day: day, decided: decided)
    answers = AnswerWords(context)
    authorities = Set(configuration.authorities.map(\.laCode) + [school.laestab.authority])
    advice = WordAdvice(configuration, in: context)
  }

  /// The workbook: those that wait first, then those that were decided, which can be decided anew.
  mutating func draft(_ entries: [WordEntry]) -> WorkbookDraft {
    let fields = SchoolWords.fields.filter { field in entries.contains { $0.field == field } }
    let columns =
      [
        ColumnDraft(SheetKind.words.keyHeading, width: 24, isHidden: true),
        ColumnDraft(Heading.word, width: 32, wraps: true), ColumnDraft(Heading.column, width: 20),
        ColumnDraft(Heading.pupils, width: 8, kind: .number),
      ] + Heading.suggestions.map { ColumnDraft($0, width: 44, wraps: true) } + [
        ColumnDraft(
          Heading.answer, width: 44, isLocked: false, allowed: Self.allowed(answers, fields),
          note:
            "Choose what the words mean, save, and put the file into the folder “in” of the desk. Blank: they go on waiting."
        ),
        ColumnDraft(
          Heading.provider, width: 30, isLocked: false, allowed: answers.providers(near: authorities),
          takesOthers: true,
          note: "Where it is, if the words say so. Counts only beside an answer; another name may be written."),
        ColumnDraft(
          Heading.course, width: 20, isLocked: false,
          note: "The subject, if the words say so. Counts only beside an answer."),
        ColumnDraft(Heading.decided, width: 44, wraps: true),
      ]
    let rows = entries.map { row($0) }
    return WorkbookDraft(
      sheets: [SheetDraft(name: "Words", columns: columns, rows: rows, isProtected: true)],
      properties: .init(title: "What words mean", author: "leaverlink"),
      marks: [.init("kind", SheetKind.words.rawValue)])
  }

  private mutating func row(_ entry: WordEntry) -> [CellDraft] {
    let suggestions = advice.suggestions(for: entry.word, in: entry.field)
    let likely = likely(suggestions, entry.word)
    return [
      .text(entry.key), .text(entry.word.text, .muted), .text(FieldWords.name(entry.field), .muted),
      .number(Double(entry.pupils), .muted),
    ]
      + (0..<WordAdvice.most).map { index in
        index < suggestions.count ? .text(advice.text(suggestions[index]), .muted) : CellDraft(.blank, style: .muted)
      } + [
        .blank, likely?.provider.map { .text(answers.provider($0)) } ?? .blank,
        likely?.course.map { .text($0) } ?? .blank, .text(decided(entry), .muted),
      ]
  }

  /// What stands beside the answer beforehand: provider and course of the best suggestion, unless it is weak, or another
  /// is as good.
  private func likely(_ suggestions: [WordSuggestion], _ word: SchoolWord) -> WordSuggestion? {
    guard let best = suggestions.first, best.strength > .weak,
      suggestions.dropFirst().allSatisfy({ $0.strength < best.strength || $0.provider == best.provider })
    else { return nil }
    return best
  }

  private func decided(_ entry: WordEntry) -> String {
    guard let confirmation = entry.confirmation else { return "" }
    let what: String
    switch confirmation.decision {
    case .ask: what = AnswerWords.ask
    case .nothing: what = entry.field == .providerName ? AnswerWords.asWritten : AnswerWords.nothing
    case .means(let meaning):
      let parts = [
        meaning[entry.field].map { answers.code($0, entry.field) }, meaning.provider.map(answers.provider),
        meaning.course.map { "course \($0)" },
      ]
      let flaws = context.wordReader.outdated(meaning)
      what = parts.compactMap(\.self).joined(separator: ", ") + (flaws.first.map { ", no longer: \($0)" } ?? "")
    }
    return "\(what); by \(confirmation.by) on \(LondonTime.day(of: confirmation.at))"
  }

  /// The list of answers: where the sheet has words of columns of several fields, each answer says of which it is.
  static func allowed(_ answers: AnswerWords, _ fields: [Field]) -> [String] {
    guard fields.count > 1 else { return fields.first.map { answers.answers($0) } ?? [] }
    var all: [String] = []
    for field in fields {
      for answer in answers.answers(field) {
        let text = AnswerWords.common.contains(answer) ? answer : "\(FieldWords.name(field)): \(answer)"
        if !all.contains(text) { all.append(text) }
      }
    }
    return all
  }
}
