// What each station reports, as lines of the log.

import Delivery
import Intake
import Leavers
import Logging
import Replies
import Returns

/// Turns the stations' events into log lines. The events carry no personal data, so neither do the lines.
struct Journal: Sendable {
  let logger: Logger

  func tell(_ event: DeliveryEvent) {
    var metadata: Logger.Metadata = ["recipient": "\(event.recipient)"]
    if let id = event.return { metadata["return"] = "\(id)" }
    log(event.text, alarm: event.weight == .alarm, notable: event.weight == .notable, metadata)
  }

  func tell(_ event: CollectorEvent) {
    var metadata: Logger.Metadata = ["recipient": "\(event.recipient)"]
    if let id = event.reply { metadata["reply"] = "\(id)" }
    log(event.text, alarm: event.weight == .alarm, notable: event.weight == .notable, metadata)
  }

  func tell(_ event: IntakeEvent) {
    log(event.text, alarm: event.isAlarm, notable: false, event.subjects.mapValues { "\($0)" })
  }

  func tell(_ event: ReturnsEvent) {
    log(event.text, alarm: event.isAlarm, notable: false, [:])
  }

  private func log(_ text: String, alarm: Bool, notable: Bool, _ metadata: Logger.Metadata) {
    logger.log(level: alarm ? .error : notable ? .notice : .info, "\(text)", metadata: metadata)
  }
}
