// File name patterns: what they make and what they recognise.

import Leavers
import Testing

@testable import Profiles

struct PatternTests {
  private let values = FileNamePattern.Values(
    laestab: "3414787", urn: "104693", cohort: "Y11-2026", cycle: "2025-26", sequence: 7,
    date: CalendarDate(iso: "2026-06-26"), kind: "intended-destinations", authority: "sefton")

  @Test func aNameIsMadeOfItsValues() throws {
    let pattern = try FileNamePattern("{authority} {laestab}_{urn}_{kind}_{cohort}_{cycle}_{date}_{sequence}.csv")
    #expect(
      try pattern.render(values)
        == "sefton 3414787_104693_intended-destinations_Y11-2026_2025-26_20260626_0007.csv")
  }

  @Test(arguments: [(0, "0000"), (7, "0007"), (9999, "9999"), (12345, "12345")])
  func theSequenceHasFourDigitsAtLeast(_ number: Int, _ text: String) throws {
    let name = try FileNamePattern("{laestab}_{sequence}").render(.init(laestab: "3414787", sequence: number))
    #expect(name == "3414787_\(text)")
  }

  @Test func aNameWithoutAValueIsRefused() throws {
    let pattern = try FileNamePattern("{laestab}_{ukprn}.csv")
    let flaw = #expect(throws: FileNameFlaw.self) { try pattern.render(values) }
    #expect(flaw?.code == .missingValue)
  }

  @Test(arguments: ["a/b", "..\\b", "a\u{0}", "é", "=1", "a\nb"])
  func noValueBringsAnythingElseIntoAName(_ value: String) throws {
    let pattern = try FileNamePattern("{laestab}_{cycle}.csv")
    let flaw = #expect(throws: FileNameFlaw.self) {
      try pattern.render(.init(laestab: "3414787", cycle: value))
    }
    #expect(flaw?.code == .badCharacter)
  }

  @Test func aNameIsNeitherHiddenNorEndlessNorMadeOfAStar() throws {
    let hidden = try FileNamePattern("{cycle}{laestab}")
    #expect(throws: FileNameFlaw.self) { try hidden.render(.init(laestab: "3414787", cycle: ".")) }
    let long = try FileNamePattern("{laestab}" + String(repeating: "x", count: 200))
    #expect(throws: FileNameFlaw.self) { try long.render(values) }
    let starred = try FileNamePattern("{laestab}_*.csv")
    #expect(throws: FileNameFlaw.self) { try starred.render(values) }
  }

  @Test(arguments: [
    ("{laestab", FileNameFlaw.Code.unclosedBrace), ("{school}", .unknownPlaceholder), ("a/{laestab}", .badCharacter),
    (".{laestab}", .badBeginning), ("-{laestab}", .badBeginning), ("{laestab}?", .badCharacter), ("}", .badCharacter),
    ("{laestab}\u{301}", .unclosedBrace),
  ])
  func aBrokenPatternIsRefused(_ text: String, _ code: FileNameFlaw.Code) {
    let flaw = #expect(throws: FileNameFlaw.self) { try FileNamePattern(text) }
    #expect(flaw?.code == code)
  }

  @Test(arguments: [
    ("AS_3414787_x.csv", true), ("as_3414787_.CSV", true), ("AS_3414787_a_b.csv.csv", true),
    ("AS_3414788_x.csv", false), ("AS_3414787.csv", false), ("xAS_3414787_x.csv", false),
    ("AS_3414787_x.csv.part", false), ("AS_3414787_csv", false), ("", false),
  ])
  func aReplyIsRecognisedByItsName(_ name: String, _ expected: Bool) throws {
    #expect(try FileNamePattern("AS_{laestab}_*.csv").matches(name, .init(laestab: "3414787")) == expected)
  }

  @Test func anIdentifierThatIsNotKnownMatchesNothing() throws {
    let pattern = try FileNamePattern("AS_{urn}_*.csv")
    #expect(!pattern.matches("AS_104693_x.csv", .init(laestab: "3414787")))
    #expect(pattern.matches("AS_104693_x.csv", .init(laestab: "3414787", urn: "104693")))
  }

  @Test func otherPlaceholdersThatAreNotKnownMatchAnyRun() throws {
    let pattern = try FileNamePattern("R_{laestab}_{cohort}_{sequence}.csv")
    #expect(pattern.matches("R_3414787_Y11-2026_0012.csv", .init(laestab: "3414787")))
    #expect(pattern.matches("R_3414787_Y11-2026_0012.csv", .init(laestab: "3414787", cohort: "Y11-2026")))
    #expect(!pattern.matches("R_3414787_Y11-2026_0012.csv", .init(laestab: "3414787", cohort: "Y13-2026")))
    #expect(!pattern.matches("R_3414787__.csv", .init(laestab: "3414787")))
  }

  @Test func whatAPatternMakesItRecognises() throws {
    let pattern = try FileNamePattern("{authority}-{laestab} {kind} {cohort}.{sequence}.csv")
    #expect(pattern.matches(try pattern.render(values), values))
  }

  @Test func starsBesideOneAnotherAndAtTheEnds() throws {
    let pattern = try FileNamePattern("**_{laestab}_*a*a*")
    let school = FileNamePattern.Values(laestab: "3414787")
    #expect(pattern.matches("x_3414787_aa", school))
    #expect(pattern.matches("_3414787_bcaxay", school))
    #expect(!pattern.matches("_3414787_bca", school))
  }

  /// Wildcards against a plain recursive definition, on all short names over a small alphabet.
  @Test func matchingAgreesWithItsDefinition() throws {
    func define(_ pattern: Substring, _ name: Substring) -> Bool {
      guard let first = pattern.first else { return name.isEmpty }
      if first == "*" {
        return define(pattern.dropFirst(), name) || (!name.isEmpty && define(pattern, name.dropFirst()))
      }
      return name.first == first && define(pattern.dropFirst(), name.dropFirst())
    }
    var names = [""]
    for _ in 0..<5 { names += names.flatMap { [$0 + "a", $0 + "b"] } }
    for text in ["a*", "*a", "a*b", "a*a*b", "*ab*", "a*b*ab", "*", "ab", "*a*b*"] {
      let pattern = try FileNamePattern(text)
      for name in Set(names) {
        #expect(pattern.matches(name, .init(laestab: "")) == define(text[...], name[...]), "\(text) \(name)")
      }
    }
  }

  @Test func aNameOfManyStarsIsDecidedAtOnce() throws {
    let pattern = try FileNamePattern(String(repeating: "*a", count: 60) + "b{laestab}")
    #expect(!pattern.matches(String(repeating: "a", count: 10_000), .init(laestab: "3414787")))
  }
}
