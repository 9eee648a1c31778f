// A right configuration loads, and everything in it arrives.

import Leavers
import Tabular
import Testing

@testable import Profiles

struct LoadingTests {
  @Test func aRightConfigurationLoadsWithEverythingInIt() throws {
    let outcome = try Fixture().load()
    let configuration = try #require(outcome.configuration?.configuration, "\(outcome.diagnostics)")
    let root = outcome.directory
    #expect(outcome.diagnostics.isEmpty, "\(outcome.diagnostics)")
    #expect(configuration.file == root + "/leaverlink.yaml")
    #expect(configuration.state == root + "/state")
    #expect(configuration.settle == .milliseconds(500))
    #expect(configuration.rescan == .seconds(30))
    #expect(configuration.poll == .seconds(5) && configuration.shareSettle == .seconds(10))
    #expect(
      configuration.masterKey
        == SecretSource(kind: .credential("leaverlink-master-key"), path: root + "/credentials/leaverlink-master-key"))
    #expect(configuration.codes["nccis-intended"]?.entries.count == 3)
    #expect(configuration.postcodes == nil)

    let high = try #require(configuration.schools.first)
    #expect(high.id.rawValue == "3434787")
    #expect(high.controller.rawValue == "example-trust")
    #expect(high.urn?.rawValue == "104693")
    #expect(high.ukprn?.rawValue == "10012345")
    #expect(high.desk == root + "/desks/high")
    #expect(high.exports == root + "/exports/high")
    #expect(high.unlistedSharing == .share)
    #expect(high.sharingDecision?.by == "Head of data")
    #expect(high.sharingDecision?.on.description == "2026-05-01")
    #expect(high.findings == [FindingCode(rawValue: "L202"): .note, FindingCode(rawValue: "L306"): .warning])
    #expect(high.exportsAre == .partial && high.brake == .standard)
    let academy = configuration.schools[1]
    #expect(academy.laestab.rawValue == "3436900")
    #expect(academy.exports == root + "/desks/academy/in")
    #expect(academy.unlistedSharing == .hold)
    #expect(academy.findings.isEmpty)
    #expect(academy.ukprn == nil)
  }

  @Test func theLimitsOfTheBrakeAreThoseOfTheTopUnlessASchoolGivesItsOwn() throws {
    var fixture = Fixture()
    fixture.replace(
      "state: state\n",
      with:
        "state: state\nbrake: {fewer-leavers: 10, more-leavers: 40, at-least: 3, more-unknown: 20, more-errors: 7}\n",
      in: Mistake.top)
    fixture.replace(
      "    desk: desks/high\n",
      with: "    desk: desks/high\n    exports-are: full\n    brake: {fewer-leavers: 50, more-errors: 90}\n",
      in: Mistake.top)
    let outcome = try fixture.load()
    let schools = try #require(outcome.configuration?.configuration.schools, "\(outcome.diagnostics)")
    #expect(schools.map(\.exportsAre) == [.full, .partial])
    #expect(
      schools.map(\.brake) == [
        BrakePolicy(fewerLeavers: 50, moreLeavers: 40, atLeast: 3, moreUnknown: 20, moreErrors: 90),
        BrakePolicy(fewerLeavers: 10, moreLeavers: 40, atLeast: 3, moreUnknown: 20, moreErrors: 7),
      ])
  }

  @Test func aDeskMayBeAMappingWithMore() throws {
    var fixture = Fixture()
    fixture.replace(
      "desk: desks/high\n",
      with:
        "desk: {path: desks/high, mode: 750, group: root, keep: 90d}\n    exports-complete-when: {marker: \"{name}.done\"}\n",
      in: Mistake.top)
    fixture.replace("state: state\n", with: "state: state\npoll: 1s\nshare-settle: 1m\n", in: Mistake.top)
    let outcome = try fixture.load()
    let configuration = try #require(outcome.configuration?.configuration, "\(outcome.diagnostics)")
    #expect(configuration.poll == .seconds(1) && configuration.shareSettle == .seconds(60))
    let high = configuration.schools[0]
    #expect(high.desk == outcome.directory + "/desks/high")
    #expect(high.deskAccess == DeskAccess(folderMode: 0o750, group: 0))
    #expect(high.deskAccess.fileMode == 0o640)
    #expect(high.deskKeep == .seconds(90 * 86_400))
    #expect(high.completeWhen == CompletionMarker("{name}.done"))
    let academy = configuration.schools[1]
    #expect(academy.deskAccess == .standard && academy.deskKeep == nil && academy.completeWhen == nil)
  }

  /// What the manual says stands for a limit that is not given is what does.
  @Test func theDefaultsOfTheBrakeAreThoseOfTheManual() {
    let standard = BrakePolicy.standard
    let defaults = [
      "fewer-leavers": standard.fewerLeavers, "more-leavers": standard.moreLeavers, "at-least": standard.atLeast,
      "more-unknown": standard.moreUnknown, "more-errors": standard.moreErrors,
    ]
    for key in KeyLevels.brake.keys { #expect(key.fallback == defaults[key.name].map(String.init), "\(key.name)") }
  }

  @Test func anAuthorityArrivesWhole() throws {
    let configuration = try #require(try Fixture().load().configuration?.configuration)
    let sefton = try #require(configuration.authority(AuthorityID(unchecked: "sefton")))
    #expect(sefton.laCode.rawValue == "343")
    #expect(sefton.gss == "E08000014")
    #expect(sefton.evidence == .agreed(with: "The tracking team", on: try #require(CalendarDate(iso: "2026-02-01"))))
    #expect(sefton.evidencePlace.line == 3)
    #expect(sefton.evidencePlace.column == 11)
    #expect(sefton.acknowledges == .file)
    #expect(sefton.sendTo == "inbound/sefton")
    #expect(sefton.collectFrom == "outbound/sefton")
    #expect(sefton.contact?.email == "_team@example.org")
    let agreement = try #require(sefton.agreements.first)
    #expect(agreement.kinds == [.intendedDestinations, .unknownAnswers])
    #expect(agreement.basis == .esa2008s72)
    #expect(!agreement.coversSpecial && !agreement.parentInFloor && agreement.consent == nil)
    let other = configuration.authorities.flatMap(\.agreements).first { $0.reference == "DSA-2" }
    #expect(other?.consent == .tracking)
    #expect(agreement.until.description == "2027-08-31")

    let profile = try #require(sefton.profile(for: .intendedDestinations))
    #expect(profile.cohorts == [.y11])
    #expect(profile.routedBy == .educated)
    guard case .onDates(let dates) = profile.send else {
      Issue.record("send is \(profile.send)")
      return
    }
    #expect(dates.map(\.description) == ["2026-06-30", "2026-09-30"])
    #expect(
      profile.format.csvDialect
        == CSVDialect(
          delimiter: .bar, quoting: .always, newline: .lf, encoding: .windows1252, formulas: .neutralised))
    #expect(profile.columns.map(\.name) == ["UPN", "Surname", "DOB", "Left", "Intended", "Plan", "Kind", "School"])
    #expect(profile.columns[1].letterCase == .upper)
    #expect(profile.columns[1].max == 35)
    #expect(profile.columns[1].required)
    #expect(profile.columns[2].date?.text == "dd/MM/yyyy")
    #expect(profile.columns[3].date?.text == "yyyy-MM-dd")
    #expect(profile.columns[4].codes == "nccis-intended")
    #expect(profile.columns[5].map == ["111": "A", "411": "B"])
    #expect(profile.columns[6].source == .constant("INT"))
    #expect(profile.columns[7].source == .school(.laestab))
    #expect(profile.digest.count == 16)

    let acknowledgement = try #require(sefton.replies.first { $0.kind == .acknowledgement })
    #expect(acknowledgement.acceptedWords == ["fine"])
    #expect(acknowledgement.columns.map(\.column) == [.returnFile, .verdict])
    let survey = try #require(sefton.replies.first { $0.kind == .activitySurvey })
    #expect(survey.columns.map(\.header) == ["UPN", "Activity", "Ref"])
    #expect(survey.columns.map(\.column) == [.field(.upn), .field(.activity), .reference])

    let wirral = try #require(configuration.authority(AuthorityID(unchecked: "wirral")))
    #expect(wirral.evidence == .trial)
    #expect(wirral.acknowledges == .never)
    #expect(wirral.sendTo.isEmpty)
    #expect(wirral.returns.first?.send == .onRelease)
    #expect(wirral.returns.first?.format.csvDialect == .standard)
  }

  @Test func recipientsArriveWhole() throws {
    let outcome = try Fixture().load()
    let configuration = try #require(outcome.configuration?.configuration)
    let connect = try #require(configuration.recipient(RecipientID(unchecked: "career-connect")))
    guard case .sftp(let sftp) = connect.endpoint else {
      Issue.record("not SFTP")
      return
    }
    #expect(sftp.host == "sftp.careers.example.uk")
    #expect(sftp.port == 2222)
    #expect(sftp.user == "example-high")
    #expect(sftp.key.path == outcome.directory + "/credentials/career-connect-key")
    #expect(sftp.hostKey == .pin("SHA256:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"))
    #expect(connect.collectEvery == .seconds(60))
    #expect(connect.afterCollect == .move(folder: "taken"))
    #expect(connect.readBack == .size)
    #expect(connect.removesFiles)
    #expect(connect.retryAfter == .seconds(5))
    let wirral = try #require(configuration.recipient(RecipientID(unchecked: "wirral")))
    guard case .https(let https) = wirral.endpoint else {
      Issue.record("not HTTPS")
      return
    }
    #expect(https.url == "https://returns.wirral.example.uk/in/")
    #expect(https.webDAV)
    #expect(https.ca == nil)
    #expect(wirral.collectEvery == .seconds(300))
    #expect(wirral.afterCollect == .leave)
    #expect(wirral.retryAfter == .seconds(60))
    #expect(wirral.readBack == .content)
  }

  @Test func aHeaderMapFindsFieldsWhateverTheSpelling() throws {
    let configuration = try #require(try Fixture().load().configuration?.configuration)
    let map = try #require(configuration.headerMaps["sims"])
    #expect(map.field(for: "\u{FEFF}legal  surname ") == .legalSurname)
    #expect(map.field(for: "Legal_Forename") == nil)
    #expect(map.values[.senProvision] == ["n - no sen": "N"])
    #expect(map.values[.sharing] == ["no": "NO"])
  }

  @Test func aCredentialOfTheUnitGoesFirst() throws {
    var fixture = Fixture()
    fixture.environment = ["CREDENTIALS_DIRECTORY": "DIR/unit"]
    fixture.files["unit/career-connect-key"] = "from the unit"
    // systemd shows the unit user's access as a group permission.
    fixture.modes["unit/career-connect-key"] = 0o440
    let outcome = try fixture.load()
    let configuration = try #require(outcome.configuration?.configuration, "\(outcome.diagnostics)")
    guard case .sftp(let sftp)? = configuration.recipients.first?.endpoint else {
      Issue.record("not SFTP")
      return
    }
    #expect(sftp.key.path == outcome.directory + "/unit/career-connect-key")
    #expect(configuration.masterKey.path == outcome.directory + "/credentials/leaverlink-master-key")
  }

  @Test func aDryRunNeedsNeitherKeysNorFolders() throws {
    var fixture = Fixture()
    for name in fixture.files.keys
    where ["credentials", "desks", "exports", "state"].contains(where: { name.hasPrefix($0) }) {
      fixture.files[name] = nil
    }
    let outcome = try fixture.load(.forPreparing)
    #expect(outcome.configuration != nil, "\(outcome.diagnostics)")
    let strict = try fixture.load()
    #expect(strict.configuration == nil)
    #expect(Set(strict.diagnostics.map(\.code)) == [.folderMissing, .secretMissing])
  }

  @Test func postcodesAreReadByDfECodeAndByONSCode() throws {
    var fixture = Fixture()
    fixture.replace("state: state\n", with: "state: state\npostcodes: {file: postcodes.csv}\n", in: "leaverlink.yaml")
    fixture.files["postcodes.csv"] = "postcode,authority\nL20 3DL,343\nch41 1aa,344\n"
    let byCode = try #require(try fixture.load().configuration?.configuration.postcodes)
    #expect(byCode.count == 2)
    #expect(byCode[try Postcode("CH41 1AA")]?.rawValue == "344")
    fixture.files["postcodes.csv"] =
      "pcds,dointr,oslaua\nL20 3DL,198001,E08000014\nM1 1AE,198001,E08000003\nL20 3DN,198001,\n"
    let byGSS = try #require(try fixture.load().configuration?.configuration.postcodes)
    #expect(byGSS.count == 1)
    #expect(byGSS[try Postcode("L20 3DL")]?.rawValue == "343")
  }

  @Test func theDigestChangesWithTheAuthoritysFileAndTheKind() throws {
    var fixture = Fixture()
    let before = try #require(try fixture.load().configuration?.configuration)
    fixture.replace("name: DOB", with: "name: Born", in: "authorities/sefton.yaml")
    let after = try #require(try fixture.load().configuration?.configuration)
    #expect(before.authorities[0].returns[0].digest != after.authorities[0].returns[0].digest)
    #expect(before.authorities[1].returns[0].digest == after.authorities[1].returns[0].digest)
  }

  @Test func theFileComesFromTheCommandLineThenTheEnvironment() {
    let environment = ["LEAVERLINK_CONFIG": "/b"]
    #expect(ConfigurationLoader.path(given: "/a", environment: environment) == "/a")
    #expect(ConfigurationLoader.path(given: nil, environment: environment) == "/b")
    #expect(ConfigurationLoader.path(given: nil, environment: [:]) == "/etc/leaverlink/leaverlink.yaml")
  }
}
