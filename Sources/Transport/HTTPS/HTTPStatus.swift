// From an HTTP status to what a person can act on. Pure.

enum HTTPStatus {
  /// The error for a status of 300 or more.
  ///
  /// - Parameters:
  ///   - page: the beginning of the page that came with it: nginx tells only there that a client certificate is missing.
  ///   - isLogin: whether credentials are shown and nothing has been permitted yet. A 403 then speaks of them and stops
  ///     the endpoint; later it speaks of one path.
  static func error(_ status: Int, page: [UInt8], isLogin: Bool, at location: String) -> TransportError {
    func make(_ code: TransportError.Code, _ what: String, _ remedy: String, transient: Bool? = nil) -> TransportError {
      TransportError(code, "\(what) (HTTP \(status))", at: location, remedy: remedy, isTransient: transient)
    }
    switch status {
    case 300...399:
      return make(
        .refused, "The far side redirects, which is not followed: the data would go to another address.",
        "Configure the final address, once its owner confirms it.")
    case 400 where mentionsCertificate(page), 495, 496: return CurlFailure.clientCertificateRefused(at: location)
    case 401, 407:
      return make(.authenticationFailed, "The far side refused the login.", "Check user, password and certificate.")
    case 403 where isLogin:
      return make(
        .authenticationFailed, "The far side refused us at the first request.",
        "Ask its owner whether certificate or user are known there and have access.")
    case 403: return CurlFailure.permissionDenied(at: location)
    // 409: WebDAV's word for a missing folder.
    case 404, 409, 410: return CurlFailure.notFound(at: location)
    case 405, 501:
      return make(
        .unsupported, "The far side does not understand the request.", "Check its address and whether it has WebDAV.")
    case 408, 504: return make(.timedOut, "The far side gave up waiting.", "It is tried again later.")
    case 412: return CurlFailure.targetExists(at: location)
    case 413:
      return make(.tooLarge, "The far side does not take a file of this size.", "Ask its owner for a higher limit.")
    case 507: return CurlFailure.storageFull(at: location)
    case 423, 425, 429, 500...599:
      return make(
        .refused, "The far side is in trouble or busy.", "It is tried again later; its disk may be full.",
        transient: true)
    default: return make(.refused, "The far side refused the request.", "See its log.")
    }
  }

  private static func mentionsCertificate(_ page: [UInt8]) -> Bool {
    String(decoding: page, as: UTF8.self).contains("SSL certificate")
  }
}
