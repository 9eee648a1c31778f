// Small file and port helpers of the far side. Synchronous: used while it is set up.

import Glibc

func errnoText() -> String { String(cString: strerror(errno)) }

/// The whole of a small text file.
func readText(_ path: String) throws -> String {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw SandboxError("cannot read \(path): \(errnoText())") }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    if count < 0 { throw SandboxError("cannot read \(path): \(errnoText())") }
    if count == 0 { return String(decoding: bytes, as: UTF8.self) }
    bytes.append(contentsOf: buffer[0..<count])
  }
}

/// Writes a file whole, for its owner only unless a mode is given.
func writeFile(_ path: String, _ text: String, mode: mode_t = 0o600) throws {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
  guard descriptor >= 0 else { throw SandboxError("cannot write \(path): \(errnoText())") }
  defer { close(descriptor) }
  let bytes = Array(text.utf8)
  var start = 0
  while start < bytes.count {
    let count = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { throw SandboxError("cannot write \(path): \(errnoText())") }
    start += count
  }
}

/// Makes a folder and those above it.
func makeFolder(_ path: String, mode: mode_t = 0o700) throws {
  var built = ""
  for part in path.split(separator: "/") {
    built += "/" + part
    if mkdir(built, mode) != 0 && errno != EEXIST { throw SandboxError("cannot make \(built): \(errnoText())") }
  }
}

/// A TCP port of 127.0.0.1 that was free a moment ago. Somebody else may take it before it is used: callers try again.
func freePort() throws -> Int {
  let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  guard socket >= 0 else { throw SandboxError("no socket: \(errnoText())") }
  defer { close(socket) }
  var address = loopback(port: 0)
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let port = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic -> in_port_t? in
      guard bind(socket, generic, length) == 0, getsockname(socket, generic, &length) == 0 else { return nil }
      return pointer.pointee.sin_port
    }
  }
  guard let port else { throw SandboxError("no free port on 127.0.0.1: \(errnoText())") }
  return Int(UInt16(bigEndian: port))
}

/// Whether something accepts connections on a port of 127.0.0.1.
func isListening(port: Int) -> Bool {
  let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  guard socket >= 0 else { return false }
  defer { close(socket) }
  var address = loopback(port: port)
  return withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
    }
  }
}

private func loopback(port: Int) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = in_port_t(UInt16(port)).bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return address
}

/// Waits until a server listens; throws when it ended before, or did not within ten seconds.
func waitUntilListening(port: Int, _ server: ServerProcess, name: String, log: String) async throws {
  for _ in 0..<500 {
    if isListening(port: port) { return }
    guard server.isRunning else {
      throw SandboxError("\(name) ended at once; its log: \(((try? readText(log)) ?? "").suffix(600))")
    }
    try await Task.sleep(for: .milliseconds(20))
  }
  throw SandboxError("\(name) does not listen on port \(port) after ten seconds; see \(log)")
}
