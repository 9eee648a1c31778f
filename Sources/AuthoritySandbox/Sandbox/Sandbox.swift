// The far side as a whole: folders, servers, tracking team, and the configuration by which a daemon reaches them.

import Glibc
package import Leavers

/// A running sandbox: real sshd and nginx on loopback, a tracking team that answers, and a configuration that reaches
/// them. Everything it makes is in its own directory; starting again on the same directory goes on with it.
package final class Sandbox: Sendable {
  package let layout: SandboxLayout
  /// How each recipient is reached, as the configuration says it.
  let reached: [(recipient: SandboxRecipient, reach: SandboxFiles.Reach)]
  private let servers: [ServerProcess]
  private let team: TrackingTeam

  /// Lays out the directory, starts the servers and the team, writes the configuration.
  package static func start(
    _ options: SandboxOptions, now: @escaping @Sendable () -> Timestamp
  ) async throws -> Sandbox {
    let layout = SandboxLayout(directory: try absolute(options.directory))
    let examples = try examples(options.examples)
    let sources = [examples] + (options.fictional ? [examples + "/fictional"] : [])
    let plan = options.plan.completed(for: try SandboxFiles.authorities(in: sources))
    let files = SandboxFiles(layout: layout, plan: plan)
    try files.prepare()
    try files.copy(from: sources)
    let fictional = options.fictional ? try fictionalTeams(examples) : []
    // The team first: it takes the journal, and with it the directory, for this process alone.
    let team = try TrackingTeam(
      places: layout.places(plan), specifications: TeamSpecification.all + fictional, journal: layout.journal,
      manner: options.manner, now: now)
    var servers: [ServerProcess] = []
    let reached: [(recipient: SandboxRecipient, reach: SandboxFiles.Reach)]
    do {
      reached = try await startServers(layout, plan.recipients, &servers)
      for (recipient, reach) in reached { try files.write(recipient, reached: reach) }
      try files.writeConfiguration()
      try files.writeRecord(reached)
    } catch {
      for server in servers { await server.stop() }
      await team.stop()
      throw error
    }
    return Sandbox(layout: layout, reached: reached, servers: servers, team: team)
  }

  private init(
    layout: SandboxLayout, reached: [(recipient: SandboxRecipient, reach: SandboxFiles.Reach)],
    servers: [ServerProcess], team: TrackingTeam
  ) {
    self.layout = layout
    self.reached = reached
    self.servers = servers
    self.team = team
  }

  /// The teams of authorities that do not exist, with the schema that one of them gives out.
  private static func fictionalTeams(_ examples: String) throws -> [TeamSpecification] {
    let schema = examples + "/fictional/authorities/northmere.xsd"
    guard let bytes = try FarFile.read(schema) else { throw SandboxError("there is no \(schema)") }
    do { return try TeamSpecification.fictional(schema: bytes) } catch {
      throw SandboxError("\(schema) cannot be used: \(error)")
    }
  }

  private static func startServers(
    _ layout: SandboxLayout, _ recipients: [SandboxRecipient], _ servers: inout [ServerProcess]
  ) async throws -> [(recipient: SandboxRecipient, reach: SandboxFiles.Reach)] {
    let overSSH = recipients.filter { $0.kind == .sftp }
    let ssh = try await SSHServer.start(
      directory: layout.directory + "/servers/ssh",
      accounts: overSSH.map { SSHServer.Account(name: $0.id, root: layout.far($0.id)) })
    servers.append(ssh.process)
    let overWeb = recipients.filter { $0.kind == .https }
    let authority = try CertificateAuthority(directory: layout.directory + "/servers/ca")
    let web = try await WebServer.start(
      directory: layout.directory + "/servers/web", authority: authority,
      sites: overWeb.map {
        WebServer.Site(
          name: $0.id, root: layout.far($0.id), requiresClientCertificate: $0.requiresCertificate, webDAV: true)
      })
    servers.append(web.process)
    return try recipients.map { recipient in
      switch recipient.kind {
      case .sftp:
        guard let key = ssh.privateKeys[recipient.id] else {
          throw SandboxError("sshd has no account for \(recipient.id)")
        }
        return (recipient, .sftp(port: ssh.port, user: ssh.user, key: key, hostKey: ssh.hostKeyPin))
      case .https:
        guard let port = web.ports[recipient.id], let url = web.url(of: recipient.id) else {
          throw SandboxError("nginx has no site for \(recipient.id)")
        }
        let certificate = recipient.requiresCertificate ? web.clientCertificate.bundle : nil
        return (recipient, .https(port: port, url: url, authority: authority.certificate, certificate: certificate))
      case .handover: return (recipient, .handover)
      }
    }
  }

  /// One line of JSON that says that everything is up, and where the configuration is.
  package func readyLine() throws -> String {
    struct Ready: Encodable {
      let ready: Bool
      let config: String
      let journal: String
      /// Recipients that no team answers for.
      let withoutTeam: [String]
    }
    let ready = Ready(
      ready: true, config: layout.configurationFile, journal: layout.journal,
      withoutTeam: reached.map(\.recipient).filter { !$0.hasTeam }.map(\.id))
    return String(decoding: try SandboxFiles.json(ready), as: UTF8.self)
  }

  /// What went wrong on the far side so far, in words without personal data.
  package var problems: [String] { team.problems }

  /// Stops the servers, each by its own process id, and the team, and waits until they are gone.
  package func stop() async {
    for server in servers { await server.stop() }
    await team.stop()
  }

  /// Whether a server still runs.
  package var isServing: Bool { servers.contains { $0.isRunning } }

  // MARK: paths

  private static func absolute(_ path: String) throws -> String {
    // Made relative to the current directory first: `makeFolder` wants to begin at the root.
    var whole = path
    if !path.hasPrefix("/") {
      guard let current = getcwd(nil, 0) else { throw SandboxError("no current directory: \(errnoText())") }
      defer { free(current) }
      whole = String(cString: current) + "/" + path
    }
    // The path stands in the files of sshd and nginx, each of which has a notion of its own of what a space means.
    guard whole.utf8.allSatisfy({ SandboxFiles.isSimple($0) }) else {
      throw SandboxError(
        "the sandbox's directory may have letters, digits, /, ., _ and - in its path, and nothing else")
    }
    try makeFolder(whole)
    guard let real = realpath(whole, nil) else { throw SandboxError("cannot find \(path): \(errnoText())") }
    defer { free(real) }
    return String(cString: real)
  }

  /// The example configuration: the one named, else `config` here, else where the Debian package puts it.
  private static func examples(_ named: String?) throws -> String {
    let candidates = named.map { [$0] } ?? ["config", "/usr/share/leaverlink/config"]
    for candidate in candidates where access(candidate + "/authorities", R_OK | X_OK) == 0 { return candidate }
    throw SandboxError(
      "no example configuration in \(candidates.joined(separator: " or ")); name its directory by --config")
  }
}
