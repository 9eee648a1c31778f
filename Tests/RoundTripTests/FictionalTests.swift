// Exotic layouts through real processes and servers: XML under a schema, and rows a characteristic with a trailer.

import AuthoritySandbox
import Foundation
import RoundTripSupport
import Tabular
import Testing

@Suite("The fictional authorities", .serialized)
struct FictionalTests {
  private static let school = 2
  private static let kinds = ["northmere", "eastmarsh"]

  /// What arrives is read here by a third hand, which knows neither the profile nor the team's specification.
  @Test func whatArrivesIsWhatWasExported() async throws {
    try await RoundTrip.with(survey: 0.5, chase: 0.2, fictional: true) { trip in
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      let sample = trip.sample(leavers: 120, seed: 4, school: Self.school)
      try trip.save(sample.bytes, as: "Report.csv", school: Self.school)
      try await trip.waitUntilDecided(1)
      let waiting = try await trip.returns(state: "waiting")
      #expect(Set(waiting.map(\.authority)) == Set(Self.kinds), "none of the six has a pupil there")
      try await sendAll(trip)
      let returns = try await trip.returns()
      #expect(returns.allSatisfy { $0.state == "accepted" })
      for authority in Self.kinds {
        let names = returns.filter { $0.authority == authority }.map(\.fileName)
        #expect(names.contains { $0.contains("Y11") } && names.contains { !$0.contains("Y11") }, "\(names)")
      }

      // The team's own journal: each once, with the bytes of the ledger, and nothing in it refused.
      let arrivals = try trip.journal().verdict()
      #expect(arrivals.count == returns.count)
      for line in returns {
        let seen = try #require(arrivals.first { $0.authority == line.authority && $0.name == line.fileName })
        #expect(seen.isExactlyOnce && seen.sha256 == [line.sha256], "\(line.fileName)")
        #expect(seen.refusal == nil && seen.rejectedRows == 0 && (seen.loaded ?? 0) > 0, "\(line.fileName)")
      }

      let exported = try Exported(sample)
      let records = try await arrived(arrivals, trip)
      // Of every clean pupil who shares, all is there; of nobody anything else than was exported.
      let pupils = exported.pupils.filter { $0.isClean && $0["YSSA"].uppercased() == "YES" }
      #expect(pupils.count > 40)
      for pupil in pupils {
        let northmere = records.filter { $0.authority == "northmere" && $0.upn == pupil["UPN"] }
        #expect(northmere.map(\.person) == [pupil.person])
        let isSixthFormer = pupil["Year"] != "11"
        #expect(northmere.first?.told == (isSixthFormer ? [pupil["Left"]] : [pupil["Postcode"], pupil["Plan"]]))
        let eastmarsh = records.filter { $0.authority == "eastmarsh" && $0.upn == pupil["UPN"] }
        guard pupil["Home authority"] == "991" else {
          #expect(eastmarsh.isEmpty)
          continue
        }
        let codes = pupil["Characteristics"].split(whereSeparator: { ";, ".contains($0) }).map(String.init)
        let told =
          isSixthFormer
          ? [[pupil["Left"]]]
          : (codes.isEmpty ? [""] : codes).map { ["L", "991", pupil["Postcode"], pupil["Plan"], $0] }
        #expect(eastmarsh.map(\.told) == told)
        #expect(eastmarsh.allSatisfy { $0.person == pupil.personInCapitals })
      }
      let known = Set(exported.pupils.map { $0["UPN"].uppercased().trimmingCharacters(in: .whitespaces) })
      #expect(records.allSatisfy { $0.upn.isEmpty || known.contains($0.upn) })
      #expect(records.contains { $0.upn.isEmpty }, "who refused sharing is told of without a number")
      let rows = Dictionary(grouping: records.filter { $0.told.first == "L" && !$0.upn.isEmpty }, by: \.upn)
      #expect(rows.values.contains { $0.count > 1 }, "somebody has more than one characteristic")

      // Acknowledgements, surveys and requests came back and found their pupils.
      try await eventually("every reply to be matched") {
        let replies = try await trip.json("replies")["replies"]?.array ?? []
        let answers = try trip.journal().entries.count { [.acknowledged, .surveyed, .chased].contains($0.event) }
        return replies.count == answers && replies.allSatisfy { $0["state"]?.string == "matched" }
      }
      #expect(try await daemon.terminate() == 0)
      #expect(try await trip.auditIsClean())
    }
  }

