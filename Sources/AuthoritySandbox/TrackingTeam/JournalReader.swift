// Reads the tracking team's journal back and says what arrived where. Reads one file.

/// What the far side says has arrived under one final name.
package struct ArrivalSummary: Sendable, Equatable {
  package let recipient: String
  package let authority: String
  package let folder: String
  package let name: String
  /// How often it arrived or was replaced; exactly once is right.
  package internal(set) var arrivals = 0
  package internal(set) var removals = 0
  /// The different contents seen, in order.
  package internal(set) var sha256: [String] = []
  package internal(set) var size: Int64?
  /// Rows loaded; nil where the file was not loaded.
  package internal(set) var loaded: Int?
  package internal(set) var rejectedRows = 0
  /// Why the whole file was refused; nil where it was not.
  package internal(set) var refusal: String?
  package internal(set) var isAcknowledged = false
  /// Rows of the survey and of the unknown-destination request about it; nil where there was none.
  package internal(set) var surveyed: Int?
  package internal(set) var chased: Int?

  /// Whether it came exactly once, with one content.
  package var isExactlyOnce: Bool { arrivals == 1 && removals == 0 && sha256.count == 1 }
}

/// The tracking team's journal, read.
package struct JournalReader: Sendable {
  package let entries: [JournalEntry]

  /// Reads a journal; one that is not there yet is empty. A last line without its end is one that is being written, and
  /// is left out; any other line that cannot be read is an error.
  package init(path: String) throws {
    var entries: [JournalEntry] = []
    var rest = (try FarFile.read(path) ?? [])[...]
    var line = 0
    while let end = rest.firstIndex(of: 10) {
      line += 1
      do {
        entries.append(try JournalEntry(line: rest[..<end]))
      } catch {
        throw SandboxError("line \(line) of the journal \(path) is not one of ours: \(error)")
      }
      rest = rest[(end + 1)...]
    }
    self.entries = entries
  }

  init(entries: [JournalEntry]) { self.entries = entries }

  /// What arrived under final names, by authority and name; cover sheets are left out.
  package func verdict() -> [ArrivalSummary] {
    var summaries: [String: ArrivalSummary] = [:]
    for entry in entries where !entry.temporary && entry.companion != true {
      var summary =
        summaries[entry.folder + "/" + entry.name]
        ?? ArrivalSummary(
          recipient: entry.recipient, authority: entry.authority, folder: entry.folder, name: entry.name)
      switch entry.event {
      case .arrived, .replaced:
        summary.arrivals += 1
        summary.size = entry.size
        if let hash = entry.sha256, !summary.sha256.contains(hash) { summary.sha256.append(hash) }
      case .removed: summary.removals += 1
      case .loaded:
        summary.loaded = entry.rows
        summary.rejectedRows = entry.rejectedRows ?? 0
      case .rejected: summary.refusal = entry.detail ?? ""
      case .acknowledged: summary.isAcknowledged = true
      case .surveyed: summary.surveyed = entry.rows
      case .chased: summary.chased = entry.rows
      case .coverChecked: break
      }
      summaries[entry.folder + "/" + entry.name] = summary
    }
    return summaries.values.sorted { ($0.authority, $0.folder, $0.name) < ($1.authority, $1.folder, $1.name) }
  }

  /// Temporary names that came and have not gone again.
  package func temporariesLeft() -> [String] {
    var there: Set<String> = []
    for entry in entries where entry.temporary {
      if entry.event == .removed { there.remove(entry.folder + "/" + entry.name) }
      if entry.event == .arrived { there.insert(entry.folder + "/" + entry.name) }
    }
    return there.sorted()
  }
}
