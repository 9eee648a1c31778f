// The commands that read the ledger or decide in it, beside a daemon and without one: one round trip for all of them.

import AuthoritySandbox
import Foundation
import RoundTripSupport
import Tabular
import Testing

@Suite("The commands and the ledger", .serialized)
struct CommandTestsLedger {
  private typealias Support = CommandTestsSupport

  static let reading = [
    ["status"], ["todo"], ["returns"], ["replies"], ["log"], ["audit"], ["show", "E1"], ["show", "R1"],
  ]

  @Test func theCommandsReadAndDecideWithTheServiceUpAndDown() async throws {
    // By residence alone, and intentions alone, so that there are pupils who belong to no authority.
    let residence: (SandboxLayout) throws -> Void = { layout in
      // What is due on the day of the test is no matter here.
      try FileManager.default.removeItem(atPath: layout.configuration + "/calendar.csv")
      let folder = layout.configuration + "/authorities/"
      try Support.edit(folder + "liverpool.yaml") {
        $0.replacing("routed-by: educated", with: "routed-by: resident")
      }
      for name in ["sefton.yaml", "wirral.yaml"] {
        try Support.edit(folder + name) { $0.replacing(/\n {2}confirmed-destinations:\n( {3,}.*\n)+/, with: "\n") }
      }
    }
    try await RoundTrip.with(edit: residence) { trip in
      try await noStateIsMadeByACommand(trip)
      let first = try trip.startDaemon(stopAt: "committed publishing")
      try await ending(first) {
        try await first.waitUntilReady()
        try await anEmptyLedgerHasNothingToDo(trip)
        try trip.save(trip.sample(leavers: 60, seed: 3).bytes, as: "Students.csv")
        try await trip.waitUntilDecided(1)
        try await everyReadingCommandReads(trip, todo: true)
        try await theExportIsShownWithItsFates(trip)
        try await recipientsArePausedAndResumed(trip)
        try await decisionsThatCannotBeAreRefused(trip)
        try await haltonsBecomesUnknown(trip, first)
      }
      let second = try trip.startDaemon("second")
      try await ending(second) {
        try await second.waitUntilReady()
        try await theUnknownIsSettled(trip)
        try await trip.releaseAll()
        try await eventually("the pack to lie on the desk") { try await trip.returns(state: "queued").isEmpty }
        try await thePackIsHandedOver(trip)
        try await anAcknowledgementIsReceived(trip)
        try await eventually("all to be finished") { try await trip.returns().allSatisfy(\.isFinished) }
        try await everyReadingCommandReads(trip, todo: true)
        #expect(try await second.terminate() == 0)
      }
      try await everyReadingCommandReads(trip, todo: true)
      try await aDamagedObjectIsNamed(trip)
      try await aHeadThatIsNotInTheChainIsNamed(trip)
      try await theWrongMasterKeyOpensNothing(trip)
      try await theStateOfAnotherUserIsLeftAlone(trip)
      try await everyReadingCommandReads(trip, todo: true)
    }
  }

  /// Runs the body; whatever comes of it, the daemon does not outlive the test.
  private func ending(_ daemon: DaemonProcess, _ body: () async throws -> Void) async throws {
    do { try await body() } catch {
      if daemon.isRunning { try await daemon.killAtOnce() }
      throw error
    }
  }

  // MARK: - Reading

  private func noStateIsMadeByACommand(_ trip: RoundTrip) async throws {
    for command in [["status"], ["todo"], ["pause", "wirral"], ["audit"]] {
      let result = try await trip.program.run(command)
      #expect(result.status == 69, "\(command)")
      #expect(result.errors.contains("there is no ledger in \(trip.layout.state) yet; start the service once"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: trip.layout.state) == [])
  }

  private func anEmptyLedgerHasNothingToDo(_ trip: RoundTrip) async throws {
    let todo = try await trip.program.run("todo")
    #expect(todo.status == 0)
    #expect(todo.output == "Nothing for a person to do.\n")
    let json = try await trip.program.run("todo", "--json")
    #expect(json.status == 0)
    #expect(json.json?["todo"]?.array?.isEmpty == true)
    for unknown in ["R1", "E1", "A1", "P1"] {
      let result = try await trip.program.run("show", unknown)
      #expect(result.status == 1)
      #expect(result.errors.contains("there is no"), "\(result.errors)")
      #expect(result.errors.contains(unknown))
    }
    #expect(try await trip.program.run("show", "Q1").status == 64)
    #expect(
      try await trip.program.run("returns", "--authority", "seafton").status == 64, "a slip of the pen is no silence")
    #expect(try await trip.program.run("returns", "--authority", "sefton").status == 0)
  }

