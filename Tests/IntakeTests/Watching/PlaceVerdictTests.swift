// Whether a folder is there, or only the place for its share.

import Ledger
import Testing

@testable import Intake

@Suite("Places of folders") struct PlaceVerdictTests {
  private static let nfs = FileSystemKind(number: 0x6969)
  private static let ext4 = FileSystemKind(number: 0xEF53)
  private let share = PlaceLook(kind: nfs, mountPoint: "/srv/desk")
  private let below = PlaceLook(kind: ext4, mountPoint: "/srv")
  private let marked = KnownPlace(fileSystem: 0x6969, mountPoint: "/srv/desk", mark: 3, isMarked: true)
  private let whole = PlaceVerdict.Traces(mark: .ours, hasOut: true)
  private let nothing = PlaceVerdict.Traces(mark: .none, hasOut: false)

  private func isAway(_ verdict: PlaceVerdict) -> Bool { if case .away = verdict { true } else { false } }

  @Test(arguments: [
    (0x6969, true), (0x517B, true), (0xFF53_4D42, true), (0xFE53_4D42, true), (0x6573_5546, true),
    (0x0102_1997, true), (0xEF53, false), (0x5846_5342, false), (0x0102_1994, false), (0x794C_7630, false),
  ])
  func sharesAreKnownByTheirNumber(_ number: UInt32, _ isShare: Bool) {
    #expect(FileSystemKind(number: number).isShare == isShare)
  }

  @Test func whatIsSeenFirstIsTaken() {
    #expect(PlaceVerdict.judge(share, known: nil, traces: nothing) == .adopted(keepsMark: false))
    #expect(PlaceVerdict.judge(below, known: nil, traces: nil) == .adopted(keepsMark: false))
  }

  @Test func whatIsAsItWasIsThere() {
    #expect(PlaceVerdict.judge(share, known: marked, traces: whole) == .there)
    #expect(PlaceVerdict.judge(share, known: marked, traces: nil) == .there)
  }

  @Test func aShareThatIsNotMountedIsAway() {
    for seen in [
      below, PlaceLook(kind: Self.ext4, mountPoint: "/"), PlaceLook(kind: Self.ext4, mountPoint: "/srv/desk"),
    ] {
      for traces in [nothing, nil, PlaceVerdict.Traces(mark: .older, hasOut: true)] {
        let verdict = PlaceVerdict.judge(seen, known: marked, traces: traces)
        #expect(verdict == .away("its share (NFS at /srv/desk) is not mounted"))
      }
    }
    // A local disk that is mounted there is told by its mount point.
    let disk = KnownPlace(fileSystem: 0xEF53, mountPoint: "/srv/desk", mark: 1, isMarked: false)
    #expect(isAway(PlaceVerdict.judge(below, known: disk, traces: nil)))
  }

  @Test func aDeskThatWasMovedWithAllThatLiesInItIsThere() {
    #expect(PlaceVerdict.judge(below, known: marked, traces: whole) == .adopted(keepsMark: true))
  }

  @Test func aShareThatIsMountedAtLastIsTaken() {
    let local = KnownPlace(fileSystem: 0xEF53, mountPoint: "/srv", mark: 1, isMarked: true)
    let traces = PlaceVerdict.Traces(mark: .none, hasOut: true)
    #expect(PlaceVerdict.judge(share, known: local, traces: traces) == .adopted(keepsMark: false))
    // /srv2 is not below /srv.
    let other = PlaceLook(kind: Self.ext4, mountPoint: "/srv/des")
    #expect(PlaceVerdict.judge(other, known: marked, traces: nil) == .adopted(keepsMark: false))
  }

  @Test func aMountWithNothingOfOursInItIsAway() {
    #expect(isAway(PlaceVerdict.judge(share, known: marked, traces: nothing)))
    // Somebody tidied up, and left out.
    #expect(PlaceVerdict.judge(share, known: marked, traces: .init(mark: .none, hasOut: true)) == .unmarked)
    #expect(PlaceVerdict.judge(share, known: marked, traces: .init(mark: .older, hasOut: false)) == .unmarked)
    // A desk that takes no mark is missed by its mount alone.
    let unmarked = KnownPlace(fileSystem: 0x6969, mountPoint: "/srv/desk", mark: 3, isMarked: false)
    #expect(PlaceVerdict.judge(share, known: unmarked, traces: nothing) == .there)
  }

  @Test func anotherSchoolsDeskIsNever() {
    let foreign = PlaceVerdict.Traces(mark: .ofAnotherSchool, hasOut: true)
    for known in [marked, nil] { #expect(isAway(PlaceVerdict.judge(share, known: known, traces: foreign))) }
  }

  @Test func aMarkIsReadAsItIsWritten() {
    let mark = DeskMark(school: "3414787", mark: "ab12")
    #expect(DeskMark(mark.bytes) == mark)
    #expect(DeskMark(Array("school: 3414787\n".utf8)) == nil)
    #expect(DeskMark([]) == nil)
  }
}
