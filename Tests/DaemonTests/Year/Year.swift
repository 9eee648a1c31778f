// A school with a real desk, a real ledger, the shipped tables and a hand-over recipient, and a clock that the test moves.
// Nothing but files passes between the school's people and the stations.

import Delivery
import FoundationEssentials
import Intake
import Leavers
import Ledger
import Profiles
import Returns
import Synchronization
import Tabular
import Testing
import Transport

@testable import Daemon

/// One school year at one desk.
final class Year {
  let root: String
  let clock: ManualTimekeeper
  let configuration: Configuration
  let ledger: Ledger
  private let intake: IntakeStation
  private let returns: ReturnsStation
  private let lane: DeliveryLane

  var school: School { configuration.schools[0] }

  /// `wants` is what the profile of the one authority says of agreements and returns, `risk` what the school says of its
  /// weights, as they stand in their files.
  init(
    on day: String, wants: String = intendedDestinations, risk: String = "", exportsAre: String = "full",
    calendar: String? = nil
  ) async throws {
    root = "/tmp/leaverlink-year-\(UUID().uuidString)"
    clock = ManualTimekeeper(now: try Self.noon(day), monotonic: .seconds(1000))
    try Self.lay(root, wants, risk, exportsAre: exportsAre)
    if let calendar { try Self.write(calendar, to: "\(root)/calendar.csv") }
    let loader = ConfigurationLoader(environment: [:], inspectKey: { _ in .notAKey })
    configuration = try loader.load(root + "/leaverlink.yaml").configuration
    #expect(DeskFolders.make(for: configuration, besides: []).isEmpty)
    ledger = try await Ledger.open(
      stateDirectory: configuration.state, masterKey: MasterKey(bytes: Array(1...32)), timekeeper: clock, role: .daemon)
    try await ledger.register(schools: configuration.schools.map { ($0.id, $0.name, $0.controller) })
    intake = IntakeStation(configuration: configuration, ledger: ledger, timekeeper: clock, journal: { _ in })
    returns = ReturnsStation(
      configuration: configuration, ledger: ledger, timekeeper: clock, journal: { _ in }, fault: { _ in })
    let recipient = try #require(configuration.recipients.first)
    let pool = EndpointPool(loop: try CurlLoop(), timekeeper: clock)
    lane = DeliveryLane(
      recipient: recipient, configuration: configuration, ledger: ledger,
      endpoints: try pool.endpoints(of: recipient, in: configuration), timekeeper: clock, chance: { 0 },
      report: { _ in })
  }

  deinit {
    ledger.close()
    // What is left in the system's temporary folder hurts nobody.
    try? FileManager.default.removeItem(atPath: root)
  }

  private static func noon(_ day: String) throws -> Timestamp {
    Timestamp(date: try #require(CalendarDate(iso: day)), secondsOfDay: 43_200)
  }

  // MARK: Setting up, which the technician did

  static let intendedDestinations = """
    agreements:
      - {kinds: [intended-destinations], basis: esa-2008-s72, reference: DSA-TEST-1, from: 2026-01-15, until: 2030-08-31}
    returns:
      intended-destinations:
        cohorts: [Y11]
        routed-by: educated
        file: "LIV_{laestab}_{cohort}_{sequence}.csv"
        format: {type: csv, encoding: utf-8, newline: crlf}
        columns:
          - {name: UPN, from: upn}
          - {name: Surname, from: legalSurname, required: true}
          - {name: Forename, from: legalForename}
          - {name: DOB, from: dateOfBirth, as: dd/MM/yyyy, required: true}
          - {name: IntDest, from: intendedDestination, codes: nccis-intended}
          - {name: Provider, from: providerName}
    """

  private static func lay(_ root: String, _ wants: String, _ risk: String, exportsAre: String) throws {
    let checkout = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let files = FileManager.default
    for folder in ["authorities", "recipients", "desk/in", "desk/out", "state", "credentials"] {
      try files.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
    }
    for folder in ["codes", "mis", "providers", "words"] {
      try files.copyItem(atPath: "\(checkout)/config/\(folder)", toPath: "\(root)/\(folder)")
    }
    try write(Array(repeating: 7, count: 32), to: "\(root)/credentials/key", mode: 0o600)
    try write(
      """
      schools:
        - name: Example High School
          controller: example-trust
          laestab: "3414787"
          desk: desk
          mis: arbor
          sharing: {unlisted: hold}
          exports-are: \(exportsAre)
      \(risk)
      state: state
      master-key: {file: credentials/key}
      authorities: authorities/
      recipients: recipients/
      codes: codes/
      mis: mis/
      providers: [providers/region.csv]
      words: words/vocabulary.csv
      """, to: "\(root)/leaverlink.yaml")
    try write(
      """
      authority: {id: liverpool, name: Liverpool City Council, code: "341", gss: E08000012}
      recipient: liverpool
      evidence: {agreed: {with: the tracking team of the test, on: 2026-01-15}}
      \(wants)
      """, to: "\(root)/authorities/liverpool.yaml")
    try write(
      """
      recipient: {id: liverpool, name: Liverpool City Council}
      handover: {by: "the council's portal"}
      """, to: "\(root)/recipients/liverpool.yaml")
  }

  private static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  private static func write(_ bytes: [UInt8], to path: String, mode: Int = 0o660) throws {
    #expect(
      FileManager.default.createFile(atPath: path, contents: Data(bytes), attributes: [.posixPermissions: mode]))
  }

