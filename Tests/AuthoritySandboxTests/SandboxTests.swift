// The far side as a whole, with real servers: returns go in, answers come back, and nothing is left running.

import FoundationEssentials
import Glibc
import Leavers
import Tabular
import Testing
import Transport

@testable import AuthoritySandbox

@Suite(.serialized, .timeLimit(.minutes(2))) struct SandboxTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let examples =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/") + "/config"

  private func start(
    survey: Double = 0, chase: Double = 0, fictional: Bool = false, examples: String = Self.examples
  ) async throws -> Sandbox {
    try await Sandbox.start(
      SandboxOptions(
        directory: folder.path + "/far", examples: examples, manner: .init(survey: survey, chase: chase),
        fictional: fictional),
      now: { Timestamp(milliseconds: 1_782_475_200_000) })
  }

  /// Runs a body and stops the sandbox whatever came of it.
  private func with(_ sandbox: Sandbox, _ body: (Sandbox) async throws -> Void) async throws {
    do {
      try await body(sandbox)
    } catch {
      await sandbox.stop()
      throw error
    }
    await sandbox.stop()
  }

  private func endpoint(_ id: String, of sandbox: Sandbox, loop: CurlLoop) throws -> Endpoint {
    let item = try #require(sandbox.reached.first { $0.recipient.id == id })
    let place: Place
    switch item.reach {
    case .sftp(let port, let user, let key, let hostKey):
      place = .sftp(
        try SFTPPlace(
          host: "127.0.0.1", port: port, user: user, privateKeyFile: key, hostKey: .sha256(hostKey)))
    case .https(_, let url, let authority, let certificate):
      place = .https(
        try HTTPSPlace(
          url: url, caFile: authority,
          clientCertificate: certificate.map { ClientCertificate(certificateFile: $0, keyFile: $0) }, webDAV: true))
    case .handover: place = .folder(try FolderPlace(path: sandbox.layout.directory))
    }
    return Endpoint(recipient: id, place: place, loop: loop, now: { .zero })
  }

  /// The processes that have the directory among their arguments.
  private func processes(naming directory: String) throws -> [String] {
    try FarFile.names(in: "/proc").filter { $0.allSatisfy(\.isNumber) }.filter { name in
      // A process may be gone between the listing and the reading.
      guard let bytes = try? FarFile.read("/proc/\(name)/cmdline") else { return false }
      return String(decoding: bytes, as: UTF8.self).contains(directory)
    }
  }

  @Test func returnsGoInAndAnswersComeBack() async throws {
    let sandbox = try await start(survey: 1, chase: 1)
    let layout = sandbox.layout
    var ports: [Int] = []
    for item in sandbox.reached {
      switch item.reach {
      case .sftp(let port, _, _, _), .https(let port, _, _, _): ports.append(port)
      case .handover: break
      }
    }
    try await with(sandbox) { sandbox in
      #expect(sandbox.isServing)
      let loop = try CurlLoop()
      defer { loop.shutDown() }
      // What comes back is announced by the folders themselves, so that nothing has to be waited for by the clock.
      let (changes, changed) = AsyncStream.makeStream(of: Void.self)
      let watch = try FolderWatch { _ in changed.yield() }
      defer { watch.stop() }
      let places = layout.places(SandboxOptions(directory: folder.path).plan)
      for place in places { try watch.add(place.outbound) }

      for fixture in TeamFixture.all where fixture.specification.kind == "intended-destinations" {
        let team = fixture.team
        let bytes = try fixture.bytes()
        let temporary = ".abc123-\(team.authority).1.part"
        let inbound = team.recipient == "knowsley" ? "far/knowsley/portal/example-high" : "inbound/\(team.authority)"
        let endpoint = try endpoint(team.recipient, of: sandbox, loop: loop)
        try await endpoint.perform { session throws(TransportError) in
          let folder = try RemotePath(inbound)
          try await session.put(bytes, to: try folder.appending(temporary))
          try await session.rename(try folder.appending(temporary), to: try folder.appending(fixture.name))
        }
      }
      // Six surveys, six requests, and the acknowledgements of all but Halton.
      func answers() throws -> Int {
        try places.reduce(0) { sum, place in
          try sum + FarFile.names(in: place.outbound).filter { !$0.hasPrefix(".") }.count
        }
      }
      var waiting = changes.makeAsyncIterator()
      while try answers() < 17 { await waiting.next() }

      // What the service would see, and fetch.
      for team in TeamSpecification.all where team.recipient != "knowsley" {
        let endpoint = try endpoint(team.recipient, of: sandbox, loop: loop)
        let names = try await endpoint.perform { session throws(TransportError) in
          try await session.list(try RemotePath("outbound/\(team.authority)")).map(\.name)
        }
        #expect(names.count == (team.acknowledgement == nil ? 2 : 3), "\(team.authority)")
        guard let format = team.acknowledgement else { continue }
        let beginning = format.nameBeginning.replacing("{laestab}", with: "3414787")
        let name = try #require(names.first { $0.hasPrefix(beginning) })
        let bytes = try await endpoint.perform { session throws(TransportError) in
          try await session.fetch(try RemotePath("outbound/\(team.authority)").appending(name), limit: 1 << 20)
        }
        let rows = try TeamRecords.split(bytes, format.form).get()
        #expect(rows[1].contains(format.accepted))
      }
      #expect(try FarFile.names(in: layout.desk("example-high") + "/in/knowsley").count == 3)
      #expect(try FarFile.names(in: layout.desk("sample-academy") + "/in/knowsley").isEmpty)
    }
    let verdict = try JournalReader(path: layout.journal).verdict()
    #expect(verdict.count == 6)
    for summary in verdict {
      #expect(summary.isExactlyOnce, "\(summary.authority)")
      #expect(summary.loaded == 5 && summary.surveyed == 6 && summary.chased == 6, "\(summary.authority)")
      #expect(summary.isAcknowledged == (summary.authority != "halton"))
    }
    #expect(try JournalReader(path: layout.journal).temporariesLeft().isEmpty)
    #expect(sandbox.problems.isEmpty)
    #expect(!sandbox.isServing)
    for port in ports { #expect(!isListening(port: port)) }
    #expect(try processes(naming: layout.directory).isEmpty)
  }

  @Test func oneRecipientSeesNothingOfAnother() async throws {
    try await with(try await start()) { sandbox in
      let loop = try CurlLoop()
      defer { loop.shutDown() }
      for (recipient, foreign) in [("liverpool", "sefton"), ("career-connect", "liverpool"), ("wirral", "halton")] {
        let endpoint = try endpoint(recipient, of: sandbox, loop: loop)
        await #expect(throws: TransportError.self) {
          try await endpoint.perform { session throws(TransportError) in
            try await session.list(try RemotePath("inbound/\(foreign)"))
          }
        }
      }
    }
  }

  @Test func theConfigurationIsWhole() async throws {
    try await with(try await start()) { sandbox in
      let layout = sandbox.layout
      let text = try readText(layout.configurationFile)
      for line in [
        "laestab: \"3414787\"", "laestab: \"3436900\"", "mis: sims", "mis: arbor", "settle: 200ms",
        "sharing: {unlisted: hold}",
      ] { #expect(text.contains(line), "\(line)") }
      for team in TeamSpecification.all {
        let file = "/authorities/\(team.authority).yaml"
        let copy = try readText(layout.configuration + file)
        #expect(try copy == readText(Self.examples + file))
      }
      for recipient in SandboxRecipient.all {
        let text = try readText(layout.configuration + "/recipients/\(recipient.id).yaml")
        #expect(text.contains("sandbox: \(layout.directory)\n"))
        #expect(text.contains("collect-every: 1s"))
      }
      let names = try FarFile.names(in: layout.configuration + "/mis")
      #expect(names == ["arbor.yaml", "careers-lead.yaml", "ccis.yaml", "census.yaml", "isams.yaml", "sims.yaml"])
      #expect(try !FarFile.names(in: layout.configuration + "/codes").isEmpty)
      var status = Glibc.stat()
      for path in [layout.masterKey, layout.state] {
        #expect(lstat(path, &status) == 0 && status.st_mode & 0o077 == 0, "\(path) is private")
      }
      #expect(try readText(layout.masterKey).count == 65)

      struct Record: Decodable {
        struct Recipient: Decodable {
          let id: String
          let kind: String
          let host: String?
          let port: Int?
        }
        let format: Int
        let recipients: [Recipient]
      }
      let record = try JSONDecoder().decode(Record.self, from: Data(readText(layout.record).utf8))
      #expect(record.format == 1)
      #expect(record.recipients.map(\.id) == ["liverpool", "career-connect", "wirral", "halton", "knowsley"])
      #expect(record.recipients.map(\.kind) == ["sftp", "sftp", "https", "https", "handover"])
      for recipient in record.recipients {
        #expect((recipient.port == nil) == (recipient.kind == "handover"))
        let text = try readText(layout.configuration + "/recipients/\(recipient.id).yaml")
        if let port = recipient.port { #expect(text.contains("\(port)")) }
      }
      let halton = try readText(layout.configuration + "/recipients/halton.yaml")
      let wirral = try readText(layout.configuration + "/recipients/wirral.yaml")
      #expect(halton.contains("certificate: {file: ") && !wirral.contains("certificate:"))
      #expect(try sandbox.readyLine().hasPrefix("{\"config\":\""))
      #expect(try sandbox.readyLine().contains("\"ready\":true"))
    }
  }

  @Test func aSecondStartGoesOnWithWhatIsThere() async throws {
    let first = try await start()
    let key = try readText(first.layout.masterKey)
    let error = await #expect(throws: SandboxError.self) { _ = try await start() }
    #expect(error?.message.contains("written by another process") == true)
    #expect(first.isServing)
    await first.stop()
    try await with(try await start()) { second in
      let kept = try readText(second.layout.masterKey)
      #expect(kept == key)
      func pins(_ sandbox: Sandbox) -> [String] {
        sandbox.reached.compactMap { if case .sftp(_, _, _, let pin) = $0.reach { pin } else { nil } }
      }
      #expect(pins(second) == pins(first))
      #expect(second.isServing)
    }
  }

  @Test func theFictionalAuthoritiesAreThereOnlyWhenAskedFor() async throws {
    func names(_ sandbox: Sandbox, _ folder: String) throws -> Set<String> {
      Set(try FarFile.names(in: sandbox.layout.configuration + "/" + folder))
    }
    let added = [
      ("authorities", ["eastmarsh.yaml", "northmere.xsd", "northmere.yaml"]),
      ("recipients", ["eastmarsh.yaml", "northmere.yaml"]), ("mis", ["made-up.yaml"]),
    ]
    var plain: [Set<String>] = []
    try await with(try await start()) { sandbox in
      plain = try added.map { try names(sandbox, $0.0) }
      for (there, more) in zip(plain, added) { #expect(there.isDisjoint(with: more.1)) }
    }
    try await with(try await start(fictional: true)) { sandbox in
      for (there, more) in zip(plain, added) {
        #expect(try names(sandbox, more.0) == there.union(more.1))
      }
      let text = try readText(sandbox.layout.configurationFile)
      #expect(text.contains("laestab: \"9904001\"") && text.contains("mis: made-up"))
      #expect(sandbox.reached.map(\.recipient.id).suffix(2) == ["northmere", "eastmarsh"])
      for recipient in ["northmere", "eastmarsh"] {
        let endpoint = try readText(sandbox.layout.configuration + "/recipients/\(recipient).yaml")
        #expect(endpoint.contains("127.0.0.1") && endpoint.contains("sandbox: "))
        #expect(try readText(sandbox.layout.record).contains("\"id\":\"\(recipient)\""))
      }
    }
    // Without them, what they left is away again.
    try await with(try await start()) { sandbox in
      let left = try added.map { try names(sandbox, $0.0) }
      #expect(left == plain)
      let record = try readText(sandbox.layout.record)
      #expect(!record.contains("northmere"))
    }
  }

  /// Whoever added an authority to the examples finds it in the sandbox, with a recipient of the sandbox's own.
  @Test func anAuthorityThatWasAddedHasARecipientWithoutATeam() async throws {
    let examples = folder.path + "/examples"
    try makeFolder(examples)
    for name in ["authorities", "mis", "codes", "lookups"] {
      try makeFolder(examples + "/" + name)
      for file in try FarFile.names(in: Self.examples + "/" + name) {
        try writeFile("\(examples)/\(name)/\(file)", readText("\(Self.examples)/\(name)/\(file)"))
      }
    }
    let added = examples + "/authorities/northshire.yaml"
    let template = try readText(Self.examples + "/templates/authority.yaml")
    try writeFile(added, template.replacing("recipient: northshire", with: "recipient: north-and-south"))
    // Its own workbook, which is no text.
    let workbook: [UInt8] = [0x50, 0x4B, 0x03, 0x04, 0xFF, 0x00]
    try makeFolder(examples + "/templates")
    try FarFile.save(workbook, at: examples + "/templates/northshire.xlsx")
    // One that says nothing of itself is copied all the same: `check` is there to say so.
    try writeFile(examples + "/authorities/broken.yaml", "recipient: [")
    try await with(try await start(examples: examples)) { sandbox in
      let layout = sandbox.layout
      #expect(sandbox.reached.map(\.recipient.id).last == "north-and-south" && sandbox.reached.count == 6)
      let recipient = try readText(layout.configuration + "/recipients/north-and-south.yaml")
      #expect(
        recipient.contains("recipient: {id: north-and-south, ") && recipient.contains("handover: {by: \"hand: no team"))
      #expect(recipient.contains("sandbox: \(layout.directory)\n"))
      let record = try readText(layout.record)
      #expect(record.contains("{\"id\":\"north-and-south\",\"kind\":\"handover\"}"))
      #expect(try sandbox.readyLine().contains("\"withoutTeam\":[\"north-and-south\"]"))
      #expect(try FarFile.names(in: layout.configuration + "/authorities").contains("broken.yaml"))
      #expect(try FarFile.read(layout.configuration + "/templates/northshire.xlsx") == workbook)
    }
    // Served by one of the sandbox's own, it needs none; and what the first left is away again.
    try writeFile(added, template.replacing("recipient: northshire", with: "recipient: career-connect"))
    try await with(try await start(examples: examples)) { sandbox in
      #expect(sandbox.reached.count == 5)
      let recipients = try FarFile.names(in: sandbox.layout.configuration + "/recipients")
      #expect(!recipients.contains("north-and-south.yaml"))
      #expect(try sandbox.readyLine().contains("\"withoutTeam\":[]"))
    }
  }

  @Test func withoutExamplesItSaysWhatIsMissing() async throws {
    let error = await #expect(throws: SandboxError.self) {
      _ = try await Sandbox.start(
        SandboxOptions(directory: folder.path + "/x", examples: folder.path), now: { Timestamp(milliseconds: 0) })
    }
    #expect(error?.message.contains("--config") == true)
    #expect(try processes(naming: folder.path + "/x").isEmpty)
  }

  @Test(arguments: ["a b", "a\"b", "a;b"])
  func aDirectoryThatTheServersWouldMisreadIsRefused(name: String) async throws {
    let error = await #expect(throws: SandboxError.self) {
      _ = try await Sandbox.start(
        SandboxOptions(directory: folder.path + "/" + name, examples: Self.examples),
        now: { Timestamp(milliseconds: 0) })
    }
    #expect(error?.message.contains("letters, digits") == true)
    #expect(try FarFile.names(in: folder.path).isEmpty)
  }

  @Test func itEndsWhenItsInputClosesOrASignalComes() throws {
    func pair() throws -> (Int32, Int32) {
      var ends: [Int32] = [-1, -1]
      try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0)
      return (ends[0], ends[1])
    }
    let input = try pair()
    let signal = try pair()
    var byte: UInt8 = 1
    // What is typed is passed over; the end of the input is not.
    #expect(write(input.1, &byte, 1) == 1)
    close(input.1)
    #expect(SandboxEnd.block(input: input.0, signalled: signal.0) == .inputClosed)
    close(input.0)
    let open = try pair()
    #expect(write(signal.1, &byte, 1) == 1)
    #expect(SandboxEnd.block(input: open.0, signalled: signal.0) == .signal)
    for descriptor in [open.0, open.1, signal.0, signal.1] { close(descriptor) }
  }
}
