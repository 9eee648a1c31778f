// What the page of a desk says of things to do: no command stands in it.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("What waits, for people without a shell") struct DeskTasksTests {
  @Test(arguments: [
    (
      "R1 (intended-destinations, Y11-2026, 1 leaver of A) is ready for sefton. Look at it, then: leaverlink release R1",
      "R1 (intended-destinations, Y11-2026, 1 leaver) is ready for sefton."
    ),
    (
      "Take the pack of R1 off the desk and withdraw it (leaverlink withdraw R1), or, if sefton has it already, say that it went before (leaverlink handed-over R1 --before-objection): sharing has been refused for 3 leavers since it was made",
      "Take the pack of R1 off the desk and withdraw it, or, if sefton has it already, say that it went before: sharing has been refused for 3 leavers since it was made."
    ),
    (
      "A owes sefton 2 answers. Left? Nothing is concluded from it",
      "A owes sefton 2 answers. Left? Nothing is concluded from it."
    ),
    ("leaverlink settle R1", ""),
    (
      "3 exports in /srv/exports (A) were taken in and are needed there no longer: the school may move or delete them, which leaverlink never does",
      "3 exports in /srv/exports were taken in and are needed there no longer: the school may move or delete them, which leaverlink never does."
    ),
    (
      "R1 is queued for x, which is no longer configured: leaverlink withdraw R1", ""
    ),
  ])
  func commandsAreLeftOut(_ text: String, _ words: String) {
    #expect(DeskTasks.words(text, schoolName: "A") == words)
  }
}
