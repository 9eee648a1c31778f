// `mis describe` and `mis learn` as processes: with the shipped example, whose keys, state and folders are nowhere.

import AuthoritySandbox
import Foundation
import Leavers
import RoundTripSupport
import Tabular
import Testing

@Suite("Recipes before exports")
struct CommandTestsMIS {
  private typealias Support = CommandTestsSupport

  // MARK: describe

  @Test func theRecipeAsText() async throws {
    let program = try Program(configuration: Support.example)
    let result = try await program.run("mis", "describe", "sims", "--kind", "intended-destinations")
    #expect(result.status == 0 && result.errors == "")
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "Report for intended destinations (September Guarantee) out of SIMS")
    #expect(
      lines.contains {
        $0.hasPrefix("must    Date of Birth")
          && $0.contains("and Wirral Council require it; a pupil without it is held.")
      })
    #expect(lines.contains { $0.hasPrefix("should") })
    #expect(!result.output.contains("Ethnicity"), "which nobody asks for")
  }

  @Test func everyKindWithoutOneNamed() async throws {
    let program = try Program(configuration: Support.example)
    let result = try await program.run("mis", "describe", "arbor", "--json")
    #expect(result.status == 0)
    let json = try #require(result.json)
    #expect(json["schemaVersion"]?.integer == 1 && json["mis"]?.string == "arbor")
    let recipes = try #require(json["recipes"]?.array)
    // The example's Arbor school lies in Sefton.
    #expect(
      recipes.compactMap { $0["kind"]?.string } == ["intended-destinations", "confirmed-destinations", "early-leavers"])
    for recipe in recipes {
      let columns = try #require(recipe["columns"]?.array)
      let musts = columns.filter { $0["need"]?.string == "must" }.compactMap { $0["field"]?.string }
      #expect(musts.starts(with: ["legalSurname", "legalForename", "dateOfBirth"]))
      // A notice of an early leaver goes where the school lies.
      #expect(musts.contains("sharing"))
      #expect(musts.contains("homeAuthority") == (recipe["kind"]?.string != "early-leavers"))
      #expect(columns.allSatisfy { $0["why"]?.array?.isEmpty == false })
    }
    #expect(json["files"]?.array == [])
  }

  @Test func theRecipeAsFiles() async throws {
    try await Support.withFolder { folder in
      let program = try Program(configuration: Support.example)
      let out = folder + "/out/deep"
      let result = try await program.run("mis", "describe", "sims", "--out", out)
      #expect(result.status == 0 && result.errors == "")
      let names = ["sims-confirmed-destinations", "sims-early-leavers", "sims-intended-destinations"]
      #expect(try Support.files(below: out) == names.flatMap { [$0 + ".html", $0 + ".xlsx"] })
      #expect(result.output.split(separator: "\n").count == 6)
      let page = try String(contentsOfFile: "\(out)/\(names[2]).html", encoding: .utf8)
      #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("Date of Birth") && !page.contains("<script"))
      let file = "\(out)/\(names[2]).xlsx"
      let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
      let tables = try LooseTable.tables(of: [UInt8](bytes))
      #expect(tables.first?.rows.count == 1 && tables.first?.rows.first?.contains("UPN") == true)
      // The same again, over itself.
      #expect(try await program.run("mis", "describe", "sims", "--out", out).status == 0)
      #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == bytes)
      // What learns headings knows the empty report's own.
      let learned = try await program.run("mis", "learn", file, "--json")
      let columns = try #require(learned.json?["columns"]?.array)
      #expect(columns.allSatisfy { $0["confidence"]?.string == "certain" })
    }
  }

  @Test func whatCannotBeDescribed() async throws {
    let program = try Program(configuration: Support.example)
    let map = try await program.run("mis", "describe", "nonesuch")
    #expect(
      map.status == 64
        && map.errors.contains(
          "no header map nonesuch is configured; there are arbor, careers-lead, ccis, census, isams, sims")
    )
    let kind = try await program.run("mis", "describe", "sims", "--kind", "nonesuch")
    #expect(kind.status == 64 && kind.errors.contains("choose one of intended-destinations, "))
    let nobody = try await program.run("mis", "describe", "sims", "--kind", "unknown-answers")
    #expect(nobody.status == 64 && nobody.errors.contains("no configured authority takes unknown-answers"))
    try await Support.withFolder { folder in
      try Support.write("in the way", to: folder + "/file")
      let out = try await program.run("mis", "describe", "sims", "--out", folder + "/file")
      #expect(out.status == 74 && out.errors.contains("cannot write to \(folder)/file"))
    }
  }

  // MARK: learn

  @Test func aLearnedMapServes() async throws {
    try await Support.withFolder { folder in
      let configuration = try Support.exampleWithOneSchool(in: folder)
      let today = Calendar(identifier: .gregorian).dateComponents([.year, .month], from: Date())
      let year = (today.year ?? 2026) + ((today.month ?? 1) >= 9 ? 1 : 0)
      let sample = SampleExport(
        .init(leavers: 60, seed: 4, layout: .sims, canaries: true, laestab: "3414787", leavingYear: year))
      // Headings that no map has as they stand here.
      let text = String(decoding: sample.bytes, as: UTF8.self)
      let renamed = text.replacing("Legal Surname", with: "Legal Surnane").replacing("Date of Birth", with: "D.O.B.")
      try #require(renamed != text)
      let export = folder + "/export.csv"
      try Support.write(renamed, to: export)
      let program = try Program(configuration: configuration)
      let learned = try await program.run("mis", "learn", export, "--mis", "bromcom")
      #expect(learned.status == 0, "\(learned.errors)")
      #expect(learned.output.contains("  \"Legal Surnane\": legalSurname  # likely; the heading is one letter away"))
      #expect(learned.output.contains("are valid UPNs"))
      let json = try await program.run("mis", "learn", export, "--json")
      for token in sample.tokens {
        #expect(!learned.output.contains(token) && !learned.errors.contains(token) && !json.output.contains(token))
      }
      try Support.write(learned.output, to: folder + "/config/mis/bromcom.yaml")
      try Support.edit(configuration) { $0.replacing("mis: sims", with: "mis: bromcom") }
      let prepared = try await program.run("prepare", export, "--out", folder + "/out", "--json")
      #expect(prepared.status == 0, "\(prepared.errors)")
      #expect(prepared.json?["rowsRead"]?.integer == Int64(sample.manifest.rows.count))
    }
  }

  @Test func whatCannotBeLearned() async throws {
    try await Support.withFolder { folder in
      let program = try Program(configuration: Support.example)
      let missing = try await program.run("mis", "learn", folder + "/missing.csv")
      #expect(missing.status == 66 && missing.errors.contains("cannot read"))
      let bad = folder + "/bad.csv"
      try Support.write("Zzsurname,Qqforename\nZzother,Qqother\n", to: bad)
      let result = try await program.run("mis", "learn", bad)
      #expect(result.status == 65 && result.errors.contains("no row with column headings was found"))
      #expect(!result.errors.contains("Zz") && result.output == "")
      try Data([0x50, 0x4B, 0x03, 0x04]).write(to: URL(fileURLWithPath: folder + "/bad.xlsx"))
      #expect(try await program.run("mis", "learn", folder + "/bad.xlsx").status == 65)
      for name in ["", "Brom Com", "-a", "a.b", "../a"] {
        #expect(try await program.run("mis", "learn", bad, "--mis=\(name)").status == 64, "\(name)")
      }
    }
  }
}
