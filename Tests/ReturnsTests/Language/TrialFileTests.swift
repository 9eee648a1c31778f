// A trial shows a tracking team all that its returns may hold, and nobody real.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Returns

struct TrialFileTests {
  private let day = CalendarDate(year: 2026, month: 12, day: 1) ?? CalendarDate(daysSinceEpoch: 0)

  private func make(
    _ profile: ReturnProfile, _ authority: AuthorityProfile, _ configuration: Configuration, school: School? = nil,
    day: CalendarDate? = nil
  ) throws -> TrialFile {
    try TrialFile.make(
      profile, authority: authority, school: school ?? ExampleSchool.of(authority), configuration: configuration,
      sequence: 7, day: day ?? self.day, scratch: "/tmp")
  }

  @Test func everyShippedFormatCanBeTried() throws {
    let configuration = try ShippedProfilesTests.configuration()
    for authority in configuration.authorities {
      for profile in authority.returns where profile.kind != .unknownAnswers {
        let file = try make(profile, authority, configuration)
        let again = try make(profile, authority, configuration)
        #expect(file.fileName.contains("7") && file.bytes == again.bytes)
        // Where a refusal counts, both answers that keep to the floor are shown.
        let knowsRefusal = file.agreement.basis.knowsObjection && profile.kind != .riskOfNEET
        #expect(file.floorOnly == (knowsRefusal ? 2 : 0), "\(authority.id) \(profile.kind)")
        #expect(file.inFull >= 4)
        guard case .csv(let form) = profile.format, form.dialect.encoding == .utf8 else { continue }
        let lines = String(decoding: file.bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        #expect(lines.count { $0.contains("TEST") } == file.inFull + file.floorOnly, "\(authority.id) \(profile.kind)")
      }
    }
  }

  /// Each code that the authority may have, and has a word for, stands in the file.
  @Test func everyCodeStandsInIt() throws {
    let configuration = try ShippedProfilesTests.configuration()
    let codes = try #require(configuration.codes["nccis-intended"]).entries.filter { $0.isCurrent(on: day) }
    for authority in configuration.authorities {
      let profile = try #require(authority.profile(for: .intendedDestinations))
      let file = try make(profile, authority, configuration)
      let column = try #require(
        profile.columns.first { $0.form.fields == [.intendedDestination] }, "\(authority.id)")
      let told = Set(file.totals.filter { $0.heading == column.name }.map(\.code))
      let missing = file.kept.reduce(0) { $0 + $1.count }
      let words = column.map.isEmpty ? codes.map(\.code) : codes.compactMap { column.map($0.code, on: day) }
      #expect(told.isSuperset(of: words) && words.count + missing >= codes.count, "\(authority.id)")
    }
  }

  @Test func everyPupilIsMarkedAndNobodys() throws {
    let configuration = try ShippedProfilesTests.configuration()
    for authority in configuration.authorities {
      for profile in authority.returns {
        let pupils = TrialPupils(
          profile: profile, cohort: Cohort(stage: .y11, on: day), day: day, codes: configuration.codes,
          bands: ["high"], outcome: { _ in .merged(into: 1) })
        #expect(pupils.records.allSatisfy(DisclosureRule.isMarkedAsTest))
        #expect(pupils.records.allSatisfy { $0[.uln] == nil }, "a number may be somebody's")
        for upn in pupils.records.compactMap({ $0[.upn] }) {
          #expect(try UPN(upn).rawValue.dropFirst().prefix(7) == "0000000")
        }
        let names = pupils.records.map { "\($0[.legalForename] ?? "") \($0[.dateOfBirth] ?? "")" }
        #expect(Set(names).count == names.count)
      }
    }
  }

  @Test func theSchoolsOwnBandsAreTried() throws {
    let configuration = try ShippedProfilesTests.configuration()
    let authority = try #require(configuration.authorities.first { $0.id.rawValue == "sefton" })
    var profile = try #require(authority.profile(for: .riskOfNEET))
    var school = ExampleSchool.of(authority)
    school.risk = RiskPolicy(
      weights: [], bands: [.init(name: "substantial", from: 5), .init(name: "unheard", from: 1)])
    let file = try make(profile, authority, configuration, school: school)
    #expect(file.totals.filter { $0.heading == "Band" }.map(\.code) == ["Red"])
    #expect(file.kept.contains { $0.reason == "a code is not in this authority's list (column Band)" })
    // Without a word of anybody's the file is tried all the same.
    profile.columns[profile.columns.firstIndex { $0.name == "Band" } ?? 0].map = ValueMap()
    #expect(try make(profile, authority, configuration).totals.contains { $0.code == "high" })
  }

  @Test func whatCannotBeTriedIsSaid() throws {
    let configuration = try ShippedProfilesTests.configuration()
    var authority = try #require(configuration.authorities.first { $0.id.rawValue == "sefton" })
    func message(_ kind: ReturnKind, _ school: School? = nil) throws -> String {
      let profile = try #require(authority.profile(for: kind))
      do {
        _ = try make(profile, authority, configuration, school: school)
        return ""
      } catch let error as ReturnsError {
        #expect(error.code == .nothingToTry)
        return error.message
      }
    }
    #expect(try message(.unknownAnswers).contains("it answers a request"))
    let elsewhere = ExampleSchool.of(try #require(configuration.authorities.first { $0.id.rawValue == "wirral" }))
    #expect(try message(.intendedDestinations, elsewhere).contains("another authority's (educated-elsewhere)"))
    authority.agreements = []
    #expect(try message(.intendedDestinations).contains("no agreement of Sefton Council covers intended-destinations"))
  }

  /// What is to be agreed need not be in force yet.
  @Test func anAgreementOfTomorrowIsTriedToday() throws {
    let configuration = try ShippedProfilesTests.configuration()
    let authority = try #require(configuration.authorities.first { $0.id.rawValue == "sefton" })
    let profile = try #require(authority.profile(for: .intendedDestinations))
    let before = try #require(authority.agreements.first?.from.adding(days: -100))
    let file = try make(profile, authority, configuration, day: before)
    #expect(file.inFull > 10 && file.cohort == Cohort(stage: .y11, on: before))
  }
}