  /// An authority that takes changes gets the closing of a pupil who moved away, and nothing of all others again.
  @Test func aPupilWhoMovesIsClosedAndNothingElseIsSentAgain() async throws {
    try await RoundTrip.with(fictional: true) { trip in
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      let sample = trip.sample(leavers: 60, seed: 4, school: Self.school)
      try trip.save(sample.bytes, as: "Report.csv", school: Self.school)
      try await trip.waitUntilDecided(1)
      try await sendAll(trip)
      let before = Set(try await trip.returns().map(\.id))

      var exported = try Exported(sample)
      let mover = try #require(
        exported.pupils.firstIndex {
          $0.isClean && $0["YSSA"].uppercased() == "YES" && $0["Home authority"] == "991" && $0["Year"] == "11"
            && !$0["Characteristics"].isEmpty
        })
      exported.pupils[mover]["Home authority"] = "990"
      try trip.save(try exported.bytes(), as: "Report (2).csv", school: Self.school)
      try await trip.waitUntilDecided(2)
      let made = try await trip.returns().filter { !before.contains($0.id) }
      #expect(made.map(\.authority) == ["eastmarsh"], "to Northmere, where the pupil goes to school, nothing is new")
      try await sendAll(trip)
      let closing = try await trip.returns().filter { !before.contains($0.id) }
      #expect(closing.map(\.state) == ["accepted"])

      let arrivals = try trip.journal().verdict().filter { $0.name == closing.first?.fileName }
      let records = try await arrived(arrivals, trip)
      let pupil = exported.pupils[mover]
      #expect(records.map(\.upn) == [pupil["UPN"]])
      #expect(records.map(\.person) == [pupil.personInCapitals])
      // One row whatever the pupil has: neither plan nor characteristic is told to who is responsible no longer.
      #expect(records.map(\.told) == [["C", "990", "", "", ""]])
      #expect(try await daemon.terminate() == 0)
      #expect(try await trip.auditIsClean())
    }
  }

  @Test func theCommandBringsThemWhenAskedFor() async throws {
    try await CommandTestsSupport.withFolder { folder in
      let examples = CommandTestsSupport.checkout + "/config"
      let program = try Program(configuration: folder + "/far/config/leaverlink.yaml")
      for isFictional in [false, true] {
        // It ends by itself, because its standard input is closed.
        let result = try await program.run(
          ["sandbox", "--dir", folder + "/far", "--config", examples] + (isFictional ? ["--fictional"] : []))
        #expect(result.status == 0 && result.json?["ready"]?.bool == true, "\(result.errors)")
        let check = try await program.run("check")
        #expect(check.status == 0, "\(check.output)")
        let tested = try await program.run("profile", "test", "--json")
        let authorities = try #require(tested.json?["authorities"]?.array).compactMap { $0["authority"]?.string }
        #expect(authorities.count == (isFictional ? 8 : 6))
        #expect(Set(authorities).isSuperset(of: Self.kinds) == isFictional)
      }
    }
  }

  private func sendAll(_ trip: RoundTrip) async throws {
    try await trip.releaseAll()
    try await eventually("every return to be acknowledged") { try await trip.returns().allSatisfy(\.isFinished) }
  }

  // MARK: What was exported

  /// One line of the export, by heading.
  private struct Pupil {
    let headings: [String]
    var cells: [String]
    /// Whether no dirt fell on it: then each value is as the school means it.
    let isClean: Bool

    subscript(_ heading: String) -> String {
      get { headings.firstIndex(of: heading).map { cells[$0] } ?? "" }
      set { if let place = headings.firstIndex(of: heading) { cells[place] = newValue } }
    }
    /// Days are compared as dd.MM.yyyy, as the export writes them.
    var person: [String] { [self["Surname"], self["Forename"], self["Born"], self["ULN"]] }
    var personInCapitals: [String] { [self["Surname"].uppercased()] + person.dropFirst() }
  }

  private struct Exported {
    var pupils: [Pupil]

    init(_ sample: SampleExport) throws {
      let lines = try #require(try LooseTable.tables(of: sample.bytes).first).rows
      pupils = zip(lines.dropFirst(), sample.manifest.rows).map { cells, row in
        Pupil(headings: lines[0], cells: cells, isClean: row.dirt == nil)
      }
    }

    func bytes() throws -> [UInt8] {
      try CSVWriter.bytes(of: [pupils[0].headings] + pupils.map(\.cells), in: CSVDialect())
    }
  }

  // MARK: What arrived

  /// What a file of either authority says of a pupil in one row.
  private struct Record {
    let authority: String
    let upn: String
    let person: [String]
    let told: [String]
  }

  private func arrived(_ files: [ArrivalSummary], _ trip: RoundTrip) async throws -> [Record] {
    var records: [Record] = []
    for file in files {
      let path = "\(file.folder)/\(file.name)"
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      records += file.authority == "northmere" ? try northmere(bytes) : try eastmarsh(bytes)
      guard file.authority == "northmere", FileManager.default.isExecutableFile(atPath: Self.xmllint) else { continue }
      let schema = trip.layout.configuration + "/authorities/northmere.xsd"
      #expect(try await runTool(Self.xmllint, ["--noout", "--nonet", "--schema", schema, path]) == 0, "\(file.name)")
    }
    return records
  }

  private static let xmllint = "/usr/bin/xmllint"

  private func northmere(_ bytes: [UInt8]) throws -> [Record] {
    let root = try XMLElement.read(bytes).root
    let leavers = try #require(root.children.last).children
    #expect(root.children.first?.children.last?.text == "\(leavers.count)")
    return leavers.map { leaver in
      let values = Self.values(in: leaver)
      func day(_ name: String) -> String {
        (values[name] ?? "").split(separator: "-").reversed().joined(separator: ".")
      }
      return Record(
        authority: "northmere", upn: values["UPN"] ?? "",
        person: [values["Surname"] ?? "", values["Forename"] ?? "", day("Born"), values["ULN"] ?? ""],
        told: values["Left"] == nil ? [values["Postcode"] ?? "", values["plan"] ?? ""] : [day("Left")])
    }
  }

  /// Texts and attributes wherever they stand, by their names, which are each used once.
  private static func values(in element: XMLElement) -> [String: String] {
    var values = Dictionary(element.attributes.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    if element.children.isEmpty { values[element.name] = element.text }
    for child in element.children { values.merge(Self.values(in: child)) { first, _ in first } }
    return values
  }

  private func eastmarsh(_ bytes: [UInt8]) throws -> [Record] {
    let text = try #require(String(bytes: bytes, encoding: .utf16))
    let lines = text.split(separator: "\r\n").map { $0.split(separator: "|", omittingEmptySubsequences: false) }
    let rows = lines.dropFirst(2).dropLast().map { $0.map(String.init) }
    #expect(lines.last.map { $0[1] } == "\(rows.count)")
    return rows.map { row in
      // Early leavers: seven columns; intended destinations: eleven.
      row.count == 7
        ? Record(authority: "eastmarsh", upn: row[1], person: [row[3], row[4], row[5], row[2]], told: [row[6]])
        : Record(
          authority: "eastmarsh", upn: row[2], person: [row[4], row[5], row[6], row[3]],
          told: [row[1]] + row[7...])
    }
  }
}
