// Every mistake of a configuration at once. Pure.

/// A configuration that cannot be used: every mistake in it, sorted by file, line and column, warnings among them.
package struct ConfigurationErrors: Error, Sendable, CustomStringConvertible {
  package let diagnostics: [ConfigurationDiagnostic]
  /// What could be read in spite of the mistakes, for what can be said of it all the same; nil where that is nothing.
  package let readable: ReadableParts?

  package init(_ diagnostics: [ConfigurationDiagnostic], readable: ReadableParts? = nil) {
    self.diagnostics = diagnostics.inOrder
    self.readable = readable
  }

  /// How many of the diagnostics are errors.
  package var errorCount: Int { diagnostics.count { $0.severity == .error } }

  /// One line a diagnostic.
  package var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}

extension [ConfigurationDiagnostic] {
  /// By place; at one place errors first; each once.
  var inOrder: [ConfigurationDiagnostic] {
    var seen: Set<ConfigurationDiagnostic> = []
    let once = filter { seen.insert($0).inserted }
    return once.sorted { left, right in
      if left.place != right.place { return left.place < right.place }
      if left.severity != right.severity { return left.severity == .error }
      return left.message < right.message
    }
  }
}

/// A configuration that can be used, and what is doubtful in it.
package struct LoadedConfiguration: Sendable {
  package let configuration: Configuration
  /// Sorted by file, line and column.
  package let warnings: [ConfigurationDiagnostic]

  package init(configuration: Configuration, warnings: [ConfigurationDiagnostic]) {
    self.configuration = configuration
    self.warnings = warnings.inOrder
  }
}

/// The parts of a configuration with mistakes of which the evidence gate can be asked, as `EvidenceGate` says.
package struct ReadableParts: Sendable {
  package let configuration: Configuration
  /// Whether no authority was left out.
  package let isWhole: Bool
}