  /// As text and as JSON with its version; the same whether the service is up or down.
  private func everyReadingCommandReads(_ trip: RoundTrip, todo: Bool) async throws {
    for command in Self.reading {
      let expected: Int32 = command == ["todo"] && todo ? 1 : 0
      let text = try await trip.program.run(command)
      #expect(text.status == expected, "\(command): \(text.errors)")
      #expect(text.output.count > 40, "\(command)")
      #expect(text.errors == "", "\(command)")
      let json = try await trip.program.run(command + ["--json"])
      #expect(json.status == expected, "\(command)")
      #expect(json.json?["schemaVersion"]?.integer == 1, "\(command): \(json.output)")
    }
    let status = try await trip.json("status")
    #expect(status["authorities"]?.array?.count == 6)
    #expect(status["recipients"]?.array?.count == 5)
    #expect(status["todo"]?.integer == Int64(try await trip.json("todo")["todo"]?.array?.count ?? -1))
    let ids = try await trip.program.run("returns", "--ids").output.split(separator: "\n").map(String.init)
    #expect(try await trip.returns().map(\.id) == ids)
    // The newest events, newest last.
    let newest =
      try await trip.json("log", "--limit", "3")["entries"]?.array?.compactMap { $0["sequence"]?.integer } ?? []
    let all = try await trip.json("log", "--limit", "0")["entries"]?.array?.compactMap { $0["sequence"]?.integer } ?? []
    #expect(newest.count == 3)
    #expect(all == Array(1...Int64(all.count)))
  }

  private func theExportIsShownWithItsFates(_ trip: RoundTrip) async throws {
    let export = try await trip.json("show", "e1")
    #expect(export["id"]?.string == "E1", "in either case")
    let rows = try #require(export["rowsRead"]?.integer)
    let lines = try #require(export["fates"]?.array)
    #expect(Set(lines.compactMap { $0["authority"]?.string }).count == 6)
    for line in lines { #expect(try Support.fates(line).reduce(0, +) == Int(rows), "\(line.text())") }
    let unroutedRows = try #require(export["unroutedRows"]?.array).compactMap(\.integer)
    #expect(!unroutedRows.isEmpty && unroutedRows == unroutedRows.sorted())
    // Whatever `todo` says that `show` lists is there.
    let todo = try await trip.json("todo")["todo"]?.array ?? []
    let unrouted = todo.first { $0["code"]?.string == "rows-unrouted" }
    #expect(unrouted?["text"]?.string?.hasPrefix("\(unroutedRows.count) row") == true)
    #expect(todo.contains { $0["code"]?.string == "return-to-release" })
  }

  // MARK: - Deciding

  private func recipientsArePausedAndResumed(_ trip: RoundTrip) async throws {
    for command in ["pause", "resume"] {
      let unknown = try await trip.program.run(command, "sefton")
      #expect(unknown.status == 64, "an authority is not a recipient")
      #expect(unknown.errors.contains("career-connect, halton, knowsley, liverpool, wirral"))
    }
    // Whoever follows the log sees it without asking again.
    let follower = try trip.program.start(["log", "--follow"], log: trip.layout.directory + "/follow.txt")
    defer { follower.signal(SIGTERM) }
    try await eventually("the log to be shown") { follower.logText.contains("export-decided") }
    #expect(try await trip.program.run("pause", "wirral", "--why", "their server is moved").status == 0)
    let paused = try await trip.program.run("status")
    #expect(paused.output.contains("wirral: paused since"))
    #expect(paused.output.contains("their server is moved"))
    #expect(try await trip.json("todo")["todo"]?.array?.contains { $0["code"]?.string == "recipient-paused" } == true)
    #expect(try await trip.program.run("resume", "wirral").status == 0)
    #expect(try await trip.program.run("status").output.contains("wirral: ") == false)
    try await eventually("the log to go on") {
      let text = follower.logText
      return text.contains("paused by a person") && text.contains("resumed by a person")
    }
    #expect(
      follower.logText.split(separator: "\n").count { $0.contains("paused by a person") } == 1, "each event once")
  }

