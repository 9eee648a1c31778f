// Which finding an error of the XML reader is, in a Common Transfer File. Pure.

import Leavers
import Tabular

/// Errors of XML as findings: each limit has one of its own.
enum TransferFindings {
  static let codes: [XMLError.Code: FindingCode] = [
    .malformed: .transferMalformed, .truncated: .transferCutOff, .doctype: .transferDoctype,
    .undecodable: .transferUndecodable, .unreadable: .transferMalformed, .tooManyBytes: .transferBytes,
    .tooDeep: .transferDepth, .tooManyAttributes: .transferMarkup, .tooManyNamespaces: .transferMarkup,
    .textTooLong: .transferText, .markupTooLong: .transferMarkup,
  ]

  /// The finding, with the line; the error's own remedy is left to the finding.
  static func remark(_ error: XMLError) -> Remark {
    Remark(codes[error.code] ?? .transferMalformed, error.line > 0 ? "on line \(error.line)" : nil)
  }
}
