// What an audit found. Pure.

/// What an audit found: the chain, the conservation rule, the objects.
package struct AuditReport: Sendable, Hashable {
  /// Events in the chain.
  package let events: Int
  package let chainIntact: Bool
  /// The number of the first event that does not follow; the one after the last where the end was cut off.
  package let firstBreak: Int64?
  /// Where rows and fates do not add up.
  package let conservation: [String]
  package let objectsChecked: Int
  /// Objects whose key was destroyed at the end of their retention.
  package let objectsDestroyed: Int
  package let objectsMissing: [ObjectName]
  package let objectsDamaged: [ObjectName]
  /// All of it in words, without personal data.
  package let problems: [String]

  package var isClean: Bool { problems.isEmpty }
}
