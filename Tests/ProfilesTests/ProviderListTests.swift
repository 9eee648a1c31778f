// Lists of providers in each layout: what arrives, and what is said of a wrong one.

import Leavers
import Tabular
import Testing

@testable import Profiles

struct ProviderListTests {
  private func fixture(_ list: String, named name: String = "list.csv") -> Fixture {
    var fixture = Fixture()
    fixture.replace("state: state\n", with: "state: state\nproviders: [\(name)]\n", in: Mistake.top)
    fixture.files[name] = list
    return fixture
  }

  private func register(_ fixture: Fixture) throws -> ProviderRegister {
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.isEmpty, "\(outcome.diagnostics)")
    return try #require(outcome.configuration?.configuration.providers)
  }

  @Test func withoutTheKeyThereIsNone() throws {
    let configuration = try #require(try Fixture().load().configuration?.configuration)
    #expect(configuration.providers.isEmpty)
    #expect(configuration.vocabulary.entries.isEmpty)
  }

  @Test func ourOwnLayout() throws {
    let register = try register(
      fixture(
        """
        id,name,aliases,kind,ukprn,laestab,urn,postcode,status,evidence,note
        hugh-baird,Hugh Baird College, HBC | Hugh B ,fe-college,10003000,343/8001,130481,L20 7EW,open,confirmed,x
        old,Old College,,sixth-form-college,,,,not known,closed,,

        plain,Plain,,employer,,,,,,,
        """))
    #expect(
      register.providers == [
        Provider(
          id: ProviderID(unchecked: "hugh-baird"), name: "Hugh Baird College", aliases: ["HBC", "Hugh B"],
          ukprn: try UKPRN("10003000"), laestab: try LAESTAB("3438001"), urn: try URN("130481"), kind: .feCollege,
          postcode: try Postcode("L20 7EW"), evidence: .confirmed),
        Provider(
          id: ProviderID(unchecked: "old"), name: "Old College", kind: .sixthFormCollege, isClosed: true,
          evidence: .illustrative),
        Provider(id: ProviderID(unchecked: "plain"), name: "Plain", kind: .employer),
      ])
  }

  /// A cut of a real file's header, with synthetic rows.
  private static let gias = """
    URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (code),TypeOfEstablishment (name),\
    EstablishmentStatus (name),CloseDate,PhaseOfEducation (name),UKPRN,FurtherEducationType (name),Postcode,Town
    900001,343,Sefton,4001,Example Park High School,34,Academy converter,Open,,Secondary,10090001,,L20 1AA,Bootle
    900002,343,Sefton,4001,Example Park High School,1,Community school,Closed,31-08-2012,Secondary,,,L20 1AA,Bootle
    900003,343,Sefton,8001,"Example, the College",18,Further education,"Open, but proposed to close",,16 plus,10090003,General FE,L20 1AB,Bootle
    900004,342,St Helens,8600,Example Sixth,18,Further education,Open,,16 plus,,Sixth form college,WA10 1AA,St Helens
    900005,342,St Helens,8601,Example Centre,31,Sixth form centres,Open,,16 plus,,,,
    900006,341,Liverpool,2001,Example Park Primary,1,Community school,Open,,Primary,,,L1 1AA,Liverpool
    900007,341,Liverpool,1001,Example Nursery,15,Local authority nursery school,Open,,Nursery,,,L1 1AA,Liverpool
    900008,341,Liverpool,7001,Example Special,44,Academy special converter,Open,,Not applicable,,,,
    900009,341,Liverpool,7002,Example Post 16,32,Special post 16 institution,Open,,Not applicable,,,,
    900010,341,Liverpool,,Example University,29,Higher education institutions,Open,,Not applicable,10090010,,,
    900011,341,Liverpool,4003,Example UTC,40,University technical college,Proposed to open,,Secondary,,,,
    900012,341,Liverpool,4004,Example Maths,39,Free schools 16 to 19,Open,,16 plus,,,,
    900013,341,Liverpool,1100,Example PRU,14,Pupil referral unit,Open,,Not applicable,,,,
    900014,341,Liverpool,6999,Example Free AP,38,Free schools alternative provision,Open,,Not applicable,,,,
    900015,341,Liverpool,0,Example Secure,24,Secure units,Open,,Not applicable,,,,
    900016,341,Liverpool,6001,Example Online,49,Online provider,Open,,Not applicable,,,,

    """

  @Test func theLayoutOfGIAS() throws {
    let register = try register(fixture(Self.gias))
    let kinds = register.providers.map { "\($0.urn?.rawValue.suffix(2) ?? "") \($0.kind.rawValue)" }
    #expect(
      kinds == [
        "01 school", "02 school", "03 fe-college", "04 sixth-form-college", "05 sixth-form-college",
        "08 special-school",
        "09 specialist", "10 university", "11 school", "12 sixteen-to-nineteen", "13 alternative-provision",
        "14 alternative-provision", "15 custodial", "16 other",
      ])
    #expect(register.providers.filter(\.isClosed).map(\.urn?.rawValue) == ["900002"])
    #expect(register.providers.allSatisfy { $0.evidence == .register })
    let college = try #require(register[ProviderID(unchecked: "urn-900003")])
    #expect(college.name == "Example, the College")
    #expect(college.laestab?.rawValue == "3438001")
    #expect(college.ukprn?.rawValue == "10090003")
    #expect(college.postcode?.rawValue == "L20 1AB")
    #expect(register[ProviderID(unchecked: "urn-900010")]?.laestab == nil)
    #expect(register[ProviderID(unchecked: "urn-900015")]?.laestab == nil)
    // The academy that took the closed school's place is what name and number mean.
    #expect(register.provider(named: "Example Park High").provider?.urn?.rawValue == "900001")
    #expect(register.provider(laestab: try LAESTAB("3434001")).provider?.urn?.rawValue == "900001")
  }

  /// The header of the whole file, up to the columns after the address, every name in quotation marks as it comes.
  @Test func theWholeHeaderOfGIAS() throws {
    let header = [
      "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (code)",
      "TypeOfEstablishment (name)", "EstablishmentTypeGroup (code)", "EstablishmentTypeGroup (name)",
      "EstablishmentStatus (code)", "EstablishmentStatus (name)", "ReasonEstablishmentOpened (code)",
      "ReasonEstablishmentOpened (name)", "OpenDate", "ReasonEstablishmentClosed (code)",
      "ReasonEstablishmentClosed (name)", "CloseDate", "PhaseOfEducation (code)", "PhaseOfEducation (name)",
      "StatutoryLowAge", "StatutoryHighAge", "Boarders (code)", "Boarders (name)", "NurseryProvision (name)",
      "OfficialSixthForm (code)", "OfficialSixthForm (name)", "Gender (code)", "Gender (name)", "UKPRN",
      "FEHEIdentifier", "FurtherEducationType (name)", "LastChangedDate", "Street", "Locality", "Address3", "Town",
      "County (name)", "Postcode", "SchoolWebsite", "TelephoneNum",
    ]
    let values = [
      "URN": "900003", "LA (code)": "343", "EstablishmentNumber": "8001", "EstablishmentName": "Example, the College",
      "TypeOfEstablishment (name)": "Further education", "EstablishmentStatus (name)": "Open",
      "PhaseOfEducation (name)": "16 plus", "UKPRN": "10090003", "FurtherEducationType (name)": "General FE",
      "Street": "1, Example Road", "Postcode": "L20 1AB",
    ]
    func line(_ cells: [String]) -> String { cells.map { "\"\($0)\"" }.joined(separator: ",") }
    let register = try register(fixture(line(header) + "\n" + line(header.map { values[$0] ?? "" }) + "\n"))
    let college = try #require(register.provider(ukprn: try UKPRN("10090003")).provider)
    #expect(
      college.kind == .feCollege && college.laestab?.rawValue == "3438001" && college.postcode?.rawValue == "L20 1AB")
  }

  @Test func windows1252IsUnderstood() throws {
    let fixture = fixture(Self.gias)
    let directory = try fixture.write()
    defer { Fixture.remove(directory.path) }
    let text = Self.gias.replacing("Example University", with: "École d’Example")
    try Fixture.write(try TextEncoding.windows1252.encode(text), to: directory.path + "/list.csv")
    let loader = ConfigurationLoader(environment: [:], inspectKey: { _ in .usable("ed25519") })
    let register = try loader.load(directory.path + "/leaverlink.yaml").configuration.providers
    #expect(register.provider(named: "ecole dexample").provider?.name == "École d’Example")
  }

  @Test(arguments: [
    "UKPRN,ProviderName,TradingName,ProviderStatus,PostCode", "UKPRN,Legal Name,Trading Name,Status,Post Code",
    "UnitedKingdomProviderReferenceNumber,PROVIDER_NAME,AccessibleProviderName,STATUS,POSTCODE",
  ])
  func theLayoutsOfUKRLP(header: String) throws {
    let register = try register(
      fixture(
        header + "\n10090001,EXAMPLE LTD,Example Training,A,L20 1AA\n10090002,Gone Ltd,null,PD2,\n"
          + "10090001,EXAMPLE LTD,Example Academy,A,L20 1AA\n"))
    #expect(
      register.providers == [
        Provider(
          id: ProviderID(unchecked: "ukprn-10090001"), name: "EXAMPLE LTD",
          aliases: ["Example Training", "Example Academy"],
          ukprn: try UKPRN("10090001"), kind: .other, postcode: try Postcode("L20 1AA"), evidence: .register),
        Provider(
          id: ProviderID(unchecked: "ukprn-10090002"), name: "Gone Ltd", ukprn: try UKPRN("10090002"), kind: .other,
          isClosed: true, evidence: .register),
      ])
  }

  @Test func liveIsAStatusToo() throws {
    let register = try register(
      fixture("UKPRN,URN,LEGALNAME,NAME,LIVE\n10090001,,A Ltd,A,true\n10090002,,B Ltd,B,false\n"))
    #expect(register.providers.map(\.isClosed) == [false, true])
    #expect(register.providers.map(\.aliases) == [["A"], ["B"]])
  }

  @Test func listsAreMadeOneInTheirOrder() throws {
    var fixture = fixture(Self.gias)
    fixture.replace("providers: [list.csv]", with: "providers: [own.csv, list.csv]", in: Mistake.top)
    fixture.files["own.csv"] = "id,name,kind,aliases\nsixth,Example Sixth,sixth-form-college,The Sixth\n"
    let sixth = try #require(try register(fixture).provider(named: "the sixth").provider)
    #expect(sixth.id.rawValue == "sixth")
    #expect(sixth.laestab?.rawValue == "3428600")
  }

  @Test(arguments: [
    ("id,name,kind\nHugh Baird,Hugh Baird College,fe-college\n", 2, "column id", "small letters"),
    ("id,name,kind\na,A,fe-college\na,B,school\n", 3, "stands twice", "line 2"),
    ("id,name,kind\na,-,fe-college\n", 2, "no name", "in full"),
    ("id,name,kind\na,A,fe-colege\n", 2, "fe-colege", "did you mean \"fe-college\"?"),
    ("id,name,kind\na,A,\n", 2, "blank", "use one of: school"),
    ("id,name,kind,ukprn\na,A,school,2000000\n", 2, "not a UKPRN", "begin with 1"),
    ("id,name,kind,urn\na,A,school,12\n", 2, "not a URN", "six digits"),
    ("id,name,kind,laestab\na,A,school,4001\n", 2, "not a DfE number", "seven digits"),
    ("id,name,kind,status\na,A,school,shut\n", 2, "shut", "open, closed"),
    ("id,name,kind,evidence\na,A,school,agreed\n", 2, "agreed", "illustrative"),
    ("id,name,kind,aliases\na,A,school,X|Y\nb,B,school,x.\n", 3, "name of two providers", "line 2"),
    ("URN,EstablishmentName,TypeOfEstablishment (name)\n1234,A,Academy converter\n", 2, "not a URN", "six digits"),
    ("URN,EstablishmentName,TypeOfEstablishment (name)\n,A,Academy converter\n", 2, "no URN", "again"),
    ("URN,EstablishmentName,TypeOfEstablishment (name)\n900001,,Academy converter\n", 2, "no name", "again"),
    ("UKPRN,ProviderName\n,A\n", 2, "no UKPRN", "remove"), ("UKPRN,ProviderName\n10000001,\n", 2, "no name", "remove"),
    ("name,kind\nA,school\n", 1, "no list known here", "id, name and kind"),
    ("\n\nwhat\n", 3, "no list known", "UKRLP"),
    ("id,name,kind\na,\"A,school\n", 2, "cannot be read", "CSV UTF-8"),
  ])
  func aMistakeIsSaidAtItsLine(list: String, line: Int, message: String, remedy: String) throws {
    let outcome = try fixture(list).load()
    #expect(outcome.configuration == nil)
    #expect(outcome.diagnostics.count == 1, "\(outcome.diagnostics)")
    let found = try #require(outcome.diagnostics.first)
    #expect(found.code == .providerList)
    #expect(outcome.place(found) == Fixture.Mark(file: "list.csv", line: line, column: 1))
    #expect(found.message.contains(message) && found.remedy.contains(remedy), "\(found)")
  }

  @Test func oneMistakeManyTimesIsNotSaidManyTimes() throws {
    let rows = (0..<50).map { "X\($0),A,school\n" }.joined()
    let outcome = try fixture("id,name,kind\n" + rows).load()
    #expect(outcome.diagnostics.count == 11)
    #expect(outcome.diagnostics.contains { $0.message == "40 more cells are wrong" })
  }
}