  private func decisionsThatCannotBeAreRefused(_ trip: RoundTrip) async throws {
    let waiting = try await trip.returns(state: "waiting")
    let liverpool = try #require(waiting.first { $0.authority == "liverpool" }).id
    for (command, says) in [
      (["handed-over", liverpool], "a return that is waiting cannot take"),
      (["settle", liverpool, "--delivered", "--why", "they said so"], "a return that is waiting cannot take"),
      (["resend", liverpool], "a return that is waiting cannot take"),
      (["release", "R999"], "there is no return R999"),
      (["withdraw", "R999"], "there is no return R999"), (["resend", "R999"], "there is no return R999"),
      (["handed-over", "R999"], "there is no return R999"),
      (["settle", "R999", "--not-delivered", "--why", "they said so"], "there is no return R999"),
    ] {
      let result = try await trip.program.run(command)
      #expect(result.status == 1, "\(command): \(result.errors)")
      #expect(result.errors.contains(says), "\(command): \(result.errors)")
      #expect(result.errors.contains(command[1]), "which one")
      #expect(result.output == "")
    }
    #expect(try await trip.returns().first { $0.id == liverpool }?.state == "waiting", "nothing moved")

    let wirral = try #require(waiting.first { $0.authority == "wirral" }).id
    #expect(try await trip.program.run("withdraw", wirral, "--why", "the wrong report").status == 0)
    #expect(try await trip.program.run("show", wirral).output.contains("the wrong report"))
    let gone = try await trip.program.run("release", wirral)
    #expect(gone.status == 1)
    #expect(gone.errors.contains("\(wirral): a return that is withdrawn cannot take"))
  }

  // MARK: - The unknown

  /// The daemon stands still between intent and rename, is killed, and somebody puts another file in the place: nobody
  /// can know what Halton has. One return of those named that is none does not hold up the one that is.
  private func haltonsBecomesUnknown(_ trip: RoundTrip, _ daemon: DaemonProcess) async throws {
    let waiting = try await trip.returns(state: "waiting")
    let halton = try #require(waiting.first { $0.authority == "halton" })
    let result = try await trip.program.run("release", "R998", halton.id.lowercased(), "R999", "--why", "looked at it")
    #expect(result.status == 1)
    #expect(result.output.contains("\(halton.id) released by "))
    #expect(result.errors.contains("R998") && result.errors.contains("R999"))
    try await eventually("the daemon to stand still") { daemon.isStopped }
    // A reader needs no daemon that answers.
    #expect(try await trip.returns(state: "publishing").map(\.id) == [halton.id])
    #expect(try await trip.program.run("status").status == 0)
    let again = try await trip.program.run("release", halton.id)
    // All of the daemon stands still: where another station was in the middle of a transaction, nobody else can write.
    let isRefused = again.status == 1 && again.errors.contains("\(halton.id): a return that is publishing cannot take")
    let isBusy = again.status == 74 && again.errors.contains("the ledger is busy")
    #expect(isRefused || isBusy, "\(again.errors)")
    try await daemon.killAtOnce()
    try Support.write("not ours", to: trip.layout.far("halton") + "/inbound/halton/" + halton.fileName)
  }

  private func theUnknownIsSettled(_ trip: RoundTrip) async throws {
    try await eventually("the return to be unknown") { try await !trip.returns(state: "unknown").isEmpty }
    let id = try #require(try await trip.returns(state: "unknown").first).id
    #expect(try await trip.json("todo")["todo"]?.array?.first?["code"]?.string == "return-unknown", "first of all")
    let shown = try await trip.json("show", id)
    #expect(shown["problem"]?.string?.isEmpty == false)
    let settled = try await trip.program.run("settle", id, "--delivered", "--why", "Halton counted the rows")
    #expect(settled.status == 0, "\(settled.errors)")
    #expect(try await trip.returns().first { $0.id == id }?.state == "delivered")
    let history = try await trip.program.run("show", id)
    #expect(history.output.contains("Halton counted the rows"), "who and why are kept")
    #expect(history.output.contains("looked at it"))
    #expect(try await trip.program.run("settle", id, "--delivered", "--why", "once more").status == 1)
    let foreign = trip.layout.far("halton") + "/inbound/halton/" + (shown["fileName"]?.string ?? "")
    #expect(try String(contentsOfFile: foreign, encoding: .utf8) == "not ours", "never overwritten")
  }

  // MARK: - By hand

