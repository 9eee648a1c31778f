// Each mistake, by a configuration with that one mistake: its kind, its place, and that nothing else is said.

import Foundation
import Leavers
import Testing

@testable import Profiles

struct DiagnosticTests {
  @Test(
    arguments:
      Mistake.form + Mistake.fit + Mistake.columns + Mistake.endpoints + Mistake.forms + Mistake.formats)
  func oneMistakeIsSaidOnceAtItsPlace(_ mistake: Mistake) throws {
    var fixture = Fixture()
    fixture.replace(mistake.old, with: mistake.new, in: mistake.file)
    if mistake.code == .noHostKey {
      fixture.replace(
        "  host-key: \"SHA256:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ\"\n", with: "", in: mistake.file)
    }
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.count == 1, "\(outcome.diagnostics)")
    let found = try #require(outcome.diagnostics.first)
    #expect(found.code == mistake.code, "\(found)")
    #expect(found.severity == mistake.severity)
    #expect((outcome.configuration == nil) == (mistake.severity == .error))
    #expect("\(found.message); \(found.remedy)".contains(mistake.saying), "\(found)")
    if let mark = outcome.marks.first { #expect(outcome.place(found) == mark, "\(found)") }
    #expect(!found.remedy.isEmpty && !found.remedy.hasSuffix("."))
  }

  @Test func allMistakesAreSaidAtOnceInOrder() throws {
    var fixture = Fixture()
    let chosen: [Mistake] = [
      Mistake.form[0], Mistake.form[6], Mistake.form[19], Mistake.fit[1], Mistake.columns[3], Mistake.columns[5],
      Mistake.endpoints[6],
      Mistake.endpoints[10], Mistake.columns[37],
    ]
    for mistake in chosen { fixture.replace(mistake.old, with: mistake.new, in: mistake.file) }
    let outcome = try fixture.load()
    #expect(outcome.configuration == nil)
    for mark in outcome.marks {
      #expect(outcome.diagnostics.contains { outcome.place($0) == mark }, "\(mark)")
    }
    let places = outcome.diagnostics.map(\.place)
    #expect(places == places.sorted())
    #expect(Set(chosen.map(\.code)).isSubset(of: Set(outcome.diagnostics.map(\.code))))
  }

