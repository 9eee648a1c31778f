// Code sets: dates, generations, aliases, and every way a table can be wrong.

import Testing

@testable import Leavers

@Suite struct CodeSetTests {
  private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }
  private let header = ["code", "label", "from", "until", "status", "successor", "aliases"]

  private func set(_ rows: [String]) throws -> CodeSet {
    try CodeSet(
      id: "t", header: header,
      rows: rows.enumerated().map { index, row in
        CodeTableRow(
          line: index + 2, cells: row.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
      })
  }

  @Test func looksUpByDay() throws {
    let codes = try set([
      "450,Traineeship,,2023-07-31,,,", "455,New,2026-09-01,,,,", "210,Sixth form,,,current,,", "410,Old,,,legacy,411,",
    ])
    #expect(try codes.entry("450", on: day("2023-07-31")) == .current(codes.entries[0]))
    #expect(try codes.entry("450", on: day("2023-08-01")) == .expired(codes.entries[0]))
    #expect(try codes.entry("455", on: day("2026-08-31")) == .notYet(codes.entries[1]))
    #expect(try codes.entry("455", on: day("2026-09-01")) == .current(codes.entries[1]))
    #expect(try codes.entry("210", on: day("1990-01-01")) == .current(codes.entries[2]))
    #expect(try codes.entry("410", on: day("2026-09-01")) == .expired(codes.entries[3]))
    #expect(codes.entries[3].successor == "411")
    #expect(try codes.entry("999", on: day("2026-09-01")) == .unknown)
    #expect(try codes.entry("999", on: day("2026-09-01")).entry == nil)
    #expect(try codes.current(on: day("2026-09-01")).map(\.code) == ["455", "210"])
  }

  @Test func aCodeMayChangeItsMeaning() throws {
    let codes = try set(["440,Work Programme,,2020-03-31,,,", "440,DWP programme,2020-04-01,,,,"])
    #expect(try codes.entry("440", on: day("2020-03-31")).entry?.label == "Work Programme")
    #expect(try codes.entry("440", on: day("2020-04-01")).entry?.label == "DWP programme")
    let gap = try set(["1,A,,2020-01-01,,,", "1,B,2021-01-01,2021-12-31,,,", "1,C,2030-01-01,,,,"])
    #expect(try gap.entry("1", on: day("2020-06-01")) == .expired(gap.entries[0]))
    #expect(try gap.entry("1", on: day("2022-06-01")) == .expired(gap.entries[1]))
  }

  @Test func blanksCaseAndAliases() throws {
    let codes = try set(["YES,Given,,,check,,Y|given", "NO,Refused,,,,,N"])
    let today = try day("2026-09-01")
    for text in ["yes", " YES ", "y", "Given", "\u{A0}yes"] {
      #expect(codes.entry(text, on: today).entry?.code == "YES")
    }
    #expect(codes.entry("n", on: today).entry?.code == "NO")
    #expect(codes.entry("nope", on: today) == .unknown)
    #expect(codes.entries[0].needsConfirmation && !codes.entries[1].needsConfirmation)
    #expect(codes.entries[0].attributes["label"] == nil)
  }

  @Test func blankRowsAreNoRows() throws {
    #expect(try set([",,,,,,", "1,A,,,,,"]).entries.count == 1)
  }

  private func flaws(_ rows: [String]) -> [CodeTableFlaw] {
    do {
      _ = try set(rows)
      return []
    } catch let flaws as CodeTableFlaws {
      #expect(flaws.set == "t")
      #expect(flaws.description.hasPrefix("code table t: line "))
      return flaws.flaws
    } catch {
      Issue.record("an error of another type")
      return []
    }
  }

  @Test(arguments: [
    ("1,A,2026-13-01,,,,", CodeTableFlaw.Problem.badDate, "from"), ("1,A,,1/1/2026,,,", .badDate, "until"),
    (",A,,,,,", .blank, "code"), ("1,,,,,,", .blank, "label"),
    ("1,A,2026-01-02,2026-01-01,,,", .endsBeforeItBegins, "until"), ("0,A,,,,,", .repeatedCode, "code"),
    ("1,A,,,,,0", .repeatedAlias, "aliases"), ("1,A,,,,,zero", .repeatedAlias, "aliases"),
  ])
  func saysWhatIsWrong(row: String, problem: CodeTableFlaw.Problem, column: String) throws {
    let found = flaws(["0,Zero,,,,,zero", row])
    #expect(found.map(\.problem) == [problem])
    #expect(found.first?.line == 3)
    #expect(found.first?.column == column)
  }

  @Test func saysEverythingAtOnce() {
    #expect(flaws([",,,x,,,", "1", "2,B,y,,,,"]).map(\.line) == [2, 2, 2, 3, 4])
    #expect(flaws(["1"]).first?.problem == .wrongColumnCount)
  }

  @Test func theHeaderMustNameTheColumns() {
    func problems(_ header: [String]) -> [CodeTableFlaw.Problem] {
      do throws(CodeTableFlaws) {
        _ = try CodeSet(id: "t", header: header, rows: [])
        return []
      } catch { return error.flaws.map(\.problem) }
    }
    #expect(problems(["kode"]) == [.missingColumn, .missingColumn])
    #expect(problems(["code", "label", "Code"]) == [.repeatedColumn])
    #expect(problems([" Code ", "LABEL"]) == [])
  }

  @Test func tables() throws {
    let one = try CodeSet(id: "one", entries: [CodeEntry(code: "1", label: "A")])
    let tables = CodeTables([one])
    #expect(tables.ids == ["one"])
    #expect(tables["one"] == one)
    #expect(try tables.entry("1", in: "one", on: day("2026-01-01"))?.entry?.label == "A")
    #expect(try tables.entry("1", in: "two", on: day("2026-01-01")) == nil)
    #expect(throws: CodeTableFlaws.self) {
      try CodeSet(id: "x", entries: [CodeEntry(code: "a", label: ""), CodeEntry(code: "A", label: "")])
    }
  }
}
