import Ledger
import Testing
import Transport

@testable import Replies

@Suite("C0: which files hold still")
struct ListingWatchTests {
  private func entry(_ name: String, size: Int64 = 10, modified: Int64 = 100) -> RemoteEntry {
    RemoteEntry(name: name, size: size, modified: modified, isFolder: false)
  }

  @Test func oneLookIsNotEnough() {
    var watch = ListingWatch(settle: .seconds(2))
    #expect(watch.settled([entry("a")], at: .seconds(0)).isEmpty)
    #expect(watch.nextLook(after: .seconds(0)) == .seconds(2))
    #expect(watch.settled([entry("a")], at: .seconds(1)).isEmpty)
    #expect(watch.settled([entry("a")], at: .seconds(2)) == [entry("a")])
  }

  @Test func aFileThatGrowsStartsAnew() {
    var watch = ListingWatch(settle: .seconds(2))
    _ = watch.settled([entry("a", size: 1)], at: .seconds(0))
    #expect(watch.settled([entry("a", size: 2)], at: .seconds(2)).isEmpty)
    #expect(watch.settled([entry("a", size: 2, modified: 101)], at: .seconds(4)).isEmpty)
    #expect(watch.settled([entry("a", size: 2, modified: 101)], at: .seconds(6)).map(\.name) == ["a"])
  }

  @Test func aFileThatWasAwayStartsAnew() {
    var watch = ListingWatch(settle: .seconds(2))
    _ = watch.settled([entry("a")], at: .seconds(0))
    _ = watch.settled([], at: .seconds(1))
    #expect(watch.settled([entry("a")], at: .seconds(3)).isEmpty)
  }
}

@Suite("Reconciliation of activities")
struct ReconcilerTests {
  @Test(
    arguments: [
      ("230", "230", "agree"), ("230", "310", "conflict"), ("230", nil, "la-knows-more"),
      ("230", "810", "la-knows-more"),
      ("810", "230", "school-knows-more"), (nil, "230", "school-knows-more"), ("830", "820", "both-unknown"),
      (nil, nil, "both-unknown"),
    ] as [(String?, String?, String)])
  func compare(theirs: String?, ours: String?, expected: String) {
    #expect(Reconciler.compare(theirs: theirs, ours: ours).rawValue == expected)
  }
}
