// A large file cut into batches of whole lines, each read when it is wanted. Reads files.

import Glibc
import Tabular

/// A file that is read twice, in batches.
package struct ExportBatches: Sendable {
  /// Batches have about so many bytes.
  package static let size = 1 << 20

  let path: String
  private let descriptor: Int32
  private let identity: Identity
  /// Where each batch begins; the last one ends with the file.
  private(set) var starts: [Int] = []
  private(set) var length: Int

  /// What a file has no more when it was changed.
  private struct Identity: Equatable {
    let inode: UInt64
    let size: Int
    let seconds: Int
    let nanoseconds: Int
    /// A change that sets the time of the content back is one of the file's all the same.
    let changedSeconds: Int
    let changedNanoseconds: Int

    init?(_ descriptor: Int32) {
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      inode = UInt64(status.st_ino)
      size = Int(status.st_size)
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
      changedSeconds = status.st_ctim.tv_sec
      changedNanoseconds = status.st_ctim.tv_nsec
    }
  }

  /// Nil where the file cannot be read like this: the caller finds out why.
  init?(path: String) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    guard let identity = Identity(descriptor) else {
      Glibc.close(descriptor)
      return nil
    }
    self.path = path
    self.identity = identity
    length = identity.size
  }

  func close() { Glibc.close(descriptor) }

  /// Whether the file is still what it was when it was opened.
  var isUnchanged: Bool { Identity(descriptor) == identity }

  /// The first bytes.
  func head(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: min(count, length))
    let isRead = bytes.withUnsafeMutableBytes { read(at: 0, into: $0) }
    return isRead ? bytes : nil
  }

  /// Cuts the file into batches from a place on, each ending with a line end or with the file. False where lines are too
  /// long for that.
  mutating func cut(from start: Int, _ size: Int) -> Bool {
    starts = [start]
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var place = start + size
    while place < length {
      let count = min(buffer.count, length - place)
      let isRead = buffer.withUnsafeMutableBytes {
        read(at: place, into: UnsafeMutableRawBufferPointer(rebasing: $0[..<count]))
      }
      guard isRead else { return false }
      guard let end = buffer[..<count].firstIndex(of: 0x0A) else {
        // The last line may have no end.
        if place + count == length { break }
        return false
      }
      if place + end + 1 < length { starts.append(place + end + 1) }
      place += end + 1 + size
    }
    return true
  }

  func range(_ batch: Int) -> Range<Int> { starts[batch]..<(batch + 1 < starts.count ? starts[batch + 1] : length) }

  /// Reads a batch into a buffer that is long enough, `CSVBatch.slack` included.
  func read(_ batch: Int, into buffer: UnsafeMutableRawBufferPointer) -> UnsafeRawBufferPointer? {
    let range = range(batch)
    let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<range.count])
    guard read(at: range.lowerBound, into: part) else { return nil }
    return UnsafeRawBufferPointer(part)
  }

  /// How long a buffer for any batch must be.
  var bufferSize: Int { (starts.indices.map { range($0).count }.max() ?? 0) + CSVBatch.slack }

  private func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    var done = 0
    while done < buffer.count {
      let got = pread(
        descriptor, buffer.baseAddress.unsafelyUnwrapped + done, buffer.count - done, off_t(offset + done))
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return false }
      done += got
    }
    return true
  }
}
