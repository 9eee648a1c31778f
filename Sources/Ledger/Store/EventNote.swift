// What the sealed details of an event say for the audit: the state that a thing came to, and which file a return is.
// Pure.

/// What an event says for the audit alone: the log gives it in words.
struct EventNote: Sendable, Equatable {
  /// The texts of the two columns of a state.
  var state: String?
  var stateDetail: String?
  /// Of the event by which a return left `drafted`: from there on they are fixed.
  var fileName: String?
  /// In hex.
  var sha256: String?
  /// What an entry of the register says (`RegisterAudit`).
  var entry: String?

  private enum Key {
    static let state = "state"
    static let stateDetail = "state-detail"
    static let fileName = "file-name"
    static let sha256 = "sha256"
    static let entry = "entry"
    static let all = [state, stateDetail, fileName, sha256, entry]
  }

  init(
    state: String? = nil, stateDetail: String? = nil, fileName: String? = nil, sha256: String? = nil,
    entry: String? = nil
  ) {
    self.state = state
    self.stateDetail = stateDetail
    self.fileName = fileName
    self.sha256 = sha256
    self.entry = entry
  }

  init(_ state: ReplyState) { self.init(state: state.name, stateDetail: state.detail) }

  /// From the payload of an event; nothing of it where the event is of before these particulars were kept.
  init(payload: [String: String]) {
    self.init(
      state: payload[Key.state], stateDetail: payload[Key.stateDetail], fileName: payload[Key.fileName],
      sha256: payload[Key.sha256], entry: payload[Key.entry])
  }

  /// As particulars of an event.
  var details: [String: String] {
    var details: [String: String] = [:]
    details[Key.state] = state
    details[Key.stateDetail] = stateDetail
    details[Key.fileName] = fileName
    details[Key.sha256] = sha256
    details[Key.entry] = entry
    return details
  }

  /// Takes out of a payload what is the audit's.
  static func remove(from payload: inout [String: String]) {
    for key in Key.all { payload[key] = nil }
  }
}
