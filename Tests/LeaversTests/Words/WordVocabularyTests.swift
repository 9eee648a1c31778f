// The vocabulary's table: what is wrong with one, and what the shipped one says.

import Testing

@testable import Leavers

@Suite struct WordVocabularyTests {
  private func vocabulary(_ rows: [String]) throws -> WordVocabulary {
    try WordVocabulary(
      header: WordVocabulary.columns,
      rows: rows.enumerated().map { index, row in
        CodeTableRow(
          line: index + 2, cells: row.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
      }, codes: ShippedWords.codes())
  }

  private func flaws(_ rows: [String]) throws -> [VocabularyFlaw] {
    do {
      _ = try vocabulary(rows)
      return []
    } catch let flaws as VocabularyFlaws {
      #expect(flaws.description.hasPrefix("line "))
      return flaws.flaws
    }
  }

  @Test(arguments: [
    ("job,nccis-intended,410,,fair,", "code", "511"), ("job,nccis-intended,322,,fair,", "code", "not in"),
    ("job,nccis-ethnicity,WBRI,,fair,", "set", "nccis-activity"), ("job,mark,perhaps,,,", "code", "negation"),
    ("job,mark,doubt,,fair,", "where", "blank"), ("job,nccis-activity,330,there,fair,", "where", "own"),
    ("job,nccis-activity,330,,good,", "strength", "strong"), ("j*b,nccis-activity,330,,fair,", "words", "apprentic*"),
    ("job||work,nccis-activity,330,,fair,", "words", "apprentic*"), ("job,same,work,,,", "code", "another row"),
    ("work|WORK.,nccis-activity,330,,fair,", "words", "line 2"), ("job,nccis-activity,330", nil, "6 columns"),
  ])
  func saysWhatIsWrong(row: String, column: String?, saying: String) throws {
    let found = try flaws([row])
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.line == 2)
    #expect(found.first?.column == column)
    #expect("\(try #require(found.first))".contains(saying), "\(found)")
  }

  @Test func saysEverythingAtOnceInOrder() throws {
    #expect(
      try flaws(["a,same,nobody,,,", "b,mark,x,,,", ",,,,,", "c,nccis-activity,1,,fair,"]).map(\.line) == [3, 5])
    #expect(throws: VocabularyFlaws.self) { try WordVocabulary(header: ["words"], rows: [], codes: CodeTables()) }
  }

  @Test func spellingsStandForAllThatOneMeans() throws {
    let found = try vocabulary(["job,nccis-activity,330,,fair,n", "job,mark,turn,,,", "work|labour*,same,Job,,,"])
    #expect(found.entries.count == 6)
    #expect(found.entries.filter { $0.words == ["labour*"] }.map(\.sense) == found.entries.prefix(2).map(\.sense))
  }

  @Test func theShippedOneLoads() throws {
    let entries = try ShippedWords.vocabulary().entries
    #expect(entries.count > 800)
    // Codes that reveal what is special category data come only with words that say it outright, and never strongly.
    for entry in entries {
      guard case .code("nccis-activity", let code, _, let strength) = entry.sense else { continue }
      if Field.activity.tier(of: code) == .special { #expect(strength < .strong, "\(entry.words)") }
    }
    // Words that the issue names.
    let words = Set(entries.map { $0.words.joined(separator: " ") })
    for word in [
      "6th form", "sixth form", "a level*", "app", "apprenticeship*", "appr", "college", "job", "work", "army",
      "forces", "gap year", "undecided", "dunno", "not sure", "?", "here",
    ] {
      #expect(words.contains(word), "\(word)")
    }
  }
}
