// Words and decisions about them as sealed bytes. Lives in one transaction.

import Crypto
import GRDB
import Leavers

extension Transaction {
  /// The keyed digest by which a word is found.
  func lookup(of word: SchoolWord, in field: Field, _ school: SchoolID) -> [UInt8] {
    keys.digest("word", school.rawValue, field.rawValue, word.key)
  }

  func seal(_ word: SchoolWord, _ school: SchoolID, _ field: Field) throws -> Blob {
    try seal(
      Array(word.text.utf8), with: keys.words, "school_word", "sealed_text",
      Hex.text(lookup(of: word, in: field, school)))
  }

  /// The word of a row of `school_word`; nil where it was forgotten.
  func word(_ row: Row) throws -> SchoolWord? {
    guard let sealed = row.optionalBytes("sealed_text") else { return nil }
    let text = try open(sealed, with: keys.words, "school_word", "sealed_text", Hex.text(row.bytes("lookup")))
    guard let word = SchoolWord(String(decoding: text, as: UTF8.self)) else {
      throw LedgerError(.corrupt, "a word opened to something that is none; run audit")
    }
    return word
  }

  func seal(_ decision: WordDecision, by person: Person, number: Int64) throws -> Blob {
    var parts = person.details()
    if case .means(let meaning) = decision {
      for field in WordMeaning.codedFields { parts[field.rawValue] = meaning[field] }
      parts["course"] = meaning.course
      switch meaning.provider {
      case .ownSchool: parts["provider"] = "own"
      case .listed(let id): parts["listed"] = id.rawValue
      case .named(let name): parts["named"] = name
      case nil: break
      }
    }
    return try seal(Packed.encode(parts), with: keys.words, "word_decision", "sealed", String(number))
  }

  /// The decision of a row of `word_decision`; nil where it was forgotten.
  func confirmation(_ row: Row) throws -> WordConfirmation? {
    let number: Int64 = row["id"]
    guard let sealed = row.optionalBytes("sealed") else { return nil }
    let parts = try Packed.dictionary(
      open(sealed, with: keys.words, "word_decision", "sealed", String(number)))
    let decision: WordDecision
    switch row["decision"] as String {
    case "nothing": decision = .nothing
    case "ask": decision = .ask
    case "means":
      var meaning = WordMeaning(course: parts["course"])
      for field in WordMeaning.codedFields { meaning[field] = parts[field.rawValue] }
      if parts["provider"] != nil {
        meaning.provider = .ownSchool
      } else if let id = parts["listed"] {
        meaning.provider = .listed(ProviderID(unchecked: id))
      } else if let name = parts["named"] {
        meaning.provider = .named(name)
      }
      decision = .means(meaning)
    default: throw LedgerError(.corrupt, "a decision about a word is none that this version knows; run audit")
    }
    return WordConfirmation(number: number, decision: decision, by: parts["by"] ?? "", at: row.instant("at"))
  }
}

extension WordDecision {
  /// The text of the column `decision`.
  var name: String {
    switch self {
    case .means: "means"
    case .nothing: "nothing"
    case .ask: "ask"
    }
  }
}
