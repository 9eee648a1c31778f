// How far an export has come. A pure value.

/// How far an export has come: stored → read → decided, or unreadable.
package enum ExportState: String, Sendable, Hashable, CaseIterable {
  /// Its bytes are an object; its rows are not yet all in the ledger.
  case stored
  /// Its rows and findings are in the ledger.
  case read
  /// Each row has its fate for every authority and kind in scope.
  case decided
  /// Its bytes are kept, but are no table that anybody can read.
  case unreadable

  /// Nothing more is done with it.
  package var isTerminal: Bool { self == .decided || self == .unreadable }

  /// Whether an export may go from this state to that one.
  package func mayBecome(_ next: ExportState) -> Bool {
    switch (self, next) {
    case (.stored, .read), (.stored, .unreadable), (.read, .decided): true
    default: false
    }
  }
}
