import Leavers
import Synchronization
import Transport

/// A far side in memory, at which something can happen before each operation.
final class RemoteShelf: Session {
  struct File: Equatable, Sendable {
    var size: Int64
    var modified: Int64
  }

  typealias Hook = @Sendable (_ step: Int, _ files: inout [String: File]) throws(TransportError) -> Void

  private struct State {
    var files: [String: File]
    var step = 0
    var hook: Hook = { (_, _) throws(TransportError) in }
    var refusal: TransportError?
    var lostAnswer: Int?
  }

  private let state: Mutex<State>

  init(_ files: [String: File]) { state = Mutex(State(files: files)) }

  var files: [String: File] { state.withLock { $0.files } }
  /// How many operations there were.
  var steps: Int { state.withLock { $0.step } }

  func before(_ hook: @escaping Hook) { state.withLock { $0.hook = hook } }
  func refuseRenames(with error: TransportError) { state.withLock { $0.refusal = error } }
  /// The operation at this step is carried out, and nobody hears of it.
  func loseAnswer(at step: Int) { state.withLock { $0.lostAnswer = step } }
  func clear(_ path: String) { state.withLock { $0.files[path] = nil } }

  private func operate<T: Sendable>(
    _ body: (inout State) throws(TransportError) -> T
  ) throws(TransportError) -> T {
    try state.withLock { state throws(TransportError) in
      let step = state.step
      state.step += 1
      try state.hook(step, &state.files)
      let result = try body(&state)
      if state.lostAnswer == step { throw TransportError(.interrupted, "The answer was lost.", remedy: "Wait.") }
      return result
    }
  }

  func stat(_ path: RemotePath) async throws(TransportError) -> RemoteEntry? {
    try operate { state throws(TransportError) in
      state.files[path.string].map {
        RemoteEntry(name: path.lastComponent, size: $0.size, modified: $0.modified, isFolder: false)
      }
    }
  }

  func rename(_ from: RemotePath, to: RemotePath) async throws(TransportError) {
    try operate { state throws(TransportError) in
      if let refusal = state.refusal { throw refusal }
      guard state.files[to.string] == nil else { throw TransportError(.targetExists, "Taken.", remedy: "None.") }
      guard let file = state.files.removeValue(forKey: from.string) else {
        throw TransportError(.notFound, "Missing.", remedy: "None.")
      }
      state.files[to.string] = file
    }
  }

  func remove(_ path: RemotePath) async throws(TransportError) {
    try operate { state throws(TransportError) in
      guard state.files.removeValue(forKey: path.string) != nil else {
        throw TransportError(.notFound, "Missing.", remedy: "None.")
      }
    }
  }

  func list(_ folder: RemotePath) async throws(TransportError) -> [RemoteEntry] { throw Self.unused }
  func put(_ bytes: [UInt8], to path: RemotePath) async throws(TransportError) { throw Self.unused }
  func fetch(_ path: RemotePath, limit: Int) async throws(TransportError) -> [UInt8] { throw Self.unused }

  private static let unused = TransportError(.unsupported, "No test asks for this.", remedy: "None.")
}