  private func thePackIsHandedOver(_ trip: RoundTrip) async throws {
    try await eventually("Knowsley's pack") { try await !trip.returns(state: "prepared").isEmpty }
    let pack = try #require(try await trip.returns(state: "prepared").first)
    #expect(pack.authority == "knowsley")
    let folder = trip.layout.desk("example-high") + "/out/knowsley"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
    #expect(files == [pack.fileName, pack.fileName + ".cover.html"])
    #expect(try String(contentsOfFile: "\(folder)/\(files[1])", encoding: .utf8).contains(pack.sha256))
    let result = try await trip.program.run("handed-over", pack.id, "--evidence", "portal receipt 4711")
    #expect(result.status == 0)
    #expect(try await trip.returns().first { $0.id == pack.id }?.state == "delivered")
    #expect(try await trip.program.run("show", pack.id).output.contains("portal receipt 4711"))
    // A person may say it twice; it is one hand-over all the same.
    #expect(try await trip.program.run("handed-over", pack.id, "--evidence", "said again").status == 0)
    #expect(try await trip.program.run("show", pack.id).output.contains("said again") == false)
  }

  private func anAcknowledgementIsReceived(_ trip: RoundTrip) async throws {
    let sent = try #require(try await trip.returns().first { $0.authority == "knowsley" })
    let folder = trip.layout.directory + "/attachments"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    func attachment(_ name: String, about file: String) throws -> String {
      try Support.write(
        "Your file,Answer,Taken,Not taken,Remarks\r\n\(file),Received,3,0,thank you\r\n", to: "\(folder)/\(name)")
      return "\(folder)/\(name)"
    }
    let good = try attachment("Knowsley receipt 3414787 November.csv", about: sent.fileName)
    let wrongName = try attachment("Attachment (3).csv", about: sent.fileName)
    let otherSchool = try attachment("Knowsley receipt 3419999 November.csv", about: sent.fileName)

    for (arguments, status, says) in [
      ([good, "--from", "nowhere"], 64, "no authority nowhere is configured; there are "),
      (["\(folder)/gone.csv", "--from", "knowsley"], 66, "gone.csv"),
      ([wrongName, "--from", "knowsley"], 65, "Knowsley receipt {laestab} *.csv"),
      ([otherSchool, "--from", "knowsley"], 65, "for a school here"), ([good, "--from", "wirral"], 65, "WIRRAL_ACK_"),
    ] as [([String], Int32, String)] {
      let result = try await trip.program.run(["receive"] + arguments)
      #expect(result.status == status, "\(arguments): \(result.errors)")
      #expect(result.errors.contains(says), "\(result.errors)")
      #expect(result.output == "")
    }
    #expect(try await knowsleys(trip).isEmpty, "nothing of that was taken in")
    #expect(try await trip.returns().first { $0.id == sent.id }?.state == "delivered")

    let taken = try await trip.program.run("receive", good, "--from", "knowsley")
    #expect(taken.status == 0, "\(taken.errors)")
    #expect(taken.output.contains("1 accepted, 0 rejected"))
    #expect(try await trip.returns().first { $0.id == sent.id }?.state == "accepted")
    let reply = try #require(try await knowsleys(trip).first)
    #expect(reply["kind"]?.string == "acknowledgement")
    #expect(reply["state"]?.string == "matched")
    let id = try #require(reply["id"]?.string)
    let shown = try await trip.json("show", id)
    #expect(shown["returns"]?.array?.compactMap(\.string) == [sent.id])
    #expect(try await trip.program.run("replies", "--state", "matched", "--ids").output.contains(id + "\n"))

    // The same file again, the same content under another name, and one about a file that nobody sent.
    let twice = try await trip.program.run("receive", good, "--from", "knowsley")
    #expect(twice.status == 65)
    #expect(twice.errors.contains("received before"))
    let copy = try attachment("Knowsley receipt 3414787 again.csv", about: sent.fileName)
    let repeated = try await trip.program.run("receive", copy, "--from", "knowsley")
    #expect(repeated.output.contains("the same content as \(id)"))
    let stranger = try attachment("Knowsley receipt 3414787 other.csv", about: "Knowsley 3414787 Y11-1999 0001.csv")
    let strange = try await trip.program.run("receive", stranger, "--from", "knowsley")
    #expect(strange.status == 1, "somebody must look at it")
    #expect(strange.output.contains("set aside: it acknowledges no file that we sent"))
    #expect(try await trip.json("todo")["todo"]?.array?.count { $0["code"]?.string == "reply-quarantined" } == 1)
  }

  private func knowsleys(_ trip: RoundTrip) async throws -> [JSONValue] {
    try await trip.json("replies")["replies"]?.array?.filter { $0["authority"]?.string == "knowsley" } ?? []
  }

