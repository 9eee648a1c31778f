// Two equal looks, far enough apart.

import Glibc
import Leavers
import Testing

@testable import Intake

@Suite("Settling") struct SettlingTests {
  private let look = FileLook(kind: .regular, device: 1, inode: 2, size: 3, modified: 4, changed: 5, owner: 6)

  @Test func twoEqualLooksFarEnoughApart() {
    var settling = Settling(settle: .seconds(2))
    func observe(_ path: String, _ look: FileLook, at now: Duration) -> Settling.Verdict {
      settling.observe(path, look, at: now)
    }
    #expect(observe("a", look, at: .seconds(10)) == .wait(until: .seconds(12)))
    #expect(observe("a", look, at: .seconds(11)) == .wait(until: .seconds(12)))
    #expect(observe("a", look, at: .seconds(12)) == .settled)
  }

  @Test(arguments: 0..<5)
  func anyDifferenceBeginsAgain(_ what: Int) {
    var settling = Settling(settle: .seconds(2))
    func observe(_ path: String, _ look: FileLook, at now: Duration) -> Settling.Verdict {
      settling.observe(path, look, at: now)
    }
    var other = look
    switch what {
    case 0: other.device = 9
    case 1: other.inode = 9
    case 2: other.size = 9
    case 3: other.modified = 9
    default: other.changed = 9
    }
    #expect(observe("a", look, at: .seconds(10)) == .wait(until: .seconds(12)))
    #expect(observe("a", other, at: .seconds(13)) == .wait(until: .seconds(15)))
    #expect(observe("a", other, at: .seconds(15)) == .settled)
  }

  @Test func emptyFilesWaitLonger() {
    var settling = Settling(settle: .seconds(2))
    func observe(_ path: String, _ look: FileLook, at now: Duration) -> Settling.Verdict {
      settling.observe(path, look, at: now)
    }
    var empty = look
    empty.size = 0
    #expect(observe("a", empty, at: .zero) == .wait(until: .seconds(20)))
    #expect(observe("a", empty, at: .seconds(19)) == .wait(until: .seconds(20)))
    #expect(observe("a", empty, at: .seconds(20)) == .settled)
  }

  @Test func forgetting() {
    var settling = Settling(settle: .seconds(2))
    func observe(_ path: String, _ look: FileLook, at now: Duration) -> Settling.Verdict {
      settling.observe(path, look, at: now)
    }
    _ = observe("f/a", look, at: .zero)
    settling.forget("f/a")
    #expect(observe("f/a", look, at: .seconds(5)) == .wait(until: .seconds(7)))
    _ = observe("g/b", look, at: .zero)
    settling.keep(only: [], in: "f")
    #expect(observe("f/a", look, at: .seconds(9)) == .wait(until: .seconds(11)))
    #expect(observe("g/b", look, at: .seconds(9)) == .settled)
  }

  @Test func aFolderInAFolderIsOnItsOwn() {
    var settling = Settling(settle: .seconds(2))
    _ = settling.observe("f/in/a", look, at: .zero)
    settling.keep(only: [], in: "f")
    #expect(settling.observe("f/in/a", look, at: .seconds(2)) == .settled)
    settling.keep(only: [], in: "f/in")
    #expect(settling.observe("f/in/a", look, at: .seconds(4)) == .wait(until: .seconds(6)))
  }

  @Test(arguments: [
    ("/x/a", true), ("/x/in/a", false), ("/x", false), ("/x/", true), ("/xy/a", false), ("/y/x/a", false),
  ])
  func whatLiesInAFolderItself(_ path: String, _ isIn: Bool) { #expect(path.isDirectly(in: "/x") == isIn) }
}
