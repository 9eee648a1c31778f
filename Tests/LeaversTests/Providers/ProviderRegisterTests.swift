// The provider register: names, numbers, lists made one, and codes that do not go with a place.

import Testing

@testable import Leavers

@Suite struct ProviderRegisterTests {
  private func provider(
    _ id: String, _ name: String, aliases: [String] = [], ukprn: String? = nil, laestab: String? = nil,
    urn: String? = nil, kind: ProviderKind = .feCollege, closed: Bool = false,
    evidence: Provider.Evidence = .illustrative
  ) throws -> Provider {
    Provider(
      id: ProviderID(unchecked: id), name: name, aliases: aliases, ukprn: try ukprn.map { try UKPRN($0) },
      laestab: try laestab.map { try LAESTAB($0) }, urn: try urn.map { try URN($0) }, kind: kind, isClosed: closed,
      evidence: evidence)
  }

  @Test(arguments: [
    ("Hugh Baird College", "hugh baird college"), ("THE HUGH-BAIRD COLLEGE", "hugh baird college"),
    ("Warrington & Vale Royal College", "warrington and vale royal college"),
    ("Saint Helens Coll.", "st helens college"),
    ("St. Helen’s College", "st helens college"), ("Birkenhead 6th Form College", "birkenhead sixth form college"),
    ("", ""), ("The", ""),
  ])
  func names(text: String, key: String) { #expect(ProviderName.key(text) == key) }

  @Test(arguments: [
    ("Hugh Baird College", ["hugh baird"]), ("Carmel", []), ("Sixth Form College", []),
    ("Birkenhead Sixth Form College", ["birkenhead sixth form", "birkenhead sixth", "birkenhead"]),
    ("St Anselm's Catholic High School", ["st anselms catholic high", "st anselms catholic", "st anselms"]),
    ("University of Liverpool", []), ("The Academy", []),
  ])
  func shortNames(name: String, short: [String]) {
    #expect(ProviderName.shortened(ProviderName.tokens(name)) == short)
  }

  /// The short way through plain names must come to the same as the long one.
  @Test func theShortWayIsTheLongWay() throws {
    for name in try ShippedWords.providers().flatMap({ [$0.name] + $0.aliases }) + ["A & B (C), D-E: F's", "x  y"] {
      #expect(ProviderName.tokens(name) == SchoolWord(name)?.tokens.map(\.text), "\(name)")
    }
  }

  @Test func findsByNameAliasAndNumber() throws {
    let hugh = try provider("h", "Hugh Baird College", aliases: ["HBC"], ukprn: "10003000", laestab: "3438001")
    let carmel = try provider("c", "Carmel College", kind: .sixthFormCollege)
    let register = ProviderRegister([[hugh, carmel]])
    #expect(register.provider(named: "the HUGH BAIRD college") == .one(hugh, by: .name))
    #expect(register.provider(named: "hbc") == .one(hugh, by: .name))
    #expect(register.provider(named: "Carmel") == .one(carmel, by: .shortName))
    #expect(register.provider(named: "Carmel Abbey") == .none)
    #expect(register.provider(named: "Carmel School") == .none, "another kind of place")
    #expect(register.provider(named: "") == .none)
    #expect(register.provider(ukprn: try UKPRN("10003000")) == .one(hugh, by: .ukprn))
    #expect(register.provider(ukprn: try UKPRN("10003001")) == .none)
    #expect(register.provider(laestab: try LAESTAB("343/8001")) == .one(hugh, by: .laestab))
    #expect(register[ProviderID(unchecked: "c")] == carmel)
  }

  @Test func aNameOfSeveralIsReported() throws {
    let (one, two) = (try provider("1", "St Mary's"), try provider("2", "St. Marys"))
    let register = ProviderRegister([[one, two]])
    #expect(register.provider(named: "St Marys") == .several([one, two], by: .name))
    #expect(register.provider(named: "St Marys").provider == nil)
    #expect(register.resolve(name: "st marys").warnings.map(\.code) == [.ambiguousName])
  }

  @Test func openGoesBeforeClosed() throws {
    let old = try provider("1", "Park School", laestab: "3414001", kind: .school, closed: true)
    let new = try provider("2", "Park School", laestab: "3414001", kind: .school)
    let register = ProviderRegister([[old, new]])
    #expect(register.provider(named: "Park School") == .one(new, by: .name))
    #expect(register.provider(laestab: try LAESTAB("3414001")) == .one(new, by: .laestab))
    let gone = ProviderRegister([[old]])
    #expect(gone.provider(named: "park school").provider?.isClosed == true)
    #expect(old.warnings().map(\.code) == [.closed])
  }

  @Test func listsAreMadeOne() throws {
    let ours = [
      try provider("hugh-baird", "Hugh Baird College", aliases: ["HBC"]),
      try provider("carmel", "Carmel College", kind: .sixthFormCollege),
      try provider("met", "Wirral Met", ukprn: "10007000", kind: .other),
    ]
    let national = [
      try provider(
        "urn-130481", "Hugh Baird College", ukprn: "10003000", laestab: "3438001", urn: "130481", evidence: .register),
      try provider("urn-100001", "Carmel College", urn: "100001", kind: .school, evidence: .register),
      try provider(
        "urn-100002", "Wirral Metropolitan College", ukprn: "10007000", urn: "100002", evidence: .register),
      try provider("urn-100003", "Park School", laestab: "3414001", urn: "100003", kind: .school, closed: true),
      try provider("urn-100004", "Park School", laestab: "3414001", urn: "100004", kind: .school),
    ]
    let register = ProviderRegister([ours, national])
    #expect(
      register.providers.map(\.id.rawValue) == [
        "hugh-baird", "carmel", "met", "urn-100001", "urn-100003", "urn-100004",
      ])
    let hugh = try #require(register[ProviderID(unchecked: "hugh-baird")])
    #expect(hugh.ukprn?.rawValue == "10003000" && hugh.urn?.rawValue == "130481" && hugh.evidence == .register)
    #expect(hugh.aliases == ["HBC"])
    let met = try #require(register.provider(named: "Wirral Metropolitan College").provider)
    #expect(met.id.rawValue == "met" && met.kind == .feCollege && met.aliases == ["Wirral Metropolitan College"])
    // A school of the same name is another place.
    #expect(register.provider(named: "Carmel College").providers.count == 2)
  }

