// What an authority is asked to do of each reason.

import Leavers
import Ledger
import Testing

@testable import Intake

struct ObjectionNoticeTests {
  @Test func everyReasonSaysWhatToDo() throws {
    let expected: [ObjectionReason: String] = [
      .sharing: "stop using and delete the rest", .deceased: "do not contact the family",
      .address: "do not use it or pass it on", .contact: "Do not contact the pupil or the family",
      .consent: "stop tracking", .risk: "no longer named as at risk",
    ]
    for reason in ObjectionReason.allCases {
      let words = ObjectionNotice.words(reason, rest: "")
      #expect(words.contains(try #require(expected[reason])), "\(reason)")
    }
    #expect(ObjectionNotice.words(.sharing, rest: " (UPN, course)").contains("delete the rest (UPN, course)."))
  }
}
