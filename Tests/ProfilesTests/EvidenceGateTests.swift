// Who passes the gate: nobody with a format that nobody confirmed, but for dry runs and the sandbox.

import Foundation
import Leavers
import Testing

@testable import Profiles

struct EvidenceGateTests {
  private let day = CalendarDate(daysSinceEpoch: 20_000)

  private func authority(_ evidence: Evidence) throws -> AuthorityProfile {
    AuthorityProfile(
      id: AuthorityID(unchecked: "sefton"), name: "Sefton Council", laCode: try LACode("343"), gss: "E08000014",
      recipient: RecipientID(unchecked: "career-connect"), evidence: evidence, agreements: [agreement("DSA-1")],
      acknowledges: .never, sendTo: "", collectFrom: "", returns: [], replies: [], contact: nil,
      file: "authorities/sefton.yaml", evidencePlace: FilePlace(file: "authorities/sefton.yaml", line: 3, column: 11))
  }

  private func agreement(_ reference: String) -> Agreement {
    Agreement(
      kinds: [.intendedDestinations], basis: .esa2008s72, reference: reference, from: .first, until: .last,
      coversSpecial: false, parentInFloor: false)
  }

  private func recipient(_ endpoint: EndpointPlace, sandbox: String? = "/sandbox") -> Recipient {
    Recipient(
      id: RecipientID(unchecked: "career-connect"), name: "Career Connect", endpoint: endpoint,
      collectEvery: .seconds(1), afterCollect: .leave, readBack: .content, removesFiles: false, sandbox: sandbox,
      file: "recipients/career-connect.yaml")
  }

  private func sftp(_ host: String, _ port: Int = 4001) -> EndpointPlace {
    .sftp(
      SFTPEndpoint(
        host: host, port: port, user: "u", key: SecretSource(kind: .file("/k"), path: "/k"), hostKey: .pin("SHA256:x")))
  }

  private func https(_ url: String) -> EndpointPlace {
    .https(HTTPSEndpoint(url: url, webDAV: true, ca: nil, certificate: nil))
  }

  private func school(desk: String = "/desk") throws -> School {
    School(
      name: "Example", controller: ControllerID(unchecked: "c"), laestab: try LAESTAB("3414787"), urn: nil, ukprn: nil,
      desk: desk, exports: desk + "/in", mis: "sims", unlistedSharing: .hold)
  }

  private func record(
    _ kind: SandboxRecord.Entry.Kind, host: String? = "127.0.0.1", port: Int? = 4001, id: String = "career-connect",
    directory: String = "/sandbox"
  ) -> SandboxRecord {
    SandboxRecord(directory: directory, recipients: [.init(id: id, kind: kind, host: host, port: port)])
  }

  private func refusal(
    _ evidence: Evidence = .illustrative, _ reference: String = "DSA-1", to endpoint: EndpointPlace,
    sandbox: String? = "/sandbox", record: SandboxRecord?, desk: String = "/desk", purpose: EvidenceGate.Purpose = .run
  ) throws -> String? {
    EvidenceGate.refusal(
      authority: try authority(evidence), agreement: agreement(reference),
      recipient: recipient(endpoint, sandbox: sandbox),
      school: try school(desk: desk), purpose: purpose, sandboxRecord: record)
  }

  @Test func anIllustrativeFormatGoesNowhereReal() throws {
    let text = try #require(try refusal(to: sftp("sftp.careers.uk"), sandbox: nil, record: nil))
    #expect(text.contains("Sefton Council") && text.contains("Career Connect") && text.contains("illustrative"))
  }

  @Test func anAgreedFormatGoesUnlessTheAgreementIsAnExample() throws {
    let agreed = Evidence.agreed(with: "Team", on: day)
    #expect(try refusal(agreed, to: sftp("sftp.careers.uk"), sandbox: nil, record: nil) == nil)
    let text = try #require(try refusal(agreed, "EXAMPLE-1", to: sftp("sftp.careers.uk"), sandbox: nil, record: nil))
    #expect(text.contains("EXAMPLE-1"))
    #expect(try refusal(agreed, "example 2", to: sftp("sftp.careers.uk"), sandbox: nil, record: nil) != nil)
    #expect(try refusal(.trial, "EXAMPLE-1", to: sftp("sftp.careers.uk"), sandbox: nil, record: nil) != nil)
  }

