// From a file name pattern and its values to a file name. Pure.

import Leavers

extension FileNamePattern {
  /// The longest name, in bytes: what every file system and server in use takes, with room for a temporary suffix.
  package static let longestName = 200

  /// The file name for some values. The date is written yyyyMMdd, the sequence with four digits at least (`0000` for 0).
  ///
  /// Throws where a placeholder's value is not known, where a value holds a character that may not stand in a name, and
  /// where the pattern has a wildcard.
  package func render(_ values: Values) throws(FileNameFlaw) -> String {
    var name = ""
    for piece in pieces {
      switch piece {
      case .text(let text): name += text
      case .wildcard:
        throw FileNameFlaw(
          code: .wildcard, message: "\(source) has a *, which stands for no text of its own", remedy: "remove the *")
      case .placeholder(let placeholder):
        guard let value = values.text(of: placeholder), !value.isEmpty else {
          throw FileNameFlaw(
            code: .missingValue, message: "the value of {\(placeholder.rawValue)} in \(source) is not known",
            remedy: "give it or take the placeholder out of the pattern")
        }
        guard value.allSatisfy(Self.isAllowed) else {
          throw FileNameFlaw(
            code: .badCharacter,
            message:
              "the value of {\(placeholder.rawValue)} in \(source) has a character that may not stand in a file name",
            remedy: "use letters, digits, full stop, hyphen, underscore and space")
        }
        name += value
      }
    }
    guard let first = name.first, !".- ".contains(first), name.last != " ", name.last != "." else {
      throw FileNameFlaw(
        code: .badBeginning, message: "the name that \(source) makes begins or ends with a full stop, hyphen or space",
        remedy: "begin and end it with a letter or a digit")
    }
    guard name.utf8.count <= Self.longestName else {
      throw FileNameFlaw(
        code: .tooLong, message: "the name that \(source) makes is longer than \(Self.longestName) characters",
        remedy: "shorten the pattern")
    }
    return name
  }
}

extension FileNamePattern.Values {
  /// What a placeholder stands for, as it is written; nil where it is not known.
  func text(of placeholder: FileNamePattern.Placeholder) -> String? {
    switch placeholder {
    case .laestab: laestab
    case .urn: urn
    case .ukprn: ukprn
    case .cohort: cohort
    case .cycle: cycle
    case .sequence: sequence.map { String(repeating: "0", count: max(0, 4 - String($0).count)) + String($0) }
    case .date: date.map { $0.description.filter { $0 != "-" } }
    case .kind: kind
    case .authority: authority
    }
  }
}
