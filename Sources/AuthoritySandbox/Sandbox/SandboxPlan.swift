// Who stands on the far side of the sandbox and which schools stand on the near one. Pure data.

import Leavers

/// A recipient of the sandbox and the authorities that it serves.
struct SandboxRecipient: Sendable {
  enum Kind: String, Sendable {
    case sftp, https, handover
  }
  let id: String
  let name: String
  let kind: Kind
  /// Those for which its team answers; none where it has no team.
  let authorities: [String]
  /// Whether its server wants a client certificate.
  let requiresCertificate: Bool

  /// Liverpool, Sefton and St Helens over SFTP (Career Connect is one recipient for the last two), Wirral and Halton
  /// over HTTPS, Halton with a client certificate, Knowsley by hand-over.
  static let all = [
    SandboxRecipient(
      id: "liverpool", name: "Liverpool tracking team (sandbox)", kind: .sftp, authorities: ["liverpool"],
      requiresCertificate: false),
    SandboxRecipient(
      id: "career-connect", name: "Career Connect (sandbox)", kind: .sftp, authorities: ["sefton", "st-helens"],
      requiresCertificate: false),
    SandboxRecipient(
      id: "wirral", name: "Wirral tracking team (sandbox)", kind: .https, authorities: ["wirral"],
      requiresCertificate: false),
    SandboxRecipient(
      id: "halton", name: "Halton tracking team (sandbox)", kind: .https, authorities: ["halton"],
      requiresCertificate: true),
    SandboxRecipient(
      id: "knowsley", name: "Knowsley tracking team (sandbox)", kind: .handover, authorities: ["knowsley"],
      requiresCertificate: false),
  ]

  /// Of authorities that do not exist: Northmere over HTTPS, Eastmarsh over SFTP.
  static let fictional = [
    SandboxRecipient(
      id: "northmere", name: "Northmere tracking team (fictional, sandbox)", kind: .https, authorities: ["northmere"],
      requiresCertificate: false),
    SandboxRecipient(
      id: "eastmarsh", name: "Eastmarsh tracking team (fictional, sandbox)", kind: .sftp, authorities: ["eastmarsh"],
      requiresCertificate: false),
  ]
}

extension SandboxRecipient {
  /// A recipient without a team, for authorities that somebody added to the examples: what goes there is handed over by
  /// hand, and nobody answers.
  static func withoutTeam(_ id: RecipientID) -> SandboxRecipient {
    SandboxRecipient(
      id: id.rawValue, name: "\(id) (sandbox, without a team)", kind: .handover, authorities: [],
      requiresCertificate: false)
  }

  var hasTeam: Bool { !authorities.isEmpty }
}

/// A made-up school of the sandbox.
struct SandboxSchool: Sendable {
  /// The name of its desk's folder.
  let slug: String
  let name: String
  let controller: String
  let laestab: String
  let urn: String
  let ukprn: String
  let mis: String

  static let all = [
    SandboxSchool(
      slug: "example-high", name: "Example High School", controller: "example-high", laestab: "3414787",
      urn: "199901", ukprn: "10099911", mis: "sims"),
    SandboxSchool(
      slug: "sample-academy", name: "Sample Academy", controller: "sample-trust", laestab: "3436900",
      urn: "199902", ukprn: "10099912", mis: "arbor"),
  ]

  /// Lies in Northmere, so that there are pupils for authorities that do not exist: in every school of the region none
  /// of their pupils is educated, and none lives.
  static let fictional = SandboxSchool(
    slug: "made-up-high", name: "Made-up High School", controller: "made-up-high", laestab: "9904001", urn: "199903",
    ukprn: "10099913", mis: "made-up")
}

/// What a sandbox is asked for.
package struct SandboxOptions: Sendable {
  /// Where everything of it is laid out; made if it is not there.
  package var directory: String
  /// The example configuration to copy authorities, header maps and code tables from; looked for when nil.
  package var examples: String?
  package var manner: TrackingTeam.Manner
  /// One or two, besides the fictional authorities' own.
  package var schools: Int
  /// Whether two authorities that do not exist are there as well, with exotic layouts and a school of theirs.
  package var fictional: Bool

  package init(
    directory: String, examples: String? = nil, manner: TrackingTeam.Manner = .init(), schools: Int = 2,
    fictional: Bool = false
  ) {
    self.directory = directory
    self.examples = examples
    self.manner = manner
    self.schools = min(max(schools, 1), SandboxSchool.all.count)
    self.fictional = fictional
  }

  var plan: SandboxPlan {
    SandboxPlan(
      recipients: SandboxRecipient.all + (fictional ? SandboxRecipient.fictional : []),
      schools: SandboxSchool.all.prefix(schools) + (fictional ? [SandboxSchool.fictional] : []))
  }
}

/// Who is in a sandbox.
struct SandboxPlan: Sendable {
  var recipients: [SandboxRecipient]
  let schools: [SandboxSchool]

  /// Adds a recipient for every one that an authority names and that is none of the sandbox's own, so that whatever
  /// configuration is copied can be tried.
  func completed(for authorities: [CopiedAuthority]) -> SandboxPlan {
    var plan = self
    for id in Set(authorities.map(\.recipient)).sorted() where !recipients.contains(where: { $0.id == id.rawValue }) {
      plan.recipients.append(.withoutTeam(id))
    }
    return plan
  }
}

/// Where things are in a sandbox's directory.
package struct SandboxLayout: Sendable {
  /// Absolute.
  package let directory: String

  package var configuration: String { directory + "/config" }
  package var configurationFile: String { configuration + "/leaverlink.yaml" }
  package var state: String { directory + "/state" }
  package var masterKey: String { directory + "/master.key" }
  package var journal: String { directory + "/journal.jsonl" }
  package var record: String { directory + "/sandbox.json" }
  package func far(_ recipient: String) -> String { directory + "/far/" + recipient }
  package func desk(_ slug: String) -> String { directory + "/desks/" + slug }
  /// Where a person of a school puts a hand-over pack, as into the authority's portal.
  package func portal(_ recipient: String, school slug: String) -> String { far(recipient) + "/portal/" + slug }

  /// Where each authority's returns arrive and its answers go.
  func places(_ plan: SandboxPlan) -> [TrackingTeam.Place] {
    plan.recipients.flatMap { recipient in
      recipient.authorities.flatMap { authority in
        guard recipient.kind == .handover else {
          return [
            TrackingTeam.Place(
              authority: authority, recipient: recipient.id, inbound: far(recipient.id) + "/inbound/" + authority,
              outbound: far(recipient.id) + "/outbound/" + authority)
          ]
        }
        return plan.schools.map { school in
          TrackingTeam.Place(
            authority: authority, recipient: recipient.id, inbound: portal(recipient.id, school: school.slug),
            outbound: desk(school.slug) + "/in/" + authority, desk: school.laestab)
        }
      }
    }
  }
}
