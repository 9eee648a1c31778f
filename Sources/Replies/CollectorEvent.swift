// What a collector tells the daemon's log. Plain words without personal data.

package import Leavers

/// Something that a collector did or met.
package struct CollectorEvent: Sendable, Equatable {
  package enum Weight: Sendable, Equatable { case routine, notable, alarm }

  package let recipient: RecipientID
  package let reply: ReplyID?
  package let weight: Weight
  package let text: String

  package init(recipient: RecipientID, reply: ReplyID?, weight: Weight, text: String) {
    self.recipient = recipient
    self.reply = reply
    self.weight = weight
    self.text = text
  }
}
