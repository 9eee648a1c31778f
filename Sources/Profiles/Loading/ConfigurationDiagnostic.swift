// One mistake in a configuration, with its place and its remedy. Pure.

/// One thing that is wrong, or doubtful, in a configuration.
package struct ConfigurationDiagnostic: Sendable, Hashable, CustomStringConvertible {
  package enum Severity: String, Sendable, Hashable { case error, warning }

  /// What kind of mistake it is; stable, and open, so that more can come.
  package struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { rawValue }
  }

  package var file: String
  /// From 1.
  package var line: Int
  /// From 1, in characters.
  package var column: Int
  package var code: Code
  package var message: String
  /// What to do.
  package var remedy: String
  package var severity: Severity

  package init(place: FilePlace, code: Code, message: String, remedy: String, severity: Severity = .error) {
    self.file = place.file
    self.line = place.line
    self.column = place.column
    self.code = code
    self.message = message
    self.remedy = remedy
    self.severity = severity
  }

  package var place: FilePlace { FilePlace(file: file, line: line, column: column) }

  /// `FILE:LINE:COLUMN: error: message; remedy`, as editors and compilers have it.
  package var description: String { "\(file):\(line):\(column): \(severity.rawValue): \(message); \(remedy)" }
}

extension ConfigurationDiagnostic.Code {
  private static func code(_ text: String) -> Self { Self(rawValue: text) }

  // The file and its form.
  package static let fileMissing = code("file-missing")
  package static let fileUnreadable = code("file-unreadable")
  package static let folderMissing = code("folder-missing")
  package static let syntax = code("syntax")
  package static let duplicateKey = code("duplicate-key")
  package static let unknownKey = code("unknown-key")
  package static let missingKey = code("missing-key")
  package static let wrongType = code("wrong-type")
  package static let empty = code("empty")
  package static let exactlyOne = code("exactly-one")
  package static let badValue = code("bad-value")
  package static let unknownChoice = code("unknown-choice")
  package static let badDuration = code("bad-duration")
  package static let badDate = code("bad-date")
  package static let badIdentifier = code("bad-identifier")
  package static let codeTable = code("code-table")
  package static let postcodeTable = code("postcode-table")
  package static let providerList = code("provider-list")
  package static let vocabulary = code("vocabulary")

  // What fits together.
  package static let repeated = code("repeated")
  package static let sharedFolder = code("shared-folder")
  package static let unknownRecipient = code("unknown-recipient")
  package static let unusedRecipient = code("unused-recipient")
  package static let unknownHeaderMap = code("unknown-header-map")
  package static let unknownCodeSet = code("unknown-code-set")
  package static let unknownCode = code("unknown-code")
  package static let unmappedCode = code("unmapped-code")
  package static let collision = code("collision")
  package static let undecidedSharing = code("undecided-sharing")

  // Returns and replies.
  package static let badFileName = code("bad-file-name")
  package static let badDatePattern = code("bad-date-pattern")
  package static let notApplicable = code("not-applicable")
  package static let notInEncoding = code("not-in-encoding")
  package static let noAgreement = code("no-agreement")
  package static let noAnswers = code("no-answers")
  package static let agreementDates = code("agreement-dates")
  package static let specialWithoutAgreement = code("special-without-agreement")
  package static let acknowledgement = code("acknowledgement")
  package static let calendar = code("calendar")
  package static let lookupTable = code("lookup-table")
  package static let freeText = code("free-text")
  package static let template = code("template")
  package static let schema = code("schema")
  package static let badBasis = code("bad-basis")

  // Endpoints and secrets.
  package static let placeholder = code("placeholder")
  package static let badHost = code("bad-host")
  package static let badURL = code("bad-url")
  package static let noHostKey = code("no-host-key")
  package static let badHostKey = code("bad-host-key")
  package static let secretMissing = code("secret-missing")
  package static let secretExposed = code("secret-exposed")
  package static let deskExposed = code("desk-exposed")
  package static let secretUnusable = code("secret-unusable")
  package static let sandboxRecord = code("sandbox-record")
  package static let evidenceGate = code("evidence-gate")
}
