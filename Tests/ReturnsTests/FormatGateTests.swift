// The evidence gate: only agreed formats, or a sandbox that really is one, let pupils through.

import Glibc
import Leavers
import Profiles
import Testing

@testable import Returns

struct FormatGateTests {
  private func gate(
    _ evidence: Evidence, reference: String = "DSA-1", recipient: Recipient = Synthetic.recipient("liverpool")
  ) throws -> DisclosureRule.Gate {
    var authority = Synthetic.authority(agreements: [Synthetic.agreement(reference: reference)])
    authority.evidence = evidence
    return try FormatGate.gate(
      authority: authority, kind: .intendedDestinations, recipient: recipient, school: Synthetic.school(),
      day: Synthetic.day)
  }
  private let agreed = Evidence.agreed(with: "the tracking team", on: Synthetic.day)

  @Test func onlyWhatIsAgreedIsOpen() throws {
    #expect(try gate(agreed) == .open)
    #expect(try gate(.trial) == .trial)
    #expect(try gate(.illustrative) == .closed)
    #expect(try gate(agreed, reference: "EXAMPLE-1") == .closed)
    #expect(try gate(agreed, reference: "example-1") == .closed)
  }

  @Test func aSandboxOfItsOwnIsOpenForExamples() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "sandbox.json",
      #"{"format":1,"recipients":[{"id":"liverpool","kind":"sftp","host":"127.0.0.1","port":40001}]}"#)
    func recipient(port: Int) -> Recipient {
      var recipient = Synthetic.recipient(
        "liverpool",
        .sftp(
          SFTPEndpoint(
            host: "127.0.0.1", port: port, user: "u", key: SecretSource(kind: .file("k"), path: "k"),
            hostKey: .pin("SHA256:0"))))
      recipient.sandbox = folder.path
      return recipient
    }
    #expect(try gate(.illustrative, reference: "EXAMPLE-1", recipient: recipient(port: 40001)) == .open)
    #expect(try gate(.illustrative, reference: "EXAMPLE-1", recipient: recipient(port: 22)) == .closed)
    #expect(try gate(.trial, recipient: recipient(port: 40001)) == .trial)
  }

  @Test func aSandboxWithoutRecordSettlesNothing() throws {
    let folder = try TemporaryFolder()
    var recipient = Synthetic.recipient("liverpool")
    recipient.sandbox = folder.path
    #expect {
      try gate(.illustrative, recipient: recipient)
    } throws: { ($0 as? ReturnsError)?.code == .noSandboxRecord }
  }
}
