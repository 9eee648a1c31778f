// Names of providers in a form in which spellings of one name are one. Pure.

/// Normal forms of a provider's name.
package enum ProviderName {
  /// The name in words that do not depend on case, accents, punctuation, `the`, `&`, `Saint` or `6th`; empty where there
  /// are none.
  package static func key(_ name: String) -> String { joined(tokens(name)) }

  /// The tokens of a name or text, made uniform.
  static func tokens(_ name: String) -> [String] { plain(name) ?? (SchoolWord(name)?.tokens.map(\.text) ?? []) }

  /// What may be written for a name in short: without the words at its end that say only what kind of place it is, one
  /// after the other. `hugh baird` of Hugh Baird College; `park high` and `park` of Park High School.
  static func shortened(_ tokens: [String]) -> [String] {
    var words = tokens.map(uniform).filter { $0 != "the" }
    var short: [String] = []
    while words.count > 1, general.contains(words[words.count - 1]) {
      words.removeLast()
      // `sixth form` of Sixth Form College says nothing.
      if words.contains(where: { !general.contains($0) }) { short.append(words.joined(separator: " ")) }
    }
    return short
  }

  static func joined(_ tokens: some Collection<String>) -> String {
    var key = ""
    for token in tokens where token != "the" {
      if !key.isEmpty { key += " " }
      key += uniform(token)
    }
    return key
  }

  static func uniform(_ token: String) -> String { variants[token] ?? token }

  private static let variants = [
    "saint": "st", "6th": "sixth", "center": "centre", "colleges": "college", "coll": "college",
  ]

  /// Words that say what kind of place it is. Cut off at the end only: what comes first tells places apart.
  private static let general: Set<String> = [
    "college", "school", "academy", "high", "sixth", "form", "centre", "trust", "community", "comprehensive", "further",
    "education", "training", "ltd", "limited", "technical", "catholic", "rc", "ce", "secondary", "grammar", "and", "of",
    "for", "girls", "boys", "plc", "cic", "uk", "group", "university",
  ]

  /// The tokens of plain ASCII without initials and slashes, which most names are; nil for all other.
  ///
  /// A register has fifty thousand names, so the usual ones do not go through the whole reading of free text.
  private static func plain(_ name: String) -> [String]? {
    var tokens: [String] = []
    var current: [UInt8] = []
    current.reserveCapacity(16)
    func close() {
      if !current.isEmpty { tokens.append(String(decoding: current, as: UTF8.self)) }
      current.removeAll(keepingCapacity: true)
    }
    for byte in name.utf8 {
      switch byte {
      case 0x41...0x5A: current.append(byte | 0x20)
      case 0x61...0x7A, 0x30...0x39: current.append(byte)
      case 0x27: break
      case 0x20, 0x2C, 0x28, 0x29, 0x2D, 0x3A: close()
      case 0x26:
        close()
        current = Array("and".utf8)
        close()
      default: return nil
      }
    }
    close()
    return tokens
  }
}
