// The list of keys, the loader, the published schemas and the manual agree.

import Foundation
import Tabular
import Testing

@testable import Profiles

struct SchemaTests {
  /// Set to write the schemas anew instead of comparing them.
  private static let update = ProcessInfo.processInfo.environment["UPDATE_DOCS"] == "1"

  @Test(arguments: ["leaverlink", "authority", "recipient", "mis"])
  func thePublishedSchemaIsThatOfTheKeys(_ name: String) throws {
    let top = try #require(KeyLevels.files.first { $0.schema == name }?.top)
    let text = ConfigurationSchema.schema(of: top, titled: name).text(pretty: true) + "\n"
    let path = Checkout.config + "/schemas/\(name).schema.json"
    if Self.update { try text.write(toFile: path, atomically: true, encoding: .utf8) }
    #expect(try Checkout.text(path) == text, "run the tests with UPDATE_DOCS=1")
  }

  /// Read from the published files, not from the list: each level's keys, and that no other is allowed.
  @Test func everyKeyIsInASchemaAndTheReverse() throws {
    var found: [String: Set<String>] = [:]
    for (name, _) in KeyLevels.files {
      let bytes = Array(try Checkout.text(Checkout.config + "/schemas/\(name).schema.json").utf8)
      let schema = try JSONValue.parse(bytes)
      for member in schema["$defs"]?.object?.members ?? [] {
        #expect(member.value["additionalProperties"]?.bool == false)
        found[member.key, default: []].formUnion(member.value["properties"]?.object?.keys ?? [])
      }
    }
    let known = Dictionary(uniqueKeysWithValues: KeyLevels.all.map { ($0.name, Set($0.keys.map(\.name))) })
    #expect(found == known)
  }

  /// The loader asks for every key of every level; that it asks for no other, `ConfigMapping` asserts.
  @Test func theLoaderAsksForEveryKey() throws {
    var fixture = Fixture()
    fixture.files["recipients/z.yaml"] = "recipient: {id: z, name: Z}\nhandover: {by: post}\n"
    fixture.replace(
      "state: state\n",
      with:
        "state: state\nbrake: {at-least: 5}\npostcodes: {file: p.csv}\nproviders: [q.csv]\nwords: w.csv\ncalendar: cal.csv\n",
      in: Mistake.top)
    fixture.replace(
      "desk: desks/high\n",
      with: "desk: {path: desks/high}\n    exports-complete-when: {marker: \"{base}.ok\"}\n"
        + "    risk: {weights: [{field: senProvision, is: present, score: 2, indicator: EHC plan}], bands: {high: 2}, suggest-from: high}\n",
      in: Mistake.top)
    fixture.files["authorities/z.yaml"] = Self.everyKey
    fixture.files["lookups/zed.csv"] = "ours,theirs\nC,Current\n"
    fixture.files["p.csv"] = "postcode,authority\n"
    fixture.files["q.csv"] = "id,name,kind\n"
    fixture.files["cal.csv"] = "what,cohorts,authority,opens,due,closes\n"
    fixture.files["w.csv"] = "words,set,code,where,strength,note\n"
    let directory = try fixture.write()
    defer { try? FileManager.default.removeItem(atPath: directory.path) }
    let log = DiagnosticLog()
    let loader = ConfigurationLoader(environment: [:], inspectKey: { _ in .usable("ed25519") })
    #expect(loader.read(directory.path + "/leaverlink.yaml", .everything, log) != nil)
    #expect(log.diagnostics.filter { $0.severity == .error }.map(\.code) == [.fileMissing], "\(log.diagnostics)")
    let known = Set(KeyLevels.all.flatMap { level in level.keys.map { "\(level.name).\($0.name)" } })
    #expect(log.keysAsked == known)
  }

