// A format that nobody confirmed sends nobody's data: who may pass, and why not. Pure but for the record of a sandbox.

import Leavers

/// The gate before every recipient (DESIGN rule 4).
///
/// `illustrative`, and any agreement whose reference begins EXAMPLE, serves dry runs and recipients that a sandbox wrote.
/// `trial` sends records marked TEST only. Only `agreed` sends real pupils.
package enum EvidenceGate {
  package enum Purpose: Sendable, Hashable {
    /// A dry run, which sends nothing.
    case prepare
    /// Everything that sends.
    case run
  }

  /// Why nothing may go to this recipient for this authority; nil where it may.
  ///
  /// - Parameters:
  ///   - agreement: the one that the disclosure rests on; nil where none is in force, which is another's business.
  ///   - sandboxRecord: the record of the directory that the recipient names as its sandbox; nil without one.
  package static func refusal(
    authority: AuthorityProfile, agreement: Agreement?, recipient: Recipient, school: School, purpose: Purpose,
    sandboxRecord: SandboxRecord?
  ) -> String? {
    let reason: String
    if case .illustrative = authority.evidence {
      reason = "nobody at \(authority.name) confirmed its format (evidence: illustrative)"
    } else if let agreement, agreement.isExample {
      reason = "the agreement \(quoted(agreement.reference)) with \(authority.name) is an example"
    } else {
      return nil
    }
    if purpose == .prepare || isSandbox(recipient, school: school, record: sandboxRecord) { return nil }
    return "\(reason), so that nothing goes to \(recipient.name)"
  }

  /// Whether records that are not marked TEST may go. `trial` refuses them everywhere.
  package static func allowsRealPupils(_ authority: AuthorityProfile) -> Bool {
    if case .trial = authority.evidence { false } else { true }
  }

  /// Every refusal of a configuration, where the evidence stands: what `run` refuses to start with and `check` shows.
  package static func refusals(
    in configuration: Configuration,
    sandboxRecord: (String) throws(SandboxRecord.Failure) -> SandboxRecord = {
      directory throws(SandboxRecord.Failure) in
      try SandboxRecord.read(directory: directory)
    }
  ) -> [ConfigurationDiagnostic] {
    var found: [ConfigurationDiagnostic] = []
    for authority in configuration.authorities {
      guard let recipient = configuration.recipient(authority.recipient) else { continue }
      var record: SandboxRecord?
      if let directory = recipient.sandbox {
        do { record = try sandboxRecord(directory) } catch {
          found.append(
            ConfigurationDiagnostic(
              place: FilePlace(file: recipient.file), code: .sandboxRecord, message: error.message,
              remedy: "start the sandbox again, or remove sandbox from the file"))
        }
      }
      let agreements: [Agreement?] = authority.agreements.isEmpty ? [nil] : authority.agreements
      for agreement in agreements {
        for school in configuration.schools {
          guard
            let refusal = refusal(
              authority: authority, agreement: agreement, recipient: recipient, school: school, purpose: .run,
              sandboxRecord: record)
          else { continue }
          found.append(
            ConfigurationDiagnostic(
              place: authority.evidencePlace, code: .evidenceGate, message: refusal,
              remedy:
                "have its tracking team confirm the format and the agreement, then write evidence: {agreed: {with: NAME, on: DATE}} and the agreement's own reference; until then use prepare or the sandbox"
            ))
        }
      }
    }
    return found.inOrder
  }

  // MARK: The sandbox

  /// Whether a sandbox wrote this recipient: its record lists it at the same place, and the place is this machine.
  static func isSandbox(_ recipient: Recipient, school: School, record: SandboxRecord?) -> Bool {
    guard let directory = recipient.sandbox, let record,
      let entry = record.recipients.first(where: { $0.id == recipient.id.rawValue }),
      ConfigurationFiles.absolute(record.directory, from: "") == ConfigurationFiles.absolute(directory, from: "")
    else { return false }
    switch recipient.endpoint {
    case .sftp(let place):
      return entry.kind == .sftp && entry.host == place.host && entry.port == place.port && isLoopback(place.host)
    case .https(let place):
      guard let address = WebAddress(place.url) else { return false }
      return entry.kind == .https && entry.host?.lowercased() == address.host && entry.port == address.port
        && isLoopback(address.host)
    case .handover:
      // The pack is written to the desk: it must be the sandbox's own, whatever links lead there.
      let desk = ConfigurationFiles.resolved(school.desk)
      return entry.kind == .handover && desk.hasPrefix(ConfigurationFiles.resolved(directory) + "/")
    }
  }

  /// A literal of 127.0.0.0/8, `::1`, or `localhost`. A name that merely resolves there does not count: it may resolve
  /// elsewhere tomorrow.
  static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { part in
        (1...3).contains(part.count) && part.allSatisfy { $0.isASCII && $0.isNumber } && (Int(part) ?? 256) < 256
          && (part.count == 1 || part.first != "0")
      }
  }
}
