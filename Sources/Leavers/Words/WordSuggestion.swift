// What a school's word may mean, for a person to confirm. Pure.

/// One code, or one provider, that a word may stand for.
package struct WordSuggestion: Hashable, Sendable {
  package var field: Field
  /// A code in force of the field's set; nil where the text names a provider and no code follows from that.
  package var code: String?
  package var provider: WordProvider?
  package var course: String?
  package var strength: WordStrength
  /// Why, in words for the person who decides; no part of the text but the vocabulary's own words and names of providers.
  package var reasons: [String]
}

/// All that a word may mean, best first. Nothing here is a fact: it waits for a person.
package struct WordSuggestions: Hashable, Sendable {
  package var word: SchoolWord
  /// In the order of the fields asked for; within a field the stronger before the weaker.
  package var all: [WordSuggestion]
  /// Whether the text denies something.
  package var isNegated: Bool
  /// Whether the text, or its question mark, doubts what it says.
  package var isDoubted: Bool

  /// The suggestions for a field, best first.
  package func `for`(_ field: Field) -> [WordSuggestion] { all.filter { $0.field == field } }

  /// The best suggestion for a field; nil where there is none.
  package func top(_ field: Field) -> WordSuggestion? { all.first { $0.field == field } }

  /// What a sheet may show as filled in before the person looks: of each field the best code, unless it is weak or another
  /// code is as strong. Of a text that doubts or denies something only what is strong all the same.
  package var draft: WordMeaning {
    var meaning = WordMeaning()
    let least: WordStrength = isDoubted || isNegated ? .strong : .fair
    for field in WordMeaning.codedFields {
      let candidates = self.for(field)
      guard let best = candidates.first, let code = best.code, best.strength >= least,
        candidates.allSatisfy({ $0.code == code || $0.strength < best.strength })
      else { continue }
      meaning[field] = code
      let providers = Set(candidates.filter { $0.code == code }.compactMap(\.provider))
      if providers.count == 1 { meaning.provider = meaning.provider ?? providers.first }
      meaning.course = meaning.course ?? best.course
    }
    return meaning
  }
}
