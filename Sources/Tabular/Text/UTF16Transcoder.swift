// UTF-16 to UTF-8, chunk by chunk: for the few files that spreadsheets save as "Unicode text". Pure.

/// Turns UTF-16 into UTF-8 as it comes; a unit or a pair may be cut by the end of a chunk.
struct UTF16Transcoder {
  let bigEndian: Bool
  private var pendingByte: UInt8?
  private var highSurrogate: UInt32?
  private var position = 0

  init(bigEndian: Bool) { self.bigEndian = bigEndian }

  private var encoding: TextEncoding { bigEndian ? .utf16BigEndian : .utf16LittleEndian }

  mutating func append(_ bytes: UnsafeRawBufferPointer, to utf8: inout [UInt8]) throws(TextEncodingError) {
    utf8.reserveCapacity(utf8.count + bytes.count)
    for byte in bytes {
      guard let first = pendingByte else {
        pendingByte = byte
        continue
      }
      pendingByte = nil
      let unit = bigEndian ? UInt32(first) << 8 | UInt32(byte) : UInt32(byte) << 8 | UInt32(first)
      var value = unit
      if let high = highSurrogate {
        guard (0xDC00...0xDFFF).contains(unit) else { throw .undecodable(encoding, position: position - 2) }
        value = 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00)
        highSurrogate = nil
      } else if (0xD800...0xDBFF).contains(unit) {
        highSurrogate = unit
        position += 2
        continue
      }
      guard let scalar = Unicode.Scalar(value) else { throw .undecodable(encoding, position: position) }
      utf8.append(contentsOf: UTF8.encode(scalar)?.map { $0 } ?? [])
      position += 2
    }
  }

  /// The end of the text: half a unit or half a pair is wrong.
  func finish() throws(TextEncodingError) {
    if pendingByte != nil { throw .undecodable(encoding, position: position) }
    if highSurrogate != nil { throw .undecodable(encoding, position: position - 2) }
  }
}
