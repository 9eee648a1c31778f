// Trouble is told once when it begins and once when it ends.

import Glibc
import Leavers
import Testing

@testable import Intake

@Suite("Conditions") struct ConditionsTests {
  @Test func toldOncePerChange() {
    var conditions = Conditions()
    func note(_ place: String, _ problem: String?) -> Bool { conditions.note(place, problem) }
    #expect(!note("a", nil))
    #expect(note("a", "gone"))
    #expect(!note("a", "gone"))
    #expect(note("a", "other"))
    #expect(note("a", nil))
    #expect(!note("a", nil))
    #expect(note("b", "gone"))
    conditions.keep { $0 != "b" }
    #expect(note("b", "gone"))
  }
}
