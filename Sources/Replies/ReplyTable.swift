// A reply's bytes as rows in canonical fields, by the authority's profile. Pure.

import Leavers
import Profiles
import Tabular

/// What a reply says, row by row.
struct ReplyTable: Sendable {
  struct Row: Sendable {
    /// The record's number in the file, the header being 1.
    var number: Int
    var record: LeaverRecord
    /// Columns that are not of a leaver: the authority's reference, a file name, a verdict.
    var other: [ReplyProfile.Column: String]
  }

  /// Why a reply cannot be read; without personal data.
  struct Unreadable: Error, Equatable {
    var why: String
  }

  let rows: [Row]

  /// Replies larger than this are no list of one school's pupils.
  static let limit = 32 << 20

  init(_ bytes: [UInt8], profile: ReplyProfile) throws(Unreadable) {
    let table: TableFile
    do {
      table = try TableFile(bytes)
    } catch {
      throw Unreadable(why: "it is no table that can be read: \(error)")
    }
    guard !table.header.isEmpty else { throw Unreadable(why: "it is empty") }

    let positions = Dictionary(
      table.header.enumerated().map { (HeaderMap.key($0.element), $0.offset) }, uniquingKeysWith: { first, _ in first })
    var columns: [(column: ReplyProfile.Column, index: Int)] = []
    var missing: [String] = []
    for (column, header) in profile.columns {
      if let index = positions[HeaderMap.key(header)] {
        columns.append((column, index))
      } else {
        missing.append(header)
      }
    }
    let needed = Self.needed(for: profile.kind)
    let present = Set(columns.map(\.column))
    guard needed.isEmpty || !needed.isDisjoint(with: present) else {
      throw Unreadable(why: "none of the columns that it is known by is there: \(missing.joined(separator: ", "))")
    }

    rows = table.rows.map { row in
      var record = LeaverRecord()
      var other: [ReplyProfile.Column: String] = [:]
      for (column, index) in columns where index < row.cells.count {
        let text = row.cells[index].trimmedOfBlanks
        guard !text.isEmpty else { continue }
        if case .field(let field) = column {
          record[field] = Self.normalised(text, for: field)
        } else {
          other[column] = text
        }
      }
      return Row(number: row.number, record: record, other: other)
    }
  }

  /// Any of these must be there, or the file is not what its name says.
  private static func needed(for kind: ReplyKind) -> Set<ReplyProfile.Column> {
    switch kind {
    case .acknowledgement: [.returnFile]
    case .activitySurvey, .unknownRequest: [.field(.upn), .field(.uln)]
    case .year11List, .enrolmentList, .dataQuery: []
    }
  }

  /// A cell as the ledger keeps it. What fails its check is kept as it came, so that nothing is lost, and matches
  /// nobody.
  private static func normalised(_ text: String, for field: Field) -> String {
    switch field.type {
    case .upn: (try? UPN(text))?.rawValue ?? text
    case .uln: (try? ULN(text))?.rawValue ?? text
    case .date: (try? CalendarDate.parse(text))?.date.description ?? text
    case .postcode: (try? Postcode(text))?.rawValue ?? text
    default: text
    }
  }
}
