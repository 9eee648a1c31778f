// What a delivery lane tells the daemon's log. Plain words without personal data.

package import Leavers

/// Something that a lane did or met.
package struct DeliveryEvent: Sendable, Equatable {
  package enum Weight: Sendable, Equatable { case routine, notable, alarm }

  package let recipient: RecipientID
  package let `return`: ReturnID?
  package let weight: Weight
  package let text: String

  package init(recipient: RecipientID, return id: ReturnID?, weight: Weight, text: String) {
    self.recipient = recipient
    self.return = id
    self.weight = weight
    self.text = text
  }
}
