import Leavers
import Ledger
import Profiles
import Testing
import Transport

@testable import Replies

@Suite("C5: moving and removing at the far side") struct TidyingTests {
  private static let id = ReplyID(rawValue: 12)
  private static let own = "outbound/AS_1.csv"
  private static let hidden = "outbound/.AS_1.csv.A12.claimed"
  private static let fetched = RemoteShelf.File(size: 10, modified: 100)
  private static let newer = RemoteShelf.File(size: 11, modified: 200)

  private func tidying(_ afterwards: Recipient.AfterCollect) throws -> Tidying {
    Tidying(
      id: Self.id,
      source: ReplySource(
        recipient: CollectorBench.recipientID, folder: "outbound", name: "AS_1.csv", size: 10,
        modified: Timestamp(milliseconds: 100_000)),
      folder: try RemotePath("outbound"), afterwards: afterwards, faults: { _ in })
  }

  @Test func removedAndMoved() async throws {
    let shelf = RemoteShelf([Self.own: Self.fetched])
    #expect(try await tidying(.leave).run(over: shelf) == .left)
    #expect(try await tidying(.remove).run(over: shelf) == .done && shelf.files.isEmpty)
    let other = RemoteShelf([Self.own: Self.fetched])
    #expect(try await tidying(.move(folder: "done")).run(over: other) == .done)
    #expect(other.files == ["done/AS_1.csv": Self.fetched])
  }

  /// A newer file is put under the name at each instant in turn, and the connection breaks off at each instant in turn,
  /// before an operation or behind it.
  @Test(arguments: [.remove, .move(folder: "done")] as [Recipient.AfterCollect], [false, true])
  func aNewerFileIsNeverTouched(afterwards: Recipient.AfterCollect, isBehind: Bool) async throws {
    for arrival in 0..<8 {
      for death in 0..<9 {
        let shelf = RemoteShelf([Self.own: Self.fetched])
        shelf.before { step, files throws(TransportError) in
          if step == arrival { files[Self.own] = Self.newer }
          if step == death && !isBehind { throw TransportError(.interrupted, "It broke off.", remedy: "Wait.") }
        }
        if isBehind { shelf.loseAnswer(at: death) }
        var outcome: Tidying.Outcome?
        var looks = 0
        while outcome == nil {
          outcome = try? await tidying(afterwards).run(over: shelf)
          looks += 1
          try #require(looks < 4)
        }
        let moved = shelf.files["done/AS_1.csv"]
        #expect(moved == nil || moved == Self.fetched, "arrival \(arrival), death \(death)")
        if arrival < shelf.steps {
          #expect(shelf.files[Self.own] == Self.newer, "arrival \(arrival), death \(death)")
        }
        #expect(shelf.files[Self.hidden] == nil)
        #expect(outcome == .done || outcome == .putBack(sameSize: false))
      }
    }
  }

  @Test func theNewerFileThatWasCarriedOffIsPutBack() async throws {
    for same in [false, true] {
      let newer = RemoteShelf.File(size: same ? 10 : 11, modified: 200)
      let shelf = RemoteShelf([Self.own: Self.fetched])
      shelf.before { step, files throws(TransportError) in if step == 2 { files[Self.own] = newer } }
      #expect(try await tidying(.remove).run(over: shelf) == .putBack(sameSize: same))
      #expect(shelf.files == [Self.own: newer])
    }
  }

  @Test func whereItsNameIsTakenMeanwhileItWaits() async throws {
    let third = RemoteShelf.File(size: 12, modified: 300)
    let shelf = RemoteShelf([Self.own: Self.fetched])
    shelf.before { step, files throws(TransportError) in
      if step == 2 { files[Self.own] = Self.newer }
      if step == 4 { files[Self.own] = third }
    }
    #expect(try await tidying(.remove).run(over: shelf) == .stuck)
    #expect(shelf.files == [Self.own: third, Self.hidden: Self.newer])
    shelf.clear(Self.own)
    #expect(try await tidying(.remove).run(over: shelf) == .putBack(sameSize: false))
    #expect(shelf.files == [Self.own: Self.newer])
  }

  @Test(arguments: [.permissionDenied, .unsupported, .refused] as [TransportError.Code])
  func withoutTheRightToRenameItStays(code: TransportError.Code) async throws {
    let refusal = TransportError(code, "No.", remedy: "Ask.")
    let shelf = RemoteShelf([Self.own: Self.fetched])
    shelf.refuseRenames(with: refusal)
    #expect(try await tidying(.remove).run(over: shelf) == .refused(refusal))
    #expect(shelf.files == [Self.own: Self.fetched], "nothing is removed that could not be claimed")
  }

  @Test func aTroubleOfTheConnectionIsThrown() async throws {
    let shelf = RemoteShelf([Self.own: Self.fetched])
    for code in [TransportError.Code.unreachable, .authenticationFailed] {
      shelf.refuseRenames(with: TransportError(code, "No.", remedy: "Wait."))
      await #expect(throws: TransportError.self) { _ = try await tidying(.remove).run(over: shelf) }
    }
  }

  @Test func claimedNamesGoBothWays() {
    for name in ["AS_1.csv", "a.A7.claimed", ".hidden", "no-ending"] {
      let claim = ClaimedName(name: name, id: Self.id)
      #expect(ClaimedName(claim.text) == claim)
    }
    for text in [
      ".A12.claimed", "AS_1.csv.A12.claimed", ".AS_1.csv.A12", ".AS_1.csv.R12.claimed", ".x.a12.claimed", "",
    ] {
      #expect(ClaimedName(text) == nil, "\(text)")
    }
  }
}
