// The normal form of free text: what is one word, what is another, and that keys stay as they are.

import Testing

@testable import Leavers

@Suite struct SchoolWordTests {
  /// Keys are kept in ledgers: a change here orphans what people confirmed.
  @Test(arguments: [
    ("6th form here", "6th form here"), ("  6TH\u{A0}Form   HERE ", "6th form here"),
    ("6th-form here.", "6th form here"),
    ("Carmel?", "carmel ?"), ("Carmel ??", "carmel ?"), ("Carmel? (poss)", "carmel poss ?"), ("?", "?"),
    ("Hugh Baird – bricks", "hugh baird bricks"), ("Hugh Baird - bricks", "hugh baird bricks"),
    ("HUGH BAIRD—Bricks", "hugh baird bricks"), ("app w/ uncle", "app with uncle"), ("app w/uncle", "app with uncle"),
    ("home w/o plans", "home without plans"), ("n/a", "na"), ("N/A", "na"), ("College/6th form", "college / 6th form"),
    ("college \\ 6th form", "college / 6th form"), ("college ⁄ 6th form", "college / 6th form"),
    ("health & social", "health and social"), ("health + social", "health and social"),
    ("16+ provision", "16 provision"),
    ("King's", "kings"), ("King’s", "kings"), ("“here”", "here"), ("U.T.C.", "utc"), ("appr. joiner", "appr joiner"),
    ("St. Helens", "st helens"), ("Café", "cafe"), ("Cafe\u{301}", "cafe"), ("STRASSE", "strasse"),
    ("Straße", "strasse"),
    ("ﬁsheries", "fisheries"), ("6th\u{200B}form", "6thform"), ("six\u{AD}th", "sixth"), ("a\nb", "a b"),
    ("Łódź", "lodz"), ("Ωmega", "ωmega"), ("🎓 college", "college"), ("A & E", "a and e"),
  ])
  func key(text: String, key: String) throws {
    let word = try #require(SchoolWord(text))
    #expect(word.key == key)
    // The key says the same as the text.
    #expect(SchoolWord(key)?.key == key)
  }

  @Test(arguments: ["", "   ", "-", "–", "...", "\u{200B}", "🎓", "()", "/"])
  func saysNothing(text: String) { #expect(SchoolWord(text) == nil) }

  @Test(arguments: [
    ("Carmel", "Carmel?"), ("college 6th form", "college/6th form"), ("app", "apps"), ("here", "there"),
  ])
  func differs(left: String, right: String) { #expect(SchoolWord(left) != SchoolWord(right)) }

  @Test func doubtIsRememberedAndTheTextStays() throws {
    let word = try #require(SchoolWord("  Carmel   College? "))
    #expect(word.isDoubted)
    #expect(word.text == "Carmel College?")
    #expect(word.otherKey == "carmel college")
    let sure = try #require(SchoolWord("CARMEL college"))
    #expect(!sure.isDoubted)
    #expect(sure.otherKey == word.key)
    #expect(try #require(SchoolWord("?")).otherKey == nil)
    #expect(Set([word, sure, try #require(SchoolWord("carmel-college ?"))]).count == 2)
  }

  @Test func itPrintsNothing() throws {
    let word = try #require(SchoolWord("app w/ uncle Terence"))
    #expect("\(word)" == "SchoolWord(redacted)")
    #expect(!String(reflecting: word).contains("erence"))
    #expect(Mirror(reflecting: word).children.isEmpty)
  }

  @Test(arguments: [
    ("a b", [SchoolWord.Break.space]), ("a-b", [.hyphen]), ("a - b", [.stop]), ("a- b", [.stop]), ("a, b", [.stop]),
    ("ab/cd", [.slash]), ("ab / cd", [.slash]), ("a (b)", [.stop]), ("college. Maybe", [.stop]), ("a? b", [.stop]),
    ("a\nb", [.stop]), ("coll. b", [.space]),
  ])
  func knowsWhatStandsBetween(text: String, breaks: [SchoolWord.Break]) throws {
    #expect(try #require(SchoolWord(text)).tokens.dropFirst().map(\.before) == breaks)
  }
}
