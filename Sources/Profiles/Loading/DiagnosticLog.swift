// Where a loader writes down every mistake and goes on. Used by one load, on one thread.

/// The mistakes found so far in one load.
final class DiagnosticLog {
  private(set) var diagnostics: [ConfigurationDiagnostic] = []
  /// Every key that the load asked for, as `level.key`: a test holds it against the list of keys.
  private(set) var keysAsked: Set<String> = []

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  func error(_ code: ConfigurationDiagnostic.Code, at place: FilePlace, _ message: String, remedy: String) {
    diagnostics.append(ConfigurationDiagnostic(place: place, code: code, message: message, remedy: remedy))
  }

  func warning(_ code: ConfigurationDiagnostic.Code, at place: FilePlace, _ message: String, remedy: String) {
    diagnostics.append(
      ConfigurationDiagnostic(place: place, code: code, message: message, remedy: remedy, severity: .warning))
  }

  func asked(_ key: String, of level: KeyLevel) { keysAsked.insert("\(level.name).\(key)") }
}
