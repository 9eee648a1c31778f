// A text that changes when a recipient's place changes. Pure.

import Leavers

extension Recipient {
  /// Changes when the place, or how it is recognised and entered, changes: the connection pool of the old place must not
  /// serve the new one, since libcurl does not ask for the host key again on a pooled connection.
  package var fingerprint: String {
    let parts: [String]
    switch endpoint {
    case .sftp(let sftp):
      let hostKey =
        switch sftp.hostKey {
        case .pin(let pin): "pin:\(pin)"
        case .knownHosts(let path): "known-hosts:\(path)"
        }
      parts = ["sftp", sftp.host.lowercased(), String(sftp.port), sftp.user, sftp.key.path, hostKey]
    case .https(let https):
      parts = ["https", https.url, https.webDAV ? "webdav" : "put", https.ca ?? "", https.certificate?.path ?? ""]
    case .handover(let means): parts = ["handover", means]
    }
    // Lengths before the parts, so that no two lists of parts make the same text.
    return ([id.rawValue] + parts).map { "\($0.utf8.count):\($0)" }.joined(separator: " ")
  }
}
