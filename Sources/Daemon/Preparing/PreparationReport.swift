// What a dry run says in words, whichever way it went. A value.

package import Intake
package import Leavers
package import Returns

/// What a dry run says.
package struct PreparationReport: Sendable {
  package struct File: Sendable, Hashable {
    package let authority: AuthorityID
    package let name: String
    package let pupils: Int
    /// Lines of pupils, which may be more than there are pupils.
    package let lines: Int

    package init(authority: AuthorityID, name: String, pupils: Int, lines: Int) {
      self.authority = authority
      self.name = name
      self.pupils = pupils
      self.lines = lines
    }

    /// Where it is below the directory.
    package var path: String { "\(authority.rawValue)/\(name)" }

    /// `33 pupils`, `33 pupils in 34 lines`.
    package var extent: String {
      let words = pupils == 1 ? "1 pupil" : "\(pupils) pupils"
      return lines == pupils ? words : words + (lines == 1 ? " in 1 line" : " in \(lines) lines")
    }
  }

  package let summary: ExaminationSummary
  package let lines: [PreparedReturns.Line]
  package let files: [File]
  /// Pupils who are in scope of no authority.
  package let unrouted: [PreparedReturns.Unrouted]
  /// What was written beside the returns: findings, the checked file, the summary.
  package let deskFiles: [String]

  package init(
    summary: ExaminationSummary, lines: [PreparedReturns.Line], files: [File], unrouted: [PreparedReturns.Unrouted],
    deskFiles: [String]
  ) {
    self.summary = summary
    self.lines = lines
    self.files = files
    self.unrouted = unrouted
    self.deskFiles = deskFiles
  }

  /// Everything that was written, by its path below the directory.
  package var written: Set<String> { Set(deskFiles + files.map(\.path)) }

  /// Who goes to no authority, how many by each reason, and where to look; one line each. Empty where there is nobody.
  package var unroutedLines: [String] {
    guard !unrouted.isEmpty else { return [] }
    let (who, stand) = unrouted.count == 1 ? ("1 pupil is", "stands") : ("\(unrouted.count) pupils are", "stand")
    let head = "\(who) in scope of no authority that is set up, and \(stand) in no return; the checked file marks each:"
    return [head]
      + UnroutedReason.allCases.compactMap { why in
        let rows = unrouted.filter { $0.why == why }.map(\.row)
        return rows.isEmpty ? nil : "  \(rows.count) \(why.words): \(RowNumbers.words(rows))"
      }
  }
}