  @Test func theManualHasTheTableOfEveryLevel() throws {
    var manual = try Checkout.text(Checkout.manual)
    for level in KeyLevels.all {
      let begin = "<!-- keys: \(level.name) -->\n"
      let end = "\n<!-- end -->"
      let start = try #require(manual.range(of: begin), "\(level.name) is not in the manual")
      let stop = try #require(manual.range(of: end, range: start.upperBound..<manual.endIndex))
      let table = ConfigurationManual.table(of: level)
      if Self.update {
        manual.replaceSubrange(start.upperBound..<stop.lowerBound, with: table)
      } else {
        #expect(String(manual[start.upperBound..<stop.lowerBound]) == table, "run the tests with UPDATE_DOCS=1")
      }
    }
    if Self.update { try manual.write(toFile: Checkout.manual, atomically: true, encoding: .utf8) }
  }

  @Test func theManualNamesEveryKindOfMistake() throws {
    let manual = try Checkout.text(Checkout.manual)
    let source = try Checkout.text(
      Checkout.root + "/Sources/Profiles/Loading/ConfigurationDiagnostic.swift")
    let codes = source.matches(of: /= code\("([a-z-]+)"\)/).map { String($0.output.1) }
    #expect(codes.count > 40)
    for code in codes { #expect(manual.contains("| `\(code)` |"), "\(code) is not in the manual") }
  }

  /// A profile with every key of the language.
  private static let everyKey = """
    authority: {id: zed, name: Zed Council, code: "998", gss: E08000099}
    recipient: z
    evidence: trial
    agreements:
      - {kinds: [confirmed-destinations, early-leavers], basis: public-task, reference: D, from: 2026-03-01, until: 2027-08-31, special: true, criminal-offence: true}
      - {kinds: [risk-of-neet], basis: public-task, reference: R, from: 2026-03-01, until: 2027-08-31, under-13: by agreement}
    returns:
      confirmed-destinations:
        cohorts: [Y11]
        enrolment: [C]
        where:
          - {field: leavingDate, from: 2026-01-01, until: 2026-12-31}
          - {field: activity, is-not: ["210"]}
        routed-by: educated
        rows: destination
        sort: [A]
        changes: false
        file: "Z_{laestab}_{sequence}.xml"
        format:
          type: xml
          root: Leavers
          namespace: "urn:example:z"
          head: [{element: Header/Rows, text: "{rows}"}]
          row: List/Leaver
          empty: kept
        columns:
          - {name: A, destination: {intended: INT, actual: ACT}, element: "@type"}
          - {name: B, refusal: {refused: Y, otherwise: N}}
          - {name: M, moved: {moved: T, otherwise: P}}
          - {name: C, from: freeSchoolMeals, yes-no: {true: Y, false: N, unknown: U}}
          - {name: D, from: yearGroup, number: {digits: 2, decimals: 1, mark: comma}}
          - {name: E, from: upn, slice: {from: 2, to: 4}, pad: {to: 5, with: x, on: right}, case: title, max: 9}
          - {name: F, joined: [upn, {from: uln, slice: {last: 2}}], with: "-"}
          - {name: G, first-of: [preferredForename, legalForename], required: true}
          - name: H
            when: [{field: activity, is: ["210"], then: providerName}]
            otherwise: {constant: none}
          - {name: I, from: enrolmentStatus, lookup: {table: zed, column: theirs, otherwise: "?"}}
          - {name: J, from: course, free-text: allowed, without-basis: "?", width: 9, slice: {first: 3}}
          - {name: K, from: registrationGroup, map: [{from: 2026-01-01, until: 2026-12-31, values: {a: b}}]}
          - {name: L, from: enrolmentStatus, map: zed}
        examples:
          - {given: {upn: A}, gives: {A: INT}}
          - {given: {upn: A}, rows: [{A: INT}]}
          - {given: {upn: A}, kept: no-cohort}
      early-leavers:
        cohorts: [Y12]
        routed-by: educated
        file: "Z_{laestab}_{kind}_{sequence}.xlsx"
        format:
          type: xlsx
          template: nowhere.xlsx
          at: Leavers!A7
          cells: [{at: "Leavers!C2", text: "{school}"}]
          sample-row: true
        columns: [{name: A, from: upn}]

    """
}