  @Test func aDiagnosticPrintsLikeACompilers() throws {
    var fixture = Fixture()
    fixture.replace("settle: 500ms", with: "setle: 500ms", in: Mistake.top)
    let outcome = try fixture.load()
    #expect(
      outcome.diagnostics.map(\.description) == [
        "\(outcome.directory)/leaverlink.yaml:19:1: error: the key \"setle\" is not known in configuration; did you mean \"settle\"?"
      ])
  }

  @Test func repeatedKeysDoNotHideOtherMistakes() throws {
    var fixture = Fixture()
    fixture.replace("settle: 500ms", with: "settle: 500ms\n\"settle\": 2s", in: Mistake.top)
    fixture.replace("urn: \"104693\"", with: "urn: \"104693\"\n    urn: \"10469\"", in: Mistake.top)
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.duplicateKey, .badIdentifier, .duplicateKey])
  }

  @Test func aMissingOrEmptyFileIsSaid() throws {
    let loader = ConfigurationLoader(environment: [:], inspectKey: { _ in .notAKey })
    #expect(throws: ConfigurationErrors.self) { try loader.load("/nowhere/leaverlink.yaml") }
    var fixture = Fixture()
    fixture.files[Mistake.connect] = "# nothing\n"
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.empty])
    fixture.files[Mistake.connect] = nil
    fixture.files[Mistake.web] = nil
    fixture.files["recipients/wirral.yml"] = "x"
    #expect(Set(try fixture.load().diagnostics.map(\.code)) == [.empty, .fileMissing])
  }

  @Test func textThatIsNotUTF8IsSaid() throws {
    let log = DiagnosticLog()
    #expect(YAMLReader.root(of: [0x61, 0x3A, 0x20, 0xFF], file: "f", log: log) == nil)
    #expect(log.diagnostics.map(\.code) == [.syntax])
  }

  /// With a return of answers nothing is said; where no agreement covers it, that is said of the return.
  @Test func answersThatCanBeGivenAreNotMissed() throws {
    var fixture = Fixture()
    fixture.replace(
      "contact: {email",
      with: "  unknown-request: {match: \"U_{laestab}_*.csv\", columns: {UPN: upn}}\ncontact: {email",
      in: Mistake.sefton)
    fixture.replace(
      "replies:\n",
      with: "  §unknown-answers: {cohorts: [Y11], routed-by: resident, file: \"A_{laestab}_{sequence}.csv\", "
        + "columns: [{name: UPN, from: upn}]}\nreplies:\n", in: Mistake.sefton)
    #expect(try fixture.load().diagnostics == [])
    fixture.replace("[intended-destinations, unknown-answers]", with: "[intended-destinations]", in: Mistake.sefton)
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.noAgreement])
    #expect(outcome.diagnostics.map(outcome.place) == outcome.marks)
  }

  /// Whoever copies the templates and leaves something of them as it is hears of it; a dry run takes it.
  @Test func whatATemplateLeavesToFillInIsNotForgotten() throws {
    var fixture = Fixture()
    for folder in ["authorities", "recipients"] {
      let template = folder == "authorities" ? "authority" : "recipient"
      fixture.files["\(folder)/northshire.yaml"] = try Checkout.text("\(Checkout.config)/templates/\(template).yaml")
    }
    func said(_ need: ConfigurationLoader.Need) throws -> [String] {
      try fixture.load(need).diagnostics.filter { $0.code == .placeholder }.map { found in
        "\(found.severity) \(found.message.split(separator: "\"")[0])"
      }
    }
    #expect(
      try said(.everything) == [
        "warning northshire", "warning Northshire Council", "error 999", "error E10000099",
        "warning EXAMPLE-NORTHSHIRE-1", "warning northshire", "warning Northshire Council",
      ])
    #expect(try said(.forPreparing) == [])
  }

  @Test func valuesOfSecretsAreNotRepeated() throws {
    var fixture = Fixture()
    fixture.replace(
      "https://returns.wirral.example.uk/in", with: "https://user:hunter2@wirral.uk/in", in: Mistake.web)
    #expect(try fixture.load().diagnostics.allSatisfy { !$0.description.contains("hunter2") })
  }

  @Test(arguments: [
    (KeyInspection.rsa, "ssh-rsa"), (.encrypted, "passphrase"), (.unreadable("Permission denied"), "Permission denied"),
    (.notAKey, "not a private key"),
  ])
  func aKeyThatDoesNotWorkIsRefusedWithTheReason(_ inspection: KeyInspection, _ saying: String) throws {
    var fixture = Fixture()
    fixture.inspection = inspection
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.secretUnusable])
    let found = try #require(outcome.diagnostics.first)
    #expect(found.message.contains(saying), "\(found)")
    #expect(outcome.place(found) == Fixture.Mark(file: Mistake.connect, line: 6, column: 21))
  }

  @Test(arguments: [
    "credentials/career-connect-key", "credentials/wirral-certificate", "credentials/leaverlink-master-key",
  ])
  func aSecretThatOthersCanReadIsRefused(_ name: String) throws {
    var fixture = Fixture()
    fixture.modes[name] = 0o640
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.secretExposed])
    #expect(outcome.diagnostics.first?.remedy.contains("chmod 600") == true)
  }

  @Test func aCertificateWithoutItsKeyIsRefused() throws {
    var fixture = Fixture()
    fixture.files["credentials/wirral-certificate"] = "-----BEGIN CERTIFICATE-----\n"
    #expect(try fixture.load().diagnostics.map(\.code) == [.secretUnusable])
    fixture.files["credentials/wirral-certificate"] = "nothing"
    #expect(try fixture.load().diagnostics.map(\.code) == [.secretUnusable, .secretUnusable])
  }

  @Test func knownHostsMustHoldAKey() throws {
    var fixture = Fixture()
    fixture.replace(
      "host-key: \"SHA256:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ\"", with: "known-hosts: §hosts",
      in: Mistake.connect)
    #expect(try fixture.load().diagnostics.map(\.code) == [.fileMissing])
    fixture.files["recipients/hosts"] = "# none yet\n"
    #expect(try fixture.load().diagnostics.map(\.code) == [.noHostKey])
    fixture.files["recipients/hosts"] = "sftp.careers.example.uk ssh-ed25519 AAAA\n"
    let outcome = try fixture.load()
    let recipient = try #require(outcome.configuration?.configuration.recipients.first)
    guard case .sftp(let sftp) = recipient.endpoint else {
      Issue.record("not SFTP")
      return
    }
    #expect(sftp.hostKey == .knownHosts(outcome.directory + "/recipients/hosts"))
  }

  @Test func twoAuthoritiesAtOneRecipientMustNotMeet() throws {
    var fixture = Fixture()
    fixture.files["recipients/wirral.yaml"] = nil
    fixture.replace("recipient: wirral", with: "recipient: career-connect\nsend-to: inbound/sefton", in: Mistake.wirral)
    #expect(try fixture.load().diagnostics.isEmpty)
    fixture.replace(
      "file: \"W_{laestab}_{sequence}.csv\"", with: "file: §\"{laestab}_{cohort}_{sequence}.CSV\"", in: Mistake.wirral)
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.collision])
    #expect(outcome.diagnostics.first.map(outcome.place) == outcome.marks.first)
    // Told apart by the authority's name, or by the folder.
    var named = fixture
    named.replace(
      "{laestab}_{cohort}_{sequence}.CSV", with: "{authority}_{laestab}_{cohort}_{sequence}.csv", in: Mistake.wirral)
    #expect(try named.load().diagnostics.isEmpty)
    fixture.replace("send-to: inbound/sefton", with: "send-to: inbound/wirral", in: Mistake.wirral)
    #expect(try fixture.load().diagnostics.isEmpty)
  }

  @Test func anUnusedRecipientIsAWarning() throws {
    var fixture = Fixture()
    fixture.files["recipients/other.yaml"] = "recipient: {id: §other, name: Other}\nhandover: {by: post}\n"
    let outcome = try fixture.load()
    #expect(outcome.configuration != nil)
    #expect(outcome.diagnostics.map(\.code) == [.unusedRecipient])
    #expect(outcome.diagnostics.first.map(outcome.place) == outcome.marks.first)
  }

  @Test func aRecipientsFileThatCannotBeReadMakesNoRecipientUnknown() throws {
    var fixture = Fixture()
    fixture.files[Mistake.connect] = "recipient: [\n"
    #expect(try fixture.load().diagnostics.map(\.code) == [.syntax])
  }

  @Test func twoRecipientsOrMapsWithOneNameAreRefused() throws {
    var fixture = Fixture()
    fixture.files["recipients/z.yaml"] = "recipient: {id: §wirral, name: Other}\nhandover: {by: post}\n"
    fixture.files["mis/z.yaml"] = "mis: {id: §sims, name: Other}\ncolumns: {UPN: upn}\n"
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.repeated, .repeated])
    #expect(Set(outcome.diagnostics.map(outcome.place)) == Set(outcome.marks))
  }

  @Test func aNameWithAURNNeedsEverySchoolsURN() throws {
    var fixture = Fixture()
    fixture.replace("    urn: \"104955\"\n", with: "", in: Mistake.top)
    #expect(try fixture.load().diagnostics.isEmpty)
    fixture.replace("match: \"AS_{laestab}_*.csv\"", with: "match: §\"AS_{urn}_*.csv\"", in: Mistake.sefton)
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.missingKey])
    #expect(outcome.diagnostics.first.map(outcome.place) == outcome.marks.first)
    #expect(outcome.diagnostics.first?.message.contains("Example Academy") == true)
  }

  @Test func riskOfNEETGoesOnReleaseOnly() throws {
    var fixture = Fixture()
    fixture.replace("kinds: [confirmed-destinations]", with: "kinds: [risk-of-neet]", in: Mistake.wirral)
    fixture.replace("  confirmed-destinations:\n", with: "  risk-of-neet:\n    send: §at-once\n", in: Mistake.wirral)
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.notApplicable])
    #expect(outcome.diagnostics.first.map(outcome.place) == outcome.marks.first)
  }

  @Test func specialFieldsGoWhereTheAgreementCoversThem() throws {
    var fixture = Fixture()
    fixture.replace("{name: UPN, from: upn}", with: "{name: SEN, from: §senProvision}", in: Mistake.sefton)
    fixture.replace("until: 2027-08-31", with: "until: 2027-08-31\n    special: true", in: Mistake.sefton)
    #expect(try fixture.load().diagnostics.isEmpty)
    // Covered by one of two agreements: those under the other are held.
    fixture.replace(
      "acknowledges: file",
      with:
        "  - {kinds: [intended-destinations], basis: esa-2008-s14, reference: D, from: 2028-01-01, until: 2028-08-31}\nacknowledges: file",
      in: Mistake.sefton)
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.specialWithoutAgreement])
    #expect(outcome.diagnostics.first?.severity == .warning)
  }

  @Test func aBrokenCodeTableIsSaidByLine() throws {
    var fixture = Fixture()
    fixture.files["codes/nccis-activity.csv"] = "code,label,from\n210,Sixth form,\n220,College,soon\n210,Again,\n"
    var outcome = try fixture.load()
    #expect(outcome.diagnostics.allSatisfy { $0.code == .codeTable })
    #expect(
      outcome.diagnostics.map { outcome.place($0) }.contains(
        Fixture.Mark(file: "codes/nccis-activity.csv", line: 3, column: 1)))
    fixture.files["codes/nccis-activity.csv"] = "code,label\n210,\"Sixth form\n"
    outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.codeTable])
    fixture.files["codes/nccis-activity.csv"] = nil
    outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.unknownCodeSet])
  }

  @Test func aBrokenPostcodeTableIsSaidByLine() throws {
    var fixture = Fixture()
    fixture.replace("state: state\n", with: "state: state\npostcodes: {file: postcodes.csv}\n", in: Mistake.top)
    fixture.files["postcodes.csv"] = "postcode,authority\nL20,343\nL20 3DL,3\nL20 3DL,343\nL203DL,344\n"
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.postcodeTable, .postcodeTable, .postcodeTable])
    #expect(outcome.diagnostics.map(\.line) == [2, 3, 5])
    fixture.files["postcodes.csv"] = "place,authority\nL20 3DL,343\n"
    #expect(try fixture.load().diagnostics.map(\.code) == [.postcodeTable])
    fixture.files["postcodes.csv"] = "postcode,authority\n" + String(repeating: "x,343\n", count: 50)
    #expect(try fixture.load().diagnostics.count == 11)
  }

  /// A link that leads to itself can neither be found nor missed; it stands for whatever cannot be looked at.
  @Test(arguments: [
    ("loop", "desk: desks/high", "desk: §loop"), ("loop", "exports: exports/high", "exports: §loop"),
    ("loop", "state: state", "state: §loop"), ("loop", "state: state\n", "state: state\nmis: §loop\n"),
    ("loop", "state: state\n", "state: state\npostcodes: {file: §loop}\n"),
    ("loop", "state: state\n", "state: state\nmaster-key: {file: §loop}\n"),
  ])
  func whatCannotBeLookedAtIsSaid(_ link: String, _ old: String, _ new: String) throws {
    var fixture = Fixture()
    fixture.links = [link: link]
    fixture.replace(old, with: new, in: Mistake.top)
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.map(\.code) == [.fileUnreadable], "\(outcome.diagnostics)")
    #expect(outcome.diagnostics.first.map(outcome.place) == outcome.marks.first)
  }

  @Test func aFolderInAFilesPlaceIsSaid() throws {
    var fixture = Fixture()
    fixture.files["authorities/z.yaml/.keep"] = ""
    #expect(try fixture.load().diagnostics.map(\.code) == [.fileMissing])
  }

  @Test func aFileWithoutEndIsNotRead() throws {
    var fixture = Fixture()
    fixture.files[Mistake.sims] = String(repeating: "# much too long\n", count: 1_100_000)
    #expect(try fixture.load().diagnostics.map(\.code) == [.fileUnreadable])
  }

  @Test func aStateFolderThatOthersSeeIsAWarning() throws {
    let fixture = Fixture()
    let directory = try fixture.write()
    defer { try? FileManager.default.removeItem(atPath: directory.path) }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory.path + "/state")
    let loader = ConfigurationLoader(environment: [:], inspectKey: { _ in .usable("ed25519") })
    let warnings = try loader.load(directory.path + "/leaverlink.yaml").warnings
    #expect(warnings.map(\.code) == [.secretExposed])
  }

  @Test(arguments: ["desks/high", "desks/high/in"])
  func aDeskThatOthersReachIsAWarning(_ folder: String) throws {
    let fixture = Fixture()
    let directory = try fixture.write()
    defer { try? FileManager.default.removeItem(atPath: directory.path) }
    try FileManager.default.setAttributes([.posixPermissions: 0o771], ofItemAtPath: directory.path + "/" + folder)
    let loader = ConfigurationLoader(environment: [:], inspectKey: { _ in .usable("ed25519") })
    let warnings = try loader.load(directory.path + "/leaverlink.yaml").warnings
    #expect(warnings.map(\.code) == [.deskExposed])
    #expect(warnings.first?.message.contains(directory.path + "/" + folder) == true)
  }

  /// Of one school's share that is away no other school must suffer.
  @Test func aDeskThatIsNotThereStopsNobody() throws {
    var fixture = Fixture()
    fixture.replace("desk: desks/high", with: "desk: desks/away", in: Mistake.top)
    fixture.files["desks/academy/out"] = "no folder"
    let outcome = try fixture.load()
    #expect(outcome.configuration?.configuration.schools.count == 2)
    #expect(outcome.diagnostics.map(\.code) == [.folderMissing, .folderMissing])
    #expect(outcome.diagnostics.allSatisfy { $0.severity == .warning })
  }
}
