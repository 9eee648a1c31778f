// A real nginx with TLS and WebDAV on loopback, unprivileged: a port and a folder of its own for each recipient.

import Glibc

/// A real nginx that takes files by PUT and MOVE and lists folders as JSON.
package struct WebServer: Sendable {
  package struct Site: Sendable {
    package let name: String
    /// The folder that is the recipient's whole world.
    package let root: String
    package let requiresClientCertificate: Bool
    /// Whether MOVE, DELETE and COPY work, or PUT alone.
    package let webDAV: Bool
    /// The server's certificate; the authority's usual one for loopback when nil.
    package let certificate: CertificateAuthority.Issued?

    package init(
      name: String, root: String, requiresClientCertificate: Bool = false, webDAV: Bool = true,
      certificate: CertificateAuthority.Issued? = nil
    ) {
      self.name = name
      self.root = root
      self.requiresClientCertificate = requiresClientCertificate
      self.webDAV = webDAV
      self.certificate = certificate
    }
  }

  /// The port of each site, by its name.
  package let ports: [String: Int]
  package let authority: CertificateAuthority
  /// A client certificate that the sites accept which require one.
  package let clientCertificate: CertificateAuthority.Issued
  package let log: String
  package let process: ServerProcess

  /// `https://127.0.0.1:PORT/`
  package func url(of site: String) -> String? { ports[site].map { "https://127.0.0.1:\($0)/" } }

  /// Starts a server in a directory, which keeps its certificates over restarts.
  package static func start(
    directory: String, authority: CertificateAuthority, sites: [Site]
  ) async throws -> WebServer {
    try makeFolder(directory + "/tmp")
    let serverCertificate = try authority.issue("server", names: "IP:127.0.0.1,DNS:localhost")
    let clientCertificate = try authority.issue("client", names: "DNS:client.example.org")
    let log = directory + "/error.log"
    for attempt in 1... {
      var ports: [String: Int] = [:]
      for site in sites { ports[site.name] = try freePort() }
      let servers = sites.map { site in
        server(
          site, port: ports[site.name] ?? 0, certificate: site.certificate ?? serverCertificate,
          authority: authority)
      }
      try writeFile(directory + "/nginx.conf", configuration(directory: directory, servers: servers))
      let process = try ServerProcess(
        name: "nginx", executable: "/usr/sbin/nginx",
        arguments: ["-e", log, "-p", directory, "-c", directory + "/nginx.conf"], log: directory + "/nginx.out")
      do {
        for port in ports.values { try await waitUntilListening(port: port, process, name: "nginx", log: log) }
      } catch {
        await process.stop()
        if attempt == 3 { throw error }
        continue
      }
      return WebServer(
        ports: ports, authority: authority, clientCertificate: clientCertificate, log: log, process: process)
    }
    throw SandboxError("nginx did not start")
  }

  private static func configuration(directory: String, servers: [String]) -> String {
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "  \($0)_temp_path \(directory)/tmp/\($0);" }.joined(separator: "\n")
    return """
      \(getuid() == 0 ? "user root;" : "")
      worker_processes 1;
      daemon off;
      pid \(directory)/nginx.pid;
      error_log \(directory)/error.log info;
      events { worker_connections 256; }
      http {
        access_log \(directory)/access.log;
      \(temporary)
        default_type application/octet-stream;
        client_max_body_size 0;
        server_tokens off;
      \(servers.joined(separator: "\n"))
      }

      """
  }

  private static func server(
    _ site: Site, port: Int, certificate: CertificateAuthority.Issued, authority: CertificateAuthority
  ) -> String {
    """
      server {
        listen 127.0.0.1:\(port) ssl;
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_certificate \(certificate.certificate);
        ssl_certificate_key \(certificate.key);
        ssl_client_certificate \(authority.certificate);
        ssl_verify_client \(site.requiresClientCertificate ? "on" : "off");
        root \(site.root);
        location / {
          dav_methods \(site.webDAV ? "PUT DELETE MKCOL COPY MOVE" : "PUT");
          create_full_put_path off;
          dav_access user:rw;
          autoindex on;
          autoindex_format json;
        }
      }
    """
  }
}
