// What waits for somebody at a school, in words for people without a shell. Pure.

import Ledger

/// Things to do that one and the same sentence says how to do.
struct DeskTasks: Sendable, Equatable {
  /// A sentence each.
  let items: [String]
  /// Who does it, and how; nil where the items say it.
  let how: String?

  /// The things to do of one school, in their order; what is done in the same way stands together.
  static func groups(_ todo: [TodoItem], schoolName: String) -> [DeskTasks] {
    var groups: [DeskTasks] = []
    for item in todo {
      let words = words(item.text, schoolName: schoolName)
      let how = how(item.code)
      if words.isEmpty { continue }
      if let place = groups.firstIndex(where: { $0.how == how }) {
        groups[place] = DeskTasks(items: groups[place].items + [words], how: how)
      } else {
        groups.append(DeskTasks(items: [words], how: how))
      }
    }
    return groups
  }

  /// The words of an item without the commands that they name, and without the school, whose page it is.
  static func words(_ text: String, schoolName: String) -> String {
    var text = text.replacing(" (\(schoolName))", with: "").replacing(" of \(schoolName))", with: ")")
    // A command in brackets goes with them, one at the end of a sentence with the sentence.
    while let open = text.firstRange(of: " (leaverlink "), let close = text[open.upperBound...].firstIndex(of: ")") {
      text.removeSubrange(open.lowerBound...close)
    }
    var words = text.split(separator: ". ").filter { !namesCommand($0) }.joined(separator: ". ")
    if let last = words.last, !".?!".contains(last) { words += "." }
    return words
  }

  /// A command begins a sentence or comes after a colon. Elsewhere leaverlink is who does something, or does not.
  private static func namesCommand(_ sentence: Substring) -> Bool {
    sentence.hasPrefix("leaverlink ") || sentence.contains(": leaverlink ")
  }

  private static func how(_ code: TodoItem.Code) -> String? {
    switch code {
    case .returnToRelease, .returnBraked:
      "Whoever looks after leaverlink releases it, once you have said that it is right."
    case .returnToHandOver: "Hand it over, and tell whoever looks after leaverlink."
    case .returnUnknown, .returnObjected, .returnRejected, .returnStranded, .replyQuarantined, .replyRowsOpen:
      "Whoever looks after leaverlink sees to it with you."
    case .leaversMissing: "Tell whoever looks after leaverlink."
    case .rowsHeld, .rowsUnrouted: "The summary and the checked file of the export say which rows, and what to do."
    default: nil
    }
  }
}
