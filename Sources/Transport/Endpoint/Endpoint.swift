// One recipient's endpoint: its connection, the order of what is done over it, the breaker and the authentication stop.
// It reaches the network through the curl loop only.

/// The one way to a recipient, shared by whoever delivers and whoever collects.
///
/// Pieces of work run one at a time in the order of their calls. An error by which one side could not prove who it is
/// (refused key, password or certificate, unknown or changed host identity) stops the endpoint at once: everything
/// later fails with `.stopped`, without touching the network, until `resume()`. A changed place means a new endpoint:
/// libcurl's pool does not tell connections apart by the pin that they were checked against.
package actor Endpoint {
  package nonisolated let recipient: String
  package nonisolated let place: Place

  private let loop: CurlLoop
  private let timeouts: Timeouts
  private let gate: Gate
  private var session: any Session
  private var isBusy = false
  private var waiting: [(id: UInt64, turn: CheckedContinuation<Bool, Never>)] = []
  private var nextID: UInt64 = 0

  /// - Parameters:
  ///   - recipient: its identifier, for messages.
  ///   - stopped: why the endpoint was stopped before the last restart; nil when it was not.
  ///   - now: a monotonic clock.
  package init(
    recipient: String, place: Place, loop: CurlLoop, timeouts: Timeouts = .init(), breaker: BreakerPolicy = .init(),
    stopped: String? = nil, now: @escaping @Sendable () -> Duration
  ) {
    self.recipient = recipient
    self.place = place
    self.loop = loop
    self.timeouts = timeouts
    self.gate = Gate(
      policy: breaker, recipient: recipient, location: Self.location(recipient, place), stopped: stopped, now: now)
    self.session = Self.connect(recipient, place, loop, timeouts)
  }

  /// How it stands.
  package var condition: EndpointCondition { gate.condition }

  /// How many pieces of work wait for their turn.
  package var queueLength: Int { waiting.count }

  /// Does one piece of work when its turn has come.
  ///
  /// Throws what the work throws, and `.stopped`, `.breakerOpen` or `.cancelled` when it did not begin. The session
  /// must not be kept beyond the work.
  package func perform<T: Sendable>(
    _ work: @Sendable (any Session) async throws(TransportError) -> T
  ) async throws(TransportError) -> T {
    try await takeTurn()
    defer { passTurn() }
    try gate.admit()
    return try await work(GuardedSession(inner: session, gate: gate))
  }

  /// A person lifted the stop: forgets it and every failure, and connects afresh.
  package func resume() {
    gate.reset()
    session = Self.connect(recipient, place, loop, timeouts)
  }

  private func takeTurn() async throws(TransportError) {
    if !isBusy {
      isBusy = true
      return
    }
    let id = nextID
    nextID += 1
    let granted = await withTaskCancellationHandler {
      await withCheckedContinuation { turn in
        if Task.isCancelled { turn.resume(returning: false) } else { waiting.append((id, turn)) }
      }
    } onCancel: {
      Task { await self.abandon(id) }
    }
    guard granted else {
      throw TransportError(
        .cancelled, "Cancelled before it began.", at: Self.location(recipient, place), remedy: "Nothing was done.")
    }
  }

  private func passTurn() {
    guard !waiting.isEmpty else {
      isBusy = false
      return
    }
    waiting.removeFirst().turn.resume(returning: true)
  }

  private func abandon(_ id: UInt64) {
    guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
    waiting.remove(at: index).turn.resume(returning: false)
  }

  private static func location(_ recipient: String, _ place: Place) -> String { "\(recipient), \(place.address)" }

  private static func connect(
    _ recipient: String, _ place: Place, _ loop: CurlLoop, _ timeouts: Timeouts
  ) -> any Session {
    let location = location(recipient, place)
    switch place {
    case .sftp(let place):
      return SFTPSession(place: place, pool: ConnectionPool(loop), timeouts: timeouts, location: location)
    case .https(let place):
      return HTTPSSession(place: place, pool: ConnectionPool(loop), timeouts: timeouts, location: location)
    case .folder(let place):
      return FolderSession(place: place, location: location)
    }
  }
}
