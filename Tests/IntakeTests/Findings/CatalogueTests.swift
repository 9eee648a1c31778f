// The catalogue: complete, stable, plain; docs/findings.md is written from it.

import Glibc
import Leavers
import Testing

@testable import Intake

@Suite("Findings catalogue") struct CatalogueTests {
  @Test func codesAreUniqueAndComplete() {
    let entries = FindingsCatalogue.entries
    #expect(Set(entries.map(\.code)).count == entries.count)
    for entry in entries {
      #expect(entry.code.rawValue.count == 4 && entry.code.rawValue.hasPrefix("L"))
      for text in [entry.condition, entry.cause, entry.remedy, entry.source] {
        #expect(!text.isEmpty)
        #expect(
          text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "\(entry.code): texts must be writable in every encoding")
      }
      #expect(!entry.condition.hasSuffix("."))
      #expect(entry.remedy.hasSuffix("."))
    }
  }

  /// Every code that the sources name has an entry: read from the sources, so that none can be forgotten.
  @Test func everyCodeInTheSourcesHasAnEntry() {
    let text = String(
      decoding: Fixture.bytes(of: "\(Fixture.root)/Sources/Intake/Findings/FindingsCatalogue.swift"), as: UTF8.self)
    let codes = text.split(separator: "FindingCode(rawValue: \"").dropFirst().map { String($0.prefix(4)) }
    #expect(codes.count > 50)
    for code in codes { #expect(FindingsCatalogue.entry(FindingCode(rawValue: code)) != nil, "\(code)") }
    #expect(Set(codes).count == codes.count)
    #expect(codes.count == FindingsCatalogue.entries.count)
  }

  @Test func censusNumbers() {
    let numbers = Set(FindingsCatalogue.entries.flatMap(\.census))
    for number in [1500, 1510, 1520, 1530, 1540, 1550, 1570, 1575] { #expect(numbers.contains(number)) }
  }

  @Test func unknownCodeStillSaysSomething() {
    let entry = FindingsCatalogue.known(FindingCode(rawValue: "L999"))
    #expect(entry.remedy.contains("L999"))
    #expect(FindingsCatalogue.entry(FindingCode(rawValue: "L999")) == nil)
  }

  @Test func remediesOfASystem() {
    let entry = FindingsCatalogue.known(.upnForm)
    #expect(MISProduct(headerMap: "sims") == .sims && MISProduct(headerMap: "SIMS-leavers") == .sims)
    #expect(MISProduct(headerMap: "arbor") == .arbor && MISProduct(headerMap: "census") == nil)
    #expect(entry.remedy(in: nil) == entry.remedy)
    #expect(entry.remedy(in: .sims) == "\(entry.remedy) In SIMS: Focus > Pupil > Pupil Details, panel Registration.")
    #expect(FindingsCatalogue.known(.emptyFile).remedy(in: .sims) == FindingsCatalogue.known(.emptyFile).remedy)
    for entry in FindingsCatalogue.entries {
      #expect(
        !entry.remedy.contains("SIMS") && !entry.remedy.contains("Arbor"), "\(entry.code): in its places, not here")
      for place in entry.places.values {
        #expect(!place.hasSuffix(".") && place.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
      }
    }
  }

  /// A column that the catalogue names is one that the system's header map knows.
  @Test(arguments: MISProduct.allCases)
  func columnsOfASystemAreInItsHeaderMap(_ mis: MISProduct) {
    let map = String(
      decoding: Fixture.bytes(of: "\(Fixture.root)/config/mis/\(mis.rawValue).yaml"), as: UTF8.self)
    var found = 0
    for place in FindingsCatalogue.entries.compactMap({ $0.places[mis] }) {
      guard let open = place.firstIndex(of: "\""), let close = place.lastIndex(of: "\""), open < close else { continue }
      let heading = place[place.index(after: open)..<close]
      #expect(map.contains("\n  \(heading): "), "\(heading)")
      found += 1
    }
    #expect(found == 3)
  }

  @Test func details() {
    let entry = FindingsCatalogue.known(.upnForm)
    #expect(entry.what(nil) == entry.condition + ".")
    #expect(entry.what("x") == entry.condition + ": x.")
  }

  @Test func tableCellsAreEscaped() {
    let text = CatalogueDocument.text([
      CatalogueEntry(.noName, .error, "a|b", cause: "c", remedy: "d.", in: [.arbor: "f"], source: "e", census: [1, 2])
    ])
    #expect(text.contains("| L200 | error | a\\|b | c | d. | Arbor: f | e | 1, 2 |"))
  }

  @Test func documentIsUpToDate() {
    let path = "\(Fixture.root)/docs/findings.md"
    let text = CatalogueDocument.text()
    if getenv("UPDATE_DOCS") != nil {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
      #expect(descriptor >= 0)
      let bytes = Array(text.utf8)
      #expect(write(descriptor, bytes, bytes.count) == bytes.count)
      close(descriptor)
    }
    #expect(
      String(decoding: Fixture.bytes(of: path), as: UTF8.self) == text,
      "docs/findings.md is stale: run the tests once with UPDATE_DOCS=1")
  }
}
