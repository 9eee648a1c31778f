// The example configuration that is shipped: it loads for a dry run, shows six formats, and sends nobody's data.

import Foundation
import Leavers
import Tabular
import Testing

@testable import Profiles

struct ShippedConfigurationTests {
  private func load(_ need: ConfigurationLoader.Need) throws(ConfigurationErrors) -> LoadedConfiguration {
    try ConfigurationLoader(environment: [:], inspectKey: { _ in .notAKey })
      .load(Checkout.config + "/leaverlink.yaml", requiring: need)
  }

  @Test func itLoadsForADryRun() throws {
    let loaded = try load(.forPreparing)
    // Halton's older list names two of our codes' counterparts not, Knowsley's no codes of before the leaving age, on
    // purpose.
    #expect(loaded.warnings.map(\.code) == [.unmappedCode, .unmappedCode])
    let configuration = loaded.configuration
    #expect(
      configuration.authorities.map(\.id.rawValue) == [
        "halton", "knowsley", "liverpool", "sefton", "st-helens", "wirral",
      ])
    #expect(
      configuration.recipients.map(\.id.rawValue) == ["career-connect", "halton", "knowsley", "liverpool", "wirral"])
    #expect(
      configuration.authorities(of: RecipientID(unchecked: "career-connect")).map(\.id.rawValue) == [
        "sefton", "st-helens",
      ])
    #expect(
      Set(configuration.headerMaps.keys) == ["sims", "arbor", "isams", "census", "ccis", "careers-lead"])
    for authority in configuration.authorities {
      #expect(authority.evidence == .illustrative)
      let examples = authority.agreements.filter(\.isExample)
      #expect(examples == authority.agreements)
      #expect(authority.profile(for: .intendedDestinations) != nil)
      #expect(authority.contact?.note == "confirm before use")
      let table = try #require(configuration.codes["lcr-authorities"])
      let entry = table.entries.first { $0.code == authority.laCode.rawValue }
      #expect(entry?.attributes["gss"] == authority.gss)
    }
    for authority in configuration.authorities {
      #expect(Set(authority.returns.map(\.kind)) == Set(ReturnKind.allCases), "\(authority.id)")
      #expect(
        Set(authority.replies.map(\.kind)).isSuperset(of: Set(ReplyKind.allCases).subtracting([.acknowledgement])))
    }
    #expect(configuration.authorities.count { !$0.replies.contains { $0.kind == .acknowledgement } } == 1)
    for kind in [ReplyKind.activitySurvey, .unknownRequest] {
      #expect(configuration.authorities.allSatisfy { $0.replies.contains { $0.kind == kind } })
    }
  }

  @Test func noTwoFormatsAreTheSame() throws {
    let authorities = try load(.forPreparing).configuration.authorities
    let profiles = authorities.compactMap { $0.profile(for: .intendedDestinations) }
    #expect(Set(profiles.map { $0.columns.map(\.name) }).count == 6)
    #expect(Set(profiles.map { $0.columns.first { $0.source == .field(.dateOfBirth) }?.date?.text }).count == 6)
    #expect(Set(profiles.map(\.fileName)).count == 6)
    #expect(Set(profiles.map(\.format.csvDialect?.delimiter)).count >= 3)
    #expect(profiles.contains { $0.format.csvDialect?.encoding == .windows1252 })
    #expect(profiles.contains { $0.format.csvDialect?.quoting == .always })
  }

  /// Legacy 410 is Undecided and 510 Other; current 411 is Other and 511 Undecided. Only codes with one counterpart
  /// may be mapped, and by the table, never by arithmetic.
  @Test func theOlderListIsMappedByMeaning() throws {
    let configuration = try load(.forPreparing).configuration
    let halton = try #require(configuration.authority(AuthorityID(unchecked: "halton")))
    let column = try #require(halton.profile(for: .intendedDestinations)?.columns.first { !$0.map.isEmpty })
    let table = try #require(configuration.codes["nccis-intended"])
    var legacyOf: [String: [String]] = [:]
    for entry in table.entries where entry.isLegacy {
      if let successor = entry.successor { legacyOf[successor, default: []].append(entry.code) }
    }
    let oneToOne = legacyOf.filter { $0.value.count == 1 }.compactMapValues(\.first)
    let day = try #require(CalendarDate(iso: "2026-12-01"))
    #expect(Dictionary(uniqueKeysWithValues: column.map.entries.map { ($0.ours, $0.theirs) }) == oneToOne)
    #expect(column.map("411", on: day) == "510")
    #expect(column.map("511", on: day) == "410")
    #expect(column.map("121", on: day) == nil)
  }

  @Test func itRefusesToRun() throws {
    let errors = try #require(#expect(throws: ConfigurationErrors.self) { _ = try load(.everything) })
    let places = errors.diagnostics.filter { $0.code == .placeholder }.map(\.file)
    for name in ["liverpool", "career-connect", "wirral", "halton", "knowsley"] {
      #expect(places.contains { $0.hasSuffix("recipients/\(name).yaml") }, "\(name)")
    }
    let refusals = EvidenceGate.refusals(in: try load(.forPreparing).configuration)
    #expect(Set(refusals.map(\.file)).count == 6)
  }

  @Test func theContactsAreThoseThatTheCareersHubLists() throws {
    let emails = try load(.forPreparing).configuration.authorities.compactMap(\.contact?.email)
    #expect(
      emails == [
        "kathy.slater@halton.gov.uk", "paula.murphy@knowsley.gov.uk", "lynn.williams@liverpool.gov.uk",
        "sarah.vaughan@careerconnect.org.uk", "_MITeam@careerconnect.org.uk", "alicecastree@wirral.gov.uk",
      ])
  }
}
