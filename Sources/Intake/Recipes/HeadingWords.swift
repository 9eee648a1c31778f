// A heading as its words, so that headings can be compared. Pure.

import Leavers
import Profiles

/// A heading without what does not matter: case, spaces, punctuation, and which of several usual words it uses.
struct HeadingWords: Sendable, Hashable {
  /// As header maps compare headings.
  let key: String
  /// The words, abbreviations written out, words that say nothing left out.
  let words: Set<String>
  /// The digits in the heading: line 1 of an address is not line 2.
  let digits: String

  init(_ heading: String) {
    key = HeaderMap.key(heading)
    digits = String(heading.unicodeScalars.filter { ("0"..."9").contains($0) }.map(Character.init))
    var words = Self.split(heading)
    for (phrase, word) in Self.phrases { words = Self.replacing(phrase, by: word, in: words) }
    let telling = words.filter { !Self.fillers.contains($0) }
    self.words = Set(telling.isEmpty ? words : telling)
  }

  /// Words that say whose or which one it is: headings that differ in one of them are not alike, however alike they look.
  static let distinguishing: Set<String> = [
    "parent", "guardian", "carer", "mother", "father", "contact", "sibling", "emergency", "kin", "tutor", "teacher",
    "staff", "doctor", "gp", "former", "previous", "preferred", "known", "chosen", "middle", "provider", "employer",
    "work", "school", "college", "activity", "course", "identity", "start", "end", "leaving", "entry", "expected",
    "confirmed", "placed", "placing", "protected", "intended", "upn", "uln", "forename", "surname",
  ]

  /// Several words, or a short one, that mean one.
  private static let phrases: [([String], String)] = [
    (["unique", "pupil", "number"], "upn"), (["unique", "learner", "number"], "uln"),
    (["date", "of", "birth"], "birthdate"), (["birth", "date"], "birthdate"), (["dob"], "birthdate"),
    (["do", "b"], "birthdate"), (["d", "o", "b"], "birthdate"), (["born"], "birthdate"),
    (["first", "name"], "forename"),
    (["given", "name"], "forename"),
    (["last", "name"], "surname"), (["family", "name"], "surname"), (["post", "code"], "postcode"),
    (["e", "mail"], "email"), (["telephone"], "phone"), (["tel"], "phone"), (["local", "authority"], "la"),
    (["no"], "number"), (["num"], "number"), (["addr"], "address"), (["yr"], "year"), (["nc", "year"], "year"),
    (["year", "group"], "year"), (["curriculum", "year"], "year"), (["reg"], "registration"),
    (["dest"], "destination"), (["int"], "intended"),
  ]

  private static let fillers: Set<String> = ["of", "the", "a", "for", "is", "pupil", "student", "legal", "national"]

  /// Words at blanks and punctuation, and where a small letter is followed by a capital (`legalSurname`).
  private static func split(_ heading: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasSmall = false
    for character in heading {
      guard character.isLetter || character.isNumber else {
        if !word.isEmpty { words.append(word) }
        (word, wasSmall) = ("", false)
        continue
      }
      if wasSmall, character.isUppercase {
        words.append(word)
        word = ""
      }
      word += character.lowercased()
      wasSmall = character.isLowercase
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  private static func replacing(_ phrase: [String], by word: String, in words: [String]) -> [String] {
    guard words.count >= phrase.count else { return words }
    for start in 0...(words.count - phrase.count) where Array(words[start..<start + phrase.count]) == phrase {
      return Array(words[..<start]) + [word] + Array(words[(start + phrase.count)...])
    }
    return words
  }
}