  // MARK: - Audit, key, owner

  private func aDamagedObjectIsNamed(_ trip: RoundTrip) async throws {
    #expect(try await trip.auditIsClean())
    let folder = trip.layout.state + "/objects"
    let names = try Support.files(below: folder)
    let name = try #require(names.first { !$0.hasPrefix("tmp/") })
    let file = URL(fileURLWithPath: "\(folder)/\(name)")
    let whole = try Data(contentsOf: file)
    var damaged = whole
    damaged[damaged.count / 2] ^= 1
    try damaged.write(to: file)
    let audit = try await trip.program.run("audit")
    #expect(audit.status == 1)
    #expect(audit.output.contains("1 problem(s)"), "\(audit.output)")
    let json = try await trip.program.run("audit", "--json")
    #expect(json.status == 1)
    #expect(json.json?["clean"]?.bool == false)
    #expect(json.json?["chainIntact"]?.bool == true, "only the object is damaged")
    let problems = json.json?["problems"]?.array?.compactMap(\.string) ?? []
    #expect(problems.count == 1)
    #expect(problems.first?.contains(file.path) == true, "\(problems)")
    try whole.write(to: file)
    #expect(try await trip.auditIsClean())

    try FileManager.default.moveItem(atPath: file.path, toPath: file.path + ".away")
    #expect(try await trip.program.run("audit").status == 1, "and so is one that is gone")
    try FileManager.default.moveItem(atPath: file.path + ".away", toPath: file.path)
    #expect(try await trip.auditIsClean())
  }

  private func aHeadThatIsNotInTheChainIsNamed(_ trip: RoundTrip) async throws {
    let head = try #require(try await trip.json("audit")["head"]?.string)
    #expect(try await trip.program.run("audit", "--head", head).status == 0)
    let digit = head.last == "0" ? "1" : "0"
    let other = try await trip.program.run("audit", "--head", head.dropLast() + digit)
    #expect(other.status == 1)
    #expect(other.output.contains("does not hold the noted head"))
    #expect(try await trip.program.run("audit", "--head", "yesterday").status == 64)
  }

  private func theWrongMasterKeyOpensNothing(_ trip: RoundTrip) async throws {
    let file = trip.layout.masterKey
    let right = try String(contentsOfFile: file, encoding: .utf8)
    func put(_ key: String) throws {
      try Support.write(key, to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    }
    try put(String(right.trimmingCharacters(in: .newlines).reversed()) + "\n")
    for command in [["status"], ["release", "R1"], ["audit"]] {
      let result = try await trip.program.run(command)
      #expect(result.status == 78, "\(command)")
      #expect(result.errors.contains("was sealed with master key"), "\(result.errors)")
      #expect(result.output == "")
    }
    let daemon = try trip.startDaemon("wrong-key")
    try await eventually("it to end") { !daemon.isRunning }
    #expect(daemon.exitStatus == 78)

    // Not a key at all: `check` finds that before the service does.
    try put("short\n")
    let status = try await trip.program.run("status")
    #expect(status.status == 78)
    #expect(status.errors.contains("holds neither 32 bytes nor 64 hex digits"))
    let check = try await trip.program.run("check")
    #expect(check.status == 78)
    #expect(check.output.contains("holds neither 32 bytes nor 64 hex digits"))
    let other = try trip.startDaemon("no-key")
    try await eventually("it to end") { !other.isRunning }
    #expect(other.exitStatus == 78, "which systemd does not restart")
    try put(right)
    #expect(try await trip.program.run("check").status == 0)
  }

  /// Also for root: files that root made there would lock the service out of its own state.
  private func theStateOfAnotherUserIsLeftAlone(_ trip: RoundTrip) async throws {
    guard geteuid() == 0, let nobody = getpwnam("nobody") else {
      print("not root: the state of another user cannot be made, so that this is not tried")
      return
    }
    let (user, group) = (nobody.pointee.pw_uid, nobody.pointee.pw_gid)
    try #require(chown(trip.layout.state, user, group) == 0)
    for command in [["status"], ["todo"], ["pause", "wirral"], ["audit"]] {
      let result = try await trip.program.run(command)
      #expect(result.status == 78, "\(command)")
      #expect(result.errors.contains("belongs to the user nobody, and this runs as root"), "\(result.errors)")
      #expect(result.errors.contains("runuser -u nobody"), "what to do")
    }
    try #require(chown(trip.layout.state, 0, 0) == 0)
  }
}
