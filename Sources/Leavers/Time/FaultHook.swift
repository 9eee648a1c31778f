// Where tests stop the process to see what a crash at that instant leaves behind.

/// Called with the name of a step of the crash-safety protocol (`I2`, `R3`, `S1`, `C4`, …) right after it was done.
/// Does nothing outside of tests.
package typealias FaultHook = @Sendable (_ step: String) -> Void
