// A certification authority made on the spot, for the far side's TLS. Runs the openssl command.

/// Issues certificates for the loopback servers and their clients.
package struct CertificateAuthority: Sendable {
  package struct Issued: Sendable {
    package let certificate: String
    package let key: String
    /// Certificate and key in one PEM file, as a client credential is kept.
    package let bundle: String
  }

  private let directory: String
  /// The authority's own certificate.
  package var certificate: String { directory + "/ca.pem" }

  /// Makes an authority in a directory, unless one is there.
  package init(directory: String) throws {
    self.directory = directory
    try makeFolder(directory)
    guard (try? readText(directory + "/ca.pem")) == nil else { return }
    _ = try openssl([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650",
      "-subj", "/CN=leaverlink sandbox CA", "-keyout", directory + "/ca.key", "-out", directory + "/ca.pem",
    ])
  }

  /// A certificate for servers under these names, such as `IP:127.0.0.1,DNS:localhost`; a negative number of days makes
  /// one that has expired.
  package func issue(_ name: String, names: String, days: Int = 825) throws -> Issued {
    let stem = directory + "/" + name
    _ = try openssl([
      "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=\(name)",
      "-addext", "subjectAltName=\(names)", "-keyout", stem + ".key", "-out", stem + ".csr",
    ])
    _ = try openssl([
      "x509", "-req", "-in", stem + ".csr", "-CA", certificate, "-CAkey", directory + "/ca.key", "-CAcreateserial",
      "-copy_extensions", "copy", "-days", "\(days)", "-out", stem + ".pem",
    ])
    try writeFile(stem + ".bundle.pem", readText(stem + ".pem") + readText(stem + ".key"))
    return Issued(certificate: stem + ".pem", key: stem + ".key", bundle: stem + ".bundle.pem")
  }

  private func openssl(_ arguments: [String]) throws -> String {
    try ServerProcess.run("/usr/bin/openssl", arguments, in: directory)
  }
}
