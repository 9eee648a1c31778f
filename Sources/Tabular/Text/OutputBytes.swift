// Bytes on their way into a file, put together piece by piece. No I/O.

/// A growing run of bytes for the hot path.
package struct OutputBytes: ~Copyable {
  @usableFromInline var base: UnsafeMutableRawPointer
  @usableFromInline var capacity: Int
  @usableFromInline var filled = 0

  package var count: Int { filled }

  package init(capacity: Int = 1 << 16) {
    self.capacity = capacity
    base = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { base.deallocate() }

  @inlinable @inline(__always)
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    if filled &+ bytes.count > capacity { grow(bytes.count) }
    (base + filled).copyMemory(from: source, byteCount: bytes.count)
    filled &+= bytes.count
  }

  @inlinable @inline(__always)
  package mutating func append(_ byte: UInt8) {
    if filled == capacity { grow(1) }
    base.storeBytes(of: byte, toByteOffset: filled, as: UInt8.self)
    filled &+= 1
  }

  @inlinable
  package mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

  @usableFromInline
  mutating func grow(_ more: Int) {
    var larger = capacity
    while larger < filled + more { larger *= 2 }
    let new = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
    new.copyMemory(from: base, byteCount: filled)
    base.deallocate()
    base = new
    capacity = larger
  }

  package mutating func removeAll() { filled = 0 }

  package func withBytes<Value, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try body(UnsafeRawBufferPointer(start: base, count: filled))
  }
}
