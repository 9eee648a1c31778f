// How long to wait for the far side. Pure value.

/// Limits for one operation.
package struct Timeouts: Sendable, Equatable {
  /// Until a connection stands, handshake and login included.
  package var connect: Duration
  /// How long a transfer may move no byte. An operation without content (stat, rename, remove) is given `connect` and
  /// this together, a listing four times as much.
  package var stall: Duration
  /// For one operation altogether.
  package var total: Duration

  package init(connect: Duration = .seconds(15), stall: Duration = .seconds(30), total: Duration = .seconds(900)) {
    self.connect = connect
    self.stall = stall
    self.total = total
  }
}
