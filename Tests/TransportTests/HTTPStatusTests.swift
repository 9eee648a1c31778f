// What an HTTP status means for a recipient, and nginx's listing.

import Testing

@testable import Transport

struct HTTPStatusTests {
  @Test(
    arguments: [
      (301, .refused, false), (400, .refused, false), (401, .authenticationFailed, false),
      (403, .permissionDenied, false),
      (404, .notFound, false), (405, .unsupported, false), (408, .timedOut, true), (409, .notFound, false),
      (412, .targetExists, false), (413, .tooLarge, false), (418, .refused, false), (429, .refused, true),
      (495, .clientCertificateRefused, false), (496, .clientCertificateRefused, false), (500, .refused, true),
      (501, .unsupported, false), (503, .refused, true), (504, .timedOut, true), (507, .storageFull, true),
    ] as [(Int, TransportError.Code, Bool)])
  func codes(status: Int, code: TransportError.Code, isTransient: Bool) {
    let error = HTTPStatus.error(status, page: [], isLogin: false, at: "example, host")
    #expect(error.code == code)
    #expect(error.isTransient == isTransient)
    #expect(error.message.contains("example, host"))
  }

  @Test func forbiddenAtLogin() {
    let error = HTTPStatus.error(403, page: [], isLogin: true, at: "x")
    #expect(error.code == .authenticationFailed)
    #expect(error.isAuthentication)
  }

  @Test func nginxPageAboutCertificates() {
    for text in ["No required SSL certificate was sent", "The SSL certificate error"] {
      let page = Array("<center>\(text)</center>".utf8)
      #expect(HTTPStatus.error(400, page: page, isLogin: false, at: "x").code == .clientCertificateRefused)
    }
  }

  @Test func listing() {
    let page = Array(
      """
      [
      { "name":"sub", "type":"directory", "mtime":"Wed, 26 Nov 2025 10:00:00 GMT" },
      { "name":"a\\u0020b.csv", "type":"file", "mtime":"Thu, 01 Jan 1970 00:00:10 GMT", "size":77 }
      ]
      """.utf8)
    #expect(
      AutoindexListing.entries(page) == [
        RemoteEntry(name: "sub", size: 0, modified: 1_764_151_200, isFolder: true),
        RemoteEntry(name: "a b.csv", size: 77, modified: 10, isFolder: false),
      ])
    #expect(AutoindexListing.entries(Array("<html></html>".utf8)) == nil)
    #expect(AutoindexListing.entries(Array("[]".utf8)) == [])
  }

  @Test func encoding() {
    #expect(PercentEncoding.encode("a b/é%?#&~.csv") == "a%20b/%C3%A9%25%3F%23%26~.csv")
  }
}
