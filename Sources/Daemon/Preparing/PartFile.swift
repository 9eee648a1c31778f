// A file that has its name only when it is whole. Writes files.

import Foundation
import Synchronization

/// A file on its way: for its owner only from its first instant, renamed when it is whole.
package final class PartFile: Sendable {
  package let path: String
  private let partial: String
  private let descriptor: Int32
  private let isOpen = Atomic(true)

  /// Makes the folder too where it is missing.
  package init(_ path: String) throws {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent()
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    self.path = path
    partial = folder.appendingPathComponent(".\(UUID().uuidString).part").path
    descriptor = open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.error() }
  }

  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress.unsafelyUnwrapped + done, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.error() }
      done += count
    }
  }

  /// What was written, to be written otherwise: the file is empty afterwards.
  package func take() throws -> [UInt8] {
    let size = lseek(descriptor, 0, SEEK_END)
    guard size >= 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw Self.error() }
    let bytes = try [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
      while count < buffer.count {
        let got = read(descriptor, buffer.baseAddress.unsafelyUnwrapped + count, buffer.count - count)
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { throw Self.error() }
        count += got
      }
    }
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw Self.error() }
    return bytes
  }

  /// Gives the file its name.
  package func finish() throws {
    isOpen.store(false, ordering: .relaxed)
    guard close(descriptor) == 0, rename(partial, path) == 0 else {
      let error = Self.error()
      unlink(partial)
      throw error
    }
  }

  /// Leaves nothing of it, unless it has its name.
  package func drop() {
    guard isOpen.exchange(false, ordering: .relaxed) else { return }
    close(descriptor)
    unlink(partial)
  }

  /// Writes a whole file.
  package static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try PartFile(path)
    do {
      try bytes.withUnsafeBytes(file.write)
    } catch {
      file.drop()
      throw error
    }
    try file.finish()
  }

  private static func error() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
