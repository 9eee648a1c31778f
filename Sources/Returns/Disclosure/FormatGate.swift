// What a format's evidence allows for one recipient and school. Reads the record of a sandbox, nothing else.

import Leavers
import Profiles

/// The evidence gate as the station asks it.
enum FormatGate {
  /// Throws where the recipient names a sandbox whose record cannot be read: what it allows is not known then, and no
  /// row's fate is settled by that.
  static func gate(
    authority: AuthorityProfile, kind: ReturnKind, recipient: Recipient, school: School, day: CalendarDate
  ) throws(ReturnsError) -> DisclosureRule.Gate {
    var record: SandboxRecord?
    if let directory = recipient.sandbox {
      do throws(SandboxRecord.Failure) {
        record = try SandboxRecord.read(directory: directory)
      } catch {
        throw ReturnsError(
          .noSandboxRecord,
          message: "\(error.message); start the sandbox again, or remove sandbox from \(recipient.file)")
      }
    }
    let refusal = EvidenceGate.refusal(
      authority: authority, agreement: authority.agreement(for: kind, on: day), recipient: recipient, school: school,
      purpose: .run, sandboxRecord: record)
    if refusal != nil { return .closed }
    return EvidenceGate.allowsRealPupils(authority) ? .open : .trial
  }
}