  // MARK: Time

  /// Noon of a day.
  func on(_ day: String) throws {
    let noon = try Self.noon(day)
    clock.advance(by: .seconds((noon.milliseconds - clock.now().milliseconds) / 1000))
  }

  /// All stations pass until nothing is left to do, over the time that files take to settle.
  func settle() async throws {
    for _ in 0..<3 {
      var didWork = true
      for _ in 0..<40 where didWork {
        didWork = try await intake.pass().didWork
        if try await returns.pass().didWork { didWork = true }
        if try await lane.pass().didWork { didWork = true }
      }
      #expect(!didWork, "the stations come to rest")
      clock.advance(by: configuration.settle + .seconds(1))
    }
  }

  // MARK: What people do at the desk

  func put(_ name: String, _ bytes: [UInt8]) throws { try Self.write(bytes, to: "\(root)/desk/in/\(name)") }

  /// Puts a file in and waits for what comes of it.
  func hand(_ name: String, _ bytes: [UInt8]) async throws {
    try put(name, bytes)
    try await settle()
  }

  /// A file of `out`; nil where none lies there.
  func out(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(root)/desk/out/\(name)").map(Array.init)
  }

  func names(_ folder: String = "") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(root)/desk/out/\(folder)")) ?? []).sorted()
  }

  /// A sheet of the desk as rows of cells.
  func rows(_ name: String) throws -> [[String]] {
    let bytes = try #require(out(name), "\(name) lies on the desk")
    let rows = try LooseTable.tables(of: bytes).first?.rows ?? []
    let width = rows.map(\.count).max() ?? 0
    return rows.map { $0 + Array(repeating: "", count: width - $0.count) }
  }

  /// A sheet of the desk as somebody saves it who filled in cells: heading → text, in the rows that hold a word.
  func filled(_ name: String, _ answers: [String: [String: String]]) throws -> [UInt8] {
    let rows = try rows(name)
    var edits = SheetEdits()
    for (word, texts) in answers {
      let index = try #require(rows.firstIndex { $0.contains(word) }, "a row with \(word)")
      for (heading, text) in texts {
        let column = try #require(rows[0].firstIndex(of: heading), "a column \(heading)")
        edits.rows[index + 1, default: SheetEdits.Row()].texts[column + 1] = text
      }
    }
    return try WorkbookEditor.edit(try #require(out(name)), sheet: 1, edits).bytes
  }

  // MARK: What is asserted, and nobody at the desk needs

  func exports() async throws -> [ExportSummary] {
    var all: [ExportSummary] = []
    for state in ExportState.allCases { all += try await ledger.exports.inState(state) }
    return all.sorted { $0.id < $1.id }
  }

  /// What a person must do, as it stands on the desk's page.
  func todo() async throws -> [TodoItem] { try await configuration.todo(by: ledger, on: clock.today()) }

  /// What the school said last of a pupil.
  func record(_ surname: String) async throws -> LeaverRecord? {
    try await ledger.exports.roll(of: school.id, before: ExportID(rawValue: .max))
      .first { $0.record[.legalSurname] == surname }?.record
  }

  func returnsIn(_ state: String) async throws -> [ReturnSummary] {
    try await ledger.returns.list(ReturnFilter(states: [state]))
  }

  func text(of summary: ReturnSummary) async throws -> String {
    String(decoding: try await ledger.objects.read(try #require(summary.object)), as: UTF8.self)
  }
}
