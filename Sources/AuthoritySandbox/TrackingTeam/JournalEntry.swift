// One line of the tracking team's journal. Pure.

import FoundationEssentials

/// One thing that the tracking team saw or did. Holds file names and counts, nothing of any pupil.
package struct JournalEntry: Sendable, Codable, Equatable {
  package enum Event: String, Sendable, Codable, CaseIterable {
    /// A name was seen for the first time.
    case arrived
    /// A final name was put there again, or its content changed. Must never happen.
    case replaced
    case removed
    case loaded, rejected, acknowledged, surveyed, chased
    /// The hash on a hand-over pack's cover sheet was compared with the return's.
    case coverChecked = "cover-checked"
  }

  /// `2026-06-26T12:00:00.000Z`.
  package var at: String
  package var recipient: String
  package var authority: String
  /// The folder it is in, in full.
  package var folder: String
  package var name: String
  /// Whether the name is one that only stands while a transfer lasts.
  package var temporary: Bool
  /// Bytes; nil where the file was gone before it could be looked at.
  package var size: Int64?
  /// Of the content, small hexadecimal digits; nil for temporary names and where it could not be read.
  package var sha256: String?
  package var event: Event
  /// Rows loaded, surveyed or chased.
  package var rows: Int?
  package var rejectedRows: Int?
  /// Whether the file only goes with a return, as a hand-over pack's cover sheet does; nil means no.
  package var companion: Bool?
  /// Why, or the file that was written about it.
  package var detail: String?

  /// One line of JSON, keys in the order of the alphabet.
  func line() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [10]
  }

  /// From one line without its line end.
  init(line: ArraySlice<UInt8>) throws {
    self = try JSONDecoder().decode(JournalEntry.self, from: Data(line))
  }

  init(
    at: String, recipient: String, authority: String, folder: String, name: String, temporary: Bool, size: Int64?,
    sha256: String?, event: Event, rows: Int? = nil, rejectedRows: Int? = nil,
    companion: Bool? = nil, detail: String? = nil
  ) {
    self.at = at
    self.recipient = recipient
    self.authority = authority
    self.folder = folder
    self.name = name
    self.temporary = temporary
    self.size = size
    self.sha256 = sha256
    self.event = event
    self.rows = rows
    self.rejectedRows = rejectedRows
    self.companion = companion
    self.detail = detail
  }
}
