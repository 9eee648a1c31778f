// Sealed cells, wrapped keys, digests, packed values: nothing opens with another key or at another place.

import Crypto
import Leavers
import Testing

@testable import Ledger

@Suite struct SealingTests {
  private let key = SymmetricKey(size: .bits256)
  private let place = CellAddress(table: "export_row", column: "sealed", row: "E1/1/2")

  private func code(_ body: () throws -> Void) -> LedgerError.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? LedgerError)?.code
    }
  }

  @Test func opensWithItsKeyAtItsPlaceOnly() throws {
    let plain = Array("Surname".utf8)
    let sealed = try Sealing.seal(plain, with: key, at: place)
    #expect(try Sealing.open(sealed, with: key, at: place) == plain)
    #expect(code { _ = try Sealing.open(sealed, with: SymmetricKey(size: .bits256), at: place) } == .corrupt)
    for other in [
      CellAddress(table: "pupil", column: "sealed", row: "E1/1/2"),
      CellAddress(table: "export_row", column: "other", row: "E1/1/2"),
      CellAddress(table: "export_row", column: "sealed", row: "E1/1/3"),
    ] {
      #expect(code { _ = try Sealing.open(sealed, with: key, at: other) } == .corrupt)
    }
  }

  @Test func opensOnlyWhole() throws {
    let sealed = try Sealing.seal([1, 2, 3], with: key, at: place)
    #expect(code { _ = try Sealing.open(Array(sealed.dropLast()), with: key, at: place) } == .corrupt)
    #expect(code { _ = try Sealing.open([], with: key, at: place) } == .corrupt)
    for position in sealed.indices {
      var changed = sealed
      changed[position] ^= 1
      #expect(code { _ = try Sealing.open(changed, with: key, at: place) } == .corrupt)
    }
  }

  @Test func theSameIsNeverSealedToTheSame() throws {
    #expect(try Sealing.seal([1], with: key, at: place) != Sealing.seal([1], with: key, at: place))
  }

  @Test func aWrappedKeyOpensUnderItsIdAndPurposeOnly() throws {
    let master = try MasterKey(bytes: LedgerBench.keyBytes)
    let ring = KeyRing(master: master, lookup: SymmetricKey(size: .bits256), signing: SymmetricKey(size: .bits256))
    let wrapped = try ring.wrap(key, id: 7, purpose: .pupil)
    #expect(try ring.unwrap(wrapped, id: 7, purpose: .pupil) == key)
    #expect(code { _ = try ring.unwrap(wrapped, id: 8, purpose: .pupil) } == .corrupt)
    #expect(code { _ = try ring.unwrap(wrapped, id: 7, purpose: .object) } == .corrupt)
    let other = try MasterKey(bytes: MasterKey.generate())
    #expect(code { _ = try KeyRing.unwrap(wrapped, id: 7, purpose: .pupil, master: other) } == .corrupt)
    #expect("\(ring)" == "KeyRing(redacted)")
    #expect(Mirror(reflecting: ring).children.isEmpty)
  }

  @Test func digestsKeepTheirPartsApart() throws {
    let master = try MasterKey(bytes: LedgerBench.keyBytes)
    let ring = KeyRing(master: master, lookup: SymmetricKey(size: .bits256), signing: SymmetricKey(size: .bits256))
    #expect(ring.digest("upn", "a", "bc") == ring.digest("upn", "a", "bc"))
    #expect(ring.digest("upn", "a", "bc") != ring.digest("upn", "ab", "c"))
    #expect(ring.digest("upn", "a") != ring.digest("uln", "a"))
    #expect(ring.signature("event", [[1], []]) != ring.signature("event", [[], [1]]))
    let other = KeyRing(master: master, lookup: SymmetricKey(size: .bits256), signing: SymmetricKey(size: .bits256))
    #expect(ring.digest("upn", "a") != other.digest("upn", "a"))
  }

  @Test func packedValuesComeBack() throws {
    let record = Synthetic.record(3, upn: Synthetic.upn(3), [.addressLine1: "1 \u{301}Łane, \"x\"\n|", .town: "京"])
    #expect(try Packed.record(Packed.encode(record)) == record)
    #expect(try Packed.record(Packed.encode(LeaverRecord())) == LeaverRecord())
    #expect(try Packed.dictionary(Packed.encode(["b": "", "a": "x"])) == ["a": "x", "b": ""])
    let bytes = Packed.encode(["name": "value"])
    for count in 1..<bytes.count where count > 1 {
      #expect(code { _ = try Packed.decode(Array(bytes.prefix(count))) } == .corrupt)
    }
    #expect(code { _ = try Packed.decode([]) } == .corrupt)
    #expect(code { _ = try Packed.decode([9]) } == .corrupt)
    #expect(code { _ = try Packed.record(Packed.encode(["noSuchField": "x"])) } == .corrupt)
  }

  @Test func hexComesBack() {
    #expect(Hex.text([0, 15, 255, 0xa3]) == "000fffa3")
    #expect(Hex.bytes("000fFfA3".utf8) == [0, 15, 255, 0xa3])
    #expect(Hex.bytes("0".utf8) == nil)
    #expect(Hex.bytes("0g".utf8) == nil)
  }
}
