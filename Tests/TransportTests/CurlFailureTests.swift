// From libcurl's codes to errors that a person can act on, and the gate that listens to them.

import CCurl
import Testing

@testable import Transport

struct CurlFailureTests {
  @Test(
    arguments: [
      (CURLE_COULDNT_RESOLVE_HOST, .unreachable, true), (CURLE_COULDNT_CONNECT, .unreachable, true),
      (CURLE_OPERATION_TIMEDOUT, .timedOut, true), (CURLE_SSL_CERTPROBLEM, .invalidConfiguration, false),
      (CURLE_SSL_CACERT_BADFILE, .invalidConfiguration, false),
      (CURLE_PEER_FAILED_VERIFICATION, .certificateRejected, false), (CURLE_SSL_CONNECT_ERROR, .unreachable, true),
      (CURLE_RECV_ERROR, .interrupted, true), (CURLE_SEND_ERROR, .interrupted, true),
      (CURLE_GOT_NOTHING, .interrupted, true), (CURLE_PARTIAL_FILE, .interrupted, true),
      (CURLE_SSH, .interrupted, true), (CURLE_OUT_OF_MEMORY, .interrupted, true),
      (CURLE_REMOTE_DISK_FULL, .storageFull, true), (CURLE_LOGIN_DENIED, .authenticationFailed, false),
      (CURLE_REMOTE_ACCESS_DENIED, .permissionDenied, false), (CURLE_REMOTE_FILE_NOT_FOUND, .notFound, false),
      (CURLE_BAD_FUNCTION_ARGUMENT, .refused, false),
    ] as [(CURLcode, TransportError.Code, Bool)])
  func codes(code: CURLcode, expected: TransportError.Code, isTransient: Bool) {
    let error = CurlFailure.error(CurlResult(code: code), at: "example, host")
    #expect(error.code == expected)
    #expect(error.isTransient == isTransient)
    #expect(error.message.hasPrefix("example, host: "))
    #expect(!error.remedy.isEmpty)
    #expect(error.shortDescription == "\(expected.name) (example, host)")
  }

  @Test("TLS 1.3 tells of a refused client certificate by an alert after the handshake")
  func alerts() {
    for detail in [
      "OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0",
      "OpenSSL/3.0: error:0A000418:SSL routines::tlsv1 alert unknown ca",
    ] {
      let result = CurlResult(code: CURLE_RECV_ERROR, detail: detail)
      #expect(CurlFailure.error(result, at: "x").code == .clientCertificateRefused)
    }
  }

  @Test func outcomes() {
    #expect {
      try CurlFailure.outcome(.cancelled, at: "x")
    } throws: {
      ($0 as? TransportError)?.code == .cancelled
    }
    #expect {
      try CurlFailure.outcome(.loopStopped, at: "x")
    } throws: {
      ($0 as? TransportError)?.code == .stopped
    }
  }

  @Test("which errors stop an endpoint, which open the breaker, which prove that somebody answers")
  func classes() {
    func error(_ code: TransportError.Code) -> TransportError { TransportError(code, "What.", remedy: "Do.") }
    for code: TransportError.Code in [
      .authenticationFailed, .hostKeyMismatch, .hostKeyUnknown, .certificateRejected, .clientCertificateRefused,
    ] {
      #expect(error(code).isAuthentication)
      #expect(!error(code).isTransient)
    }
    for code: TransportError.Code in [.unreachable, .interrupted, .timedOut] { #expect(error(code).countsForBreaker) }
    for code: TransportError.Code in [.storageFull, .breakerOpen, .stopped, .cancelled, .notFound, .invalidPath] {
      #expect(!error(code).countsForBreaker)
      #expect(!error(code).isAuthentication)
    }
    #expect(error(.storageFull).provesContact)
    #expect(!error(.invalidPath).provesContact)
  }

  @Test("a success between failures starts the count anew; a local mistake changes nothing")
  func gate() {
    let gate = Gate(policy: BreakerPolicy(failures: 2), recipient: "r", location: "r, h", stopped: nil, now: { .zero })
    let down = TransportError(.unreachable, "Down.", remedy: "Wait.")
    for _ in 0..<3 {
      gate.failed(down)
      gate.succeeded()
    }
    #expect(gate.condition == .ready)
    gate.failed(down)
    gate.failed(TransportError(.invalidConfiguration, "Ours.", remedy: "Fix."))
    #expect(gate.condition == .ready)
    gate.failed(down)
    #expect(gate.condition == .open(untilMonotonic: .seconds(30), why: "unreachable"))
    gate.reset()
    #expect(gate.condition == .ready)
  }
}