  @Test func aDryRunPasses() throws {
    #expect(
      try refusal(.illustrative, "EXAMPLE-1", to: sftp("sftp.careers.uk"), sandbox: nil, record: nil, purpose: .prepare)
        == nil)
  }

  @Test func aTrialSendsMarkedRecordsOnly() throws {
    #expect(try refusal(.trial, to: sftp("sftp.careers.uk"), sandbox: nil, record: nil) == nil)
    #expect(!EvidenceGate.allowsRealPupils(try authority(.trial)))
    #expect(EvidenceGate.allowsRealPupils(try authority(.agreed(with: "Team", on: day))))
  }

  @Test func theSandboxsOwnRecipientsPass() throws {
    #expect(try refusal(.illustrative, "EXAMPLE-1", to: sftp("127.0.0.1"), record: record(.sftp)) == nil)
    #expect(try refusal(to: sftp("::1"), record: record(.sftp, host: "::1")) == nil)
    #expect(try refusal(to: sftp("localhost"), record: record(.sftp, host: "localhost")) == nil)
    #expect(try refusal(to: https("https://127.0.0.1:4001/in/"), record: record(.https)) == nil)
    #expect(try refusal(to: https("https://[::1]:4001/in/"), record: record(.https, host: "::1")) == nil)
  }

  @Test func whatTheSandboxDidNotWriteDoesNotPass() throws {
    // Not named as a sandbox's, no record, another recipient, another kind, another port, another directory.
    #expect(try refusal(to: sftp("127.0.0.1"), sandbox: nil, record: record(.sftp)) != nil)
    #expect(try refusal(to: sftp("127.0.0.1"), record: nil) != nil)
    #expect(try refusal(to: sftp("127.0.0.1"), record: record(.sftp, id: "wirral")) != nil)
    #expect(try refusal(to: sftp("127.0.0.1"), record: record(.https)) != nil)
    #expect(try refusal(to: sftp("127.0.0.1", 4002), record: record(.sftp)) != nil)
    #expect(try refusal(to: sftp("127.0.0.1"), record: record(.sftp, directory: "/other")) != nil)
    #expect(try refusal(to: https("https://127.0.0.1/in/"), record: record(.https)) != nil)
    #expect(try refusal(to: https("https://127.0.0.1:4001@careers.uk/"), record: record(.https)) != nil)
  }

  @Test(arguments: [
    "sftp.careers.uk", "10.0.0.1", "128.0.0.1", "127.0.0.1.careers.uk", "localhost.careers.uk", "127.1", "127.0.0.256",
    "0127.0.0.1", "127.0.0.01", "::2", "",
  ])
  func aRecordOfAnotherMachineDoesNotPass(_ host: String) throws {
    #expect(try refusal(to: sftp(host), record: record(.sftp, host: host)) != nil)
  }

  @Test func aHandOverPassesOnTheSandboxsOwnDesksOnly() throws {
    let manager = FileManager.default
    let top = ConfigurationFiles.resolved(
      manager.temporaryDirectory.appendingPathComponent("gate-\(UUID().uuidString)").path)
    defer { try? manager.removeItem(atPath: top) }
    try manager.createDirectory(atPath: top + "/sandbox/desks/high", withIntermediateDirectories: true)
    try manager.createDirectory(atPath: top + "/real", withIntermediateDirectories: true)
    try manager.createSymbolicLink(atPath: top + "/sandbox/desks/link", withDestinationPath: top + "/real")
    let record = record(.handover, host: nil, port: nil, directory: top + "/sandbox")
    func passes(_ desk: String) throws -> Bool {
      try refusal(to: .handover(by: "portal"), sandbox: top + "/sandbox", record: record, desk: desk) == nil
    }
    #expect(try passes(top + "/sandbox/desks/high"))
    #expect(try passes(top + "/sandbox/desks/not-made-yet"))
    #expect(try !passes(top + "/real"))
    #expect(try !passes(top + "/sandbox/desks/link"))
    #expect(try !passes(top + "/sandbox/../real"))
    #expect(try !passes(top + "/sandbox2"))
  }

  @Test func everyRefusalOfAConfigurationIsSaidAtItsEvidence() throws {
    var fixture = Fixture()
    fixture.replace("evidence: trial", with: "evidence: §illustrative", in: Mistake.wirral)
    let outcome = try fixture.load()
    let configuration = try #require(outcome.configuration?.configuration, "\(outcome.diagnostics)")
    let refusals = EvidenceGate.refusals(in: configuration)
    #expect(refusals.map(\.code) == [.evidenceGate])
    #expect(refusals.first.map(outcome.place) == outcome.marks.first)
  }

  /// Nobody is to meet the gate only when all else is right.
  @Test func otherMistakesDoNotHideARefusal() throws {
    var fixture = Fixture()
    fixture.replace("evidence: trial", with: "evidence: §illustrative", in: Mistake.wirral)
    fixture.replace("name: Surname, from: legalSurname}", with: "name: Surname, from: legalSurnam}", in: Mistake.wirral)
    fixture.replace("https://returns.wirral.example.uk/in", with: "https://wirral.example.net/", in: Mistake.web)
    fixture.replace("settle: 500ms", with: "settle: soon", in: Mistake.top)
    let outcome = try fixture.load()
    #expect(outcome.diagnostics.filter { $0.severity == .error }.count == 3)
    let parts = try #require(outcome.readable)
    #expect(parts.isWhole)
    let refusals = EvidenceGate.refusals(in: parts.configuration)
    #expect(refusals.map(\.code) == [.evidenceGate])
    #expect(refusals.map(outcome.place) == outcome.marks)
  }

  /// What stands in the place of something that could not be read is nobody's word.
  @Test func ofWhatCannotBeReadNothingIsSaid() throws {
    var fixture = Fixture()
    fixture.replace("evidence: trial", with: "evidence: probably", in: Mistake.wirral)
    var parts = try #require(try fixture.load().readable)
    #expect(!parts.isWhole)
    #expect(EvidenceGate.refusals(in: parts.configuration) == [])

    fixture = Fixture()
    fixture.replace("evidence: trial", with: "evidence: illustrative", in: Mistake.wirral)
    fixture.replace("recipient: wirral", with: "recipient: wiral", in: Mistake.wirral)
    parts = try #require(try fixture.load().readable)
    #expect(!parts.isWhole && EvidenceGate.refusals(in: parts.configuration) == [], "no recipient")

    // A recipient that a sandbox wrote, spoilt afterwards: whether it is the sandbox's own is known by its place.
    fixture = Fixture()
    fixture.replace("evidence: trial", with: "evidence: illustrative", in: Mistake.wirral)
    fixture.replace("webdav: true", with: "webdav: perhaps", in: Mistake.web)
    fixture.files[Mistake.web] = (fixture.files[Mistake.web] ?? "") + "sandbox: box\n"
    fixture.files["recipients/box/sandbox.json"] = #"{"format":1,"recipients":[]}"#
    parts = try #require(try fixture.load().readable)
    #expect(!parts.isWhole && EvidenceGate.refusals(in: parts.configuration) == [], "a spoilt sandbox")

    fixture = Fixture()
    fixture.replace("laestab: 343/6900", with: "laestab: 6900", in: Mistake.top)
    #expect(try fixture.load().readable?.isWhole == false, "a school that could not be read")
    fixture = Fixture()
    fixture.replace("state: state\n", with: "", in: Mistake.top)
    #expect(try fixture.load().readable == nil)
  }

  @Test func aSandboxWithoutItsRecordIsSaid() throws {
    var fixture = Fixture()
    fixture.replace("removes-files: true", with: "sandbox: box", in: Mistake.connect)
    fixture.files["recipients/box/sandbox.json"] = #"{"format":2}"#
    let loaded = try fixture.load()
    let configuration = try #require(loaded.configuration?.configuration, "\(loaded.diagnostics)")
    // The directory is gone by now, as when somebody removed it.
    #expect(EvidenceGate.refusals(in: configuration).map(\.code) == [.sandboxRecord])
  }

  @Test(arguments: [
    #"{"format":2,"recipients":[]}"#, #"{"format":1}"#, #"{"format":1,"recipients":[{"id":"a"}]}"#,
    #"{"format":1,"recipients":[{"id":"a","kind":"ftp"}]}"#, "nothing", "",
  ])
  func aMalformedRecordIsRefused(_ text: String) {
    let failure = #expect(throws: SandboxRecord.Failure.self) { try SandboxRecord(Array(text.utf8), directory: "/d") }
    #expect(failure?.code == .malformed)
  }

  @Test func aRecordIsReadFromItsDirectory() throws {
    let text = """
      {"format":1,"recipients":[{"id":"career-connect","kind":"sftp","host":"127.0.0.1","port":40001},
      {"id":"knowsley","kind":"handover"}]}
      """
    let record = try SandboxRecord(Array(text.utf8), directory: "/d")
    #expect(
      record.recipients == [
        .init(id: "career-connect", kind: .sftp, host: "127.0.0.1", port: 40001),
        .init(id: "knowsley", kind: .handover),
      ])
    let failure = #expect(throws: SandboxRecord.Failure.self) { try SandboxRecord.read(directory: "/nowhere") }
    #expect(failure?.code == .unreadable)
  }
}
