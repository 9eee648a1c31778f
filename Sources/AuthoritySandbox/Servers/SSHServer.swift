// A real OpenSSH server on loopback, unprivileged: each recipient is told apart by its key and has a folder of its own.

import Glibc

/// A real sshd that serves SFTP only.
package struct SSHServer: Sendable {
  /// A recipient's account: whoever shows its key lands in its folder.
  package struct Account: Sendable {
    package let name: String
    /// The folder that is the recipient's whole world.
    package let root: String
    package init(name: String, root: String) {
      self.name = name
      self.root = root
    }
  }

  package let port: Int
  /// The Unix user that runs sshd: the user of every account.
  package let user: String
  /// `SHA256:…`, as `ssh-keygen -lf` prints it.
  package let hostKeyPin: String
  /// A line for a known_hosts file.
  package let knownHostsLine: String
  /// The private key of each account, by its name.
  package let privateKeys: [String: String]
  package let log: String
  package let process: ServerProcess

  /// Starts a server in a directory, which keeps its keys over restarts.
  package static func start(directory: String, accounts: [Account]) async throws -> SSHServer {
    try makeFolder(directory)
    let hostKey = try keyPair(directory + "/host_ed25519", comment: "host")
    let fingerprint = try ServerProcess.run("/usr/bin/ssh-keygen", ["-lf", hostKey + ".pub"], in: directory)
    guard let pin = fingerprint.split(separator: " ").first(where: { $0.hasPrefix("SHA256:") }) else {
      throw SandboxError("ssh-keygen printed no fingerprint")
    }
    var keys: [String: String] = [:]
    var authorized = ""
    for account in accounts {
      let key = try keyPair(directory + "/\(account.name)_ed25519", comment: account.name)
      keys[account.name] = key
      authorized += "restrict,command=\"internal-sftp -d \(account.root)\" \(try readText(key + ".pub"))"
    }
    try writeFile(directory + "/authorized_keys", authorized)
    // As root sshd insists on its privilege separation directory, which Debian makes when the service starts.
    if getuid() == 0 { try makeFolder("/run/sshd", mode: 0o755) }

    let user = try currentUser()
    let log = directory + "/sshd.log"
    for attempt in 1... {
      let port = try freePort()
      try writeFile(directory + "/sshd_config", configuration(directory: directory, port: port, user: user))
      let process = try ServerProcess(
        name: "sshd", executable: "/usr/sbin/sshd", arguments: ["-D", "-e", "-f", directory + "/sshd_config"], log: log)
      do {
        try await waitUntilListening(port: port, process, name: "sshd", log: log)
      } catch {
        await process.stop()
        if attempt == 3 { throw error }
        continue
      }
      let hostPublic = try readText(hostKey + ".pub").split(separator: " ").prefix(2).joined(separator: " ")
      return SSHServer(
        port: port, user: user, hostKeyPin: String(pin), knownHostsLine: "[127.0.0.1]:\(port) \(hostPublic)\n",
        privateKeys: keys, log: log, process: process)
    }
    throw SandboxError("sshd did not start")
  }

  /// An ed25519 key without passphrase at a path, made unless it is there.
  package static func keyPair(_ path: String, comment: String) throws -> String {
    guard access(path, F_OK) != 0 else { return path }
    let directory = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    _ = try ServerProcess.run(
      "/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", path], in: directory)
    return path
  }

  private static func configuration(directory: String, port: Int, user: String) -> String {
    """
    Port \(port)
    ListenAddress 127.0.0.1
    HostKey \(directory)/host_ed25519
    PidFile none
    AuthorizedKeysFile \(directory)/authorized_keys
    AllowUsers \(user)
    PermitRootLogin prohibit-password
    PasswordAuthentication no
    KbdInteractiveAuthentication no
    UsePAM no
    StrictModes no
    PrintMotd no
    Subsystem sftp internal-sftp
    MaxStartups 100
    LogLevel VERBOSE

    """
  }

  private static func currentUser() throws -> String {
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else {
      throw SandboxError("this user has no name in the password database, which sshd needs")
    }
    return String(cString: name)
  }
}
