// Host names as they may stand in a URL. Pure.

enum HostName {
  /// Whether this is a name, an IPv4 or a bare IPv6 address: only characters that cannot end the host part of a URL.
  static func isUsable(_ host: String) -> Bool {
    !host.isEmpty && host.utf8.count <= 253 && host.utf8.first != UInt8(ascii: "-")
      && host.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: ":"):
          true
        default: false
        }
      }
  }

  /// `host:port`, with brackets around an IPv6 address.
  static func withPort(_ host: String, _ port: Int) -> String {
    host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
