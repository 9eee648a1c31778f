// The code tables that the product ships: they load, and say what the sources say. Reads config/codes.

import FoundationEssentials
import Testing

@testable import Leavers

@Suite struct ProductCodesTests {
  /// The tables in `config/codes`, read by the plainest means: none has a line break inside a cell.
  private static func load(_ id: String) throws -> CodeSet {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(root)/config/codes/\(id).csv"))
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map(cells)
    return try CodeSet(
      id: id, header: lines[0], rows: lines.dropFirst().enumerated().map { CodeTableRow(line: $0 + 2, cells: $1) })
  }

  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var quoted = false
    for character in line {
      switch character {
      case "\"": quoted.toggle()
      case "," where !quoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  private let today = CalendarDate(daysSinceEpoch: 20_700)

  @Test(arguments: [
    ("nccis-activity", 50), ("nccis-intended", 18), ("nccis-guarantee", 13), ("nccis-ethnicity", 21),
    ("nccis-characteristics", 10), ("nccis-level-of-need", 3), ("nccis-cohort-status", 9), ("lcr-authorities", 6),
    ("census-sen-provision", 6), ("census-gender", 4), ("yssa", 4),
  ])
  func loads(id: String, count: Int) throws {
    let set = try Self.load(id)
    #expect(set.entries.count == count)
    for entry in set.entries {
      #expect(["current", "legacy", "check"].contains(entry.attributes["status"]), "\(id) \(entry.code)")
      #expect(entry.attributes["source"] != nil, "\(id) \(entry.code) has no source")
      #expect(["high", "med", "low", "na"].contains(entry.attributes["confidence"]), "\(id) \(entry.code)")
      if let successor = entry.successor {
        #expect(entry.isLegacy && set.entry(successor, on: today).entry?.isLegacy == false)
      }
    }
  }

  @Test func intendedDestinationsHaveTwoGenerationsThatCollide() throws {
    let set = try Self.load("nccis-intended")
    for (old, label, new) in [("410", "Undecided", "511"), ("510", "Other", "411")] {
      guard case .expired(let entry) = set.entry(old, on: today) else {
        Issue.record("\(old) is not expired")
        continue
      }
      #expect(entry.label == label)
      #expect(entry.successor == new)
      #expect(set.entry(new, on: today).entry?.label.hasPrefix(label) == true)
    }
    #expect(set.entry("310", on: today).entry?.successor == nil)
    #expect(set.current(on: today).map(\.code) == ["111", "121", "211", "311", "321", "411", "511", "611"])
  }

  /// The rule by ranges as published analyses have it, with 550 out of NEET, against the table row by row.
  @Test func participationFollowsTheRule() throws {
    let set = try Self.load("nccis-activity")
    let participation = try Participation(set)
    for entry in set.entries {
      let number = try #require(Int(entry.code))
      let expected: NEETStatus =
        switch number {
        case ..<200: .compulsoryAge
        case 530: .reengagement
        case 550, 551, 210...460: .eet
        case 510, 520, 540, 610...680: .neet
        case 710, 720: .excluded
        default: .notKnown
        }
      #expect(participation.neetStatus(of: entry.code) == expected, "\(entry.code)")
    }
  }

  @Test func dutyAndNEETAreIndependent() throws {
    let participation = try Participation(try Self.load("nccis-activity"))
    #expect(participation.neetStatus(of: "330") == .eet)
    #expect(participation.meetsRPA("330", age: 16, hasLevel3: false) == .notMet)
    for code in ["250", "260", "340", "350", "360", "380", "530", "540", "616", "619", "810"] {
      #expect(participation.meetsRPA(code, age: 16, hasLevel3: false) == .notMet, "\(code)")
    }
    for code in ["210", "230", "310", "320", "381", "450", "460", "550"] {
      #expect(participation.meetsRPA(code, age: 17, hasLevel3: false) == .met, "\(code)")
    }
    #expect(participation.meetsRPA("440", age: 16, hasLevel3: false) == .undetermined)
    #expect(participation.meetsRPA("110", age: 15, hasLevel3: false) == .notApplicable)
    #expect(participation.meetsRPA("330", age: 18, hasLevel3: false) == .notApplicable)
    #expect(participation.meetsRPA("330", age: 17, hasLevel3: true) == .notApplicable)
    #expect(participation.meetsRPA(" 210 ", age: 17, hasLevel3: false) == .met)
  }

  @Test func anUnknownCodeHasNoVerdict() throws {
    let participation = try Participation(try Self.load("nccis-activity"))
    #expect(participation.neetStatus(of: "999") == nil)
    #expect(participation.meetsRPA("999", age: 30, hasLevel3: true) == nil)
    #expect(participation.neetStatus(of: "") == nil)
  }

  @Test func aTableWithoutVerdictsIsRefused() throws {
    func flawed(_ attributes: [[String: String]]) throws -> [String]? {
      let entries = attributes.enumerated().map { index, attributes in
        CodeEntry(
          code: "1", label: "A", from: CalendarDate(daysSinceEpoch: index * 10),
          until: CalendarDate(daysSinceEpoch: index * 10 + 9), attributes: attributes)
      }
      do {
        _ = try Participation(CodeSet(id: "a", entries: entries))
        return nil
      } catch let flaws as Participation.Flaws {
        #expect(flaws.description.contains("code table a"))
        return flaws.codes
      }
    }
    #expect(try flawed([["group": "neet"]]) == ["1"])
    #expect(try flawed([["group": "mars", "rpa": "Y"]]) == ["1"])
    #expect(try flawed([["group": "neet", "rpa": "perhaps"]]) == ["1"])
    #expect(try flawed([["group": "neet", "rpa": "N"], ["group": "eet_training", "rpa": "N"]]) == ["1"])
    #expect(try flawed([["group": "neet", "rpa": "N"], ["group": "neet", "rpa": "N"]]) == nil)
  }

  @Test func authoritiesAndCensusCodes() throws {
    let authorities = try Self.load("lcr-authorities")
    #expect(authorities.entries.map(\.code) == ["340", "341", "342", "343", "344", "876"])
    #expect(authorities.entry("343", on: today).entry?.attributes["gss"] == "E08000014")
    let ethnicity = try Self.load("nccis-ethnicity")
    #expect(ethnicity.entry("ARAB", on: today).entry?.code == "OARA")
    #expect(ethnicity.entry("WIRT", on: today).entry?.needsConfirmation == true)
    let yssa = try Self.load("yssa")
    for (text, code) in [("y", "YES"), ("No", "NO"), ("unsought", "UNS"), ("snr", "SNR")] {
      #expect(yssa.entry(text, on: today).entry?.code == code)
    }
    #expect(try Self.load("census-gender").entries.map(\.code) == ["F", "M", "U", "W"])
  }
}