  @Test func whatContradictsIsNotMadeOne() throws {
    let ours = [try provider("a", "A College", ukprn: "10000001")]
    let other = try provider("ukprn-10000002", "A College", ukprn: "10000002")
    #expect(ProviderRegister([ours, [other]]).providers.count == 2)
    // Of two of that name in a list neither is taken for ours.
    let third = try provider("x", "A College", laestab: "3418001")
    let fourth = try provider("y", "A College", laestab: "3428001")
    #expect(ProviderRegister([[try provider("a", "A College")], [third, fourth]]).providers.count == 3)
  }

  @Test func resolvesARecord() throws {
    let hugh = try provider("h", "Hugh Baird College", ukprn: "10003000", laestab: "3438001")
    let met = try provider("m", "Wirral Met", ukprn: "10007000")
    let register = ProviderRegister([[hugh, met]])
    #expect(register.resolve(name: nil) == ProviderResolution(provider: nil, warnings: []))
    #expect(register.resolve(name: "hugh baird").provider == hugh)
    #expect(register.resolve(name: "some words", ukprn: try UKPRN("10003000")).provider == hugh)
    #expect(
      register.resolve(name: "Hugh Baird", ukprn: try UKPRN("10003000"), laestab: try LAESTAB("3438001")).provider
        == hugh)
    let disagree = register.resolve(name: "Wirral Met", ukprn: try UKPRN("10003000"))
    #expect(disagree.provider == nil)
    #expect(disagree.warnings.map(\.code) == [.numbersDisagree])
    #expect(disagree.warnings.first?.words.contains("Hugh Baird College, Wirral Met") == true)
    #expect(register.resolve(name: "Nowhere").warnings.map(\.code) == [.unknownName])
    // The number decides between places of one name.
    let twins = ProviderRegister([
      [try provider("1", "Park College", ukprn: "10000001"), try provider("2", "Park College", ukprn: "10000002")]
    ])
    #expect(twins.resolve(name: "Park College", ukprn: try UKPRN("10000002")).provider?.id.rawValue == "2")
  }

  @Test(arguments: [
    (ProviderKind.school, "210", true), (.school, "310", false), (.school, "220", false), (.employer, "210", false),
    (.employer, "310", true), (.employer, "330", true), (.feCollege, "230", true), (.feCollege, "210", false),
    (.feCollege, "310", true), (.sixthFormCollege, "220", true), (.sixthFormCollege, "210", false),
    (.sixteenToNineteen, "210", true), (.sixteenToNineteen, "220", true), (.university, "240", true),
    (.university, "220", false), (.specialist, "280", true), (.trainingProvider, "410", true), (.school, "810", true),
    (.school, "260", true), (.custodial, "290", true), (.custodial, "230", false), (.other, "310", true),
  ])
  func kindsAndActivities(kind: ProviderKind, activity: String, fits: Bool) throws {
    #expect(kind.fits(activity: activity) == fits)
    let warnings = try provider("p", "P", kind: kind).warnings(activity: activity)
    #expect(warnings.map(\.code) == (fits ? [] : [.kindDoesNotFit]))
    if !fits { #expect(warnings.first?.words == "activity \(activity) does not go with P, which is \(kind.words)") }
  }

  @Test(arguments: [
    ("111", ProviderKind.school, true, 0), ("111", .school, false, 1), ("121", .school, true, 1),
    ("121", .school, false, 0), ("121", .employer, false, 1), ("211", .school, false, 1), ("211", .feCollege, false, 0),
    ("321", .employer, false, 0), ("321", .feCollege, false, 1), ("511", .school, false, 0), ("111", .other, true, 0),
  ])
  func intendedDestinations(code: String, kind: ProviderKind, own: Bool, count: Int) throws {
    let warnings = try provider("p", "P", kind: kind).warnings(intendedDestination: code, isOwnSchool: own)
    #expect(warnings.count == count)
    for warning in warnings { #expect(!warning.remedy.isEmpty) }
  }

  /// Every code that the kinds speak of is in the tables, and a kind's usual activity goes with it.
  @Test func kindsSpeakOfCodesThatAre() throws {
    let codes = try ShippedWords.codes()
    for kind in ProviderKind.allCases {
      if let usual = kind.usualActivity {
        #expect(kind.fits(activity: usual), "\(kind)")
        #expect(codes.entry(usual, in: "nccis-activity", on: ShippedWords.day)?.entry?.isLegacy == false)
        #expect(Field.activity.tier(of: usual) != .special)
      }
      if let usual = kind.usualIntendedDestination { #expect(kind.fits(intendedDestination: usual)) }
    }
    for number in 0..<1000 {
      let code = String(number)
      for (field, set) in [(Field.activity, "nccis-activity"), (.intendedDestination, "nccis-intended")]
      where ProviderKind.concerns(field, code) {
        guard case .current? = codes.entry(code, in: set, on: ShippedWords.day) else {
          Issue.record("\(code) is not in \(set)")
          continue
        }
      }
    }
  }
}
