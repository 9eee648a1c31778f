// What the pupil or parent said about sharing with youth support services (school census item YSSA). Pure.

/// The Youth Support Services Agreement indicator of the school census.
package enum Sharing: String, Sendable, Hashable, Codable, CaseIterable {
  /// Sharing agreed.
  case yes = "YES"
  /// Sharing refused: the floor only.
  case no = "NO"
  /// Unsought, the notices have not been issued: may not be shared beyond the floor.
  case unsought = "UNS"
  /// Sought, no reply: may be shared.
  case soughtNoReply = "SNR"

  /// From a cell, in any case and the spellings seen: yes, y, no, n, uns, unsought, snr.
  package init?(cell: String) {
    switch cell.uppercased() {
    case "YES", "Y": self = .yes
    case "NO", "N": self = .no
    case "UNS", "UNSOUGHT": self = .unsought
    case "SNR": self = .soughtNoReply
    default: return nil
    }
  }

  /// What may be disclosed on this answer, where the basis knows an objection.
  package var disclosure: Disclosure {
    switch self {
    case .yes, .soughtNoReply: .full
    case .no, .unsought: .floor
    }
  }
}

/// How much of a record goes into a return.
package enum Disclosure: String, Sendable, Hashable, Codable {
  case full
  /// Name, address and date of birth only.
  case floor
}

/// What a school has decided shall stand for a sharing answer that its export does not give.
package enum UnlistedSharing: String, Sendable, Hashable, CaseIterable {
  case hold, floor, share
}
