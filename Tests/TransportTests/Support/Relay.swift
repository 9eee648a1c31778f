// A TCP relay on loopback that can be cut, in place of a network that fails.

import AuthoritySandbox
import Foundation
import Synchronization

/// Passes bytes on between whoever connects and a port of the loopback, until it is cut.
final class Relay: Sendable {
  let port: Int
  private let listening: ListeningSocket
  private let state = Mutex(State())

  private struct State {
    var open: Set<Int32> = []
    /// Bytes that are still passed on, towards the server or, when `countsAnswers`, from it.
    var left = Int.max
    var countsAnswers = false
    var isFrozen = false
    /// Whether the cut is for good.
    var isLast = false
  }

  init(to target: Int) throws {
    listening = try ListeningSocket()
    port = listening.port
    let socket = listening.socket
    Thread.detachNewThread { [weak self] in
      while true {
        let near = Foundation.accept(socket, nil, nil)
        guard near >= 0 else { return }
        guard let relay = self, let far = connectLoopback(target) else {
          close(near)
          continue
        }
        relay.state.withLock { $0.open.formUnion([near, far]) }
        relay.copy(near, far, areAnswers: false)
        relay.copy(far, near, areAnswers: true)
      }
    }
  }

  /// Ends every connection; new ones are taken.
  func cut() {
    state.withLock { state in
      for socket in state.open { shutdown(socket, Int32(SHUT_RDWR)) }
      state.left = .max
    }
  }

  /// Cuts once so many more bytes have gone towards the server.
  func cutAfter(bytes: Int) { state.withLock { $0.left = bytes } }

  /// Cuts once so many more bytes have come from the server, and takes no more connections.
  func stopAfter(answers bytes: Int) {
    state.withLock { state in
      state.left = bytes
      state.countsAnswers = true
      state.isLast = true
    }
  }

  /// From now on what comes in goes nowhere, and no connection ends: a peer that is gone without a word.
  func freeze() { state.withLock { $0.isFrozen = true } }

  /// Ends every connection and takes no more.
  func stop() {
    shutdown(listening.socket, Int32(SHUT_RDWR))
    cut()
  }

  private func copy(_ from: Int32, _ to: Int32, areAnswers: Bool) {
    Thread.detachNewThread { [self] in
      var buffer = [UInt8](repeating: 0, count: 65_536)
      reading: while true {
        let count = read(from, &buffer, buffer.count)
        guard count > 0 else { break }
        let isOver = state.withLock { state in
          guard state.left != .max, state.countsAnswers == areAnswers else { return false }
          state.left -= count
          return state.left <= 0
        }
        if isOver {
          if state.withLock({ $0.isLast }) { stop() } else { cut() }
          break
        }
        if state.withLock({ $0.isFrozen }) { continue }
        var start = 0
        while start < count {
          let sent = buffer[start..<count].withUnsafeBytes {
            send(to, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
          }
          guard sent > 0 else { break reading }
          start += sent
        }
      }
      // The descriptors stay open until the process ends, so that no number is used twice.
      shutdown(from, Int32(SHUT_RDWR))
      shutdown(to, Int32(SHUT_RDWR))
    }
  }
}

/// A listening TCP socket on a free port of the loopback.
final class ListeningSocket: Sendable {
  let socket: Int32
  let port: Int

  init() throws {
    let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = loopbackAddress(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic -> UInt16? in
        guard bind(socket, generic, length) == 0, listen(socket, 16) == 0, getsockname(socket, generic, &length) == 0
        else { return nil }
        return UInt16(bigEndian: pointer.pointee.sin_port)
      }
    }
    guard let port else { throw SandboxError("no port on the loopback") }
    self.socket = socket
    self.port = Int(port)
  }

  deinit { close(socket) }
}

private func connectLoopback(_ port: Int) -> Int32? {
  let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  var address = loopbackAddress(port)
  let code = withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
  guard code == 0 else {
    close(socket)
    return nil
  }
  return socket
}

private func loopbackAddress(_ port: Int) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = UInt16(port).bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return address
}
