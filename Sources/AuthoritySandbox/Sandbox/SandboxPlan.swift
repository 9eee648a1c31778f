// Who stands on the far side of the sandbox and which schools stand on the near one. Pure data.

/// A recipient of the sandbox and the authorities that it serves.
struct SandboxRecipient: Sendable {
  enum Kind: String, Sendable {
    case sftp, https, handover
  }
  let id: String
  let name: String
  let kind: Kind
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
}

/// What a sandbox is asked for.
package struct SandboxOptions: Sendable {
  /// Where everything of it is laid out; made if it is not there.
  package var directory: String
  /// The example configuration to copy authorities, header maps and code tables from; looked for when nil.
  package var examples: String?
  package var manner: TrackingTeam.Manner
  /// One or two.
  package var schools: Int

  package init(
    directory: String, examples: String? = nil, manner: TrackingTeam.Manner = .init(), schools: Int = 2
  ) {
    self.directory = directory
    self.examples = examples
    self.manner = manner
    self.schools = min(max(schools, 1), SandboxSchool.all.count)
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
  func places(schools: [SandboxSchool]) -> [TrackingTeam.Place] {
    SandboxRecipient.all.flatMap { recipient in
      recipient.authorities.flatMap { authority in
        guard recipient.kind == .handover else {
          return [
            TrackingTeam.Place(
              authority: authority, recipient: recipient.id, inbound: far(recipient.id) + "/inbound/" + authority,
              outbound: far(recipient.id) + "/outbound/" + authority)
          ]
        }
        return schools.map { school in
          TrackingTeam.Place(
            authority: authority, recipient: recipient.id, inbound: portal(recipient.id, school: school.slug),
            outbound: desk(school.slug) + "/in/" + authority, desk: school.laestab)
        }
      }
    }
  }
}
