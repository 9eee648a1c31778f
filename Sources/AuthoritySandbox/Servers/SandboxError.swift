// What can go wrong when the far side is set up on this machine.

/// The far side could not be started, and what to do about it.
package struct SandboxError: Error, Sendable, CustomStringConvertible {
  package let message: String
  package init(_ message: String) { self.message = message }
  package var description: String { message }
}
