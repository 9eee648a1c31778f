// What goes wrong in real exports, and how much of it a sample holds. Pure.

/// One kind of dirt of a synthetic export. Each row has one kind at most, so that a test can tell what it expects.
package enum SampleDirt: String, CaseIterable, Sendable, Hashable {
  /// The UPN in small letters.
  case lowerCaseUPN = "lower-case-upn"
  /// A space after the UPN and the surname.
  case trailingSpace = "trailing-space"
  /// A UPN whose check letter does not fit.
  case wrongCheckLetter = "wrong-check-letter"
  /// A ULN of nine digits.
  case ulnLostDigit = "uln-lost-digit"
  /// A ULN as `9.28E+09`.
  case ulnScientific = "uln-scientific"
  /// The date of birth as a spreadsheet's day number.
  case excelSerialDate = "excel-serial-date"
  /// The date of birth as `2010-01-31 00:00:00`.
  case isoWithTime = "iso-with-time"
  /// A no-break space within the surname.
  case noBreakSpace = "no-break-space"
  /// A surname with a typographic apostrophe.
  case curlyApostrophe = "curly-apostrophe"
  /// A line break within the first address line.
  case newlineInAddress = "newline-in-address"
  /// The row stands in the file twice, byte for byte.
  case identicalRepeat = "identical-repeat"
  /// The pupil stands in the file twice, with two destinations and two dates of birth.
  case contradictoryRepeat = "contradictory-repeat"
  case missingDateOfBirth = "missing-date-of-birth"
  /// The postcode that stands for none, `ZZ99 9ZZ`.
  case placeholderPostcode = "placeholder-postcode"
  /// `#VALUE!` where the start date should be.
  case spreadsheetError = "spreadsheet-error"
  /// No answer about sharing.
  case blankSharing = "blank-sharing"
  // Of the file, not of a row.
  /// A column that no header map knows.
  case unknownColumn = "unknown-column"
  /// Empty columns at the end of every line.
  case trailingCommas = "trailing-commas"
  /// A byte order mark before the first header.
  case byteOrderMark = "byte-order-mark"

  /// How many rows in a thousand have it; nil for dirt of the file.
  package var perThousand: Int? {
    switch self {
    case .trailingSpace: 20
    case .excelSerialDate, .isoWithTime, .curlyApostrophe: 15
    case .lowerCaseUPN, .wrongCheckLetter, .ulnLostDigit, .ulnScientific, .noBreakSpace, .newlineInAddress,
      .blankSharing:
      10
    case .identicalRepeat, .placeholderPostcode, .spreadsheetError: 8
    case .missingDateOfBirth: 3
    case .contradictoryRepeat: 2
    case .unknownColumn, .trailingCommas, .byteOrderMark: nil
    }
  }

  /// How many of so many pupils have it: the share, but at least one from 40 pupils on, so that a small sample shows
  /// every kind.
  package func rows(of pupils: Int) -> Int {
    guard let perThousand else { return 0 }
    return max((pupils * perThousand + 500) / 1000, pupils >= 40 ? 1 : 0)
  }
}
