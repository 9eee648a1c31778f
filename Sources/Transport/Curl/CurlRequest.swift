// What is asked of libcurl and what comes back, as values that cross between threads. Pure.

import CCurl

/// One transfer.
struct CurlRequest: Sendable {
  enum Action: Sendable {
    /// Receive the content, at most `limit` bytes of it.
    case receive(limit: Int)
    /// Only what a stat or HEAD tells.
    case inspect
    /// Send the content; `appending` is for SFTP only.
    case send([UInt8], appending: Bool)
    /// An HTTP method without content.
    case method(String)
    /// SFTP commands and no transfer.
    case commands([String])
    /// The bare names in an SFTP folder, one a line.
    case names
  }

  enum Access: Sendable {
    case sftp(SFTPPlace)
    case https(HTTPSPlace)
  }

  var url: String
  var action: Action
  var access: Access
  var headers: [String] = []
  var connectTimeout: Duration
  var stallTimeout: Duration
  var totalTimeout: Duration
}

/// What became of a transfer.
struct CurlResult: Sendable {
  /// What the host key was found to be against a known-hosts file.
  enum HostKey: Sendable { case notAsked, matched, different, unknown }

  /// A `CURLE_…` code.
  var code: CURLcode
  /// libcurl's own words; may be empty. They name hosts and never files.
  var detail: String = ""
  /// HTTP status; 0 when there was no answer.
  var status = 0
  var body: [UInt8] = []
  /// Bytes, as announced by the far side; nil when it did not say.
  var length: Int64?
  /// Seconds since 1970 UTC; nil when the far side did not say.
  var modified: Int64?
  /// Where a redirection points.
  var redirect: String?
  /// Bytes handed to libcurl for sending.
  var sent = 0
  var overLimit = false
  var hostKey = HostKey.notAsked
}

/// How a request ended.
enum CurlOutcome: Sendable {
  case finished(CurlResult)
  /// Given up; it may have been done at the far side or not.
  case cancelled
  /// Refused before it began, because the loop is ending.
  case loopStopped
}
