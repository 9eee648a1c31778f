// The keys of one mapping of a configuration file, as data: what the loader, the schemas and the manual all read. Pure.

/// A mapping of a configuration file and the keys that may stand in it.
package struct KeyLevel: Sendable {
  /// The level's name in messages, schemas and the manual, such as `column`.
  package let name: String
  /// What the mapping is, in one sentence.
  package let summary: String
  package let keys: [Key]

  /// One key of a level.
  package struct Key: Sendable {
    package let name: String
    package let type: KeyType
    package let required: Bool
    /// What stands for the key where it is absent, as it would be written; nil where nothing does.
    package let fallback: String?
    /// What it means, in one sentence.
    package let summary: String
  }

  package subscript(name: String) -> Key? { keys.first { $0.name == name } }
}

/// The form of a value.
package indirect enum KeyType: Sendable {
  case text, mayBeBlank, slug, path, date, duration, boolean
  /// A file name with placeholders.
  case fileName
  case integer(ClosedRange<Int>)
  case choice([String])
  /// A mapping of the level with this name.
  case level(String)
  case list(KeyType)
  /// A mapping with keys of the user's own.
  case table(KeyType)
  /// A mapping whose keys are among those given.
  case keyed([String], KeyType)
  case either([KeyType])
}

extension KeyLevel.Key {
  static func needed(_ name: String, _ type: KeyType, _ summary: String) -> Self {
    Self(name: name, type: type, required: true, fallback: nil, summary: summary)
  }

  static func optional(_ name: String, _ type: KeyType, _ summary: String, fallback: String? = nil) -> Self {
    Self(name: name, type: type, required: false, fallback: fallback, summary: summary)
  }
}
