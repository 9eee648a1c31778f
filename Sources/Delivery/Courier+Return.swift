// What a courier carries of a return: its bytes, its names at the far side, and its cover sheet.

import Leavers
import Ledger
import Profiles
import Transport

extension Courier {
  init(
    item: ReturnSummary, ledger: Ledger, recipient: Recipient, configuration: Configuration, faults: @escaping FaultHook
  ) async throws {
    let folder = try Self.folder(of: item.way)
    guard let fileName = item.fileName else {
      throw LedgerError(.corrupt, "return \(item.id) has no file name; run leaverlink audit")
    }
    let bytes = try await ledger.deliveries.bytes(of: item.id)
    let part = ReturnMachine.temporaryName(ledger: ledger.name, return: item.id, attempt: max(item.attempt, 1))
    var sheet: Sheet?
    if Self.hasSheet(item, configuration) {
      var hashes: [String: String] = [:]
      if item.way.publication == .desk {
        for name in CoverSheet.names(of: fileName).map({ "\(item.way.folder)/\($0)" }) {
          hashes[name] = try await ledger.exports.deskFile(school: item.school, name: name)?.sha256
        }
      }
      let cover = try await CoverSheet(of: item, ledger: ledger, recipient: recipient, configuration)
      sheet = try Sheet(cover.bytes, of: fileName, way: item.way, attempt: item.attempt, part: part, written: hashes)
    }
    self.init(
      bytes: bytes, temporary: try Self.path(part, in: folder), final: try Self.path(fileName, in: folder),
      readBack: item.way.readBack, sheet: sheet, faults: faults)
  }

  /// Whether a cover sheet goes with it: always in a pack, else where the profile asks for it.
  static func hasSheet(_ item: ReturnSummary, _ configuration: Configuration) -> Bool {
    item.way.publication == .desk
      || configuration.authority(item.authority)?.profile(for: item.kind)?.coverSheet ?? false
  }
}

extension Courier.Sheet {
  /// - Parameters:
  ///   - part: the temporary name of the return.
  ///   - written: the hashes of what we last wrote on the desk, by the name under `out`.
  init(
    _ bytes: [UInt8], of fileName: String, way: DeliveryWay, attempt: Int, part: String, written: [String: String] = [:]
  ) throws(TransportError) {
    self.bytes = bytes
    let folder = try Courier.folder(of: way)
    temporary = way.publication == .direct ? nil : try Courier.path(Courier.coverTemporary(part), in: folder)
    var places: [(name: String, path: RemotePath, ours: String?)] = []
    // Where nothing can be seen an attempt takes no name of an earlier one.
    for name in CoverSheet.names(of: fileName).dropFirst(way.readBack == .none ? max(attempt, 1) - 1 : 0) {
      let known = "\(way.folder)/\(name)"
      places.append((known, try Courier.path(name, in: folder), written[known]))
    }
    self.places = places
  }
}

extension CoverSheet {
  /// The names that the sheet of a file may have, in the order in which they are tried.
  static func names(of fileName: String) -> [String] {
    (1...9).map { CoverSheetName.of(fileName, place: $0) }
  }

  init(
    of item: ReturnSummary, ledger: Ledger, recipient: Recipient, _ configuration: Configuration
  ) async throws {
    let authority = configuration.authority(item.authority)
    let detail = try await ledger.returns.detail(item.id)
    let lines = try await ledger.overview.decisions(of: item.export).lines
    self.init(
      id: item.id.description, purpose: Self.purpose(of: recipient), isTrial: false, kind: item.kind,
      cohort: item.cohort, school: item.school,
      schoolName: configuration.school(item.school)?.name ?? "the school", authority: item.authority,
      authorityName: authority?.name ?? item.authority.rawValue, fileName: item.fileName ?? "",
      sequence: item.sequence, cycle: item.cycle, inFull: detail.count(.full), floorOnly: detail.count(.floor),
      size: item.size, sha256: item.sha256 ?? "", preparedAt: item.instant,
      restsOn: "\(item.agreementReference) (\(item.basis.rawValue))",
      chainHead: "\(try await ledger.chainHead(of: item.id))",
      totals: detail.totals,
      counts: lines.filter { $0.authority == item.authority && $0.kind == item.kind && $0.cohort == item.cohort }
        .reduce(into: [:]) { $0.merge($1.counts, uniquingKeysWith: +) },
      label: Self.labels(
        of: authority?.profile(for: item.kind), codes: configuration.codes, on: LondonTime.day(of: item.instant)))
  }

  static func purpose(of recipient: Recipient) -> Purpose {
    if case .handover(let by) = recipient.endpoint { .handOver(means: by) } else { .delivered }
  }

  /// What a code of a column means; nothing where the authority has words of its own, which are their own label.
  static func labels(
    of profile: ReturnProfile?, codes: CodeTables, on day: CalendarDate
  ) -> (_ heading: String, _ code: String) -> String? {
    { heading, code in
      guard let column = profile?.columns.first(where: { $0.name == heading }), column.map.isEmpty,
        case .field(let field) = column.source, case .code(let set) = field.type
      else { return nil }
      return codes.entry(code, in: column.codes ?? set, on: day)?.entry?.label
    }
  }
}
