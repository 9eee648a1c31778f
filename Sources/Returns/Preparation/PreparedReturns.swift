// What a dry run would send, and the fate of every row. Values; the bytes hold personal data and are not printed.

package import Leavers

/// What `prepare` shows: each return as it would be, and what became of every row for every authority and kind.
package struct PreparedReturns: Sendable {
  /// One file.
  package struct File: Sendable, CustomStringConvertible, CustomReflectable {
    package let authority: AuthorityID
    package let kind: ReturnKind
    package let cohort: Cohort
    /// With `ReturnNaming.placeholderSequence`.
    package let fileName: String
    package let bytes: [UInt8]
    /// Pupils in it, each with a row of the export; of these, of how many only the floor is disclosed.
    package let pupils: Int
    package let floorPupils: Int
    /// Lines of pupils: more than pupils where there is a line a characteristic or a destination.
    package let lines: Int

    package var description: String { "\(fileName) (\(pupils) pupils, redacted)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
  }

  /// The rows of one authority and kind, each fate counted on its own.
  package struct Line: Sendable, Hashable {
    package let authority: AuthorityID
    package let kind: ReturnKind
    package let rowsRead: Int
    package let counts: [FateKind: Int]

    package init(authority: AuthorityID, kind: ReturnKind, rowsRead: Int, counts: [FateKind: Int]) {
      self.authority = authority
      self.kind = kind
      self.rowsRead = rowsRead
      self.counts = counts
    }

    package subscript(kind: FateKind) -> Int { counts[kind] ?? 0 }
    /// Rows read = sum of the fates.
    package var isConserved: Bool { counts.values.reduce(0, +) == rowsRead }
  }

  /// A row that does not go, and why; without anything of the pupil.
  package struct Kept: Sendable, Hashable {
    package enum Why: Sendable, Hashable {
      case held(HoldReason)
      case withheld(WithholdReason)
    }
    package let row: Int
    package let authority: AuthorityID
    package let kind: ReturnKind
    package let why: Why
    /// The header of the column of the return, where one column is the reason.
    package let column: String?
    /// A code of ours that the authority does not know.
    package let code: String?

    init(row: Int, authority: AuthorityID, kind: ReturnKind, why: Why, column: String?, code: String? = nil) {
      self.row = row
      self.authority = authority
      self.kind = kind
      self.why = why
      self.column = column
      self.code = code
    }
  }

  /// A row that no authority has in scope, and why.
  package struct Unrouted: Sendable, Hashable {
    package let row: Int
    package let why: UnroutedReason

    package init(row: Int, why: UnroutedReason) {
      self.row = row
      self.why = why
    }
  }

  /// A return that its own check refused: a fault of the service, not of the export.
  package struct Refused: Sendable, Hashable {
    package let authority: AuthorityID
    package let kind: ReturnKind
    package let cohort: Cohort
    package let problems: [String]
  }

  package let files: [File]
  /// Authorities in the order of configuration, kinds in the order of the authority's file.
  package let lines: [Line]
  package let kept: [Kept]
  package let refused: [Refused]
  /// Pupils who are in scope of no authority whatever: neither sent nor held nor withheld by any, though of some kind's
  /// cohort, or of no cohort at all.
  package let unrouted: [Unrouted]
}

extension PreparedReturns {
  /// The same in the form in which the ledger tells it of an export that was decided.
  package var decisions: ExportDecisions {
    ExportDecisions(
      lines: lines.map { line in
        let floor = files.filter { $0.authority == line.authority && $0.kind == line.kind }.reduce(0) {
          $0 + $1.floorPupils
        }
        return ExportDecisions.Line(
          authority: line.authority, kind: line.kind, cohort: nil, counts: line.counts, floor: floor)
      },
      kept: kept.map { kept in
        switch kept.why {
        case .held(let why): .init(row: kept.row, authority: kept.authority, kind: kept.kind, why: .held(why))
        case .withheld(let why): .init(row: kept.row, authority: kept.authority, kind: kept.kind, why: .withheld(why))
        }
      }, unrouted: unrouted.map(\.row))
  }
}
