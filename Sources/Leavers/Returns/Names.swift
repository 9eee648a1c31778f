// The names of the parties and things that the ledger knows, as types that cannot be mixed up. Pure.

/// A name made of lower-case letters, digits and hyphens, as configuration files use for authorities and recipients.
package protocol SlugIdentifier: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible
where RawValue == String {
  init(unchecked rawValue: String)
}

extension SlugIdentifier {
  /// Nil unless 1 to 64 lower-case letters, digits and hyphens, beginning with a letter or digit.
  package init?(rawValue: String) {
    let allowed = rawValue.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    guard allowed, (1...64).contains(rawValue.utf8.count), rawValue.utf8.first != 45 else { return nil }
    self.init(unchecked: rawValue)
  }
  package var description: String { rawValue }
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// One of the local authorities, such as `sefton`.
package struct AuthorityID: SlugIdentifier {
  package let rawValue: String
  package init(unchecked rawValue: String) { self.rawValue = rawValue }
}

/// The organisation that runs an authority's tracking, such as `career-connect`.
package struct RecipientID: SlugIdentifier {
  package let rawValue: String
  package init(unchecked rawValue: String) { self.rawValue = rawValue }
}

/// The data controller a school belongs to.
package struct ControllerID: SlugIdentifier {
  package let rawValue: String
  package init(unchecked rawValue: String) { self.rawValue = rawValue }
}

/// A school, by its LAESTAB.
package struct SchoolID: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package init(_ laestab: LAESTAB) { rawValue = laestab.rawValue }
  package var description: String { rawValue }
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A number that the ledger gave, printed with the letter of its kind: `E12`, `R34`, `A5`, `P6`.
package protocol LedgerNumber: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible
where RawValue == Int64 {
  static var letter: Character { get }
  init(rawValue: Int64)
}

extension LedgerNumber {
  package var description: String { "\(Self.letter)\(rawValue)" }
  /// From `R34`, in either case.
  package init?(_ text: String) {
    guard let first = text.uppercased().first, first == Self.letter, let number = Int64(text.dropFirst()), number > 0
    else { return nil }
    self.init(rawValue: number)
  }
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// An export that was taken in.
package struct ExportID: LedgerNumber {
  package static let letter: Character = "E"
  package let rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A return, drafted or further.
package struct ReturnID: LedgerNumber {
  package static let letter: Character = "R"
  package let rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A reply, that is a file an authority sent back (`A` for answer).
package struct ReplyID: LedgerNumber {
  package static let letter: Character = "A"
  package let rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A pupil of one school, whose pseudonym this is.
package struct PupilID: LedgerNumber {
  package static let letter: Character = "P"
  package let rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }
}
