// What waits for somebody at a school, in words for people without a shell. Pure.

import Ledger

/// One thing to do, for the page of a desk.
enum DeskTask {
  /// The words of an item without the commands that they name, and who does it instead.
  static func words(_ item: TodoItem) -> String { words(item.text, who(item.code)) }

  static func words(_ text: String, _ who: String?) -> String {
    var text = text
    // A command in brackets goes with them, one at the end of a sentence with the sentence.
    while let open = text.firstRange(of: " (leaverlink "), let close = text[open.upperBound...].firstIndex(of: ")") {
      text.removeSubrange(open.lowerBound...close)
    }
    let sentences = text.split(separator: ". ").filter { !$0.contains("leaverlink ") }
    var words = sentences.joined(separator: ". ")
    if let last = words.last, !".?!".contains(last) { words += "." }
    guard let who else { return words }
    return words.isEmpty ? who : "\(words) \(who)"
  }

  private static func who(_ code: TodoItem.Code) -> String? {
    switch code {
    case .returnToRelease, .returnBraked:
      "Whoever looks after leaverlink releases it, once you have said that it is right."
    case .returnToHandOver: "Hand it over, and tell whoever looks after leaverlink."
    case .returnUnknown, .returnObjected, .returnRejected, .returnStranded, .replyQuarantined, .replyRowsOpen:
      "Whoever looks after leaverlink sees to it with you."
    case .leaversMissing: "Tell whoever looks after leaverlink."
    case .rowsHeld: "The summary and the checked file say which, and what to do."
    case .rowsUnrouted: "The summary says which."
    default: nil
    }
  }
}
