// Good return files for any of the six teams, and a temporary folder. For the tests of the far side.

import Glibc
import Leavers
import Tabular
import Testing

@testable import AuthoritySandbox

/// A return as its team wants it, made from the team's own specification.
struct TeamFixture {
  let team: TeamSpecification
  let specification: TeamReturn
  let name: String
  /// Header first.
  var rows: [[String]]

  init(_ team: TeamSpecification, _ specification: TeamReturn, pupils: Int = 5, sequence: Int = 1) {
    self.team = team
    self.specification = specification
    name = specification.name.pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .laestab: "3414787"
      case .cohort: "Y11-2026"
      case .sequence: String(10_000 + sequence).dropFirst().description
      case .day: "20260701"
      }
    }.joined()
    rows = [specification.columns.map(\.header)]
    for index in 0..<pupils { rows.append(specification.columns.map { Self.cell($0, index) }) }
  }

  static func cell(_ column: TeamColumn, _ index: Int) -> String {
    switch column.role {
    case .surname:
      if case .capitals = column.content { return "SAMPLETON \(index)" }
      return "Sampleton \(index)"
    default: break
    }
    let birth = CalendarDate(daysSinceEpoch: 14_600 + index)
    return switch column.content {
    case .text: "Text \(index)"
    case .capitals: "TEXT \(index)"
    case .upn: SyntheticUPN.make(authority: 341, establishment: 4000, year: 14, serial: index)
    case .uln: SyntheticULN.make(from: index * 7)
    case .postcode: "L1 1AA"
    case .date(let notation): notation.text(birth)
    case .code(let codes): codes.sorted()[index % codes.count]
    case .digits(let count): String(repeating: "1", count: count)
    case .exactly(let text): text
    }
  }

  func bytes(_ form: TeamForm? = nil) throws -> [UInt8] {
    let form = form ?? specification.form
    let dialect = CSVDialect(
      delimiter: try #require(CSVDialect.Delimiter(rawValue: form.delimiter)),
      quoting: form.allQuoted ? .always : .minimal, newline: form.crlf ? .crlf : .lf,
      encoding: form.encoding == .utf8 ? .utf8 : .windows1252, byteOrderMark: form.byteOrderMark)
    return try CSVWriter.bytes(of: rows, in: dialect)
  }

  func load(_ form: TeamForm? = nil) throws -> ReturnLoader.Outcome {
    ReturnLoader(specification: specification).load(try bytes(form), named: reading)
  }

  var reading: TeamFileName.Reading { specification.name.read(name) ?? .init() }

  /// The first column of a content, if the return has one.
  func column(where test: (TeamColumn) -> Bool) -> Int? { specification.columns.firstIndex(where: test) }

  static let all: [TeamFixture] = TeamSpecification.all.flatMap { team in
    team.returns.map { TeamFixture(team, $0) }
  }
}

extension TeamReturn {
  /// Of a table; each of the six takes tables alone.
  var form: TeamForm {
    switch shape {
    case .table(let form), .framedTable(let form, _): form
    case .document: TeamForm()
    }
  }
}

/// A folder that is gone after the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/leaverlink-sandbox-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    path = try #require(made)
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    if rmdir(path) == 0 { return }
    for name in (try? FarFile.names(in: path)) ?? [] {
      if unlink(path + "/" + name) != 0 { remove(path + "/" + name) }
    }
    rmdir(path)
  }
}
