// A whole round trip for tests: far side, configuration, program, in a directory that goes away with it.

package import AuthoritySandbox
import Foundation
import Leavers
import Synchronization
package import Tabular

/// The far side in this process, the daemon and the commands as real children.
package final class RoundTrip: Sendable {
  package let sandbox: Sandbox
  package let program: Program
  package var layout: SandboxLayout { sandbox.layout }
  /// The last is there only beside the fictional authorities.
  package static let schools = [
    (slug: "example-high", laestab: "3414787"), (slug: "sample-academy", laestab: "3436900"),
    (slug: "made-up-high", laestab: "9904001"),
  ]

  private let daemons = Mutex<[DaemonProcess]>([])

  private init(sandbox: Sandbox, program: Program) {
    self.sandbox = sandbox
    self.program = program
  }

  /// Starts a far side, runs the body, and stops and removes everything. `examples`: another folder than the shipped one.
  package static func with(
    survey: Double = 0, chase: Double = 0, fictional: Bool = false, examples: String? = nil,
    edit: (SandboxLayout) throws -> Void = { _ in },
    _ body: (RoundTrip) async throws -> Void
  ) async throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("leaverlink-test-\(UUID().uuidString)").path
    let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("config").path
    let sandbox = try await Sandbox.start(
      SandboxOptions(
        directory: directory, examples: examples ?? shipped, manner: .init(survey: survey, chase: chase),
        fictional: fictional),
      now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) })
    let result: Result<Void, any Error>
    do {
      try edit(sandbox.layout)
      let trip = RoundTrip(sandbox: sandbox, program: try Program(configuration: sandbox.layout.configurationFile))
      // A test that fails leaves no daemon behind.
      defer { for daemon in trip.daemons.withLock({ $0 }) where daemon.isRunning { daemon.signal(SIGKILL) } }
      try await body(trip)
      result = .success(())
    } catch {
      result = .failure(error)
    }
    await sandbox.stop()
    if case .success = result { try? FileManager.default.removeItem(atPath: directory) }
    try result.get()
  }

  // MARK: - Near side

  package func startDaemon(_ name: String = "daemon", stopAt step: String? = nil) throws -> DaemonProcess {
    let daemon = try program.startDaemon(log: "\(layout.directory)/\(name).log", stopAt: step)
    daemons.withLock { $0.append(daemon) }
    return daemon
  }

  /// Saves an export on a school's desk as a person would: under a temporary name, then renamed.
  package func save(_ bytes: [UInt8], as name: String, school: Int = 0) throws {
    let folder = layout.desk(Self.schools[school].slug) + "/in"
    let partial = "\(folder)/.\(name).part"
    try Data(bytes).write(to: URL(fileURLWithPath: partial))
    guard rename(partial, "\(folder)/\(name)") == 0 else { throw TestTrouble("cannot save \(name)") }
  }

  package func sample(
    leavers: Int, seed: UInt64, layout: SampleLayout? = nil, school: Int = 0, canaries: Bool = false
  ) -> SampleExport {
    // The summer that the present academic year ends in, as the daemon under test will see it.
    let today = Calendar(identifier: .gregorian).dateComponents([.year, .month], from: Date())
    let year = (today.year ?? 2026) + ((today.month ?? 1) >= 9 ? 1 : 0)
    return SampleExport(
      .init(
        leavers: leavers, seed: seed, layout: layout ?? [.sims, .arbor, .madeUp][school], canaries: canaries,
        laestab: Self.schools[school].laestab, leavingYear: year))
  }

  /// A reading command's JSON.
  package func json(_ arguments: String...) async throws -> JSONValue {
    let result = try await program.run(arguments + ["--json"])
    guard let value = result.json else {
      throw TestTrouble("\(arguments) printed no JSON (\(result.status)): \(result.output) \(result.errors)")
    }
    return value
  }

  package struct ReturnLine: Sendable {
    package let id: String
    package let authority: String
    package let state: String
    package let fileName: String
    package let sha256: String
    /// Nothing more is to come: an authority that never acknowledges leaves a return at `delivered`.
    package let isFinished: Bool
  }

  package func returns(state: String? = nil) async throws -> [ReturnLine] {
    let lines = try await json("returns")["returns"]?.array ?? []
    return lines.map {
      ReturnLine(
        id: $0["id"]?.string ?? "", authority: $0["authority"]?.string ?? "", state: $0["state"]?.string ?? "",
        fileName: $0["fileName"]?.string ?? "", sha256: $0["sha256"]?.string ?? "",
        isFinished: $0["finished"]?.bool ?? false)
    }.filter { state == nil || $0.state == state }
  }

  /// Waits until so many exports have been decided, every row of them.
  package func waitUntilDecided(_ exports: Int) async throws {
    try await eventually("\(exports) export(s) to be decided") {
      let entries = try await json("log", "--limit", "0")["entries"]?.array ?? []
      return entries.count { $0["kind"]?.string == "export-decided" } >= exports
    }
  }

  /// Releases whatever waits, as a person would.
  package func releaseAll() async throws {
    let waiting = try await returns(state: "waiting").map(\.id)
    guard !waiting.isEmpty else { return }
    let result = try await program.run(["release"] + waiting + ["--why", "test"])
    guard result.status == 0 else { throw TestTrouble("release failed: \(result.errors)") }
  }

  /// Hands over whatever pack lies on a desk, as a person would.
  package func handOverAll() async throws {
    let packs = try await returns(state: "prepared")
    guard !packs.isEmpty else { return }
    for school in Self.schools {
      let pack = layout.desk(school.slug) + "/out/knowsley"
      guard FileManager.default.fileExists(atPath: layout.desk(school.slug)) else { continue }
      for name in try FileManager.default.contentsOfDirectory(atPath: pack).sorted() where !name.hasPrefix(".") {
        // A portal shows a file once its upload is complete.
        let portal = layout.portal("knowsley", school: school.slug)
        guard !FileManager.default.fileExists(atPath: "\(portal)/\(name)") else { continue }
        try FileManager.default.copyItem(atPath: "\(pack)/\(name)", toPath: "\(portal)/.\(name).part")
        guard rename("\(portal)/.\(name).part", "\(portal)/\(name)") == 0 else {
          throw TestTrouble("cannot upload \(name)")
        }
      }
    }
    let result = try await program.run(["handed-over"] + packs.map(\.id))
    guard result.status == 0 else { throw TestTrouble("handed-over failed: \(result.errors)") }
  }

  // MARK: - Far side

  package func journal() throws -> JournalReader { try JournalReader(path: layout.journal) }

  /// `audit` says that all is well.
  package func auditIsClean() async throws -> Bool { try await program.run("audit").status == 0 }
}
