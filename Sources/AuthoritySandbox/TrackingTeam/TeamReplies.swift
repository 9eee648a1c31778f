// What the tracking team sends back: acknowledgements, surveys, requests about unknown destinations. Pure.

import Leavers
import Tabular

/// Renders what a team answers to a return.
struct TeamReplies {
  /// A file to send back.
  struct File {
    let name: String
    let bytes: [UInt8]
    /// Rows about young people.
    let rows: Int
  }

  let specification: TeamSpecification
  /// The school's seven digits.
  let laestab: String
  /// The return's name.
  let name: String

  /// Whether the return is taken; what the reason says holds no value of any row.
  func acknowledgement(of outcome: ReturnLoader.Outcome, sha256: String) throws -> File? {
    guard let format = specification.acknowledgement else { return nil }
    let reasons = outcome.rejections.prefix(20).map { "row \($0.row): \($0.column) \($0.why)" }
    let more = outcome.rejections.count > 20 ? ["and \(outcome.rejections.count - 20) more"] : []
    let row = format.columns.map { column in
      switch column.fact {
      case .returnFile: name
      case .verdict: outcome.refusal == nil ? format.accepted : format.rejected
      case .loaded: "\(outcome.refusal == nil ? outcome.rows : 0)"
      case .rejected: "\(outcome.rejections.count)"
      case .reason: outcome.refusal ?? (reasons + more).joined(separator: "; ")
      case .sha256: sha256
      case .reference: "\(specification.authority.uppercased().prefix(3))-\(sha256.prefix(10))"
      }
    }
    return try file(
      format.nameBeginning, format.nameEnding, format.form, format.columns.map(\.header), [row], rows: 0)
  }

  /// What became of a share of the young people in a return, and of one whom nobody knows.
  func survey(of pupils: [TeamPupil], share: Double) throws -> File? {
    guard let format = specification.survey, share > 0 else { return nil }
    return try list(format, chosen(from: pupils, share: share, salt: "survey"), due: nil)
  }

  /// Whose destination the team does not know, and one whom nobody knows.
  func unknownRequest(of pupils: [TeamPupil], share: Double, due: CalendarDate) throws -> File? {
    guard let format = specification.unknownRequest, share > 0 else { return nil }
    return try list(format, chosen(from: pupils, share: share, salt: "chase"), due: due)
  }

  /// The share of the pupils by a hash of who they are: the same pupils every time, whatever the order of the rows.
  func chosen(from pupils: [TeamPupil], share: Double, salt: String) -> [TeamPupil] {
    pupils.filter { number($0, salt) < share }
  }

  /// A number from 0 to 1 that belongs to a pupil.
  private func number(_ pupil: TeamPupil, _ salt: String) -> Double {
    let digest = FarFile.digest(Array("\(salt)|\(specification.authority)|\(pupil.identity)".utf8))
    let bits = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Double(bits >> 11) / Double(UInt64(1) << 53)
  }

  private func list(_ format: TeamList, _ pupils: [TeamPupil], due: CalendarDate?) throws -> File {
    let all = pupils + [stranger]
    let rows = all.map { pupil in
      format.columns.map { cell($0.fact, of: pupil, due: due) }
    }
    return try file(
      format.nameBeginning, format.nameEnding, format.form, format.columns.map(\.header), rows, rows: all.count)
  }

  private func cell(_ fact: TeamList.Fact, of pupil: TeamPupil, due: CalendarDate?) -> String {
    // One in eight did something else than they meant to: without such rows nothing would ever be in conflict.
    let activity = number(pupil, "other") < 0.125 ? "330" : TeamCodes.outcome[pupil.intention] ?? "810"
    let known = activity != "810"
    let year = (pupil.dateOfBirth?.year).map { $0 + 16 + ((pupil.dateOfBirth?.month ?? 1) >= 9 ? 1 : 0) }
    let start = year.flatMap { CalendarDate(year: $0, month: 9, day: 7) }
    let confirmed = year.flatMap { CalendarDate(year: $0, month: 11, day: 1) }
    switch fact {
    case .upn: return pupil.upn
    case .uln: return pupil.uln
    case .surname: return pupil.surname
    case .forename: return pupil.forename
    case .postcode: return pupil.postcode
    case .dateOfBirth(let notation): return pupil.dateOfBirth.map(notation.text) ?? ""
    case .activity: return activity
    case .activityStart(let notation): return known ? start.map(notation.text) ?? "" : ""
    case .confirmed(let notation): return confirmed.map(notation.text) ?? ""
    case .provider: return known && activity < "300" ? "Mockingham College of Further Education" : ""
    case .reference: return reference(pupil)
    case .due(let notation): return due.map(notation.text) ?? ""
    case .laestab: return laestab
    case .nothing: return ""
    }
  }

  /// The team's own reference of a young person.
  private func reference(_ pupil: TeamPupil) -> String {
    let letters = specification.authority.uppercased().filter(\.isLetter).prefix(2)
    return "\(letters)\(String(1_000_000 + Int(number(pupil, "reference") * 1_000_000)).dropFirst())"
  }

  /// Somebody of whom the school never heard: what does not match must be listed, never dropped.
  private var stranger: TeamPupil {
    let serial = Int(FarFile.digest(Array(name.utf8))[0])
    return TeamPupil(
      row: 0, upn: SyntheticUPN.make(authority: 999, establishment: 9999, year: 99, serial: serial), uln: "",
      surname: "Strangerson", forename: "Nobody", dateOfBirth: CalendarDate(year: 2010, month: 1, day: 15),
      postcode: "", intention: "511")
  }

  private func file(
    _ beginning: String, _ ending: String, _ form: TeamForm, _ header: [String], _ rows: [[String]], rows count: Int
  ) throws -> File {
    let dialect = CSVDialect(
      delimiter: CSVDialect.Delimiter(rawValue: form.delimiter) ?? .comma, quoting: form.allQuoted ? .always : .minimal,
      newline: form.crlf ? .crlf : .lf, encoding: form.encoding.textEncoding,
      byteOrderMark: form.byteOrderMark)
    let stem = name.split(separator: ".", omittingEmptySubsequences: false).dropLast().joined(separator: ".")
    let parts = beginning.split(separator: "{laestab}", omittingEmptySubsequences: false)
    return File(
      name: parts.joined(separator: laestab) + (stem.isEmpty ? name : stem) + ending,
      bytes: try CSVWriter.bytes(of: [header] + rows, in: dialect), rows: count)
  }
}
