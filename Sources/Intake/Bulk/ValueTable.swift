// Tables of the hot path: cells by their bytes, numbers by numbers. Open addressing; nothing is taken out. Pure.

import Glibc

/// Texts of cells, or signatures of rows, with what one worker knows of each.
struct ValueTable: ~Copyable {
  /// What is known of a text.
  struct Entry {
    /// The text's number in its column, or that of the row's class.
    var value: UInt32
    /// What stands for a text in the signature of its row.
    var code: UInt32 = 0
  }

  private var hashes: [UInt64]
  private var places: [(offset: Int, count: Int)]
  private var entries: [Entry]
  private var bytes: [UInt8] = []
  private var mask: Int
  private(set) var count = 0

  init() {
    mask = 63
    hashes = Array(repeating: 0, count: mask + 1)
    places = Array(repeating: (0, 0), count: mask + 1)
    entries = Array(repeating: Entry(value: 0, code: 0), count: mask + 1)
  }

  /// Empty tables side by side.
  static func allocate(_ count: Int) -> UnsafeMutablePointer<ValueTable> {
    let tables = UnsafeMutablePointer<ValueTable>.allocate(capacity: count)
    for index in 0..<count { (tables + index).initialize(to: ValueTable()) }
    return tables
  }

  static func deallocate(_ tables: UnsafeMutablePointer<ValueTable>, _ count: Int) {
    tables.deinitialize(count: count)
    tables.deallocate()
  }

  /// What is known of a text; nil where nothing is. The bytes must be readable for eight more.
  @inline(__always)
  func find(_ start: UnsafeRawPointer, _ length: Int) -> Entry? {
    let hash = Self.hash(start, length)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while hashes[slot] != 0 {
      if hashes[slot] == hash, places[slot].count == length, isEqual(places[slot].offset, start, length) {
        return entries[slot]
      }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Adds a text that is not there.
  mutating func add(_ start: UnsafeRawPointer, _ length: Int, _ entry: Entry) {
    if count * 2 >= mask { grow() }
    put(Self.hash(start, length), (bytes.count, length), entry)
    bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: length))
    count += 1
  }

  private mutating func put(_ hash: UInt64, _ place: (offset: Int, count: Int), _ entry: Entry) {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while hashes[slot] != 0 { slot = (slot + 1) & mask }
    hashes[slot] = hash
    places[slot] = place
    entries[slot] = entry
  }

  private mutating func grow() {
    let (oldHashes, oldPlaces, oldEntries) = (hashes, places, entries)
    mask = mask * 2 + 1
    hashes = Array(repeating: 0, count: mask + 1)
    places = Array(repeating: (0, 0), count: mask + 1)
    entries = Array(repeating: Entry(value: 0, code: 0), count: mask + 1)
    for slot in oldHashes.indices where oldHashes[slot] != 0 {
      put(oldHashes[slot], oldPlaces[slot], oldEntries[slot])
    }
  }

  @inline(__always)
  private func isEqual(_ offset: Int, _ start: UnsafeRawPointer, _ length: Int) -> Bool {
    bytes.withUnsafeBytes { own in
      length == 0 || memcmp(own.baseAddress.unsafelyUnwrapped + offset, start, length) == 0
    }
  }

  /// Never zero.
  @inline(__always)
  static func hash(_ start: UnsafeRawPointer, _ length: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
    var offset = 0
    while offset < length {
      var word = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      let left = length &- offset
      if left < 8 { word &= (1 << UInt64(left &* 8)) &- 1 }
      hash = Mix.of(hash ^ word)
      offset &+= 8
    }
    return hash | 1 << 63
  }
}

/// Numbers to numbers; made for so many.
struct NumberTable: ~Copyable {
  private var keys: [UInt64]
  private var values: [UInt32]
  private let mask: Int

  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    mask = size - 1
    keys = Array(repeating: 0, count: size)
    values = Array(repeating: 0, count: size)
  }

  /// The value of a key, which is not zero; where there was none, `value` is put there.
  @inline(__always)
  mutating func findOrAdd(_ key: UInt64, _ value: UInt32) -> UInt32 {
    var slot = Int(truncatingIfNeeded: Mix.of(key)) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot &+ 1) & mask
    }
    keys[slot] = key
    values[slot] = value
    return value
  }

  @inline(__always)
  func find(_ key: UInt64) -> UInt32? {
    var slot = Int(truncatingIfNeeded: Mix.of(key)) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot &+ 1) & mask
    }
    return nil
  }
}

/// Spreads the bits of a number over all of its bits.
enum Mix {
  @inline(__always)
  static func of(_ number: UInt64) -> UInt64 {
    let product = number.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
