// From what libcurl reports to what a person can act on. Pure.

import CCurl

/// The errors that SFTP and HTTPS have in common.
enum CurlFailure {
  /// What libcurl reported; throws where the request never ended by itself.
  static func outcome(_ outcome: CurlOutcome, at location: String) throws(TransportError) -> CurlResult {
    switch outcome {
    case .finished(let result): return result
    case .cancelled:
      throw TransportError(
        .cancelled, "Cancelled.", at: location, remedy: "What was under way may have been done or not: ask again.")
    case .loopStopped:
      throw TransportError(
        .stopped, "The service is shutting down.", at: location, remedy: "It is taken up at the next start.")
    }
  }

  /// The error for a libcurl code other than `CURLE_OK`.
  static func error(_ result: CurlResult, at location: String) -> TransportError {
    func make(_ code: TransportError.Code, _ what: String, _ remedy: String, transient: Bool? = nil) -> TransportError {
      TransportError(code, what, at: location, remedy: remedy, isTransient: transient)
    }
    let detail = sentence(result.detail)
    switch result.code {
    case CURLE_COULDNT_RESOLVE_HOST:
      return make(
        .unreachable, "The host name could not be resolved.\(detail)", "Check the name and this machine's DNS.")
    case CURLE_COULDNT_CONNECT:
      return make(
        .unreachable, "No connection could be made.\(detail)",
        "Check host, port and firewall; if they are right, the far side is down.")
    case CURLE_OPERATION_TIMEDOUT:
      return make(.timedOut, "The far side did not answer in time.\(detail)", "It is tried again later.")
    case CURLE_SSL_CERTPROBLEM:
      return make(
        .invalidConfiguration, "The client certificate or its key could not be used.\(detail)",
        "Check that both are readable PEM files, belong together and have no passphrase.")
    case CURLE_SSL_CACERT_BADFILE:
      return make(
        .invalidConfiguration, "The file of trusted authorities could not be used.\(detail)",
        "Check that it is a readable PEM file.")
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
      return make(
        .certificateRejected, "The far side's certificate did not pass.\(detail)",
        "Ask its owner; if it is issued by an authority of their own, configure that authority's certificate.")
    case CURLE_SSL_CONNECT_ERROR, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING:
      if isCertificateAlert(result.detail) { return clientCertificateRefused(at: location) }
      if result.code == CURLE_SSL_CONNECT_ERROR {
        return make(
          .unreachable, "No TLS connection could be agreed.\(detail)",
          "Check the port; the far side must offer TLS 1.2 or later.")
      }
      return make(.interrupted, "The connection was lost.\(detail)", "It is tried again later.")
    case CURLE_PARTIAL_FILE, CURLE_SSH, CURLE_FAILED_INIT, CURLE_WEIRD_SERVER_REPLY, CURLE_SSL_SHUTDOWN_FAILED:
      return make(.interrupted, "The connection was lost or broken off.\(detail)", "It is tried again later.")
    case CURLE_OUT_OF_MEMORY:
      return make(.interrupted, "There was not enough memory.", "Free memory on this machine.")
    case CURLE_REMOTE_DISK_FULL: return storageFull(at: location)
    case CURLE_LOGIN_DENIED:
      return make(
        .authenticationFailed, "The far side refused the login.",
        "Check user and key, and that the public key is registered there.")
    case CURLE_REMOTE_ACCESS_DENIED: return permissionDenied(at: location)
    case CURLE_REMOTE_FILE_NOT_FOUND: return notFound(at: location)
    default:
      return make(
        .refused, "It failed with libcurl's code \(result.code.rawValue).\(detail)", "See the far side's log.")
    }
  }

  static func notFound(at location: String) -> TransportError {
    TransportError(
      .notFound, "There is no such file or folder at the far side.", at: location,
      remedy: "Check the folders in the recipient's configuration.")
  }

  static func permissionDenied(at location: String) -> TransportError {
    TransportError(
      .permissionDenied, "The far side does not permit this.", at: location,
      remedy: "Ask its owner for the right to read, write and rename in the agreed folders.")
  }

  static func targetExists(at location: String) -> TransportError {
    TransportError(
      .targetExists, "There is already something under the final name.", at: location,
      remedy: "Nothing was overwritten: compare the two.")
  }

  static func tooLarge(at location: String, limit: Int) -> TransportError {
    TransportError(
      .tooLarge, "The file is larger than the \(limit) bytes that are accepted.", at: location,
      remedy: "Ask its owner what it is.")
  }

  static func storageFull(at location: String, _ what: String = "Disk or quota at the far side is full.")
    -> TransportError
  {
    TransportError(.storageFull, what, at: location, remedy: "Tell its owner; it is tried again later.")
  }

  static func clientCertificateRefused(at location: String) -> TransportError {
    TransportError(
      .clientCertificateRefused, "The far side asks for a client certificate and did not get one that it accepts.",
      at: location, remedy: "Configure the certificate that it issued, or have an expired one renewed.")
  }

  /// TLS 1.3 servers refuse a client certificate after the handshake, so that it shows as a failed read.
  private static func isCertificateAlert(_ detail: String) -> Bool {
    detail.contains("alert")
      && [
        "certificate required", "bad certificate", "certificate expired", "certificate revoked",
        "certificate unknown", "unsupported certificate", "unknown ca",
      ].contains { detail.contains($0) }
  }

  /// libcurl's words as a bracketed addition; empty when it has none.
  static func sentence(_ detail: String) -> String {
    detail.isEmpty ? "" : " (\(detail))"
  }
}
