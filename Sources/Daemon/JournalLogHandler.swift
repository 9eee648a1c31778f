// The log: to journald with fields where it reads us, else to standard error as lines. Never personal data: what is
// logged are numbers of the ledger, names of authorities, and words of our own.

import CSystemd
import Glibc
package import Leavers
package import Logging

/// A log handler for a daemon under systemd.
package struct JournalLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level
  private let timekeeper: any Timekeeper
  private let isJournal: Bool

  package init(logLevel: Logger.Level, timekeeper: any Timekeeper, isJournal: Bool) {
    self.logLevel = logLevel
    self.timekeeper = timekeeper
    self.isJournal = isJournal
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
    if isJournal {
      send(level: event.level, message: "\(event.message)", fields: fields)
    } else {
      let rest = fields.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }.joined()
      Self.write("\(timekeeper.now()) \(event.level.rawValue) \(event.message)\(rest)\n")
    }
  }

  private func send(level: Logger.Level, message: String, fields: [(key: String, value: Logger.MetadataValue)]) {
    var lines = [
      "MESSAGE=\(message)\(fields.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }.joined())",
      "PRIORITY=\(Self.priority(level))", "SYSLOG_IDENTIFIER=leaverlink",
    ]
    lines += fields.map { "LEAVERLINK_\($0.key.uppercased())=\($0.value)" }
    let pointers = lines.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    let vectors = zip(pointers, lines).map { iovec(iov_base: $0, iov_len: $1.utf8.count) }
    _ = vectors.withUnsafeBufferPointer { sd_journal_sendv($0.baseAddress, Int32($0.count)) }
  }

  /// The priorities of syslog.
  private static func priority(_ level: Logger.Level) -> Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == " " || $0 == "\"" || $0.isNewline }) || text.isEmpty else { return text }
    return "\"" + text.replacing("\"", with: "'").replacing("\n", with: " ") + "\""
  }

  private static func write(_ line: String) {
    let bytes = Array(line.utf8)
    // A line at once, so that lines of two threads do not mix; a log that cannot be written stops nothing.
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
